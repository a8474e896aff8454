package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Leg;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Base;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;

/// A perp whose loss made a debt that a coin repays: the pair is cheaper and comes first, then the
/// perp's own penalty makes a debt again. Closing everything must not stop there.
class CloseEverythingTest {
  private static final MarginTiers ONE_PERCENT = MarginTiers.flat(10_000);

  private static final Listing LISTING =
      new Listing(
          8,
          List.of(new Feed("ETHUSDT", 2, 1)),
          List.of(
              new Asset("USD", Asset.SETTLEMENT, 8, 1_000_000, 1_000_000, 1, 0, 0, 0),
              new Asset("ETH", 0, 6, 830_000, 1_000_000, 100, 0, 0, 0)),
          List.of(new Contract("ETHUSDT", 0, 6, 100, 0, 0, ONE_PERCENT, ONE_PERCENT, 0)));

  private static final OwnRulebook FULL =
      new OwnRulebook(
          "full",
          new CloseRule.Full(),
          Base.AUTO,
          1_000_000,
          1_050_000,
          new PenaltyTerms(4_000, 50_000, PenaltyTerms.Cap.IMPROVEMENT, 1_000_000),
          OnHarmfulClose.ESCALATE,
          0);

  @Test
  void aPairComesOnceMoreWhenTheLegsAfterItMadeItsDebtAnew() {
    // 3 ETH bought at 4,000, now 3,700: 900 of loss against 600 USD and 0.1 ETH, worth 370 (at 83
    // %).
    Account account =
        new Account(
            "a",
            List.of(new Balance(0, 60_000_000_000L, 0), new Balance(1, 100_000, 0)),
            List.of(new Position(0, 3_000_000, 1_200_000_000_000L)));
    Marks marks = Marks.of(0, 370_000);
    Planner planner = new Planner(LISTING, new LegSum(LISTING));
    Plan plan =
        planner.plan(
            account, marks, FULL, CostCurves.FREE, EpisodeState.opened(0), MarketState.fresh(0));
    assertThat(plan).isInstanceOf(Plan.Close.class);
    Plan.Close close = (Plan.Close) plan;
    Leg pair = new Leg.PairLeg(0, 1);
    assertThat(close.closings().stream().map(closing -> closing.closing().leg()))
        .containsExactly(pair, new Leg.PositionLeg(0), pair);
    Account after = close.closings().getLast().closing().account();
    assertThat(after.positions()).isEmpty();
    assertThat(after.balances().getFirst().amount()).isNotNegative();
    assertThat(
            CertificateChecker.check(Certificates.of(LISTING, account, marks, FULL, close)).holds())
        .isTrue();
  }
}
