package trimtab.core.rulebook;

/// What a rulebook says when it looks at an account.
public sealed interface Trigger {
  /// Nothing to do.
  record Healthy() implements Trigger {}

  /// In breach, and to be reduced now.
  record Liquidate(String reason) implements Trigger {}

  /// In breach, but the rule waits for something named.
  ///
  /// @param untilNanos when the rule looks again
  record Wait(String reason, long untilNanos) implements Trigger {}
}
