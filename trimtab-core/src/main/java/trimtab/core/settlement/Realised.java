package trimtab.core.settlement;

import trimtab.core.mark.PositionValue;
import trimtab.core.money.Rounding;

/// What closing part of a position at the mark turns into cash.
///
/// @param cash profit or loss in units of the asset the contract is settled in, rounded down
/// @param costLeft cost of what stays open, in cost units
public record Realised(long cash, long costLeft) {
  /// The cost is released in proportion, rounded down. Where a cost unit is finer than a unit of
  /// cash, the rest of a unit stays in the cost of what is left, so that nothing is lost before the
  /// position is closed whole.
  ///
  /// @param quantity signed
  /// @param cost signed, cost units
  /// @param closed 1 to the size of the position
  public static Realised of(PositionValue value, long quantity, long cost, long closed) {
    long size = Math.absExact(quantity);
    long left = quantity - Long.signum(quantity) * closed;
    long moved = Math.subtractExact(value.amount(quantity), value.amount(left));
    long released = Rounding.mulDivFloor(cost, closed, size);
    long profit = value.inverse() ? released - moved : moved - released;
    long cash = Math.floorDiv(profit, value.costPerUnit());
    if (left == 0 || value.costPerUnit() == 1) {
      return new Realised(cash, cost - released);
    }
    long whole = cash * value.costPerUnit();
    return new Realised(cash, cost - (value.inverse() ? moved + whole : moved - whole));
  }
}
