package trimtab.engine.account;

import trimtab.core.account.Account.Position;
import trimtab.core.money.Rounding;

/// What a trade makes of a position.
///
/// @param position afterwards; quantity 0: closed
/// @param realised profit or loss that goes into the cash, value units
/// @param paid for the quantity, value units; negative when it was sold
record TradedPosition(Position position, long realised, long paid) {

  /// Adds at the price paid; what reduces releases its share of the cost (rounded down; the rest
  /// stays in the position, so nothing is lost), and what goes beyond zero opens anew.
  ///
  /// @param quantity signed, bought positive
  /// @param unitValue value units per unit of quantity at the trade's price
  static TradedPosition of(Position old, long quantity, long unitValue) {
    long paid = Math.multiplyExact(quantity, unitValue);
    long after = Math.addExact(old.quantity(), quantity);
    long cost;
    if (old.quantity() == 0 || Long.signum(quantity) == Long.signum(old.quantity())) {
      cost = Math.addExact(old.cost(), paid);
    } else if (Long.signum(after) == -Long.signum(old.quantity())) {
      cost = Math.multiplyExact(after, unitValue);
    } else {
      long size = Math.absExact(old.quantity());
      cost = old.cost() - Rounding.mulDivFloor(old.cost(), Math.absExact(quantity), size);
    }
    long realised = Math.subtractExact(Math.subtractExact(cost, old.cost()), paid);
    return new TradedPosition(new Position(old.market(), after, cost), realised, paid);
  }
}
