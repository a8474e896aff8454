package trimtab.core.health;

/// Which set of margin parameters is meant: initial (withdrawals, transfers, new risk) or
/// maintenance (breach).
public enum MarginKind {
  INITIAL,
  MAINTENANCE
}
