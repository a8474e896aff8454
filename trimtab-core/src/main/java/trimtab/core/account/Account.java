package trimtab.core.account;

import java.util.List;

/// An immutable account: margin is crossed inside it, never across.
///
/// @param id the owner's name for it
/// @param balances ascending by asset, each asset once
/// @param positions ascending by market, each market once
public record Account(String id, List<Balance> balances, List<Position> positions)
    implements AccountView {
  /// Balances or positions one account may have.
  public static final int LEGS_MAX = 256;

  /// @param asset index in the listing
  /// @param amount held, asset units; the settlement currency may be negative
  /// @param debt owed, asset units
  public record Balance(int asset, long amount, long debt) {
    public Balance {
      if (debt < 0) {
        throw new IllegalArgumentException("a debt is not negative: " + debt);
      }
    }
  }

  /// @param market index in the listing
  /// @param quantity signed, quantity units, not zero
  /// @param cost signed, value units
  public record Position(int market, long quantity, long cost) {}

  public Account {
    balances = List.copyOf(balances);
    positions = List.copyOf(positions);
    if (balances.size() > LEGS_MAX || positions.size() > LEGS_MAX) {
      throw new IllegalArgumentException(id + ": at most " + LEGS_MAX + " legs of a kind");
    }
    for (int i = 1; i < balances.size(); i++) {
      if (balances.get(i - 1).asset() >= balances.get(i).asset()) {
        throw new IllegalArgumentException(id + ": balances must be ascending by asset");
      }
    }
    for (int i = 1; i < positions.size(); i++) {
      if (positions.get(i - 1).market() >= positions.get(i).market()) {
        throw new IllegalArgumentException(id + ": positions must be ascending by market");
      }
    }
  }

  /// The same account with other contents.
  public Account with(List<Balance> newBalances, List<Position> newPositions) {
    return new Account(id, newBalances, newPositions);
  }

  @Override
  public int balanceCount() {
    return balances.size();
  }

  @Override
  public int asset(int balance) {
    return balances.get(balance).asset();
  }

  @Override
  public long amount(int balance) {
    return balances.get(balance).amount();
  }

  @Override
  public long debt(int balance) {
    return balances.get(balance).debt();
  }

  @Override
  public int positionCount() {
    return positions.size();
  }

  @Override
  public int market(int position) {
    return positions.get(position).market();
  }

  @Override
  public long quantity(int position) {
    return positions.get(position).quantity();
  }

  @Override
  public long cost(int position) {
    return positions.get(position).cost();
  }
}
