package trimtab.engine.breach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.AccountView;
import trimtab.core.health.Base;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.mark.Marks;

/// The box scan against its naive twin: random books, violent prices, fills, deposits and changes
/// of rule in between; the same accounts in the same order at every batch.
class BoxScanTest {
  private static final int ACCOUNTS = 300;
  private static final int BATCHES = 250;
  private static final long[] START = {300_000, 20_000, 4_000_000, 150};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void findsWhatTheNaiveScanFinds(long seed) {
    var world = new World(seed, ACCOUNTS, 1);

    int differences = world.run();

    assertThat(differences).as("batches with a difference, seed %d", seed).isZero();
    assertThat(world.breaches).as("breaches met").isGreaterThan(1_000);
    assertThat(world.entries).as("accounts that went into breach").isGreaterThan(200);
    assertThat(world.book.looks).as("looks of both").isLessThan(2L * ACCOUNTS * BATCHES * 3 / 4);
  }

  @Test
  void aBoxThirtyPercentTooWideIsCaught() {
    int differences = 0;
    for (long seed = 1; seed <= 3; seed++) {
      differences += new World(seed, ACCOUNTS, 1.3).run();
    }

    assertThat(differences).isPositive();
  }

  @Test
  void anAccountWithoutPricesIsJudgedWhenItChanges() {
    var world = new World(1, 0, 1);
    world.book.accounts.add(new Account("debtor", List.of(new Balance(0, 5, 9)), List.of()));
    world.boxes.accountChanged(0);
    assertThat(world.find(world.boxes)).containsExactly(0);

    assertThat(world.find(world.boxes)).as("on the hot list").containsExactly(0);

    world.book.accounts.set(0, new Account("debtor", List.of(new Balance(0, 9, 9)), List.of()));
    world.boxes.accountChanged(0);
    assertThat(world.find(world.boxes)).isEmpty();
  }

  private static final class Book implements AccountSource {
    private final List<Account> accounts = new ArrayList<>();
    private long looks;

    @Override
    public int accountCount() {
      return accounts.size();
    }

    @Override
    public AccountView view(int account) {
      looks++;
      return accounts.get(account);
    }
  }

  private static final class World {
    private final Random random;
    private final Listing listing;
    private final Book book = new Book();
    private final NaiveScan naive;
    private final BoxScan boxes;
    private long[] prices = START.clone();
    private int breaches;
    private int entries;

    World(long seed, int accounts, double widening) {
      random = new Random(seed);
      listing = listing(random);
      for (int i = 0; i < accounts; i++) {
        book.accounts.add(account("a" + i));
      }
      BreachRule rule = rule();
      naive = new NaiveScan(book, rule);
      boxes = new BoxScan(book, rule, widening);
    }

    int run() {
      int differences = 0;
      List<Integer> before = List.of();
      for (int batch = 0; batch < BATCHES; batch++) {
        List<Integer> expected = find(naive);
        List<Integer> found = find(boxes);
        differences += expected.equals(found) ? 0 : 1;
        breaches += expected.size();
        entries += (int) expected.stream().filter(in(before).negate()).count();
        before = expected;
        move();
        change(expected);
        if (batch % 90 == 89) {
          BreachRule rule = rule();
          naive.rulesChanged(rule);
          boxes.rulesChanged(rule);
        }
      }
      return differences;
    }

    private static Predicate<Integer> in(List<Integer> accounts) {
      return accounts::contains;
    }

    private List<Integer> find(BreachFinder finder) {
      List<Integer> found = new ArrayList<>();
      finder.find(Marks.of(0, prices), (account, health) -> found.add(account));
      return found;
    }

    private BreachRule rule() {
      Base base = oneOf(Base.values());
      long level = random.nextBoolean() ? 1_000_000 : 1_000_000 + random.nextInt(120_000);
      return new BreachRule(new HealthModel(listing, new LegSum(listing), base), level);
    }

    private <T> T oneOf(T[] values) {
      return values[random.nextInt(values.length)];
    }

    /// All feeds, or one; small steps mostly, now and then a gap of up to 15 %.
    private void move() {
      prices = prices.clone();
      int only = random.nextInt(2 * prices.length);
      double scale = random.nextInt(20) == 0 ? 0.06 : 0.004;
      for (int feed = 0; feed < prices.length; feed++) {
        if (only >= prices.length || only == feed) {
          double factor = Math.exp(scale * random.nextGaussian());
          prices[feed] = Math.max(1, Math.round(prices[feed] * factor));
        }
      }
    }

    /// Deposits, fills, and new accounts; who is in breach is helped now and then.
    private void change(List<Integer> inBreach) {
      for (int i = 0; i < 6; i++) {
        replace(random.nextInt(book.accounts.size()));
      }
      for (int account : inBreach) {
        if (random.nextInt(4) == 0) {
          replace(account);
        }
      }
      if (random.nextInt(5) == 0) {
        book.accounts.add(account("b" + book.accounts.size()));
        changed(book.accounts.size() - 1);
      }
    }

    private void replace(int slot) {
      book.accounts.set(slot, account(book.accounts.get(slot).id()));
      changed(slot);
    }

    private void changed(int slot) {
      naive.accountChanged(slot);
      boxes.accountChanged(slot);
    }

    /// Cash is set so that the account starts a little above the level, or below it.
    private Account account(String id) {
      List<Position> positions = new ArrayList<>();
      long risk = 0;
      for (int market = 0; market < listing.contracts().size(); market++) {
        if (random.nextInt(3) == 0) {
          Contract contract = listing.contracts().get(market);
          long unitValue = listing.unitValue(contract, prices[contract.feed()]);
          long notional = (long) (1e9 * Math.exp(2 * random.nextGaussian()));
          long quantity = Math.max(1, notional / unitValue) * (random.nextBoolean() ? 1 : -1);
          long entry = Math.round(unitValue * (1 + 0.02 * random.nextGaussian()));
          positions.add(new Position(market, quantity, quantity * entry));
          risk += notional;
        }
      }
      List<Balance> balances = new ArrayList<>();
      for (int asset = 1; asset < listing.assets().size(); asset++) {
        if (random.nextInt(4) == 0) {
          long unitValue =
              listing.unitValue(
                  listing.assets().get(asset), prices[listing.assets().get(asset).feed()]);
          long amount = Math.max(1, (long) (3e8 * random.nextDouble()) / unitValue);
          boolean debt = random.nextInt(3) == 0;
          balances.add(new Balance(asset, debt ? 0 : amount, debt ? amount : 0));
          risk += (debt ? 3 : -1) * amount * unitValue / 2;
        }
      }
      long cash = (long) (risk * (0.02 + 0.12 * random.nextDouble()));
      balances.addFirst(new Balance(0, cash, Math.max(0, -cash) / 3));
      return new Account(id, balances, positions);
    }

    private static Listing listing(Random random) {
      List<Feed> feeds = new ArrayList<>();
      List<Asset> assets = new ArrayList<>();
      List<Contract> contracts = new ArrayList<>();
      long settlementWeight = random.nextBoolean() ? 1_000_000 : 980_000;
      long debtWeight = random.nextBoolean() ? 1_000_000 : 1_030_000;
      assets.add(new Asset("USD", -1, 6, settlementWeight, debtWeight, 1, 0, 0, 0));
      for (int feed = 0; feed < START.length; feed++) {
        feeds.add(new Feed("F" + feed, 2, 1));
        long weight = 700_000 + 50_000L * random.nextInt(6);
        assets.add(new Asset("A" + feed, feed, 2, weight, 1_000_000 + weight / 10, 1, 0, 0, 0));
        for (int i = 0; i < 2; i++) {
          List<Tier> tiers = new ArrayList<>();
          tiers.add(new Tier(0, 5_000 + random.nextInt(20_000)));
          tiers.add(new Tier(1_000_000_000, 30_000 + random.nextInt(20_000)));
          tiers.add(new Tier(9_000_000_000L, 100_000));
          MarginTiers maintenance = new MarginTiers(tiers);
          contracts.add(
              new Contract("P" + feed + i, feed, 3, 1, 0, 0, maintenance, maintenance, 0));
        }
      }
      return new Listing(6, feeds, assets, contracts);
    }
  }
}
