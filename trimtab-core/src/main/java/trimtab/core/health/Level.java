package trimtab.core.health;

/// How an account stands, the safest first.
public enum Level {
  /// Nothing to do.
  HEALTHY,
  /// Not in breach, but near it: the owner is told.
  WARNING,
  /// In breach: as much as restores it is closed.
  PARTIAL,
  /// So deep in breach that a rule may close everything.
  FULL,
  /// Equity is zero or less.
  BANKRUPT
}
