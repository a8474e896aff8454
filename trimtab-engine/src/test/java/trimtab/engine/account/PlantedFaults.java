package trimtab.engine.account;

import java.util.ArrayList;
import java.util.List;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.settlement.Closing;
import trimtab.engine.breach.AccountSource;
import trimtab.engine.breach.BreachFinder;
import trimtab.engine.breach.BreachRule;
import trimtab.engine.breach.BreachVisitor;
import trimtab.engine.breach.NaiveScan;

/// Shards that are wrong on purpose: what the checks must find.
public final class PlantedFaults {
  private static final long DEADLINE = 1L << 60;

  private PlantedFaults() {}

  /// What a fill changes is changed twice.
  public static AccountShard fillAppliedTwice(Listing listing) {
    return withBooking(
        listing,
        (shard, postings) ->
            new FillBooking(shard, postings) {
              @Override
              void write(int account, Closing closing) {
                Account before = shard.book().snapshot(account);
                super.write(account, closing);
                Account once = closing.account();
                shard.book().write(account, oncemore(before, once));
              }
            });
  }

  /// The difference between two states, applied to the later one again; balances only.
  private static Account oncemore(Account before, Account once) {
    List<Balance> balances = new ArrayList<>();
    for (Balance balance : once.balances()) {
      long earlier =
          before.balances().stream()
              .filter(old -> old.asset() == balance.asset())
              .mapToLong(Balance::amount)
              .sum();
      long twice = 2 * balance.amount() - earlier;
      balances.add(new Balance(balance.asset(), twice, balance.debt()));
    }
    return new Account(once.id(), balances, once.positions());
  }

  /// The penalty reaches fund and executor, but the account does not pay it.
  public static AccountShard penaltyNotDebited(Listing listing) {
    return withBooking(
        listing,
        (shard, postings) ->
            new FillBooking(shard, postings) {
              @Override
              void write(int account, Closing closing) {
                List<Balance> balances = new ArrayList<>();
                for (Balance balance : closing.account().balances()) {
                  long back = balance.asset() == 0 ? closing.penalty() : 0;
                  balances.add(
                      new Balance(balance.asset(), balance.amount() + back, balance.debt()));
                }
                shard
                    .book()
                    .write(
                        account,
                        new Account(
                            closing.account().id(), balances, closing.account().positions()));
              }
            });
  }

  /// The account's position shrinks, but the outside does not take it.
  public static AccountShard fillNotMirrored(Listing listing) {
    return withBooking(
        listing,
        (shard, postings) ->
            new FillBooking(shard, postings) {
              @Override
              void book(int account, Account before, Closing closing) {
                write(account, closing);
                shard.changed(account);
              }
            });
  }

  /// Every third breach is overlooked.
  public static AccountShard breachOverlooked(Listing listing) {
    ShardState shard = new ShardState(listing, Overlooking::new);
    return new AccountShard(shard, FillBooking::new, DEADLINE);
  }

  private static AccountShard withBooking(Listing listing, AccountShard.BookingFactory booking) {
    return new AccountShard(new ShardState(listing, NaiveScan::new), booking, DEADLINE);
  }

  private static final class Overlooking implements BreachFinder {
    private final NaiveScan exact;
    private int found;

    Overlooking(AccountSource accounts, BreachRule rule) {
      exact = new NaiveScan(accounts, rule);
    }

    @Override
    public void rulesChanged(BreachRule rule) {
      exact.rulesChanged(rule);
    }

    @Override
    public void accountChanged(int account) {
      exact.accountChanged(account);
    }

    @Override
    public void find(Marks marks, BreachVisitor visitor) {
      exact.find(
          marks,
          (account, health) -> {
            found++;
            if (found % 3 != 0) {
              visitor.inBreach(account, health);
            }
          });
    }
  }
}
