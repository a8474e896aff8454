package trimtab.engine.account;

import java.util.Arrays;
import java.util.Optional;
import trimtab.core.account.Account;
import trimtab.core.account.AccountView;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.engine.journal.StateWriter;

/// Keeps every leg's value inside the integers that hold it: the largest quantity any account ever
/// had in an instrument, against the marks of each batch, before the batch is applied.
final class ValueBudget {
  private final Listing listing;
  private final long[] largestAmount;
  private final long[] largestQuantity;

  ValueBudget(Listing listing) {
    this.listing = listing;
    this.largestAmount = new long[listing.assets().size()];
    this.largestQuantity = new long[listing.contracts().size()];
  }

  /// Why marks do not fit the accounts; empty if they do.
  Optional<String> refuses(Marks marks) {
    try {
      for (int asset = 0; asset < largestAmount.length; asset++) {
        requireAsset(asset, largestAmount[asset], marks);
      }
      for (int market = 0; market < largestQuantity.length; market++) {
        requireContract(market, largestQuantity[market], marks);
      }
      return Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Why an account does not fit the marks; empty if it does.
  Optional<String> refuses(AccountView account, Marks marks) {
    try {
      for (int i = 0; i < account.balanceCount(); i++) {
        requireAsset(account.asset(i), size(account, i), marks);
      }
      for (int i = 0; i < account.positionCount(); i++) {
        requireContract(account.market(i), Math.absExact(account.quantity(i)), marks);
      }
      return Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Remembers what an account has now.
  void note(Account account) {
    for (int i = 0; i < account.balanceCount(); i++) {
      int asset = account.asset(i);
      largestAmount[asset] = Math.max(largestAmount[asset], size(account, i));
    }
    for (int i = 0; i < account.positionCount(); i++) {
      int market = account.market(i);
      long quantity = Math.absExact(account.quantity(i));
      largestQuantity[market] = Math.max(largestQuantity[market], quantity);
    }
  }

  private static long size(AccountView account, int balance) {
    return Math.max(Math.absExact(account.amount(balance)), account.debt(balance));
  }

  private void requireAsset(int asset, long amount, Marks marks) {
    Asset terms = listing.assets().get(asset);
    listing.requireBudget(terms.symbol(), amount, marks.unitValue(listing, terms));
  }

  private void requireContract(int market, long quantity, Marks marks) {
    Contract terms = listing.contracts().get(market);
    listing.requireBudget(terms.symbol(), quantity, marks.unitValue(listing, terms));
  }

  void writeState(StateWriter out) {
    Arrays.stream(largestAmount).forEach(out::putLong);
    Arrays.stream(largestQuantity).forEach(out::putLong);
  }
}
