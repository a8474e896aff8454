package trimtab.lab.replay;

import trimtab.core.account.Side;

/// What the simulated market made of an order.
///
/// @param quantity executed, in the instrument's units
/// @param side of the order
/// @param exogenousValue of the quantity at the undisturbed price, value units
/// @param slippage paid against the undisturbed price, value units, rounded up; negative for a gain
record Execution(long quantity, Side side, long exogenousValue, long slippage) {
  /// Nothing was executed.
  static Execution none(Side side) {
    return new Execution(0, side, 0, 0);
  }

  /// The loss against a mark, value units; negative for a gain.
  ///
  /// @param markValue value of the quantity at that mark
  long cost(long markValue) {
    long drift = Math.subtractExact(exogenousValue, markValue);
    return Math.addExact(side.sign() * drift, slippage);
  }

  /// What the trade received (a sale) or paid (a purchase), exchange fee aside, value units.
  long paidOrReceived() {
    return Math.addExact(exogenousValue, side.sign() * slippage);
  }
}
