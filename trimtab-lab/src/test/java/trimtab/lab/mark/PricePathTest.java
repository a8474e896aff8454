package trimtab.lab.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.market.data.PriceWindow;

class PricePathTest {
  private static Listing oneFeed(String symbol, int priceDecimals) {
    Asset dollars = new Asset("USD", Asset.SETTLEMENT, 8, 1_000_000, 1_000_000, 1, 0, 0, 0);
    return new Listing(8, List.of(new Feed(symbol, priceDecimals, 1)), List.of(dollars), List.of());
  }

  private static PricePath path(int priceDecimals, long... cents) {
    PriceWindow window = PriceWindow.align("test", List.of(TestMarkets.bars("ETHUSDT", cents)));
    return PricePath.of(window, oneFeed("ETHUSDT", priceDecimals));
  }

  @Test
  void closesAreInTheFeedsUnits() {
    assertThat(path(2, 12345).price(0, 0)).isEqualTo(12345);
    assertThat(path(4, 12345).price(0, 0)).isEqualTo(1234500);
  }

  @Test
  void fewerDecimalsRoundHalfUp() {
    assertThat(path(1, 12345).price(0, 0)).isEqualTo(1235);
    assertThat(path(1, 12344).price(0, 0)).isEqualTo(1234);
    assertThatIllegalArgumentException().isThrownBy(() -> path(0, 49)).withMessageContaining("use");
  }

  @Test
  void aBarIsKnownFromItsClose() {
    PricePath path = path(2, 100, 101, 102);
    long first = path.closeNanos(0);
    long minute = 60_000_000_000L;
    assertThat(path.closeNanos(1)).isEqualTo(first + minute);
    assertThat(path.marks(1).asOfNanos()).isEqualTo(first + minute);
    assertThat(path.barAt(first - 1)).isZero();
    assertThat(path.barAt(first + minute - 1)).isZero();
    assertThat(path.barAt(first + minute)).isEqualTo(1);
    assertThat(path.barAt(first + 99 * minute)).isEqualTo(2);
    assertThat(path.highest(0)).isEqualTo(102);
  }

  @Test
  void everyFeedNeedsPrices() {
    PriceWindow window = PriceWindow.align("test", List.of(TestMarkets.bars("ETHUSDT", 100)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PricePath.of(window, oneFeed("BTCUSDT", 2)))
        .withMessageContaining("BTCUSDT");
  }
}
