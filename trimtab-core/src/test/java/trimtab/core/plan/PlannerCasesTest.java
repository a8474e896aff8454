package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static trimtab.core.plan.HandCases.BTC_FOR_USD;
import static trimtab.core.plan.HandCases.ETH_FOR_USD;
import static trimtab.core.plan.HandCases.FIRST;
import static trimtab.core.plan.HandCases.SECOND;
import static trimtab.core.plan.HandCases.closes;
import static trimtab.core.plan.HandCases.nothing;
import static trimtab.core.plan.HandCases.size;
import static trimtab.core.plan.HandCases.sizes;
import static trimtab.core.plan.HandCases.two;
import static trimtab.core.plan.HandCases.upTo;
import static trimtab.core.plan.HandCases.usd;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import trimtab.core.certificate.Claim;
import trimtab.core.cost.CostCurve;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.World;

/// Decisions worked out by hand: how much of a leg, and when nothing. See [HandCases] for units.
class PlannerCasesTest {
  /// 100 at 1,000, of which all above 50,000 needs 10 % and the rest 1 %: R = 5,500 against 1,800.
  private static HandWorld steepTier() {
    return HandWorld.usd()
        .market("ETHUSDT", "1000", "0.01", "50000", "0.1")
        .position("ETHUSDT", "100", "1000")
        .holds("USD", "1800")
        .penalty("0.02", "0", Cap.IMPROVEMENT);
  }

  @Test
  void theRestoringSizesNeedNotContainTheFullClose() {
    // Down to 50,000 each unit costs 20 and frees 100, below it frees 10:
    // g(q) = 1,800 - 5,500 + 80 q up to 50, then 300 - 10 (q - 50): zero at 46.25 and at 80.
    Plan.Close plan = closes(steepTier());
    assertThat(sizes(plan)).containsExactly(size(FIRST, "46.25"));
    assertThat(plan.claim()).isEqualTo(new Claim.RestoresMinimal("0"));
    assertThat(plan.leastNotional()).isEqualTo(OptionalLong.of(usd(46_250)));
    assertThat(plan.closings().getFirst().closing().penalty()).isEqualTo(usd(925));
    Plan.Close all = closes(steepTier().rule(new Full()));
    assertThat(sizes(all)).containsExactly(size(FIRST, "100"));
    assertThat(all.claim()).isEqualTo(new Claim.ClosesAll("rule"));
    assertThat(all.leastNotional()).isEqualTo(OptionalLong.of(usd(46_250)));
  }

  @Test
  void theLimitKeepsEquityOverRequirementAndTheRestoringPriceTheTarget() {
    PlannedClosing planned = closes(steepTier()).closings().getFirst();
    // The slice may lose 1,800 x 4,625 / 5,500 = 1,513.63, that is 32.727 each: 967.272..., up.
    assertThat(planned.limitPrice()).isEqualTo(OptionalLong.of(96_728));
    assertThat(planned.restoringPrice()).isEqualTo(OptionalLong.of(100_000));
    // A buyer pays: 1,032.727..., down.
    HandWorld bought =
        HandWorld.usd()
            .market("ETHUSDT", "1000", "0.01", "50000", "0.1")
            .position("ETHUSDT", "-100", "1000")
            .holds("USD", "1800")
            .penalty("0.02", "0", Cap.IMPROVEMENT);
    PlannedClosing buying = closes(bought).closings().getFirst();
    assertThat(buying.limitPrice()).isEqualTo(OptionalLong.of(103_272));
    assertThat(buying.restoringPrice()).isEqualTo(OptionalLong.of(100_000));
  }

  /// 10.6 ETH at 1,000 and a weight of 0.9 against 10,000: HF 0.954, equity 600.
  private static HandWorld loan(String penalty, Cap cap) {
    return HandWorld.usd()
        .asset("ETH", "1000", "0.9")
        .holds("ETH", "10.6")
        .owes("USD", "10000")
        .penalty("0", penalty, cap);
  }

  @Test
  void aToxicPairEscalatesToTheFullClose() {
    // 1.1 x 0.9 = 0.99 > 0.954: every part sold lowers the health factor.
    Plan.Close plan = closes(loan("0.1", Cap.IMPROVEMENT));
    assertThat(plan.claim()).isEqualTo(new Claim.Escalated("no partial close restores"));
    assertThat(sizes(plan)).containsExactly(size(ETH_FOR_USD, "10.6"));
    // The penalty takes what is left, and not more.
    assertThat(plan.closings().getFirst().closing().penalty()).isEqualTo(usd(600));
    assertThat(plan.after().equity()).isZero();
    assertThat(plan.leastNotional()).isEmpty();
    assertThat(plan.closings().getFirst().limitPrice()).isEmpty();
  }

  @Test
  void aToxicPairEscalatesToAnotherThatHelps() {
    // HF (7,200 + 2,000) / 10,000 = 0.92; ETH 1.15 x 0.9 = 1.035 harms, BTC 1.15 x 0.5 = 0.575
    // helps: 800 / (1 - 0.575) = 1,882.35 are to be repaid by selling 2,164.71, at 20,000 0.10824.
    HandWorld hand =
        HandWorld.usd()
            .asset("ETH", "1000", "0.9")
            .asset("BTC", "20000", "0.5")
            .holds("ETH", "8")
            .holds("BTC", "0.2")
            .owes("USD", "10000")
            .penalty("0", "0.15", Cap.IMPROVEMENT);
    Plan.Close plan = closes(hand);
    assertThat(sizes(plan)).containsExactly(size(BTC_FOR_USD, "0.1083"));
    assertThat(plan.claim()).isInstanceOf(Claim.RestoresMinimal.class);
    assertThat(plan.rejected())
        .containsExactly(
            new Plan.Rejected(
                ETH_FOR_USD, "closing it costs more than the requirement or debt it frees"));
  }

  @Test
  void aHarmfulShareIsRefusedEscalatedOrProceeds() {
    HandWorld half = loan("0.1", Cap.NONE).rule(new FixedFraction(500_000));
    assertThat(nothing(half.onHarmfulClose(OnHarmfulClose.REFUSE)))
        .isEqualTo("refused: this close would not raise the health factor");
    Plan.Close escalated = closes(half.onHarmfulClose(OnHarmfulClose.ESCALATE));
    assertThat(escalated.claim()).isEqualTo(new Claim.Escalated("no partial close restores"));
    assertThat(sizes(escalated)).containsExactly(size(ETH_FOR_USD, "10.6"));
    Plan.Close proceeded = closes(half.onHarmfulClose(OnHarmfulClose.PROCEED));
    assertThat(proceeded.claim())
        .isEqualTo(new Claim.RulePrescribed("0.5 of every leg, rounded up to lots", 500_000));
    assertThat(proceeded.after().compareRatio(proceeded.before())).isNegative();
  }

  @Test
  void aTargetOutOfReachIsRefusedOrEscalates() {
    HandWorld toxic = loan("0.1", Cap.NONE).rule(new TargetHealth(1_000_000));
    assertThat(nothing(toxic.onHarmfulClose(OnHarmfulClose.REFUSE)))
        .isEqualTo("refused: no partial close restores the target");
    assertThat(closes(toxic.onHarmfulClose(OnHarmfulClose.ESCALATE)).claim())
        .isEqualTo(new Claim.Escalated("no partial close restores"));
  }

  @Test
  void aPenaltyOfCollateralOverDebtLeavesHealthAsItWasAndThatIsHarmfulToo() {
    // Selling 5.3 ETH repays 5,000 at 6 %: 0.9 x 5,300 / 5,000 = 0.954 as before.
    HandWorld constant =
        loan("0.06", Cap.NONE)
            .rule(new FixedFraction(500_000))
            .onHarmfulClose(OnHarmfulClose.REFUSE);
    assertThat(nothing(constant))
        .isEqualTo("refused: this close would not raise the health factor");
    HandWorld rising =
        loan("0.059", Cap.NONE)
            .rule(new FixedFraction(500_000))
            .onHarmfulClose(OnHarmfulClose.REFUSE);
    assertThat(sizes(closes(rising))).containsExactly(size(ETH_FOR_USD, "5.295"));
  }

  @Test
  void aDebtThatWeighsMoreIsFreedFaster() {
    // 400 / (1.2 - 1.05 x 0.7) = 860.22 are to be repaid by selling 903.23.
    HandWorld hand =
        HandWorld.usd()
            .debtWeight("1.2")
            .asset("ETH", "1000", "0.7")
            .holds("ETH", "8")
            .owes("USD", "5000")
            .penalty("0", "0.05", Cap.NONE);
    Plan.Close plan = closes(hand);
    assertThat(sizes(plan)).containsExactly(size(ETH_FOR_USD, "0.9033"));
    assertThat(plan.after().isAtLeast(Ppm.ONE)).isTrue();
  }

  /// 10 at 1,000 need 1,000 and have 900: closing 1 restores.
  private static HandWorld small() {
    return HandWorld.usd().market("ETHUSDT", "1000", "0.1").lot("0.01");
  }

  private static HandWorld opened(HandWorld hand) {
    return hand.position("ETHUSDT", "10", "1000").holds("USD", "900");
  }

  @Test
  void minimumOrderAndDustLeaveOnlyWhatIsAdmissible() {
    assertThat(sizes(closes(opened(small())))).containsExactly(size(FIRST, "1"));
    Plan.Close larger = closes(opened(small().minimumOrder("2500.05")));
    assertThat(sizes(larger)).containsExactly(size(FIRST, "2.51"));
    assertThat(larger.claim()).isInstanceOf(Claim.RestoresMinimal.class);
    // At least 6 of 10 in one order, and at least 5 must stay: only all of it can be closed.
    Plan.Close all = closes(opened(small().minimumOrder("6000").dust("5000")));
    assertThat(sizes(all)).containsExactly(size(FIRST, "10"));
    assertThat(all.claim()).isEqualTo(new Claim.Escalated("no partial close restores"));
  }

  @Test
  void theCloseFactorCapsASlice() {
    Plan.Close plan = closes(steepTier().rule(new TargetHealth(250_000)));
    assertThat(sizes(plan)).containsExactly(size(FIRST, "25"));
    assertThat(plan.claim()).isEqualTo(new Claim.Capped("close factor"));
    assertThat(plan.leastNotional()).isEqualTo(OptionalLong.of(usd(46_250)));
    assertThat(plan.after().compareRatio(plan.before())).isPositive();
  }

  @Test
  void aCloseFactorBelowTheLeastOrderClosesNothing() {
    HandWorld hand = opened(small().minimumOrder("2000")).rule(new TargetHealth(100_000));
    assertThat(nothing(hand)).isEqualTo("no admissible quantity is within the close factor");
  }

  @Test
  void aHarmfulSliceWithinTheCloseFactorIsRefused() {
    HandWorld hand = loan("0.1", Cap.NONE).rule(new TargetHealth(500_000));
    assertThat(nothing(hand.onHarmfulClose(OnHarmfulClose.REFUSE)))
        .isEqualTo("refused: this close would not raise the health factor");
  }

  @Test
  void theDepthCapsASlice() {
    Plan.Close plan = closes(opened(small().curve(upTo("0.505"))));
    assertThat(sizes(plan)).containsExactly(size(FIRST, "0.5"));
    assertThat(plan.claim()).isEqualTo(new Claim.Capped("depth"));
    Plan.Close all = closes(opened(small().curve(upTo("10"))).rule(new Full()));
    assertThat(all.claim()).isEqualTo(new Claim.ClosesAll("rule"));
  }

  @Test
  void withoutDepthNothingIsClosed() {
    String reason = "the depth is smaller than the smallest admissible order";
    assertThat(nothing(opened(small().curve(CostCurve.EXHAUSTED)))).isEqualTo(reason);
    assertThat(nothing(opened(small().curve(upTo("0.005"))))).isEqualTo(reason);
    HandWorld cash =
        HandWorld.usd()
            .asset("ETH", "1000", "0.9")
            .curve(CostCurve.EXHAUSTED)
            .holds("USD", "990")
            .owes("ETH", "1");
    assertThat(nothing(cash)).isEqualTo(reason);
  }

  @Test
  void aLegWithoutDepthIsNotCalledClosed() {
    HandWorld bankrupt = two("0.1", "0").curve(CostCurve.EXHAUSTED);
    HandWorld full = two("0.1", "1400").curve(CostCurve.EXHAUSTED).rule(new Full());
    for (HandWorld hand : List.of(bankrupt, full)) {
      Plan.Close plan = closes(hand);
      assertThat(sizes(plan)).containsExactly(size(FIRST, "5"));
      assertThat(plan.claim()).isEqualTo(new Claim.Capped("depth"));
      assertThat(plan.closesEverything()).isFalse();
    }
  }

  @Test
  void aHealthyAccountIsLeftAlone() {
    World world = two("0.1", "1500").world();
    assertThat(PlannerTest.plan(world))
        .isEqualTo(new Plan.Nothing(world.health(), "the account is not in breach"));
  }

  @Test
  void anAccountWithNothingToCloseIsLeftAlone() {
    assertThat(nothing(HandWorld.usd().owes("USD", "5")))
        .isEqualTo("nothing is left that could be closed");
  }

  @Test
  void aBankruptAccountIsClosedWhateverTheRule() {
    HandWorld hand = two("0.1", "0");
    for (World world :
        List.of(
            hand.world(),
            hand.rule(new FixedFraction(500_000)).world(),
            hand.rule(new TargetHealth(100_000)).onHarmfulClose(OnHarmfulClose.REFUSE).world())) {
      Plan.Close plan = (Plan.Close) PlannerTest.plan(world);
      assertThat(plan.claim()).isEqualTo(new Claim.Escalated("bankrupt"));
      assertThat(sizes(plan)).containsExactly(size(FIRST, "5"), size(SECOND, "10"));
      assertThat(plan.closings()).allMatch(planned -> planned.limitPrice().isEmpty());
    }
  }
}
