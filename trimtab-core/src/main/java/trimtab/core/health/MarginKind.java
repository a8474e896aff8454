package trimtab.core.health;

/// Which set of margin parameters is meant: initial (withdrawals, transfers, new risk) or
/// maintenance (breach).
public enum MarginKind {
  /// What withdrawals, transfers and new risk must leave.
  INITIAL,
  /// What an account must have not to be in breach.
  MAINTENANCE
}
