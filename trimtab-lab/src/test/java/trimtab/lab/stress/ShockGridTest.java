package trimtab.lab.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.lab.input.InputException;
import trimtab.lab.mark.TestMarkets;

class ShockGridTest {
  @Test
  void readsTheGridOfTheIssue() {
    ShockGrid grid = ShockGrid.parse("price=-40..0:5 vol=0..100:50 depth=-80..0:40");
    assertThat(grid.points()).isEqualTo(81);
    assertThat(grid.changes(ShockGrid.Kind.PRICE)).hasSize(9).startsWith(-400_000L).endsWith(0L);
    assertThat(grid.changes(ShockGrid.Kind.VOLATILITY)).containsExactly(0L, 500_000L, 1_000_000L);
    assertThat(grid.changes(ShockGrid.Kind.DEPTH)).containsExactly(-800_000L, -400_000L, 0L);
    assertThat(grid.text()).isEqualTo("price=-40..0:5 vol=0..100:50 depth=-80..0:40");
  }

  @Test
  void readsAnySubsetInAnyOrder() {
    ShockGrid grid = ShockGrid.parse(" depth=-12.5  price.ETHUSDT=-10..10:10 price=3 ");
    assertThat(grid.text()).isEqualTo("price=3 price.ETHUSDT=-10..10:10 depth=-12.5");
    assertThat(grid.priceMoves(List.of("BTCUSDT", "ETHUSDT")))
        .containsExactly(
            List.of(30_000L, -100_000L), List.of(30_000L, 0L), List.of(30_000L, 100_000L));
    assertThat(grid.changes(ShockGrid.Kind.VOLATILITY)).containsExactly(0L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "price=-40..0:7 | price=-40..0:7: the step does not divide the range; the last value below 0 would be -5",
        "price=0..-40:5 | price=0..-40:5: runs backwards; write price=-40..0:5",
        "price=-40..0 | price=-40..0: a range needs its step; write price=-40..0:5",
        "price=-40..0:0 | price=-40..0:0: the step must be positive",
        "price=-40..0:-5 | price=-40..0:-5: the step must be positive",
        "price=-100 | price=-100: must be above -100",
        "price.ETHUSDT=-120..0:60 | price.ETHUSDT=-120: must be above -100",
        "depth=-100 | depth=-100: must be above -100",
        "vol=-101 | vol=-101: must be -100 or more",
        "price=200000 | price=200000: must be at most 100000",
        "price=1 price=2 | 'price' stands twice; write all its values in one",
        "price.A=1 price.A=2 | 'price.A' stands twice; write all its values in one",
        "price=-10,vol=5 | 'price=-10,vol=5' names several changes; put a space between them",
        "volume=3 | unknown key 'volume'; known: price vol depth price.SYMBOL",
        "pricee=3 | unknown key 'pricee'; did you mean 'price'?",
        "price.=3 | unknown key",
        "price | 'price' is no shock; write KEY=VALUE or KEY=FROM..TO:STEP, such as 'price=-40..0:5'",
        "price=abc | price: 'abc' is not a decimal number",
        "price=1.23456 | price: '1.23456' has more than 4 decimals",
        "price=0..1:0.0001 | price=0..1:0.0001: 10,001 values, at most 10,000 are allowed",
        "price=-50..50:0.1 vol=0..100:1 | the grid has 101,101 points, at most 10,000 are allowed",
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> ShockGrid.parse(text))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--shock: ")
        .hasMessageContaining(message);
  }

  @Test
  void anEmptyGridIsNone() {
    assertThatThrownBy(() -> ShockGrid.parse("")).hasMessageContaining("is no shock");
  }

  @Test
  void namesTheMarketsThereAre() {
    assertThatThrownBy(
            () -> ShockGrid.parse("price.ETHUSD=1").priceMoves(List.of("BTCUSDT", "ETHUSDT")))
        .hasMessage(
            "--shock: price.ETHUSD: no market 'ETHUSD' in the book; did you mean 'ETHUSDT'?");
  }

  @Test
  void pricesAreRoundedHalfUpToTheTick() {
    Listing listing = TestMarkets.flat();
    // 0.05 less 10 % is 0.045, between two ticks; 100.01 less 50 % is 50.005.
    Marks marks = Marks.of(0, 5, 100_01);
    assertThat(StressSetup.shocked(listing, marks, List.of(-100_000L, -500_000L)))
        .isEqualTo(Marks.of(0, 5, 50_01));
    assertThat(StressSetup.shocked(listing, marks, List.of(-990_000L, 0L)))
        .isEqualTo(Marks.of(0, 1, 100_01));
  }
}
