package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import trimtab.core.account.Leg;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.cost.CostCurve;
import trimtab.core.testkit.HandWorld;
import trimtab.core.testkit.LeastRestoring.Size;

/// What tests of plans worked out by hand have in common. Quantities are in units of 10^-4, values
/// in units of 10^-8.
final class HandCases {
  static final Leg FIRST = new PositionLeg(0);
  static final Leg SECOND = new PositionLeg(1);
  static final Leg ETH_FOR_USD = new PairLeg(0, 1);
  static final Leg BTC_FOR_USD = new PairLeg(0, 2);

  static Plan.Close closes(HandWorld hand) {
    Plan plan = PlannerTest.plan(hand.world());
    assertThat(plan).isInstanceOf(Plan.Close.class);
    return (Plan.Close) plan;
  }

  static String nothing(HandWorld hand) {
    Plan plan = PlannerTest.plan(hand.world());
    assertThat(plan).isInstanceOf(Plan.Nothing.class);
    return ((Plan.Nothing) plan).reason();
  }

  static List<Size> sizes(Plan.Close plan) {
    return plan.closings().stream().map(planned -> Size.of(planned.closing())).toList();
  }

  static Size size(Leg leg, String quantity) {
    return new Size(leg, Math.round(Double.parseDouble(quantity) * 10_000));
  }

  static long usd(double dollars) {
    return Math.round(dollars * 100) * 1_000_000;
  }

  static CostCurve upTo(String quantity) {
    long units = size(FIRST, quantity).quantity();
    return CostCurve.through(new long[] {units}, new long[] {0});
  }

  /// Two markets at 1,000 that need 10 % and `secondRate`; 5 and 10 open, too little cash.
  static HandWorld two(String secondRate, String cash) {
    return HandWorld.usd()
        .market("ETHUSDT", "1000", "0.1")
        .market("BTCUSDT", "1000", secondRate)
        .position("ETHUSDT", "5", "1000")
        .position("BTCUSDT", "-10", "1000")
        .holds("USD", cash);
  }

  private HandCases() {}
}
