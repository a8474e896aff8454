package trimtab.core.rulebook;

/// Who takes the other side of what is closed.
public enum Settle {
  /// The market: slippage is the account's, the penalty comes on top.
  MARKET,
  /// A liquidator at the mark: the account pays the penalty alone, and trading is the liquidator's
  /// affair.
  LIQUIDATOR_PAYS
}
