package trimtab.core.rulebook;

/// What a rulebook must remember of a venue's markets as a whole; the engine journals it.
///
/// @param windowStartNanos beginning of the current budget window
/// @param closedInWindow notional closed in the window, value units
/// @param fundSpentInWindow what the insurance fund paid in the window, value units
public record MarketState(long windowStartNanos, long closedInWindow, long fundSpentInWindow) {
  /// Nothing has happened yet.
  public static MarketState fresh(long nowNanos) {
    return new MarketState(nowNanos, 0, 0);
  }

  /// The state after a closing in the same window.
  public MarketState afterClosing(long notional, long fundPaid) {
    return new MarketState(
        windowStartNanos, closedInWindow + notional, fundSpentInWindow + fundPaid);
  }
}
