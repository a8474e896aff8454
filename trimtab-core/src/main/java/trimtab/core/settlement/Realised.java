package trimtab.core.settlement;

import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Contract;
import trimtab.core.mark.PositionValue;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;

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
    // Cost units finer than cash are those of linear contracts.
    return new Realised(cash, cost - (moved - cash * value.costPerUnit()));
  }

  /// By how much closing at the mark raises the cash as it counts, in exact units: a gain counts in
  /// full once it is realised. Less than a unit may be lost where nothing stays open.
  ///
  /// @param unitValue exact units per unit of the asset that pays
  public static Wide uplift(
      PositionValue value,
      Contract contract,
      long quantity,
      long cost,
      long closed,
      long unitValue) {
    Realised realised = of(value, quantity, cost, closed);
    long left = quantity - Long.signum(quantity) * closed;
    long before = HealthModel.weighted(contract, value.profit(quantity, cost));
    long after = HealthModel.weighted(contract, value.profit(left, realised.costLeft()));
    return Wide.product(realised.cash(), unitValue)
        .plus(Wide.product(after, value.costUnitValue()))
        .minus(Wide.product(before, value.costUnitValue()));
  }
}
