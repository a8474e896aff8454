package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import trimtab.core.certificate.Certificate.CurveLine;

/// Other curves made of a cost curve.
final class UsedCurve {
  /// Capacity of a curve that never runs out.
  private static final long ENDLESS = Long.MAX_VALUE >> 2;

  private static final CurveLine NOTHING = new CurveLine(List.of(), List.of(), List.of());

  private UsedCurve() {}

  /// What is left after a quantity was traded: a fixed cost that was paid is not paid again.
  ///
  /// @return without a knot when nothing is left
  static CurveLine after(CurveLine curve, long used) {
    if (used == 0) {
      return curve;
    }
    if (curve.knots().isEmpty() || used >= curve.knots().getLast()) {
      return NOTHING;
    }
    TradingCost cost = new TradingCost(curve, BigInteger.ZERO, Rational.ZERO);
    long spent = cost.charged(used).longValueExact();
    List<Long> knots = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int piece = 0; piece < cost.pieces(); piece++) {
      if (cost.end(piece) <= used) {
        continue;
      }
      long start = curve.starts().get(piece);
      long end = curve.ends().get(piece);
      boolean endless = cost.end(piece) == ENDLESS && start == end;
      knots.add(endless ? ENDLESS : cost.end(piece) - used);
      starts.add(cost.begin(piece) < used ? 0 : start - spent);
      ends.add(end - spent);
    }
    return new CurveLine(knots, starts, ends);
  }

  /// The lower convex hull from nothing at no cost: a curve below that several sales together do
  /// not undercut.
  static CurveLine hull(CurveLine curve) {
    List<Long> knots = new ArrayList<>(List.of(0L));
    List<Long> costs = new ArrayList<>(List.of(0L));
    for (int i = 0; i < curve.knots().size(); i++) {
      long knot = curve.knots().get(i);
      long cost = curve.ends().get(i);
      while (knots.size() > 1 && !isBelow(knots, costs, knot, cost)) {
        knots.removeLast();
        costs.removeLast();
      }
      knots.add(knot);
      costs.add(cost);
    }
    int size = knots.size();
    return new CurveLine(
        knots.subList(1, size), costs.subList(0, size - 1), costs.subList(1, size));
  }

  /// Whether the last vertex lies below the line from the one before it to a later point.
  private static boolean isBelow(List<Long> knots, List<Long> costs, long knot, long cost) {
    int last = knots.size() - 1;
    BigInteger rise = BigInteger.valueOf(costs.get(last) - costs.get(last - 1));
    BigInteger further = BigInteger.valueOf(cost - costs.get(last));
    BigInteger run = BigInteger.valueOf(knots.get(last) - knots.get(last - 1));
    BigInteger on = BigInteger.valueOf(knot - knots.get(last));
    return rise.multiply(on).compareTo(further.multiply(run)) < 0;
  }
}
