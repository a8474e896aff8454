package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static trimtab.core.plan.HandCases.ETH_FOR_USD;
import static trimtab.core.plan.HandCases.FIRST;
import static trimtab.core.plan.HandCases.SECOND;
import static trimtab.core.plan.HandCases.closes;
import static trimtab.core.plan.HandCases.size;
import static trimtab.core.plan.HandCases.sizes;
import static trimtab.core.plan.HandCases.two;
import static trimtab.core.plan.HandCases.upTo;
import static trimtab.core.plan.HandCases.usd;

import org.junit.jupiter.api.Test;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.certificate.Claim;
import trimtab.core.cost.CostCurve;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.LeastRestoring.Size;

/// Decisions worked out by hand: which legs, in which order, and pairs. See [HandCases] for units.
class LegCasesTest {
  @Test
  void aFixedShareIsTakenOfEveryLeg() {
    HandWorld hand = two("0.1", "1400").lot("0.3").rule(new FixedFraction(500_000));
    Plan.Close plan = closes(hand);
    // 10 in lots of 0.3: 5.1
    assertThat(sizes(plan)).containsExactly(size(FIRST, "2.5"), size(SECOND, "5.1"));
    assertThat(plan.claim())
        .isEqualTo(new Claim.RulePrescribed("0.5 of every leg, rounded up to lots", 500_000));
  }

  @Test
  void aFixedShareOfAPairIsAShareOfTheDebt() {
    // 5,000 of collateral repay only 4,545.45 of 4,800 at 10 %; still, half of the debt is 2,400.
    HandWorld hand =
        HandWorld.usd()
            .asset("ETH", "1000", "0.9")
            .holds("ETH", "5")
            .owes("USD", "4800")
            .penalty("0", "0.1", Cap.NONE)
            .rule(new FixedFraction(500_000))
            .onHarmfulClose(OnHarmfulClose.PROCEED);
    assertThat(sizes(closes(hand))).containsExactly(size(ETH_FOR_USD, "2.64"));
  }

  @Test
  void theLegThatFreesMostPerNotionalGoesFirst() {
    // 2,500 required, 1,500 there: the second leg frees 200 each. Then 1,000 required, and 500 or
    // 400
    // there: the first leg frees 500, the second 50 each.
    assertThat(sizes(closes(two("0.2", "1500")))).containsExactly(size(SECOND, "5"));
    assertThat(sizes(closes(two("0.05", "500")))).containsExactly(size(FIRST, "5"));
    Plan.Close both = closes(two("0.05", "400"));
    assertThat(sizes(both)).containsExactly(size(FIRST, "5"), size(SECOND, "2"));
    assertThat(both.closings().getFirst().restoringPrice()).isEmpty();
    assertThat(both.closings().getLast().restoringPrice()).isPresent();
  }

  @Test
  void tiesKeepTheOrderOfTheListing() {
    Plan.Close plan = closes(two("0.1", "1400"));
    assertThat(sizes(plan)).containsExactly(size(FIRST, "1"));
    assertThat(plan.rejected()).containsExactly(new Plan.Rejected(SECOND, "not needed"));
  }

  @Test
  void whatIsNotClosedHasItsReason() {
    HandWorld thin = two("0.1", "900").curve(CostCurve.EXHAUSTED);
    // Without depth a leg frees nothing.
    assertThat(closes(thin).rejected())
        .containsExactly(
            new Plan.Rejected(
                SECOND, "closing it costs more than the requirement or debt it frees"));
    HandWorld shallow = two("0.1", "900").lot("0.5").curve(upTo("0.4"));
    assertThat(closes(shallow).rejected())
        .containsExactly(
            new Plan.Rejected(SECOND, "the depth is smaller than the smallest admissible order"));
    HandWorld capped = two("0.1", "900").minimumOrder("5000").rule(new TargetHealth(200_000));
    assertThat(closes(capped).rejected())
        .containsExactly(
            new Plan.Rejected(SECOND, "no admissible quantity is within the close factor"));
  }

  @Test
  void aLegThatHarmsAsAWholeIsSparedWhereAPartOfAnotherRestores() {
    // Both legs cost 2 %. The first frees 1 % throughout; the second 10 % above 90,000 and 1 %
    // below, so as a whole it does not help either. 2,000 required, 1,600 there: 5 x 80 restore.
    HandWorld hand =
        HandWorld.usd()
            .market("ETHUSDT", "1000", "0.01")
            .market("BTCUSDT", "1000", "0.01", "90000", "0.1")
            .position("ETHUSDT", "10", "1000")
            .position("BTCUSDT", "100", "1000")
            .holds("USD", "1600")
            .penalty("0.02", "0", Cap.NONE);
    Plan.Close plan = closes(hand);
    assertThat(sizes(plan)).containsExactly(size(SECOND, "5"));
    assertThat(plan.claim()).isEqualTo(new Claim.RestoresMinimal("0"));
  }

  @Test
  void closingAllClosesAlsoWhatALossOnTheWayOwesAgain() {
    // 0.5 x 10,000 - 3,000 = 2,000 against 2,100. The pair goes first and repays all; then the
    // perpetual's penalty of 300 is owed, and ETH is sold for it again.
    HandWorld hand =
        HandWorld.usd()
            .market("BTCUSDT", "30000", "0.07")
            .asset("ETH", "1000", "0.5")
            .position("BTCUSDT", "1", "30000")
            .holds("ETH", "10")
            .owes("USD", "3000")
            .penalty("0.01", "0", Cap.NONE)
            .rule(new Full());
    Plan.Close plan = closes(hand);
    assertThat(sizes(plan))
        .containsExactly(size(ETH_FOR_USD, "3"), size(FIRST, "1"), size(ETH_FOR_USD, "0.3"));
    assertThat(plan.claim()).isEqualTo(new Claim.ClosesAll("rule"));
    assertThat(plan.after().obligation().signum()).isZero();
  }

  @Test
  void closingAllClosesAlsoWhatAppearsOnTheWay() {
    // 100 + 0.5 x 3,000 against 2,100. The penalty of 300 leaves 200 owed, for which ETH is sold.
    HandWorld hand =
        HandWorld.usd()
            .market("BTCUSDT", "30000", "0.07")
            .asset("ETH", "1000", "0.5")
            .position("BTCUSDT", "1", "30000")
            .holds("ETH", "3")
            .holds("USD", "100")
            .penalty("0.01", "0", Cap.NONE)
            .rule(new Full());
    Plan.Close plan = closes(hand);
    assertThat(sizes(plan)).containsExactly(size(FIRST, "1"), size(ETH_FOR_USD, "0.2"));
    assertThat(plan.claim()).isEqualTo(new Claim.ClosesAll("rule"));
  }

  @Test
  void legsThatDoNotHelpGoLast() {
    // At a penalty of 2 % the first leg frees 1 % and harms, the second frees 10 %.
    HandWorld hand =
        HandWorld.usd()
            .market("ETHUSDT", "1000", "0.01")
            .market("BTCUSDT", "1000", "0.1")
            .position("ETHUSDT", "10", "1000")
            .position("BTCUSDT", "10", "1000")
            .holds("USD", "1000")
            .penalty("0.02", "0", Cap.NONE)
            .rule(new Full());
    assertThat(sizes(closes(hand))).containsExactly(size(SECOND, "10"), size(FIRST, "10"));
  }

  @Test
  void twoPairsThatSellTheSameAssetShareItsDepth() {
    // The first 0.5 ETH are sold free, all others at 10 each. 500 are owed in cash and 500 in DAI:
    // for the second 0.5051 ETH must be sold, as 505.10 - 5.05 >= 500.
    CostCurve curve =
        CostCurve.of(new long[] {5_000, 15_000}, new long[] {0, 0}, new long[] {0, usd(10)});
    HandWorld hand =
        HandWorld.usd()
            .asset("ETH", "1000", "0.45")
            .curve(curve)
            .asset("DAI", "1", "0.9")
            .holds("ETH", "2")
            .owes("USD", "500")
            .owes("DAI", "500")
            .rule(new Full());
    Plan.Close plan = closes(hand);
    assertThat(sizes(plan))
        .containsExactly(size(ETH_FOR_USD, "0.5"), size(new PairLeg(2, 1), "0.5051"));
    assertThat(plan.closings().getLast().closing().cost()).isEqualTo(usd(5.05) + 100_000);
  }

  @Test
  void aPairIsSoldInStepsThatRepayAUnitOfTheDebt() {
    // Cash is counted in 10^-8, ETH owed in 10^-4 of 2,900.37: steps of 0.290037 repay one each.
    // 2,950 >= 1.1 x (2,900.37 - r) + r needs r >= 2,404.07: 8,289 steps.
    HandWorld hand =
        HandWorld.usd()
            .asset("ETH", "2900.37", "0.8")
            .holds("USD", "2950")
            .owes("ETH", "1")
            .levels("1.05", "1.1");
    Plan.Close plan = closes(hand);
    assertThat(sizes(plan)).containsExactly(new Size(new PairLeg(1, 0), 8_289 * 29_003_700L));
    assertThat(plan.after().isAtLeast(1_100_000)).isTrue();
  }

  @Test
  void aPairIsNoLargerThanTheDebtAlsoWhereTheCostJumps() {
    // 100 units at 1 each repay 100; above 105 a fixed cost of 200 is due, and 300 are needed.
    CostCurve curve =
        CostCurve.of(
            new long[] {1_050_000, 10_000_000}, new long[] {0, usd(200)}, new long[] {0, usd(200)});
    HandWorld hand =
        HandWorld.usd()
            .asset("DAI", "1", "0.2")
            .lot("10")
            .curve(curve)
            .holds("DAI", "490")
            .owes("USD", "100");
    Plan.Close plan = closes(hand.rule(new Full()));
    assertThat(sizes(plan)).containsExactly(size(ETH_FOR_USD, "100"));
  }

  @Test
  void aPairIsNoLargerThanTheDebtAlsoWhereTheCostRisesFasterThanThePrice() {
    // Free up to 99, then 2 a unit: 90 repay 90 and 100 repay 98, from there on it is less and
    // less.
    CostCurve curve =
        CostCurve.of(new long[] {990_000, 4_900_000}, new long[] {0, 0}, new long[] {0, usd(782)});
    HandWorld hand =
        HandWorld.usd()
            .asset("DAI", "1", "0.15")
            .lot("10")
            .curve(curve)
            .holds("DAI", "490")
            .owes("USD", "95");
    assertThat(sizes(closes(hand.rule(new Full())))).containsExactly(size(ETH_FOR_USD, "100"));
  }
}
