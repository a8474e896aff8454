package trimtab.lab.replay;

import java.util.ArrayList;
import java.util.List;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Rounding;

/// How an account of the book enters a market that forced orders have moved.
///
/// It trades at the mark, as everybody does at that minute: its positions cost what they cost at
/// the mark, and a lender lends against the mark. Had it traded at the undisturbed close instead,
/// an account that enters after the crash would begin with a loss that no real account has, and
/// with lasting impact most of them would be liquidated at once. Without impact, mark and close are
/// one and the account enters as the book has it.
final class Entry {
  private Entry() {}

  /// @param account as the book has it, priced at the undisturbed marks
  /// @param undisturbed marks of its bar without impact
  /// @param marks of its bar in this run
  static Account at(Account account, Listing listing, Marks undisturbed, Marks marks) {
    if (undisturbed.equals(marks)) {
      return account;
    }
    List<Position> positions = new ArrayList<>();
    for (Position position : account.positions()) {
      Contract contract = listing.contracts().get(position.market());
      long from = undisturbed.price(contract.feed());
      long cost = scaled(position.cost(), marks.price(contract.feed()), from);
      positions.add(new Position(position.market(), position.quantity(), cost));
    }
    List<Balance> balances = new ArrayList<>(account.balances());
    long held = collateralValue(account, listing, undisturbed);
    for (int i = 0; i < balances.size(); i++) {
      Balance balance = balances.get(i);
      if (balance.asset() == 0 && balance.debt() > 0 && held > 0) {
        long debt = scaled(balance.debt(), collateralValue(account, listing, marks), held);
        balances.set(i, new Balance(0, balance.amount(), debt));
      }
    }
    return new Account(account.id(), balances, positions);
  }

  private static long scaled(long amount, long to, long from) {
    return Rounding.mulDivFloor(amount, to, from);
  }

  private static long collateralValue(Account account, Listing listing, Marks marks) {
    long sum = 0;
    for (Balance balance : account.balances()) {
      long unitValue = marks.unitValue(listing, listing.assets().get(balance.asset()));
      sum = Math.addExact(sum, Math.multiplyExact(balance.amount(), unitValue));
    }
    return sum;
  }
}
