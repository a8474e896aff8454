package trimtab.core.account;

/// What health and planning read of an account: a view, so that the engine's compact mutable book
/// and an immutable [Account] are judged by the same code.
///
/// Indexes run over the balances and positions the account has, not over the listing.
public interface AccountView {
  /// How many assets are held or owed.
  int balanceCount();

  /// Index of the asset in the listing.
  int asset(int balance);

  /// What is held, in the asset's units; the settlement currency may be negative (realised losses).
  long amount(int balance);

  /// What is owed, in the asset's units; not negative.
  long debt(int balance);

  /// How many positions are open.
  int positionCount();

  /// Index of the perpetual in the listing.
  int market(int position);

  /// Signed quantity, in the market's quantity units; long positive.
  long quantity(int position);

  /// What the position cost, signed as the quantity, in value units: its unrealised profit is
  /// `quantity x unit value - cost`.
  long cost(int position);

  /// Markets with open orders, which reserve margin for what they could become.
  default int reserveCount() {
    return 0;
  }

  /// Index of a reserve's contract in the listing.
  default int reservedMarket(int reserve) {
    throw new IndexOutOfBoundsException(reserve);
  }

  /// Quantity of all open orders that buy, not negative.
  default long reservedBuys(int reserve) {
    throw new IndexOutOfBoundsException(reserve);
  }

  /// Quantity of all open orders that sell, not negative.
  default long reservedSells(int reserve) {
    throw new IndexOutOfBoundsException(reserve);
  }
}
