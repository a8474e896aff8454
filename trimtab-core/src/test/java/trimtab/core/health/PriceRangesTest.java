package trimtab.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.health.PriceRange.Direction;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Kind;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.instrument.Payoff;
import trimtab.core.instrument.Term;
import trimtab.core.mark.Marks;
import trimtab.core.mark.PositionValue;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.Seeded;
import trimtab.core.testkit.World;

/// The search against a scan of every tick, on coarse feeds where tiers, nets and hedges meet; and
/// by hand.
class PriceRangesTest {
  private static final int MARK_MOST = 40;

  /// A world in whole units: two markets and a coin on one price, another price beside.
  private record Coarse(HealthModel model, Account account, Marks marks, long levelPpm) {
    static Coarse of(long seed) {
      Seeded seeded = new Seeded(seed);
      Listing listing =
          new Listing(
              0,
              List.of(new Feed("A", 0, seeded.between(1, 3)), new Feed("B", 0, 1)),
              List.of(
                  asset(seeded, "USD", Asset.SETTLEMENT, 1_000_000),
                  asset(seeded, "A", 0, seeded.between(300_000, 1_000_000)),
                  asset(seeded, "B", 1, seeded.between(300_000, 1_000_000))),
              List.of(
                  contract(seeded, "A-PERP", 0),
                  contract(seeded, "A-NEXT", 0),
                  contract(seeded, "B-PERP", 1)));
      Marks marks = Marks.of(0, seeded.between(2, MARK_MOST), seeded.between(2, MARK_MOST));
      List<Position> positions = new ArrayList<>();
      for (int market = 0; market < 3; market++) {
        if (seeded.chance(0.6)) {
          boolean hedge = market == 1 && !positions.isEmpty() && seeded.chance(0.7);
          long quantity =
              hedge
                  ? -positions.getFirst().quantity() - seeded.between(1, 9)
                  : seeded.between(10, 60) * (seeded.chance(0.5) ? 1 : -1);
          positions.add(
              new Position(market, quantity, quantity * seeded.between(1, 2 * MARK_MOST)));
        }
      }
      List<Balance> balances = new ArrayList<>();
      for (int asset = 1; asset < 3; asset++) {
        if (seeded.chance(0.5)) {
          balances.add(
              seeded.chance(0.6)
                  ? new Balance(asset, seeded.between(1, 60), 0)
                  : new Balance(asset, 0, seeded.between(1, 60)));
        }
      }
      Base base = seeded.oneOf(Base.AUTO, Base.OBLIGATION, Base.REQUIREMENT);
      HealthModel model = new HealthModel(listing, new LegSum(listing), base);
      // Cash that leaves the account near its level, where parts of a price's way are on either
      // side.
      Health bare = model.assess(new Account("bare", balances, positions), marks);
      long missing = bare.obligation().minus(bare.backing()).divCeil(1_000_000);
      balances.addFirst(new Balance(0, missing + seeded.between(-5, 90), 0));
      return new Coarse(
          model,
          new Account("coarse", balances, positions),
          marks,
          1_000_000 + (seeded.chance(0.5) ? 0 : seeded.between(0, 200_000)));
    }

    /// Contracts paid in coins, in hundred-millionths of them: inverse ones paid in the coin that
    /// marks them and in another, a linear one paid in another; gains that count in part.
    static Coarse paidInCoins(long seed) {
      Seeded seeded = new Seeded(seed);
      List<Asset> assets = new ArrayList<>();
      for (String symbol : List.of("USD", "A", "B")) {
        int feed = assets.size() - 1;
        long weight = feed < 0 ? 1_000_000 : seeded.between(300_000, 1_000_000);
        assets.add(new Asset(symbol, feed, 8, weight, debtWeight(seeded), 1, 0, 0, 0));
      }
      Payoff inverse = new Payoff.Inverse(seeded.between(10, 90));
      Listing listing =
          new Listing(
              8,
              List.of(new Feed("A", 0, seeded.between(1, 3)), new Feed("B", 0, 1)),
              assets,
              List.of(
                  paid(seeded, "A-IN-A", inverse, 1, 0),
                  paid(seeded, "A-IN-B", inverse, 2, 0),
                  paid(seeded, "A-BY-B", new Payoff.Linear(), 2, 0),
                  paid(seeded, "B-IN-USD", new Payoff.Linear(), 0, 1)));
      Marks marks = Marks.of(0, seeded.between(3, MARK_MOST), seeded.between(3, MARK_MOST));
      List<Position> positions = new ArrayList<>();
      for (int market = 0; market < 4; market++) {
        if (seeded.chance(0.6)) {
          Contract contract = listing.contracts().get(market);
          long quantity = seeded.between(10, 60) * (seeded.chance(0.5) ? 1 : -1);
          long entry = seeded.between(2, 2 * MARK_MOST);
          long cost = PositionValue.at(listing, contract, entry, marks).amount(quantity);
          positions.add(new Position(market, quantity, cost));
        }
      }
      List<Balance> balances = new ArrayList<>();
      for (int asset = 1; asset < 3; asset++) {
        if (seeded.chance(0.6)) {
          balances.add(new Balance(asset, COIN * seeded.between(-60, 60), 0));
        }
      }
      HealthModel model =
          new HealthModel(listing, new LegSum(listing), seeded.oneOf(Base.AUTO, Base.OBLIGATION));
      Health bare = model.assess(new Account("bare", balances, positions), marks);
      long missing = bare.obligation().minus(bare.backing()).divCeil(1_000_000);
      balances.addFirst(new Balance(0, missing + COIN * seeded.between(-5, 90), 0));
      long level = 1_000_000 + (seeded.chance(0.5) ? 0 : seeded.between(0, 200_000));
      return new Coarse(model, new Account("coins", balances, positions), marks, level);
    }

    private static final long COIN = 100_000_000;

    private static Contract paid(
        Seeded seeded, String symbol, Payoff payoff, int settlement, int feed) {
      List<Tier> tiers = new ArrayList<>(List.of(new Tier(0, seeded.between(10_000, 200_000))));
      while (seeded.chance(0.6) && tiers.size() < 3) {
        tiers.add(
            new Tier(
                tiers.getLast().fromValue() + COIN * seeded.between(1, 900),
                tiers.getLast().ratePpm() + seeded.between(0, 400_000)));
      }
      MarginTiers margin =
          new MarginTiers(seeded.chance(0.5) ? Kind.STEPPED : Kind.CONTINUOUS, tiers);
      long gains = seeded.chance(0.5) ? 1_000_000 : seeded.between(0, 1_000_000);
      return new Contract(
          symbol,
          payoff,
          new Term.Perpetual(),
          settlement,
          feed,
          0,
          1,
          0,
          0,
          margin,
          margin,
          0,
          gains);
    }

    private static long debtWeight(Seeded seeded) {
      return seeded.chance(0.5) ? 1_000_000 : seeded.between(1_000_000, 1_500_000);
    }

    private static Asset asset(Seeded seeded, String symbol, int feed, long weight) {
      return new Asset(symbol, feed, 0, weight, debtWeight(seeded), 1, 0, 0, 0);
    }

    private static Contract contract(Seeded seeded, String symbol, int feed) {
      List<Tier> tiers = new ArrayList<>(List.of(new Tier(0, seeded.between(10_000, 200_000))));
      while (seeded.chance(0.6) && tiers.size() < 3) {
        tiers.add(
            new Tier(
                tiers.getLast().fromValue() + seeded.between(1, 900),
                tiers.getLast().ratePpm() + seeded.between(0, 400_000)));
      }
      MarginTiers margin =
          new MarginTiers(seeded.chance(0.5) ? Kind.STEPPED : Kind.CONTINUOUS, tiers);
      return new Contract(symbol, feed, 0, 1, 0, 0, margin, margin, 0);
    }

    List<PriceRange> scanned(int feed, Predicate<Health> is) {
      List<PriceRange> found = new ArrayList<>(scanned(feed, is, Direction.DOWN));
      found.addAll(scanned(feed, is, Direction.UP));
      found.sort(Comparator.comparingLong(range -> Math.abs(range.nearest() - marks.price(feed))));
      return found;
    }

    private List<PriceRange> scanned(int feed, Predicate<Health> is, Direction direction) {
      long mark = marks.price(feed);
      long tick = model.listing().feeds().get(feed).tick();
      boolean inside = is.test(model.assess(account, marks));
      long nearest = 0;
      long last = 0;
      List<PriceRange> found = new ArrayList<>();
      for (long price :
          LongStream.rangeClosed(1, mark * PriceRanges.MULTIPLE_MAX)
              .filter(p -> p % tick == 0)
              .map(p -> direction == Direction.DOWN ? tick + mark * 100 / tick * tick - p : p)
              .filter(p -> direction == Direction.DOWN ? p <= mark : p >= mark)
              .toArray()) {
        boolean now = is.test(model.assess(account, marks.with(feed, price)));
        if (now && !inside) {
          nearest = price;
        }
        if (!now && inside && nearest > 0) {
          found.add(new PriceRange(feed, direction, nearest, OptionalLong.of(last)));
        }
        inside = now;
        last = price;
      }
      if (inside && nearest > 0) {
        found.add(new PriceRange(feed, direction, nearest, OptionalLong.empty()));
      }
      return found;
    }
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, 400).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void breachesAreThoseOfAScan(long seed) {
    Coarse coarse = Coarse.of(seed);
    for (int feed = 0; feed < 2; feed++) {
      assertThat(
              PriceRanges.below(coarse.model, coarse.account, coarse.marks, feed, coarse.levelPpm))
          .isEqualTo(coarse.scanned(feed, health -> !health.isAtLeast(coarse.levelPpm)));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bankruptciesAreThoseOfAScan(long seed) {
    Coarse coarse = Coarse.of(seed);
    for (int feed = 0; feed < 2; feed++) {
      assertThat(PriceRanges.bankrupt(coarse.model, coarse.account, coarse.marks, feed))
          .isEqualTo(coarse.scanned(feed, Health::isBankrupt));
    }
  }

  static LongStream blocks() {
    return LongStream.range(0, 5);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void whatIsPaidInCoinsBreachesWhereAScanDoes(long block) {
    for (long seed = block * 12; seed < (block + 1) * 12; seed++) {
      Coarse coins = Coarse.paidInCoins(seed);
      for (int feed = 0; feed < 2; feed++) {
        assertThat(PriceRanges.below(coins.model, coins.account, coins.marks, feed, coins.levelPpm))
            .as("seed %d feed %d", seed, feed)
            .isEqualTo(coins.scanned(feed, health -> !health.isAtLeast(coins.levelPpm)));
        assertThat(PriceRanges.bankrupt(coins.model, coins.account, coins.marks, feed))
            .as("seed %d feed %d", seed, feed)
            .isEqualTo(coins.scanned(feed, Health::isBankrupt));
      }
    }
  }

  /// 10 long at 4 with 5 in cash; above a notional of 50 half of all of it is required: at 6 that
  /// is 30 of 25, at 7 it is 35 of 35.
  @Test
  void aStepMayBreachOnTheWayUpAndBeOutgrown() {
    MarginTiers margin =
        new MarginTiers(Kind.STEPPED, List.of(new Tier(0, 10_000), new Tier(50, 500_000)));
    Listing listing =
        new Listing(
            0,
            List.of(new Feed("A", 0, 1)),
            List.of(new Asset("USD", Asset.SETTLEMENT, 0, 1_000_000, 1_000_000, 1, 0, 0, 0)),
            List.of(new Contract("A-PERP", 0, 0, 1, 0, 0, margin, margin, 0)));
    Account account =
        new Account("stepped", List.of(new Balance(0, 5, 0)), List.of(new Position(0, 10, 40)));
    HealthModel model = new HealthModel(listing, new LegSum(listing), Base.AUTO);
    assertThat(PriceRanges.below(model, account, Marks.of(0, 4), 0, 1_000_000))
        .containsExactly(
            new PriceRange(0, Direction.DOWN, 3, OptionalLong.empty()),
            new PriceRange(0, Direction.UP, 6, OptionalLong.of(6)));
  }

  /// 10 coins at 0.8 against 7 short from 100, whose loss counts one and a half times, and 747
  /// owed: the excess is 0.93 p - 47 up to 100, where the cash turns into a debt, and 303 - 2.57 p
  /// beyond. At 150 it is in breach; on the way down it is sound from 117 to 51.
  @Test
  void cashThatTurnsIntoADebtBendsTheWay() {
    MarginTiers margin = MarginTiers.flat(10_000);
    Listing listing =
        new Listing(
            0,
            List.of(new Feed("A", 0, 1), new Feed("B", 0, 1)),
            List.of(
                new Asset("USD", Asset.SETTLEMENT, 0, 1_000_000, 1_500_000, 1, 0, 0, 0),
                new Asset("A", 0, 0, 800_000, 1_000_000, 1, 0, 0, 0),
                new Asset("B", 1, 0, 800_000, 1_000_000, 1, 0, 0, 0)),
            List.of(new Contract("A-PERP", 0, 0, 1, 0, 0, margin, margin, 0)));
    Account account =
        new Account(
            "bent",
            List.of(new Balance(0, -210, 0), new Balance(1, 10, 0), new Balance(2, 0, 747)),
            List.of(new Position(0, -7, -910)));
    HealthModel model = new HealthModel(listing, new LegSum(listing), Base.AUTO);
    assertThat(PriceRanges.below(model, account, Marks.of(0, 150, 1), 0, 1_000_000))
        .containsExactly(new PriceRange(0, Direction.DOWN, 50, OptionalLong.empty()));
    assertThat(PriceRanges.below(model, account, Marks.of(0, 90, 1), 0, 1_000_000))
        .containsExactly(
            new PriceRange(0, Direction.UP, 118, OptionalLong.empty()),
            new PriceRange(0, Direction.DOWN, 50, OptionalLong.empty()));
  }

  /// The seeds above hold what the search must not miss.
  @Test
  void theScannedWorldsHaveSeveralRanges() {
    List<List<PriceRange>> found =
        LongStream.range(0, 400)
            .mapToObj(Coarse::of)
            .map(c -> PriceRanges.below(c.model, c.account, c.marks, 0, c.levelPpm))
            .toList();
    assertThat(found).filteredOn(List::isEmpty).hasSizeGreaterThan(20);
    assertThat(found).filteredOn(ranges -> ranges.size() > 1).hasSizeGreaterThan(5);
    assertThat(found)
        .filteredOn(ranges -> ranges.stream().anyMatch(range -> range.farthest().isPresent()))
        .hasSizeGreaterThan(5);
  }

  /// 10 long at 3,600 with 5,000 and 1 % of margin: 5,000 + 10 (p - 3,600) < 0.1 p below 31,000 /
  /// 9.9; nothing left at 3,100.
  @Test
  void aLongBreachesBelowAndIsBankruptFurtherBelow() {
    World world = perp("10");
    assertThat(PriceRanges.below(world.model(), world.account(), world.marks(), 0, 1_000_000))
        .containsExactly(new PriceRange(0, Direction.DOWN, 313_131, OptionalLong.empty()));
    assertThat(PriceRanges.bankrupt(world.model(), world.account(), world.marks(), 0))
        .containsExactly(new PriceRange(0, Direction.DOWN, 310_000, OptionalLong.empty()));
  }

  @Test
  void aShortBreachesAbove() {
    World world = perp("-10");
    assertThat(PriceRanges.below(world.model(), world.account(), world.marks(), 0, 1_000_000))
        .containsExactly(new PriceRange(0, Direction.UP, 405_941, OptionalLong.empty()));
  }

  private static World perp(String quantity) {
    return HandWorld.usd()
        .market("ETHUSDT", "3600", "0.01")
        .holds("USD", "5000")
        .position("ETHUSDT", quantity, "3600")
        .world();
  }

  @Test
  void anotherPriceDoesNotMatter() {
    World world =
        HandWorld.usd()
            .market("ETHUSDT", "3600", "0.01")
            .asset("SOL", "20", "0.8")
            .holds("USD", "5000")
            .position("ETHUSDT", "10", "3600")
            .world();
    assertThat(PriceRanges.below(world.model(), world.account(), world.marks(), 1, 1_000_000))
        .isEmpty();
    assertThat(PriceRanges.feeds(world.listing(), world.account())).containsExactly(0);
  }

  /// A token of twelve decimals at 20: a hundred times that is more than a price may be.
  @Test
  void noPriceIsLookedAtThatIsTooLargeToBeOne() {
    MarginTiers margin = MarginTiers.flat(10_000);
    Listing listing =
        new Listing(
            8,
            List.of(new Feed("TOKEN", 12, 1)),
            List.of(new Asset("USD", Asset.SETTLEMENT, 8, 1_000_000, 1_000_000, 1, 0, 0, 0)),
            List.of(new Contract("TOKENUSD", 0, 0, 1, 0, 0, margin, margin, 0)));
    Marks marks = Marks.of(0, 20_000_000_000_000L);
    Account account =
        new Account(
            "short",
            List.of(new Balance(0, 500_00000000L, 0)),
            List.of(new Position(0, -1, -20_000_000_000_000L)));
    HealthModel model = new HealthModel(listing, new LegSum(listing), Base.AUTO);
    // 500 + 20 - p < 0.01 p above 514.85 dollars
    assertThat(PriceRanges.below(model, account, marks, 0, 1_000_000))
        .containsExactly(
            new PriceRange(0, Direction.UP, 514_851_485_148_515L, OptionalLong.empty()));
  }

  @Test
  void anAccountDependsOnWhatMarksAndPaysItsPositionsAndOnWhatItHolds() {
    Coarse coins = Coarse.paidInCoins(1);
    Listing listing = coins.model.listing();
    assertThat(PriceRanges.feeds(listing, account(List.of(), new Position(3, 1, 1))))
        .containsExactly(1);
    assertThat(PriceRanges.feeds(listing, account(List.of(), new Position(0, 1, 1))))
        .containsExactly(0);
    assertThat(PriceRanges.feeds(listing, account(List.of(), new Position(1, 1, 1))))
        .containsExactly(0, 1);
    assertThat(PriceRanges.feeds(listing, account(List.of(new Balance(2, 5, 0)))))
        .containsExactly(1);
    assertThat(PriceRanges.feeds(listing, account(List.of(new Balance(2, 5, 5))))).isEmpty();
    assertThat(PriceRanges.feeds(listing, account(List.of(new Balance(0, 5, 0))))).isEmpty();
  }

  private static Account account(List<Balance> balances, Position... positions) {
    return new Account("a", balances, List.of(positions));
  }

  @Test
  void distancesAreInMovesOfADay() {
    PriceRange range = new PriceRange(0, Direction.DOWN, 90, OptionalLong.empty());
    assertThat(range.dailyMoves(100, 50_000)).isCloseTo(2.107, within(0.001));
    assertThatThrownBy(() -> range.dailyMoves(100, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> range.dailyMoves(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(range.dailyMoves(1, 1)).isPositive();
  }

  @Test
  void valuesThatCannotBeCountedEndTheSearch() {
    World world =
        HandWorld.usd(8)
            .market("BTCUSDT", "100000", "0.01")
            .holds("USD", "1")
            .position("BTCUSDT", "-4000", "200000")
            .world();
    assertThat(PriceRanges.below(world.model(), world.account(), world.marks(), 0, 1_000_000))
        .hasSizeLessThan(2);
  }
}
