package trimtab.core.account;

import java.util.ArrayList;
import java.util.List;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Rounding;

/// An account at rest: balances without the interest and positions without the funding that have
/// accrued since. [#at(Listing, Indices)] is the account that health and planning read.
///
/// Every division is made once, from what is stored, and against the account: what is held is
/// rounded down, what is owed and what funding charges up. So an account looked at often is worth
/// what one looked at once is.
///
/// @param id the owner's name for it
/// @param balances ascending by asset, each asset once
/// @param positions ascending by market, each market once
public record IndexedAccount(
    String id, List<ScaledBalance> balances, List<FundedPosition> positions) {
  /// A balance in scaled units; see [Indices].
  ///
  /// @param asset index in the listing
  /// @param held scaled, any sign: negative amounts carry borrow interest
  /// @param owed scaled, not negative
  public record ScaledBalance(int asset, long held, long owed) {
    /// Checks the debt.
    ///
    /// @throws IllegalArgumentException if it is negative
    public ScaledBalance {
      if (owed < 0) {
        throw new IllegalArgumentException("a debt is not negative: " + owed);
      }
    }
  }

  /// A position with the funding it has paid for.
  ///
  /// @param market index in the listing
  /// @param quantity signed
  /// @param cost in the contract's cost units, funding up to `fundingIndex` included
  /// @param fundingIndex where funding was last settled
  public record FundedPosition(int market, long quantity, long cost, long fundingIndex) {}

  /// Copies the lists.
  public IndexedAccount {
    balances = List.copyOf(balances);
    positions = List.copyOf(positions);
  }

  /// Puts an account to rest at the indices of an instant: scaled holdings are rounded down, scaled
  /// debts up.
  public static IndexedAccount of(Account account, Indices indices) {
    List<ScaledBalance> balances = new ArrayList<>();
    for (Balance balance : account.balances()) {
      balances.add(
          new ScaledBalance(
              balance.asset(),
              Rounding.mulDivFloor(
                  balance.amount(),
                  Indices.INTEREST_ONE,
                  heldIndex(balance.amount(), balance.asset(), indices)),
              Rounding.mulDivCeil(
                  balance.debt(), Indices.INTEREST_ONE, indices.borrow(balance.asset()))));
    }
    List<FundedPosition> positions =
        account.positions().stream()
            .map(p ->
                new FundedPosition(p.market(), p.quantity(), p.cost(), indices.funding(p.market())))
            .toList();
    return new IndexedAccount(account.id(), balances, positions);
  }

  /// A negative amount is owed and grows as debts do.
  private static long heldIndex(long held, int asset, Indices indices) {
    return held < 0 ? indices.borrow(asset) : indices.deposit(asset);
  }

  /// The account at the indices of an instant. Funding owed is part of the positions' cost, so it
  /// counts as unrealised loss until the position is closed.
  ///
  /// @throws ArithmeticException if an amount leaves its range
  public Account at(Listing listing, Indices indices) {
    List<Balance> current = new ArrayList<>();
    for (ScaledBalance balance : balances) {
      int asset = balance.asset();
      current.add(
          new Balance(
              asset,
              Rounding.mulDivFloor(
                  balance.held(), heldIndex(balance.held(), asset, indices), Indices.INTEREST_ONE),
              Rounding.mulDivCeil(balance.owed(), indices.borrow(asset), Indices.INTEREST_ONE)));
    }
    List<Position> open = positions.stream().map(p -> position(listing, p, indices)).toList();
    return new Account(id, current, open);
  }

  private static Position position(Listing listing, FundedPosition position, Indices indices) {
    long moved = Math.subtractExact(indices.funding(position.market()), position.fundingIndex());
    long owed = Rounding.mulDivCeil(position.quantity(), moved, Indices.FUNDING_ONE);
    boolean inverse = listing.contracts().get(position.market()).isInverse();
    long cost =
        inverse ? Math.subtractExact(position.cost(), owed) : Math.addExact(position.cost(), owed);
    return new Position(position.market(), position.quantity(), cost);
  }
}
