package trimtab.core.rulebook;

/// What a choice among legs makes small, first one figure, then the other; what is equal in both
/// keeps the order of the listing.
public enum Objective {
  /// All-in cost (slippage, exchange fee, penalty at its uncapped rate), then notional closed.
  COST,
  /// Notional closed, then all-in cost.
  NOTIONAL
}
