package trimtab.engine.ledger;

/// Whose balances stand beside the traders' accounts. One that the venue owes is positive, as a
/// trader's balance is.
public enum LedgerAccount {
  /// Everybody outside: markets, lenders, depositors. The other side of every position.
  EXTERNAL,
  /// Penalty shares of whoever executes liquidations.
  FEES,
  /// Penalty shares of the venue itself.
  PROTOCOL,
  /// The insurance fund; negative: it is owed.
  FUND,
  /// Between the accounts' machine and the clearing: zero over both.
  TRANSIT,
  /// What divisions leave over; nothing does yet, every movement so far is an exact integer.
  ROUNDING
}
