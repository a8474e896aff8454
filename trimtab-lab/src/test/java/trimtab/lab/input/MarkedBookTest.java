package trimtab.lab.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimtab.core.instrument.Feed;

class MarkedBookTest {
  private static final String HEADER = "account,kind,instrument,quantity,price\n";

  @TempDir Path folder = Path.of("");

  private MarkedBook read(String rows) throws IOException {
    return MarkedBook.read(book(rows), MarketsFile.shipped(), Optional.empty());
  }

  private MarkedBook read(String rows, String prices) throws IOException {
    Path marks = Files.writeString(folder.resolve("marks.csv"), "instrument,price\n" + prices);
    return MarkedBook.read(book(rows), MarketsFile.shipped(), Optional.of(marks));
  }

  private Path book(String rows) throws IOException {
    return Files.writeString(folder.resolve("book.csv"), HEADER + rows);
  }

  @Test
  void marksAreMeanEntryPricesOnTheTick() throws IOException {
    // (4000 + 4001 + 4001) / 3 = 4000.666..., whatever the quantities.
    MarkedBook book =
        read(
            """
            a,perp,ETHUSDT,1,4000
            b,perp,ETHUSDT,-100,4001
            b,perp,BTCUSDT,1,100000
            c,perp,ETHUSDT,1,4001
            c,collateral,ETH,2,
            c,collateral,USD,2,
            """);
    assertThat(book.listing().feeds()).extracting(Feed::name).containsExactly("BTCUSDT", "ETHUSDT");
    assertThat(book.marks().prices()).containsExactly(10_000_000, 400_067);
    assertThat(book.accounts()).hasSize(3);
    assertThat(book.notes()).isEmpty();
  }

  @Test
  void anAssetWithoutPerpsIsNamed() {
    assertThatThrownBy(() -> read("a,perp,ETHUSDT,1,4000\na,collateral,BTC,1,\na,debt,SOL,1,\n"))
        .hasMessageContaining(
            "book.csv:3: instrument: 'BTC' has no price: the book has no perp of BTCUSDT")
        .hasMessageContaining("book.csv:4: instrument: 'SOL' has no price")
        .hasMessageContaining("--marks");
  }

  @Test
  void aFileOfMarksPricesMarketsAndAssets() throws IOException {
    String rows = "a,perp,ETHUSDT,1,4000\na,collateral,BTC,1,\n";
    MarkedBook book = read(rows, "ETHUSDT,3900.5\nBTC,99000\nUSD,1\nSOLUSDT,200\n");
    assertThat(book.marks().prices()).containsExactly(9_900_000, 390_050);
    assertThat(book.notes()).singleElement().asString().contains("1 of its prices");
  }

  @Test
  void aLoanNeedsNoPerpWhereMarksAreGiven() throws IOException {
    assertThat(read("a,collateral,ETH,1,\na,debt,USD,10,\n", "ETH,100\n").marks().prices())
        .containsExactly(10_000);
    assertThat(read("a,collateral,DOGE,1,\n", "DOGE,0.2\n").listing().feeds())
        .extracting(Feed::name)
        .isEqualTo(List.of("DOGEUSDT"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "BTCUSDT,1 | marks.csv: no price for 'ETHUSDT', which the book needs",
        "ETHUSD,1 | there is 'ETHUSD'",
        "ETHUSDT,0 | marks.csv:2: price: '0' must be positive",
        "ETHUSDT,-3 | must be positive",
        "ETHUSDT,x | marks.csv:2: price: 'x' is not a decimal number",
        "ETHUSDT | has 1 fields; a row has 2",
        " ,3 | marks.csv:2: instrument: is empty",
        "ETHUSDT,1;ETHUSDT,1 | marks.csv:3: 'ETHUSDT' stands twice; first in line 2",
        "ETHUSDT,1;USD,1.1 | marks.csv:3: USD is what prices are counted in; its price is 1",
        "ETHUSDT,1;ETH,2 | 'ETH' and line 2 price the same market, ETHUSDT, differently",
      })
  void saysWhatIsWrongWithMarks(String prices, String message) {
    assertThatThrownBy(
            () -> read("a,perp,ETHUSDT,1,4000\na,collateral,ETH,1,\n", prices.replace(";", "\n")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void wrongRowsOfTheBookAreNamedWithTheirLines() {
    assertThatThrownBy(() -> read("a,perp,ETHUSDT,x,4000\na,prp,ETHUSDT,1,1\n,perp,ETHUSDT,1,1\n"))
        .hasMessageContaining("book.csv:2: quantity: 'x'")
        .hasMessageContaining("book.csv:3: kind: unknown kind 'prp'")
        .hasMessageContaining("book.csv:4: account: is empty");
    assertThatThrownBy(() -> read("a,perp,ETHUSDT,1,\n"))
        .hasMessageContaining("needs its entry price");
    assertThatThrownBy(() -> read("")).hasMessageContaining("has no rows");
    assertThatThrownBy(() ->
            MarkedBook.read(folder.resolve("none.csv"), MarketsFile.shipped(), Optional.empty()))
        .hasMessageContaining("there is no such file");
  }
}
