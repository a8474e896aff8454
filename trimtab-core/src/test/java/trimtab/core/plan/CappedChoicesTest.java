package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Base;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Kind;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.testkit.Seeded;
import trimtab.core.testkit.World;

/// A position whose loss is owed on collateral, at a penalty that is capped: the cap leaves less of
/// the debt than the choice counts with, and the last lots before the whole are dust.
class CappedChoicesTest {
  private static final long USD = 100_000_000;

  /// Each seed draws this many accounts.
  private static final int ACCOUNTS = 40;

  private static World world(Seeded seeded) {
    Asset usd = new Asset("USD", Asset.SETTLEMENT, 8, Ppm.ONE, Ppm.ONE, 1, 0, 0, 0);
    Asset eth = new Asset("ETH", 0, 6, 830_000, Ppm.ONE, 100, 5 * USD, 5 * USD, 500);
    MarginTiers margin = new MarginTiers(Kind.CONTINUOUS, List.of(new Tier(0, 10_000)));
    Contract contract = new Contract("ETHUSDT", 0, 6, 100, 5 * USD, 5 * USD, margin, margin, 500);
    Listing listing =
        new Listing(8, List.of(new Feed("ETH", 2, 1)), List.of(usd, eth), List.of(contract));
    Marks marks = Marks.of(0, new long[] {seeded.between(10_000, 25_000)});
    long unitValue = marks.unitValue(listing, eth);
    long quantity = 100 * seeded.between(10_000, 300_000);
    long value = quantity * unitValue;
    long held = 100 * (long) (quantity * seeded.uniform(0.0003, 0.0015));
    long owed = (long) (held * unitValue * 0.83 - value * 0.01 * seeded.uniform(0.1, 1));
    long cash = (long) (value * seeded.uniform(0, 0.1));
    Account account =
        new Account(
            "capped",
            List.of(new Balance(0, cash, 0), new Balance(1, held, 0)),
            List.of(new Position(0, quantity, value + owed + cash)));
    OwnRulebook rulebook =
        new OwnRulebook(
            "capped",
            new CloseRule.TargetHealth(Ppm.ONE),
            Base.AUTO,
            Ppm.ONE,
            1_050_000,
            new PenaltyTerms(4_000, 50_000, Cap.IMPROVEMENT, 0),
            OnHarmfulClose.ESCALATE,
            0);
    return new World(listing, marks, account, rulebook, CostCurves.FREE);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 5, 6, 10})
  void everyChoiceIsProven(long seed) {
    Seeded seeded = new Seeded(seed);
    int choices = 0;
    for (int i = 0; i < ACCOUNTS; i++) {
      World world = world(seeded);
      if (PlannerTest.plan(world) instanceof Plan.Close close) {
        CheckResult result =
            CertificateChecker.check(
                Certificates.of(
                    world.listing(), world.account(), world.marks(), world.rulebook(), close));
        assertThat(result).as("seed %d, account %d", seed, i).isInstanceOf(CheckResult.Holds.class);
        choices += close.choice().isPresent() ? 1 : 0;
      }
    }
    assertThat(choices).isGreaterThan(ACCOUNTS / 4);
  }
}
