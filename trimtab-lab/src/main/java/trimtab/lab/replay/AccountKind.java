package trimtab.lab.replay;

import java.util.Locale;

/// The two worlds in which liquidation differs, and both together.
public enum AccountKind {
  /// Accounts with any perpetual at their entry.
  PERP,
  /// All others: a debt against collateral.
  LOAN,
  ALL;

  /// The word in results.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
