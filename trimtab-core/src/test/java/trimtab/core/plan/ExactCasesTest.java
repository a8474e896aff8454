package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account;
import trimtab.core.health.Base;
import trimtab.core.money.Decimals;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.settlement.Closing;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.World;

/// The first liquidations of four accounts on the closes of March 2020, against figures computed
/// elsewhere with 60-digit decimals and printed to 8: perpetuals with 2 % maintenance and a penalty
/// of 1 %, loans with a threshold of 0.83 and a bonus of 5 %.
///
/// There quantities are real numbers; here they are lots of 10^-8, so a quantity may differ by a
/// lot and a penalty by what it is of a lot.
class ExactCasesTest {
  private static final CloseRule FULL = new Full();
  private static final CloseRule HALF = new FixedFraction(500_000);
  private static final CloseRule TARGET = new TargetHealth(1_000_000);

  private static HandWorld venue() {
    return HandWorld.usd(8).base(Base.AUTO).levels("1", "1.05");
  }

  private static HandWorld design(HandWorld hand) {
    return hand.penalty("0.01", "0.05", Cap.IMPROVEMENT).onHarmfulClose(OnHarmfulClose.ESCALATE);
  }

  private static HandWorld literal(HandWorld hand) {
    return hand.penalty("0.01", "0.05", Cap.NONE).onHarmfulClose(OnHarmfulClose.PROCEED);
  }

  private static Closing first(HandWorld hand) {
    Plan plan = PlannerTest.plan(hand.world());
    assertThat(plan).isInstanceOf(Plan.Close.class);
    assertThat(((Plan.Close) plan).closings()).hasSize(1);
    return ((Plan.Close) plan).closings().getFirst().closing();
  }

  private static void closes(HandWorld hand, CloseRule rule, String quantity, String penalty) {
    Closing closing = first(hand.rule(rule));
    assertThat(closing.quantity() - Decimals.parse(quantity, 8)).isBetween(0L, 1L);
    BigDecimal taken = BigDecimal.valueOf(closing.penalty(), 10);
    assertThat(taken.subtract(new BigDecimal(penalty)))
        .isBetween(new BigDecimal("-0.00000001"), new BigDecimal("0.0000001"));
  }

  private static String equityAfter(HandWorld hand, CloseRule rule) {
    World world = hand.rule(rule).world();
    Account account = first(hand).account();
    return Decimals.formatShort(world.model().assess(account, world.marks()).equity(), 10);
  }

  @Test
  void aLongInBreach() {
    HandWorld hand =
        design(
            venue()
                .market("ETHUSDT", "172.00", "0.02")
                .position("ETHUSDT", "111.4107", "203.61")
                .holds("USD", "3833.01"));
    closes(hand, FULL, "111.41070000", "191.62640400");
    assertThat(equityAfter(hand, FULL)).isEqualTo("119.691369");
    closes(hand, HALF, "55.70535000", "95.81320200");
    closes(hand, TARGET, "48.14887706", "82.81606855");
  }

  @Test
  void aShortInBreach() {
    HandWorld hand =
        design(
            venue()
                .market("ETHUSDT", "201.62", "0.02")
                .position("ETHUSDT", "-21.93", "203.09")
                .holds("USD", "55.15"));
    closes(hand, FULL, "21.93000000", "44.21526600");
    assertThat(equityAfter(hand, FULL)).isEqualTo("43.171834");
    closes(hand, HALF, "10.96500000", "22.10763300");
    closes(hand, TARGET, "2.46411278", "4.96814418");
  }

  @Test
  void aLongWithLessLeftThanThePenalty() {
    HandWorld hand =
        venue()
            .market("ETHUSDT", "123.64", "0.02")
            .position("ETHUSDT", "53.0068", "199.81")
            .holds("USD", "4042.22");
    // E/O is 0.036: in the zone where no part helps, every rule closes all.
    for (CloseRule rule : new CloseRule[] {FULL, HALF, TARGET}) {
      closes(design(hand), rule, "53.00680000", "4.69204400");
      assertThat(equityAfter(hand, rule)).isEqualTo("0");
    }
    closes(literal(hand), FULL, "53.00680000", "65.53760752");
    assertThat(equityAfter(hand, FULL)).isEqualTo("-60.84556352");
  }

  @Test
  void aBankruptLong() {
    HandWorld hand =
        venue()
            .market("ETHUSDT", "138.43", "0.02")
            .position("ETHUSDT", "45.1235", "198.22")
            .holds("USD", "2627.82");
    for (CloseRule rule : new CloseRule[] {FULL, HALF, TARGET}) {
      closes(design(hand), rule, "45.12350000", "0");
      assertThat(equityAfter(hand, rule)).isEqualTo("-70.114065");
      closes(literal(hand), rule, "45.12350000", "62.46446105");
      assertThat(equityAfter(hand, rule)).isEqualTo("-132.57852605");
    }
  }

  @Test
  void aLoanInBreach() {
    HandWorld hand =
        design(
            venue()
                .asset("ETH", "174.53", "0.83")
                .holds("ETH", "100.0745")
                .owes("USD", "14538.72"));
    closes(hand, FULL, "87.46723199", "726.93600000");
    closes(hand, HALF, "43.73361600", "363.46800000");
    closes(hand, TARGET, "25.91409997", "215.37085083");
  }
}
