package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.testkit.ChoiceWorld;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.LeastRestoring.Size;
import trimtab.core.testkit.NaiveChoice;
import trimtab.core.testkit.NaiveChoice.Best;
import trimtab.core.testkit.World;

/// The orders of legs beside the least cost, and the hedge that tells them apart.
class LegOrderTest {
  static LongStream batches() {
    return LongStream.range(0, 10);
  }

  private static World ordered(World world, LegOrder order) {
    return world.with(world.rulebook().with(order, Objective.COST));
  }

  private static Plan.Close closes(World world) {
    Plan plan = PlannerTest.plan(world);
    assertThat(plan).isInstanceOf(Plan.Close.class);
    return (Plan.Close) plan;
  }

  private static List<Size> sizes(Plan.Close plan) {
    return plan.closings().stream().map(planned -> Size.of(planned.closing())).toList();
  }

  private static CheckResult check(World world, Plan.Close plan) {
    return CertificateChecker.check(
        Certificates.of(world.listing(), world.account(), world.marks(), world.rulebook(), plan));
  }

  /// Long 10 and short 8 of two markets on one price, both at 1,000: a net long of 2. The short's
  /// market asks for twice the margin, so closing the short alone restores at least cost.
  private static HandWorld hedged() {
    return HandWorld.usd()
        .market("SPOTLIKE", "1000", "0.05")
        .lot("0.1")
        .market("DATED", "1000", "0.1")
        .onTheFeedOf("SPOTLIKE")
        .position("SPOTLIKE", "10", "1000")
        .position("DATED", "-8", "1000")
        .holds("USD", "1000")
        .penalty("0.01", "0", Cap.NONE);
  }

  private static Size size(int market, double quantity) {
    return new Size(new PositionLeg(market), Math.round(quantity * 10_000));
  }

  @Test
  void theLeastCostMayCloseOneSideOfAHedge() {
    // Required 500 + 800, there 1,000: 300 / (100 - 10) = 3.3334 of the short.
    Plan.Close plan = closes(ordered(hedged().world(), LegOrder.LEAST_COST));
    assertThat(sizes(plan)).containsExactly(size(1, 3.3334));
    assertThat(plan.exposures())
        .containsExactly(new Exposure(0, usd(2_000), usd(2_000) + usd(3_333.4)));
  }

  @Test
  void hedgePreservingClosesTheOtherSideToo() {
    // As much of the long as of the short: 40 x 2.4 + 90 x 2.2667 >= 300.
    World world = ordered(hedged().world(), LegOrder.HEDGE_PRESERVING);
    Plan.Close plan = closes(world);
    assertThat(sizes(plan)).containsExactly(size(0, 2.4), size(1, 2.2667));
    assertThat(plan.exposures()).containsExactly(new Exposure(0, usd(2_000), usd(1_866.7)));
    assertThat(plan.choice().orElseThrow().order()).isEqualTo(LegOrder.HEDGE_PRESERVING);
    assertThat(check(world, plan)).isInstanceOf(CheckResult.Holds.class);
  }

  @Test
  void proportionalClosesTheSameShareOfEachLeg() {
    // 40 x 2.7 + 90 x 2.1334 >= 300: shares of 0.26668, in lots of 0.1 and 0.0001.
    World world = ordered(hedged().world(), LegOrder.PROPORTIONAL);
    Plan.Close plan = closes(world);
    assertThat(sizes(plan)).containsExactly(size(0, 2.7), size(1, 2.1334));
    assertThat(check(world, plan)).isInstanceOf(CheckResult.Holds.class);
    assertThat(plan.leastNotional().orElseThrow()).isEqualTo(usd(3_333.4));
  }

  @Test
  void theObjectiveDecidesBetweenCheapAndSmall() {
    // The first costs 0.1 % and frees 5 %, the second 1.1 % and frees 10 %.
    HandWorld hand =
        HandWorld.usd()
            .market("CHEAP", "1000", "0.05")
            .market("DEAR", "1000", "0.1")
            .fee("0.01")
            .position("CHEAP", "20", "1000")
            .position("DEAR", "10", "1000")
            .holds("USD", "1951")
            .penalty("0.001", "0", Cap.NONE);
    World world = hand.world();
    assertThat(sizes(closes(world))).containsExactly(size(0, 1));
    World small = world.with(world.rulebook().with(LegOrder.LEAST_COST, Objective.NOTIONAL));
    assertThat(sizes(closes(small))).containsExactly(size(1, 0.5506));
    assertThat(check(small, closes(small))).isInstanceOf(CheckResult.Holds.class);
  }

  private static long usd(double dollars) {
    return Math.round(dollars * 100) * 1_000_000;
  }

  private static boolean isHedged(World start, World end) {
    long[] before = NetExposure.byFeed(LegLineTest.standing(start));
    return NetExposure.isKept(before, NetExposure.byFeed(LegLineTest.standing(end)));
  }

  private static long capOf(World world) {
    return world.rulebook().closeRule() instanceof CloseRule.TargetHealth(long share)
        ? share
        : Ppm.ONE;
  }

  @ParameterizedTest
  @MethodSource("batches")
  void hedgePreservingIsTheCheapestThatKeepsEveryExposure(long batch) {
    int compared = 0;
    for (long seed = batch * 40; seed < (batch + 1) * 40; seed++) {
      World drawn = World.breached(seed, each -> ChoiceWorld.positions(each, 3, 9));
      World world = ordered(drawn, LegOrder.HEDGE_PRESERVING);
      if (world.health().isBankrupt()) {
        continue;
      }
      Optional<Best> expected =
          NaiveChoice.of(world, capOf(world), Objective.COST, end -> isHedged(world, end));
      if (expected.isPresent()) {
        assertThat(LeastCostTest.planned(world)).as("seed %d", seed).isEqualTo(expected);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("batches")
  void proportionalIsTheLeastShareThatRestores(long batch) {
    int compared = 0;
    for (long seed = batch * 60; seed < (batch + 1) * 60; seed++) {
      World world =
          ordered(
              World.breached(seed, each -> ChoiceWorld.positions(each, 3, 30)).with(Cap.NONE),
              LegOrder.PROPORTIONAL);
      if (world.health().isBankrupt()
          || !(PlannerTest.plan(world) instanceof Plan.Close close)
          || close.choice().isEmpty()
          || close.choice().get().order() != LegOrder.PROPORTIONAL) {
        continue;
      }
      assertThat(check(world, close)).isInstanceOf(CheckResult.Holds.class);
      long[] least = leastOfAllShares(world);
      long[] quantities = new long[least.length];
      close
          .closings()
          .forEach(planned ->
              quantities[((PositionLeg) planned.closing().leg()).market()] =
                  planned.closing().quantity());
      assertThat(quantities).as("seed %d", seed).isEqualTo(least);
      compared++;
    }
    assertThat(compared).isGreaterThan(10);
  }

  /// The same found by going up: at each share the lots it closes, then the next share at which one
  /// leg closes a lot more.
  private static long[] leastOfAllShares(World world) {
    List<LegLine> lines = LegSequence.lines(LegLineTest.standing(world));
    long steps = 1;
    while (steps <= ShareSearch.STEPS) {
      long[] quantities = new long[lines.size()];
      long next = ShareSearch.STEPS + 1;
      World end = world;
      for (int leg = 0; leg < quantities.length; leg++) {
        LegLine line = lines.get(leg);
        quantities[leg] = ShareSearch.quantity(line, steps, capOf(world));
        next = Math.min(next, firstStepAbove(line, quantities[leg], steps, capOf(world)));
      }
      for (int leg = 0; leg < quantities.length; leg++) {
        if (quantities[leg] > 0) {
          end = NaiveChoice.closed(end, lines.get(leg).leg(), quantities[leg]);
        }
      }
      if (end.health().isAtLeast(world.rulebook().targetPpm())) {
        return quantities;
      }
      steps = next;
    }
    return new long[lines.size()];
  }

  /// The first share that closes more of a leg, by walking up in lots.
  private static long firstStepAbove(LegLine line, long quantity, long steps, long capSharePpm) {
    long lots = Math.max(1, Math.ceilDiv(quantity, line.lot()));
    for (long units = (lots - 1) * line.lot(); units <= line.size(); units += line.lot()) {
      long step =
          BigInteger.valueOf(units)
                  .multiply(BigInteger.valueOf(ShareSearch.STEPS))
                  .divide(BigInteger.valueOf(line.size()))
                  .longValueExact()
              + 1;
      if (step > steps && ShareSearch.quantity(line, step, capSharePpm) > quantity) {
        return step;
      }
    }
    return ShareSearch.STEPS + 1;
  }

  @Test
  void everyOrderIsProven() {
    int proven = 0;
    Map<LegOrder, Integer> byOrder = new EnumMap<>(LegOrder.class);
    for (long seed = 0; seed < 150; seed++) {
      for (LegOrder order : LegOrder.values()) {
        for (World drawn :
            List.of(
                World.breached(seed, each -> ChoiceWorld.positions(each, 3, 40)),
                World.breached(seed, each -> ChoiceWorld.positions(each, 6, 200)),
                World.breached(seed, each -> ChoiceWorld.mixed(each, 1, 2, 1, 30)),
                World.breached(seed, each -> ChoiceWorld.mixed(each, 1, 1, 2, 30)))) {
          World world = ordered(drawn, order);
          if (PlannerTest.plan(world) instanceof Plan.Close close) {
            assertThat(check(world, close))
                .as("seed %d, %s, %s", seed, order, close.claim())
                .isInstanceOf(CheckResult.Holds.class);
            if (close.claim() instanceof Claim.RestoresMinimal && close.choice().isPresent()) {
              byOrder.merge(close.choice().get().order(), 1, Integer::sum);
              proven++;
            }
          }
        }
      }
    }
    assertThat(proven).isGreaterThan(300);
    assertThat(byOrder).hasSize(3).allSatisfy((_, count) -> assertThat(count).isGreaterThan(50));
  }
}
