package trimtab.core.rulebook;

/// Who takes the other side of what is closed.
public enum Settle {
  /// The market: slippage is the account's, the penalty comes on top.
  MARKET
}
