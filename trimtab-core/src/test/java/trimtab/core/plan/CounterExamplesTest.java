package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Leg;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.account.Side;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.cost.CostCurve;
import trimtab.core.health.Health;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.World;

/// What is plausible about sizes, limits and penalties, and wrong; each with its numbers.
class CounterExamplesTest {
  private static final Leg PERPETUAL = new PositionLeg(0);
  private static final PairLeg ETH_FOR_USD = new PairLeg(0, 1);
  private static final int CENTS = 100;

  /// Whole units, dollars with two decimals.
  private static HandWorld whole() {
    return HandWorld.usd(0);
  }

  private static Plan.Close closes(World world) {
    Plan.Close close = (Plan.Close) PlannerTest.plan(world);
    assertThat(
            CertificateChecker.check(
                    Certificates.of(
                        world.listing(), world.account(), world.marks(), world.rulebook(), close))
                .holds())
        .isTrue();
    return close;
  }

  private static Health after(World world, Leg leg, long quantity, long cost) {
    Closing closing =
        new LegSettlement(world.model(), world.rulebook().penalty())
            .close(world.account(), world.marks(), leg, quantity, cost);
    return world.model().assess(closing.account(), world.marks());
  }

  /// Sizes of the first leg after which the target is restored, by closing each of them.
  private static List<Long> restoring(World world, long size) {
    CostCurve curve = world.curves().contract(0, Side.SELL);
    return LongStream.rangeClosed(1, size)
        .filter(quantity ->
            after(world, PERPETUAL, quantity, curve.cost(quantity))
                .isAtLeast(world.rulebook().targetPpm()))
        .boxed()
        .toList();
  }

  /// "If any size restores, closing everything does." 100 ETH at 1,000 and 10 %, equity 9,500,
  /// target 1.05. The first 50 sell at the mark, each one after at 500 less. 105 (100 - q) <= 9,500
  /// from 10 on, until 9,500 - 500 (q - 50) falls below it after 60. All of it costs 25,000.
  @Test
  void theRestoringSizesNeedNotContainTheFullClose() {
    World world =
        whole()
            .market("ETHUSDT", "1000", "0.1")
            .curve(
                CostCurve.of(
                    new long[] {50, 100}, new long[] {0, 0}, new long[] {0, 25_000 * CENTS}))
            .position("ETHUSDT", "100", "1000")
            .holds("USD", "9500")
            .levels("1", "1.05")
            .world();
    assertThat(restoring(world, 100)).isEqualTo(LongStream.rangeClosed(10, 60).boxed().toList());
    Plan.Close plan = closes(world);
    assertThat(plan.claim()).isInstanceOf(Claim.RestoresMinimal.class);
    assertThat(plan.closings().getFirst().closing().quantity()).isEqualTo(10);
    assertThat(after(world, PERPETUAL, 100, 25_000 * CENTS).equity()).isNegative();
  }

  /// "The restoring sizes are one interval, so bisect." 100 ETH at 1,000, 5 % of all above 50,000,
  /// 2 % of all below; equity 4,900. The first 3 sell at the mark, each one after at 60 less, more
  /// than the 50 that it frees: 2 to 8 restore, 9 to 49 do not. At 50 open the rate falls, and 50
  /// to 77 restore: 4,900 - 47 x 60 = 2,080 against 1,000.
  @Test
  void steppedTiersHaveTwoSeparateSetsOfRestoringSizes() {
    HandWorld hand =
        whole()
            .market("ETHUSDT", "1000", "0.02", "50000", "0.05")
            .stepped()
            .curve(
                CostCurve.of(
                    new long[] {3, 100}, new long[] {0, 0}, new long[] {0, 97 * 60 * CENTS}))
            .position("ETHUSDT", "100", "1000")
            .holds("USD", "4900");
    World world = hand.world();
    List<Long> expected =
        LongStream.concat(LongStream.rangeClosed(2, 8), LongStream.rangeClosed(50, 77))
            .boxed()
            .toList();
    assertThat(restoring(world, 100)).isEqualTo(expected);
    assertThat(closes(world).closings().getFirst().closing().quantity()).isEqualTo(2);
    // An order of 10,000 at least: the least is in the second set.
    World larger = hand.minimumOrder("10000").world();
    Plan.Close plan = closes(larger);
    assertThat(plan.claim()).isInstanceOf(Claim.RestoresMinimal.class);
    assertThat(plan.closings().getFirst().closing().quantity()).isEqualTo(50);
  }

  /// "The fee comes on top of the limit." 100 ETH at 1,000 and 5 %, equity 4,500, health 0.9. Of 20
  /// closed, 900 may be lost, 45 each. With a fee of 10 each the limit is 965. Sold at 955, as if
  /// the fee did not count, 55 each are lost: 3,400 / 4,000 = 0.85.
  @Test
  void theLimitContainsTheFee() {
    World world =
        whole()
            .market("ETHUSDT", "1000", "0.05")
            .fee("0.01")
            .position("ETHUSDT", "100", "1000")
            .holds("USD", "4500")
            .rule(new FixedFraction(200_000))
            .world();
    PlannedClosing planned = closes(world).closings().getFirst();
    assertThat(planned.limitPrice()).hasValue(965 * CENTS);
    Health atLimit = after(world, PERPETUAL, 20, 20 * (35 + 10) * CENTS);
    assertThat(atLimit.compareRatio(world.health())).isZero();
    Health onTop = after(world, PERPETUAL, 20, 20 * (45 + 10) * CENTS);
    assertThat(onTop.ratioText(Ppm.ONE)).isEqualTo("0.850");
  }

  /// "A pair helps iff HF > b LT." 1.2 ETH at 1,000 and weight 0.9 against 1,000 USD that weigh
  /// 1.2: HF = 1,080 / 1,200 = 0.9 < 1.1 x 0.9 = 0.99. But a unit repaid frees 1.2: HF w_D = 1.08
  /// is above 0.99, and 120 / (1.2 - 0.99) = 571.43 repaid restore. Without the weight it would be
  /// 120 / (1 - 0.99) = 12,000, more than is owed.
  @Test
  void aDebtThatWeighsMoreMakesAPairHelp() {
    World world =
        HandWorld.usd()
            .debtWeight("1.2")
            .asset("ETH", "1000", "0.9")
            .holds("ETH", "1.2")
            .owes("USD", "1000")
            .penalty("0", "0.1", Cap.NONE)
            .world();
    Plan.Close plan = closes(world);
    assertThat(plan.claim()).isInstanceOf(Claim.RestoresMinimal.class);
    // 571.43 x 1.1 = 628.57 sold, in lots of 0.1.
    assertThat(plan.closings().getFirst().closing().quantity()).isEqualTo(6_286);
  }

  /// "A penalty up to C / D is harmless." 10.6 ETH at 1,000 against 10,000: at 1.06 every part sold
  /// leaves collateral over debt, and so the health of 0.954, where it was. It is judged harmful.
  @Test
  void aPenaltyOfCollateralOverDebtLeavesHealthConstant() {
    World world =
        HandWorld.usd()
            .asset("ETH", "1000", "0.9")
            .holds("ETH", "10.6")
            .owes("USD", "10000")
            .penalty("0", "0.06", Cap.NONE)
            .rule(new FixedFraction(500_000))
            .onHarmfulClose(OnHarmfulClose.REFUSE)
            .world();
    for (long quantity : List.of(10_600L, 53_000L, 95_400L)) {
      assertThat(after(world, ETH_FOR_USD, quantity, 0).compareRatio(world.health())).isZero();
    }
    assertThat(PlannerTest.plan(world)).isInstanceOf(Plan.Nothing.class);
  }
}
