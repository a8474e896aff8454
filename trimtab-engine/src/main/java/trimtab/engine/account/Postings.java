package trimtab.engine.account;

import static trimtab.engine.ledger.LedgerAccount.EXTERNAL;
import static trimtab.engine.ledger.LedgerAccount.TRANSIT;

import trimtab.core.account.Account;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.settlement.Closing;
import trimtab.engine.ledger.Ledger;

/// The other side of everything that happens to an account, computed from the terms of the movement
/// and not from the account.
record Postings(Listing listing, Ledger ledger) {
  private static final int SETTLEMENT = 0;

  /// An account is taken over as it stands: the outside owes what it holds.
  void imported(Account account) {
    for (int i = 0; i < account.balanceCount(); i++) {
      ledger.post(EXTERNAL, account.asset(i), account.debt(i) - account.amount(i));
    }
    for (int i = 0; i < account.positionCount(); i++) {
      ledger.mirrorPosition(account.market(i), account.quantity(i), account.cost(i));
    }
  }

  /// @param amount asset units, positive into the account
  void moved(int asset, long amount) {
    ledger.post(EXTERNAL, asset, -amount);
  }

  /// @param quantity by which the account's quantity changed
  /// @param cost by which its cost changed, value units
  /// @param paid by the account for the quantity, value units; negative when it received
  void traded(int market, long quantity, long cost, long paid) {
    ledger.mirrorPosition(market, quantity, cost);
    ledger.post(EXTERNAL, SETTLEMENT, paid - cost);
  }

  /// A fill: the outside takes the leg at the mark and receives the cost, the penalty goes into
  /// transit to the clearing.
  void closed(Account before, Marks marks, Closing closing) {
    switch (closing.leg()) {
      case PositionLeg(int market) -> {
        long quantity = closing.quantity() * -Long.signum(quantity(before, market));
        long released = cost(before, market) - cost(closing.account(), market);
        long received = closing.notional() * -Long.signum(quantity) - closing.cost();
        ledger.mirrorPosition(market, quantity, -released);
        ledger.post(EXTERNAL, SETTLEMENT, released - received);
      }
      case PairLeg(int debtAsset, int collateralAsset) -> {
        ledger.post(EXTERNAL, collateralAsset, closing.quantity());
        long proceeds = closing.notional() - closing.cost();
        if (debtAsset == SETTLEMENT) {
          ledger.post(EXTERNAL, SETTLEMENT, -proceeds);
        } else {
          long unitValue = marks.unitValue(listing, listing.assets().get(debtAsset));
          ledger.post(EXTERNAL, SETTLEMENT, closing.repaid() - proceeds);
          ledger.post(EXTERNAL, debtAsset, -(closing.repaid() / unitValue));
        }
      }
    }
    ledger.post(TRANSIT, SETTLEMENT, closing.penalty());
  }

  /// The clearing's money clears an account that has nothing but debts.
  ///
  /// @param amount paid, value units: all that the account owes less what it holds
  void covered(Account before, Marks marks, long amount) {
    ledger.post(TRANSIT, SETTLEMENT, -amount);
    for (int i = 0; i < before.balanceCount(); i++) {
      int asset = before.asset(i);
      if (asset != SETTLEMENT) {
        long owed = before.debt(i) - before.amount(i);
        long unitValue = marks.unitValue(listing, listing.assets().get(asset));
        ledger.post(EXTERNAL, asset, -owed);
        ledger.post(EXTERNAL, SETTLEMENT, Math.multiplyExact(owed, unitValue));
      }
    }
  }

  private static long quantity(Account account, int market) {
    return account.positions().stream()
        .filter(position -> position.market() == market)
        .mapToLong(Account.Position::quantity)
        .sum();
  }

  private static long cost(Account account, int market) {
    return account.positions().stream()
        .filter(position -> position.market() == market)
        .mapToLong(Account.Position::cost)
        .sum();
  }
}
