package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.cost.CostCurve;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltySchedule;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.World;

/// What is done when no partial close restores, step by step.
class EscalationTest {
  private static final Claim EVERYTHING = new Claim.Escalated(Claim.Escalated.NO_PARTIAL_RESTORES);
  private static final long DOLLAR = 100_000_000;

  private static World reducing(World world) {
    OwnRulebook rule = world.rulebook();
    return world.with(rule.with(rule.penalty(), PenaltySchedule.FIXED, true));
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

  /// 10.6 ETH at 1,000 and weight 0.9 against 10,000: HF 0.954, and 1.1 x 0.9 = 0.99 is above it.
  private static World toxic() {
    return HandWorld.usd()
        .asset("ETH", "1000", "0.9")
        .holds("ETH", "10.6")
        .owes("USD", "10000")
        .penalty("0", "0.1", Cap.IMPROVEMENT)
        .world();
  }

  /// With r_max all of the debt, `b <= (w_D - (O - B) / r_max) / LT = (1 - 0.046) / 0.9 = 1.06`,
  /// which is C / D, too. A part must stay open, so the rate is a hair below.
  @Test
  void aLowerPenaltyMakesAPartialCloseRestore() {
    assertThat(closes(toxic()).claim()).isEqualTo(EVERYTHING);

    World world = reducing(toxic());
    Plan.Close plan = closes(world);
    assertThat(plan.claim()).isInstanceOf(Claim.RestoresMinimal.class);
    long ceiling = plan.grounds().ceilingPpm();
    assertThat(ceiling).isBetween(59_950L, 59_999L);
    assertThat(plan.grounds().penalty().pairPpm()).isEqualTo(ceiling);
    assertThat(plan.grounds().step())
        .startsWith("the penalty is cut to 0.0599")
        .endsWith("so that a partial close restores");
    assertThat(plan.after().equity()).isPositive();

    double repaid = (double) plan.closings().getFirst().closing().repaid() / DOLLAR;
    assertThat(1 + ceiling / 1e6).isLessThanOrEqualTo((1 - 460 / repaid) / 0.9 + 1e-6);

    // It is the highest: with one part per million more no partial close restores.
    OwnRulebook rule = world.rulebook();
    World higher =
        world.with(rule.with(rule.penalty().atRates(0, ceiling + 1), PenaltySchedule.FIXED, false));
    assertThat(closes(higher).claim()).isEqualTo(EVERYTHING);
  }

  /// Nothing is created by the penalty itself: whatever restores, `1 + rate <= C / D`.
  @Test
  void aLowerPenaltyIsAtMostCollateralOverDebt() {
    // HF 0.9996: at C / D = 1.0412 b LT is 0.9996, too, and only less helps.
    World world =
        reducing(
            HandWorld.usd()
                .asset("ETH", "1000", "0.96")
                .holds("ETH", "10.1")
                .owes("USD", "9700")
                .penalty("0", "0.1", Cap.NONE)
                .world());
    Plan.Close plan = closes(world);
    assertThat(plan.claim()).isInstanceOf(Claim.RestoresMinimal.class);
    assertThat(plan.grounds().ceilingPpm()).isLessThanOrEqualTo(400 * 1_000_000 / 9_700);
    assertThat(plan.after().equity()).isPositive();
  }

  /// 10 ETH at 1,000 and 10 % with 500: 5 to close, but 6,000 must stay or nothing, so only 4 can
  /// be. A tenth at a penalty of 10 % costs 100 and frees 100, at a health of 0.5. At less than 5 %
  /// it raises health.
  @Test
  void elseALowerPenaltyMakesTheDemandedCloseRaiseHealth() {
    World world =
        HandWorld.usd()
            .market("ETHUSDT", "1000", "0.1")
            .dust("6000")
            .position("ETHUSDT", "10", "1000")
            .holds("USD", "500")
            .penalty("0.1", "0", Cap.IMPROVEMENT)
            .rule(new FixedFraction(100_000))
            .world();
    assertThat(closes(world).claim()).isEqualTo(EVERYTHING);

    Plan.Close plan = closes(reducing(world));
    assertThat(plan.claim()).isInstanceOf(Claim.RulePrescribed.class);
    assertThat(plan.grounds().ceilingPpm()).isEqualTo(49_999);
    assertThat(plan.grounds().step())
        .isEqualTo(
            "the penalty is cut to 0.049999 at most, so that the demanded close raises"
                + " health");
    assertThat(plan.after().compareRatio(plan.before())).isPositive();
  }

  /// 5 ETH and 10 BTC at 1,000 and 10 %, 900 there, health 0.6; each BTC sells at a loss.
  private static HandWorld thin(long lossEach) {
    return HandWorld.usd()
        .market("ETHUSDT", "1000", "0.1")
        .market("BTCUSDT", "1000", "0.1")
        .curve(CostCurve.through(new long[] {100_000}, new long[] {10 * lossEach * DOLLAR}))
        .position("ETHUSDT", "5", "1000")
        .position("BTCUSDT", "10", "1000")
        .holds("USD", "900");
  }

  /// At 300 each the full close would miss 2,100; ETH alone lifts health to 0.9.
  @Test
  void aFullCloseThatCostsMoreThanThereIsComesAfterWhatHelps() {
    Plan.Close plan = closes(thin(300).world());
    assertThat(plan.claim()).isEqualTo(new Claim.Relieves());
    assertThat(plan.closings()).hasSize(1);
    assertThat(plan.closings().getFirst().closing().leg()).isEqualTo(new PositionLeg(0));
    assertThat(plan.closings().getFirst().closing().quantity()).isEqualTo(50_000);
    assertThat(plan.after().ratioText(1_000_000)).isEqualTo("0.900");
    assertThat(plan.grounds().step())
        .isEqualTo("closing everything would cost more than there is; what helps is closed");
    assertThat(plan.closesEverything()).isFalse();
    assertThat(plan.closings().getFirst().limitPrice()).isPresent();
  }

  /// The binary rule closes everything in any case.
  @Test
  void fullIsFull() {
    World world = reducing(thin(300).rule(new Full()).world());
    assertThat(closes(world).claim()).isEqualTo(EVERYTHING);
    assertThat(closes(reducing(toxic()).with(new Full(), OnHarmfulClose.ESCALATE)).claim())
        .isEqualTo(EVERYTHING);
  }

  /// At 90 each everything can be closed with nothing left over or missing.
  @Test
  void aFullCloseThatLeavesNoDeficitIsDone() {
    Plan.Close plan = closes(thin(90).world());
    assertThat(plan.claim()).isEqualTo(EVERYTHING);
    assertThat(plan.after().equity()).isZero();
    assertThat(plan.grounds().step()).isEqualTo("no partial close restores; everything is closed");
  }

  /// 10 BTC alone, each at a loss of 300: nothing helps.
  @Test
  void whereNothingHelpsTheBackstopStandsBehindTheFullClose() {
    World world =
        HandWorld.usd()
            .market("BTCUSDT", "1000", "0.1")
            .curve(CostCurve.through(new long[] {100_000}, new long[] {3_000 * DOLLAR}))
            .position("BTCUSDT", "10", "1000")
            .holds("USD", "900")
            .world();
    Plan.Close plan = closes(world);
    assertThat(plan.claim()).isEqualTo(EVERYTHING);
    assertThat(plan.after().equity()).isNegative();
    assertThat(plan.grounds().step()).endsWith("a loss that the backstop bears");
  }

  /// HF 0.951: ETH 1.05 x 0.93 harms, BTC 1.05 x 0.6 helps.
  @Test
  void anotherPairThatHelpsComesBeforeEverythingElse() {
    World world =
        reducing(
            HandWorld.usd()
                .asset("ETH", "1000", "0.93")
                .asset("BTC", "20000", "0.6")
                .holds("ETH", "9")
                .holds("BTC", "0.095")
                .owes("USD", "10000")
                .penalty("0", "0.05", Cap.IMPROVEMENT)
                .world());
    Plan.Close plan = closes(world);
    assertThat(plan.closings().getFirst().closing().leg()).isEqualTo(new PairLeg(0, 2));
    assertThat(plan.grounds().ceilingPpm()).isEqualTo(1_000_000);
    assertThat(plan.claim()).isInstanceOf(Claim.RestoresMinimal.class);
  }

  @Test
  void refuseRefusesAndProceedProceedsWithoutALowerPenalty() {
    World world = reducing(toxic());
    OwnRulebook rule = world.rulebook();
    World refusing = world.with(rule.with(rule.closeRule(), OnHarmfulClose.REFUSE));
    assertThat(PlannerTest.plan(refusing)).isInstanceOf(Plan.Nothing.class);
    World proceeding = world.with(rule.with(new FixedFraction(500_000), OnHarmfulClose.PROCEED));
    Plan.Close plan = closes(proceeding);
    assertThat(plan.grounds().ceilingPpm()).isEqualTo(1_000_000);
    assertThat(plan.grounds().step())
        .isEqualTo("this close does not raise health; the rule proceeds");
  }
}
