package trimtab.core.plan;

import java.util.Arrays;
import java.util.function.IntPredicate;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.money.Wide;

/// Cost curves of which those for sales of some assets are replaced by their lower convex hull from
/// nothing: what several sales cost together is at least the sum of what the hull says of each,
/// also where a fixed cost is paid once for all.
///
/// @param curves the true ones
/// @param shared the assets that are sold more than once
record HullCurves(CostCurves curves, IntPredicate shared) implements CostCurves {
  @Override
  public CostCurve contract(int market, Side side) {
    return curves.contract(market, side);
  }

  @Override
  public CostCurve asset(int asset, Side side) {
    CostCurve curve = curves.asset(asset, side);
    return side == Side.SELL && shared.test(asset) ? hull(curve) : curve;
  }

  /// The lower convex hull of a curve from (0, 0): through the ends of some of its pieces.
  static CostCurve hull(CostCurve curve) {
    if (curve.capacity() == 0) {
      return curve;
    }
    int pieces = curve.pieces();
    long[] knots = new long[pieces];
    long[] costs = new long[pieces];
    int size = 0;
    for (int i = 0; i < pieces; i++) {
      while (size > 0 && isAbove(knots, costs, size - 1, curve.knot(i), curve.end(i))) {
        size--;
      }
      knots[size] = curve.knot(i);
      costs[size] = curve.end(i);
      size++;
    }
    return CostCurve.through(Arrays.copyOf(knots, size), Arrays.copyOf(costs, size));
  }

  /// Whether a vertex lies on or above the line from the one before to a later point.
  private static boolean isAbove(long[] knots, long[] costs, int vertex, long knot, long cost) {
    long fromKnot = vertex == 0 ? 0 : knots[vertex - 1];
    long fromCost = vertex == 0 ? 0 : costs[vertex - 1];
    return Wide.product(costs[vertex] - fromCost, knot - knots[vertex])
            .compareTo(Wide.product(cost - costs[vertex], knots[vertex] - fromKnot))
        >= 0;
  }
}
