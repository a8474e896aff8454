package trimtab.core.account;

import java.util.List;
import java.util.OptionalInt;
import trimtab.core.instrument.Listing;

/// An immutable account: margin is crossed inside it, never across.
///
/// @param id the owner's name for it
/// @param balances ascending by asset, each asset once
/// @param positions ascending by market, each market once
/// @param reserves of open orders, ascending by market, each market once
/// @param isolatedMarket the only market that may be traded, where the account stands for one
///   isolated position and its margin; empty for cross margin
public record Account(
    String id,
    List<Balance> balances,
    List<Position> positions,
    List<Reserve> reserves,
    OptionalInt isolatedMarket)
    implements AccountView {
  /// Balances or positions one account may have.
  public static final int LEGS_MAX = 256;

  /// What is held and owed of one asset.
  ///
  /// @param asset index in the listing
  /// @param amount held, asset units; the settlement currency may be negative
  /// @param debt owed, asset units
  public record Balance(int asset, long amount, long debt) {
    /// Checks the debt.
    ///
    /// @throws IllegalArgumentException if it is negative
    public Balance {
      if (debt < 0) {
        throw new IllegalArgumentException("a debt is not negative: " + debt);
      }
    }
  }

  /// An open position.
  ///
  /// @param market index in the listing
  /// @param quantity signed, quantity units, not zero
  /// @param cost signed, value units
  public record Position(int market, long quantity, long cost) {}

  /// Open orders of a market. Initial margin is required for the larger of what the position would
  /// be if all orders of one side were filled.
  ///
  /// @param market index in the listing
  /// @param buys quantity of orders that buy, quantity units
  /// @param sells quantity of orders that sell
  public record Reserve(int market, long buys, long sells) {
    /// Checks both quantities.
    ///
    /// @throws IllegalArgumentException if one is negative
    public Reserve {
      if (buys < 0 || sells < 0) {
        throw new IllegalArgumentException("orders reserve quantities that are not negative");
      }
    }
  }

  /// An account of cross margin without open orders.
  public Account(String id, List<Balance> balances, List<Position> positions) {
    this(id, balances, positions, List.of(), OptionalInt.empty());
  }

  /// Checks and copies the lists.
  ///
  /// @throws IllegalArgumentException if one is not ascending or too long, or an isolated account
  ///   has another market
  public Account {
    reserves = List.copyOf(reserves);
    for (int i = 1; i < reserves.size(); i++) {
      if (reserves.get(i - 1).market() >= reserves.get(i).market()) {
        throw new IllegalArgumentException(id + ": reserves must be ascending by market");
      }
    }
    if (isolatedMarket.isPresent()) {
      requireIsolated(id, positions, reserves, isolatedMarket.getAsInt());
    }
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
    return new Account(id, newBalances, newPositions, reserves, isolatedMarket);
  }

  /// The same account with other open orders.
  public Account with(List<Reserve> newReserves) {
    return new Account(id, balances, positions, newReserves, isolatedMarket);
  }

  /// The same account for one isolated position: whatever happens in it, no other account pays.
  ///
  /// @throws IllegalArgumentException if it has anything of another market, or an asset that the
  ///   market is not settled in
  public Account isolatedIn(Listing listing, int market) {
    int settlement = listing.contracts().get(market).settlement();
    for (Balance balance : balances) {
      if (balance.asset() != settlement) {
        throw new IllegalArgumentException(
            "%s: an isolated position in %s is backed by %s alone"
                .formatted(
                    id,
                    listing.contracts().get(market).symbol(),
                    listing.assets().get(settlement).symbol()));
      }
    }
    return new Account(id, balances, positions, reserves, OptionalInt.of(market));
  }

  private static void requireIsolated(
      String id, List<Position> positions, List<Reserve> reserves, int market) {
    if (positions.stream().anyMatch(position -> position.market() != market)
        || reserves.stream().anyMatch(reserve -> reserve.market() != market)) {
      throw new IllegalArgumentException(
          "%s: an isolated account trades market %d alone".formatted(id, market));
    }
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

  @Override
  public int reserveCount() {
    return reserves.size();
  }

  @Override
  public int reservedMarket(int reserve) {
    return reserves.get(reserve).market();
  }

  @Override
  public long reservedBuys(int reserve) {
    return reserves.get(reserve).buys();
  }

  @Override
  public long reservedSells(int reserve) {
    return reserves.get(reserve).sells();
  }
}
