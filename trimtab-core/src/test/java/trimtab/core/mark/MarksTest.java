package trimtab.core.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.money.Ppm;

class MarksTest {
  @Test
  void oneFeedMarksThePerpetualAndValuesTheAsset() {
    Asset usd = new Asset("USD", Asset.SETTLEMENT, 8, Ppm.ONE, Ppm.ONE, 1, 0, 0, 0);
    Asset eth = new Asset("ETH", 1, 5, 800_000, Ppm.ONE, 1, 0, 0, 0);
    MarginTiers margin = MarginTiers.flat(20_000);
    Contract contract = new Contract("ETHUSDT", 1, 3, 1, 0, 0, margin, margin, 0);
    Listing listing =
        new Listing(
            8,
            List.of(new Feed("BTCUSDT", 1, 5), new Feed("ETHUSDT", 2, 1)),
            List.of(usd, eth),
            List.of(contract));
    Marks marks = Marks.of(7, 300_000, 200_000);
    assertThat(marks.unitValue(listing, usd)).isEqualTo(1);
    assertThat(marks.unitValue(listing, eth)).isEqualTo(2_000_000);
    assertThat(marks.unitValue(listing, contract)).isEqualTo(200_000_000);
    assertThat(marks.price(0)).isEqualTo(300_000);
    assertThat(marks.feedCount()).isEqualTo(2);
    assertThat(marks.asOfNanos()).isEqualTo(7);
  }

  @Test
  void cannotBeChangedFromOutside() {
    long[] prices = {5, 6};
    Marks marks = Marks.of(0, prices);
    prices[0] = 9;
    marks.prices()[1] = 9;
    assertThat(marks.prices()).containsExactly(5, 6);
  }

  @Test
  void areEqualByInstantAndPrices() {
    assertThat(Marks.of(1, 5, 6)).isEqualTo(Marks.of(1, 5, 6)).hasSameHashCodeAs(Marks.of(1, 5, 6));
    assertThat(Marks.of(1, 5, 6)).isNotEqualTo(Marks.of(2, 5, 6));
    assertThat(Marks.of(1, 5, 6)).isNotEqualTo(Marks.of(1, 5, 7));
    assertThat(Marks.of(1, 5, 6)).hasToString("Marks[5, 6]@1");
    assertThat(Marks.of(1, 5, 6)).doesNotHaveSameHashCodeAs(Marks.of(2, 5, 6));
    assertThat(Marks.of(1, 5, 6)).doesNotHaveSameHashCodeAs(Marks.of(1, 5, 7));
  }

  @Test
  void refuseAPriceThatIsNotPositive() {
    assertThatThrownBy(() -> Marks.of(0, 5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mark of feed 1 must be positive, not 0");
    assertThatThrownBy(() -> Marks.of(0, -3)).hasMessage("mark of feed 0 must be positive, not -3");
  }

  @Test
  void stayBelowWhatTheBitBudgetAllows() {
    assertThat(Marks.of(0, (1L << 50) - 1).price(0)).isEqualTo(Marks.PRICE_MAX - 1);
    assertThatThrownBy(() -> Marks.of(0, 1L << 50))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mark of feed 0, 1125899906842624, must be below 2^50; use fewer decimals");
  }
}
