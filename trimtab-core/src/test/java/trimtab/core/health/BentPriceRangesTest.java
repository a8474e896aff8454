package trimtab.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.health.PriceRange.Direction;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.Payoff;
import trimtab.core.instrument.Term;
import trimtab.core.mark.Marks;

/// Ways of a price that are not straight: what is sound or in breach on a few ticks between two
/// ends that look the same.
class BentPriceRangesTest {
  private static final long COIN = 100_000_000;
  private static final MarginTiers MARGIN = MarginTiers.flat(10_000);
  private static final List<Feed> FEEDS = List.of(new Feed("A", 0, 1), new Feed("B", 0, 1));

  private static Asset asset(String symbol, int feed) {
    return new Asset(symbol, feed, 8, 1_000_000, 1_000_000, 1, 0, 0, 0);
  }

  private static Contract contract(
      String symbol, Payoff payoff, int settlement, long pnlWeightPpm) {
    Term term = new Term.Perpetual();
    return new Contract(
        symbol, payoff, term, settlement, 0, 0, 1, 0, 0, MARGIN, MARGIN, 0, pnlWeightPpm);
  }

  /// Markets on A: inverse of 100 paid in B, linear in dollars, linear whose gains do not count.
  private static final Listing LISTING =
      new Listing(
          8,
          FEEDS,
          List.of(asset("USD", Asset.SETTLEMENT), asset("A", 0), asset("B", 1)),
          List.of(
              contract("INVERSE", new Payoff.Inverse(100), 2, 1_000_000),
              contract("LINEAR", new Payoff.Linear(), 0, 1_000_000),
              contract("LOSING", new Payoff.Linear(), 0, 0)));

  private static final HealthModel MODEL = new HealthModel(LISTING, new LegSum(LISTING), Base.AUTO);

  private static List<PriceRange> below(Account account, long mark) {
    return PriceRanges.below(MODEL, account, Marks.of(0, mark, 1), 0, 1_000_000);
  }

  /// 10 inverse contracts are worth 1,000 / p of B, at 1 dollar each; the other side is one linear
  /// contract.
  private static Account crossed(long side, long cash) {
    return new Account(
        "crossed",
        List.of(new Balance(0, cash, 0)),
        List.of(new Position(0, side * 10, side * COIN), new Position(1, -side, -side * 5 * COIN)));
  }

  /// Long inverse, short linear: `cash + 6 - 1.01 (1000 / p + p)`. The bracket is 63.2581, 63.25
  /// and 63.303 at 31, 32 and 33, so that with 63.885 only 32 is sound.
  @Test
  void aTickThatIsSoundBetweenBreachesIsFound() {
    Account account = crossed(1, 5_788_500_000L);
    assertThat(below(account, 20))
        .containsExactly(new PriceRange(0, Direction.UP, 33, OptionalLong.empty()));
    assertThat(below(account, 60))
        .containsExactly(new PriceRange(0, Direction.DOWN, 31, OptionalLong.empty()));
    assertThat(below(account, 32))
        .containsExactlyInAnyOrder(
            new PriceRange(0, Direction.UP, 33, OptionalLong.empty()),
            new PriceRange(0, Direction.DOWN, 31, OptionalLong.empty()));
  }

  /// The other way round: `0.99 (1000 / p + p) - 62.62` is negative at 32 alone.
  @Test
  void aTickOfBreachBetweenSoundPricesIsFound() {
    Account account = crossed(-1, -5_662_000_000L);
    assertThat(below(account, 20))
        .containsExactly(new PriceRange(0, Direction.UP, 32, OptionalLong.of(32)));
    assertThat(below(account, 60))
        .containsExactly(new PriceRange(0, Direction.DOWN, 32, OptionalLong.of(32)));
  }

  /// 10 long at 50, whose gains do not count, and 5 owed of A: up to 50 it is `4.9 p - 240`, beyond
  /// `260 - 5.1 p`. Only 49 and 50 are sound.
  @Test
  void whereAGainStopsCountingTheWayBends() {
    Account account =
        new Account(
            "losing",
            List.of(new Balance(0, 260 * COIN, 0), new Balance(1, -5 * COIN, 0)),
            List.of(new Position(2, 10, 500 * COIN)));
    assertThat(below(account, 30))
        .containsExactly(new PriceRange(0, Direction.UP, 51, OptionalLong.empty()));
    assertThat(below(account, 80))
        .containsExactly(new PriceRange(0, Direction.DOWN, 48, OptionalLong.empty()));
  }

  /// A billion contracts are worth 10^19 units of B at 1: no price below 2 is looked at.
  @Test
  void aValueThatCannotBeCountedNearZeroEndsTheSearch() {
    long quantity = 1_000_000_000;
    Account account =
        new Account(
            "large",
            List.of(new Balance(2, 3_000_000_000L * COIN, 0)),
            List.of(new Position(0, quantity, 2_000_000_000L * COIN)));
    // 3 + 2 billion less 1.01 x 100 / p billions: in breach below 20.2.
    assertThat(below(account, 50))
        .containsExactly(new PriceRange(0, Direction.DOWN, 20, OptionalLong.empty()));
  }
}
