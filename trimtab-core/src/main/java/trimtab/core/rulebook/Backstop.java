package trimtab.core.rulebook;

/// What comes after a full close that leaves equity below zero.
public enum Backstop {
  /// The insurance fund pays the deficit; the account ends with nothing.
  FUND_PAYS_DEFICIT
}
