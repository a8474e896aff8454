package trimtab.core.cost;

import java.util.List;
import trimtab.core.account.Side;
import trimtab.core.money.Wide;

/// A cost curve from the levels of an order book: the distance of each level from the mark times
/// what is taken there. Levels better than the mark cost nothing (their gain is not counted on).
public final class DepthLadder {
  private DepthLadder() {}

  /// One level of the book.
  ///
  /// @param unitValue value units per quantity unit at the level's price
  /// @param quantity offered there, quantity units
  public record Level(long unitValue, long quantity) {}

  /// The curve of a side of an order book.
  ///
  /// @param levels best first: falling for a sale, rising for a purchase
  /// @param side of our order
  /// @param markUnitValue value units per quantity unit at the mark
  /// @throws IllegalArgumentException if there is no level, too many, or they are out of order
  public static CostCurve curve(List<Level> levels, Side side, long markUnitValue) {
    int count = levels.size();
    if (count == 0 || count > CostCurve.PIECES_MAX) {
      throw new IllegalArgumentException(
          "depth has 1 to %d levels per side, not %d".formatted(CostCurve.PIECES_MAX, count));
    }
    long[] knots = new long[count];
    long[] costs = new long[count];
    long quantity = 0;
    long cost = 0;
    long previous = side == Side.SELL ? Long.MAX_VALUE : 0;
    for (int i = 0; i < count; i++) {
      Level level = levels.get(i);
      boolean worse = side == Side.SELL ? level.unitValue < previous : level.unitValue > previous;
      if (!worse || level.quantity <= 0 || level.unitValue <= 0) {
        throw new IllegalArgumentException(
            "depth level %d: levels go from best to worst, with positive price and quantity"
                .formatted(i + 1));
      }
      long distance = side.sign() * (level.unitValue - markUnitValue);
      quantity = Math.addExact(quantity, level.quantity);
      cost = Math.addExact(cost, Math.multiplyExact(Math.max(0, distance), level.quantity));
      knots[i] = quantity;
      costs[i] = cost;
      previous = level.unitValue;
    }
    return CostCurve.through(knots, costs);
  }

  /// A curve from what each level loses, for contracts whose value is not price x quantity or not a
  /// whole number of value units. The sum up to a level is rounded up to value units.
  ///
  /// @param quantities offered at each level, best first, positive
  /// @param losses of each whole level against the mark, exact units; below zero counts as zero
  /// @param exactScale exact units per value unit
  /// @throws IllegalArgumentException if there is no level, too many, or a quantity not positive
  public static CostCurve curve(long[] quantities, Wide[] losses, long exactScale) {
    int count = quantities.length;
    if (count == 0 || count > CostCurve.PIECES_MAX || losses.length != count) {
      throw new IllegalArgumentException(
          "depth has 1 to %d levels per side, not %d".formatted(CostCurve.PIECES_MAX, count));
    }
    long[] knots = new long[count];
    long[] costs = new long[count];
    long quantity = 0;
    Wide loss = Wide.ZERO;
    for (int i = 0; i < count; i++) {
      quantity = Math.addExact(quantity, quantities[i]);
      loss = loss.plus(losses[i].max(Wide.ZERO));
      knots[i] = quantity;
      costs[i] = loss.divCeil(exactScale);
    }
    return CostCurve.through(knots, costs);
  }
}
