package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.account.Side;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.instrument.Contract;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.Seeded;
import trimtab.core.testkit.World;

/// Where the requirement jumps, a slice has a limit for every quantity filled so far.
class LimitTableTest {
  private static final long BATCH = 40;

  static LongStream batches() {
    return LongStream.range(0, 5);
  }

  /// A long or short of many lots in stepped tiers, of which a drawn share is closed.
  private static World drawn(long seed) {
    for (long attempt = 0; attempt < 1_000; attempt++) {
      Seeded seeded = new Seeded(seed * 7_919 + attempt);
      long size = seeded.between(50, 2_000);
      double price = seeded.between(100, 5_000);
      double notional = size * price / 10;
      double first = notional * seeded.uniform(0.2, 0.6);
      double second = notional * seeded.uniform(0.65, 0.99);
      double rate = notional * seeded.uniform(0.04, 0.13);
      boolean owing = seeded.chance(0.3);
      HandWorld hand =
          HandWorld.usd(1)
              .market(
                  "ETHUSDT",
                  decimal(price),
                  "0.02",
                  decimal(first),
                  seeded.oneOf("0.05", "0.021"),
                  decimal(second),
                  "0.1")
              .stepped()
              .fee(seeded.oneOf("0", "0.0005", "0.003"))
              .position(
                  "ETHUSDT",
                  (seeded.chance(0.5) ? "" : "-") + size / 10 + "." + size % 10,
                  decimal(price))
              .base(Base.REQUIREMENT)
              .levels("1", "1.1")
              .rule(new CloseRule.FixedFraction(seeded.between(50_000, 950_000)))
              .onHarmfulClose(OnHarmfulClose.PROCEED);
      World world = owing ? backed(hand, rate) : hand.holds("USD", decimal(rate)).world();
      Health health = world.health();
      if (!health.isAtLeast(1_000_000) && health.numerator().signum() > 0) {
        return world;
      }
    }
    throw new IllegalStateException("no account in breach near seed " + seed);
  }

  private static World backed(HandWorld hand, double equity) {
    return hand.asset("SOL", "1.00", "0.9")
        .holds("SOL", Long.toString((long) (equity / 0.9)))
        .world();
  }

  private static String decimal(double value) {
    return Long.toString((long) value);
  }

  private static PlannedClosing planned(World world) {
    return ((Plan.Close) PlannerTest.plan(world)).closings().getFirst();
  }

  /// Health after a part of the slice was filled at an average price, the penalty capped.
  private static Health filled(World world, PlannedClosing planned, long quantity, long price) {
    PositionLeg leg = (PositionLeg) planned.closing().leg();
    Contract contract = world.listing().contracts().get(leg.market());
    long mark = world.marks().price(contract.feed());
    long perTick = planned.terms().notional(1) / mark;
    long worse = planned.side() == Side.SELL ? mark - price : price - mark;
    long fee =
        Rounding.mulDivCeil(planned.terms().notional(quantity), contract.takerFeePpm(), Ppm.ONE);
    long cost = quantity * worse * perTick + fee;
    Closing closing =
        new LegSettlement(world.model(), world.rulebook().penalty().boundedBy(Cap.IMPROVEMENT))
            .close(world.account(), world.marks(), leg, quantity, cost);
    return world.model().assess(closing.account(), world.marks());
  }

  @ParameterizedTest
  @MethodSource("batches")
  void noFillAtTheLimitOfItsRowLowersEquityOverRequirement(long batch) {
    int tables = 0;
    for (long seed = batch * BATCH; seed < (batch + 1) * BATCH; seed++) {
      World world = drawn(seed);
      PlannedClosing planned = planned(world);
      LimitTable limits = planned.limits();
      long quantity = planned.closing().quantity();
      assertThat(limits.rows().getLast().upTo()).isEqualTo(quantity);
      tables += limits.rows().size() > 1 ? 1 : 0;
      long first = limits.allOrNone() ? quantity : 1;
      for (long part = first; part <= quantity; part++) {
        Health after = filled(world, planned, part, limits.at(part).price());
        assertThat(after.compareRatio(world.health()))
            .as("seed %d, %d of %d, %s", seed, part, quantity, limits)
            .isNotNegative();
        Health safe = filled(world, planned, part, planned.limitPrice().orElseThrow());
        assertThat(limits.allOrNone() ? 0 : safe.compareRatio(world.health())).isNotNegative();
      }
    }
    assertThat(tables).isGreaterThan((int) BATCH / 4);
  }

  /// A price that loses a hundredth of a percent more than a row allows lowers health somewhere.
  @Test
  void rowsAreNotLooserThanTheyCouldBe() {
    int lowered = 0;
    for (long seed = 0; seed < BATCH; seed++) {
      World world = drawn(seed);
      PlannedClosing planned = planned(world);
      LimitTable.Row row = planned.limits().rows().getFirst();
      long worse = row.price() / 10_000 + 2;
      long price = planned.side() == Side.SELL ? row.price() - worse : row.price() + worse;
      boolean anywhere =
          LongStream.rangeClosed(1, row.upTo())
              .anyMatch(
                  part -> filled(world, planned, part, price).compareRatio(world.health()) < 0);
      lowered += anywhere ? 1 : 0;
    }
    assertThat(lowered).isEqualTo((int) BATCH);
  }

  /// The planted fault: the price that is right for the whole slice, for every part of it.
  @Test
  void onePriceForAllUnderStepsIsCaught() {
    int caught = 0;
    for (long seed = 0; seed < BATCH; seed++) {
      World world = drawn(seed);
      PlannedClosing planned = planned(world);
      long whole = planned.limits().rows().getLast().price();
      boolean lowers =
          LongStream.rangeClosed(1, planned.closing().quantity())
              .anyMatch(
                  part -> filled(world, planned, part, whole).compareRatio(world.health()) < 0);
      caught += lowers ? 1 : 0;
    }
    assertThat(caught).isGreaterThan((int) BATCH / 4);
  }

  /// 100 ETH at 1,000, 5 % of all while more than 50,000 are open and 2 % of all below. R = 5,000,
  /// E = 4,500, health 0.9. Closing 40 frees 2,000, so 1,800 may be lost, 45 each: 955. Closing 60
  /// leaves 40 ETH at 2 %, 800, and frees 4,200, so 3,780 may be lost, 63 each: 937. The first 40
  /// of the 60 at 937 would lose 2,520: (4,500 - 2,520) / 3,000 = 0.66.
  @Test
  void theRowsOfAStep() {
    World world =
        HandWorld.usd(0)
            .market("ETHUSDT", "1000", "0.02", "50000", "0.05")
            .stepped()
            .position("ETHUSDT", "100", "1000")
            .holds("USD", "4500")
            .rule(new CloseRule.FixedFraction(600_000))
            .world();
    LimitTable limits = planned(world).limits();
    assertThat(limits.allOrNone()).isFalse();
    assertThat(limits.rows())
        .containsExactly(
            // 4,500 x 2,450 / 5,000 = 2,205 over 49, 45 each; the margin for rounding is a tick.
            new LimitTable.Row(49, 95_501), new LimitTable.Row(60, 93_701));
    assertThat(planned(world).limitPrice()).hasValue(95_501);
  }

  @Test
  void continuousTiersNeedOneRow() {
    World world =
        HandWorld.usd(0)
            .market("ETHUSDT", "1000", "0.02", "50000", "0.05")
            .position("ETHUSDT", "100", "1000")
            .holds("USD", "3000")
            .rule(new CloseRule.FixedFraction(600_000))
            .world();
    PlannedClosing planned = planned(world);
    assertThat(planned.limits().rows())
        .containsExactly(new LimitTable.Row(60, planned.limitPrice().orElseThrow()));
  }
}
