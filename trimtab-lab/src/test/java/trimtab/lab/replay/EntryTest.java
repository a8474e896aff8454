package trimtab.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.health.Base;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.lab.mark.TestMarkets;

class EntryTest {
  private static final long DOLLAR = 10_000_000_000L;
  private static final long COIN = 100_000_000;
  private static final int ETH_ASSET = 2;

  private final Listing listing = TestMarkets.flat();
  private final HealthModel model = new HealthModel(listing, new LegSum(listing), Base.AUTO);
  private final Marks close = Marks.of(0, 12_000_000, 400_000);
  private final Marks displaced = Marks.of(0, 12_000_000, 380_000);

  @Test
  void withoutImpactAnAccountEntersAsTheBookHasIt() {
    Account account = new Account("a", List.of(new Balance(0, DOLLAR, 0)), List.of());
    assertThat(Entry.at(account, listing, close, close)).isSameAs(account);
  }

  @Test
  void aPositionCostsWhatItCostsAtTheMark() {
    Account account =
        new Account(
            "a",
            List.of(new Balance(0, 300 * DOLLAR, 0)),
            List.of(
                new Position(TestMarkets.BTC, COIN, COIN * 12_000_000),
                new Position(TestMarkets.ETH, -COIN, -COIN * 400_000)));
    Account entered = Entry.at(account, listing, close, displaced);
    assertThat(entered.positions())
        .containsExactly(
            new Position(TestMarkets.BTC, COIN, COIN * 12_000_000),
            new Position(TestMarkets.ETH, -COIN, -COIN * 380_000));
    assertThat(model.assess(entered, displaced).equity()).isEqualTo(300 * DOLLAR);
  }

  @Test
  void aLenderLendsAgainstTheMark() {
    Account loan =
        new Account(
            "a",
            List.of(new Balance(0, 0, 3_000 * DOLLAR), new Balance(ETH_ASSET, COIN, 0)),
            List.of());
    Account entered = Entry.at(loan, listing, close, displaced);
    assertThat(entered.debt(0)).isEqualTo(2_850 * DOLLAR);
    assertThat(model.assess(entered, displaced).compareRatio(model.assess(loan, close))).isZero();
  }
}
