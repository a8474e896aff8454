package trimtab.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;

class BookFileTest {
  private static final String HEADER = "account,kind,instrument,quantity,price\n";
  private static final Listing LISTING =
      MarketsFile.shipped()
          .listing(
              List.of(new FeedSpec("BTCUSDT", 2, 12_171_402), new FeedSpec("ETHUSDT", 2, 451_083)));
  private static final Marks MARKS = Marks.of(0, 12_171_402, 451_083);
  private static final int BTC = 1;
  private static final int ETH = 2;

  @TempDir Path folder;

  private List<Account> read(String text) {
    return BookFile.read(InputProblems.write(folder, "book.csv", text), LISTING, MARKS);
  }

  private List<String> problems(String text) {
    return InputProblems.of(folder, () -> read(text));
  }

  @Test
  void readsAccountsInOrderOfFirstAppearanceWithExactCosts() {
    assertThat(
            read(
                HEADER
                    + """
                    z,collateral,USD,3253.22,
                    a,collateral,ETH,1.5,
                    z,perp,ETHUSDT,-111.4107,203.61
                    a,debt,USD,1000,
                    z,perp,BTCUSDT,0.00001,7898.78
                    """))
        .containsExactly(
            new Account(
                "z",
                List.of(new Balance(0, 325_322_000_000L, 0)),
                List.of(
                    new Position(0, 10, 7_898_780),
                    new Position(1, -111_410_700, -2_268_433_262_700L))),
            new Account(
                "a",
                List.of(new Balance(0, 0, 100_000_000_000L), new Balance(ETH, 1_500_000, 0)),
                List.of()));
  }

  @Test
  void rowsOfTheSameInstrumentAreAdded() {
    assertThat(
            read(
                HEADER
                    + """
                    a,perp,ETHUSDT,1,4000
                    a,collateral,BTC,0.1,
                    a,collateral,BTC,0.2,
                    a,perp,ETHUSDT,2,4300
                    a,debt,BTC,0.05,
                    """))
        .containsExactly(
            new Account(
                "a",
                List.of(new Balance(BTC, 300_000, 50_000)),
                List.of(new Position(1, 3_000_000, 1_260_000_000_000L))));
  }

  @Test
  void positionsThatAddUpToNothingLeaveTheirProfit() {
    assertThat(read(HEADER + "a,perp,ETHUSDT,1,4000\na,perp,ETHUSDT,-1,4300\n"))
        .containsExactly(new Account("a", List.of(new Balance(0, 30_000_000_000L, 0)), List.of()));
  }

  @Test
  void readsWhatSpreadsheetsWrite() {
    String quoted = "\uFEFF" + HEADER + "\"a,1\",collateral,USD,\"5\",\r\n";
    assertThat(read(quoted.replace("\n", "\r\n").replace("\r\r", "\r")))
        .extracting(Account::id)
        .containsExactly("a,1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,collateral,USD,'12,5', | has 6 fields; a row has 5: account,kind,instrument,quantity,price",
        "a,collateral,USD,\"12,5\", | quantity: '12,5' is not a decimal number; write 12.5",
        "a,collateral,USD,, | quantity: '' is not a decimal number",
        "a,collateral,USD,-5, | quantity: '-5' is negative; what is owed is a debt",
        "a,debt,USD,-5, | quantity: '-5' is negative; what is owed is written without a sign",
        "a,collateral,USD,5,1 | price: only a perp has a price; leave it empty",
        "a,perp,ETHUSDT,5, | price: a perp needs its entry price",
        "a,perp,ETHUSDT,5,0 | price: '0' must be positive",
        "a,perp,ETHUSDT,0,5 | quantity: 0 is no position; leave it out",
        "a,perp,ETHUSD,5,5 | instrument: no market 'ETHUSD'; did you mean 'ETHUSDT'?",
        "a,collateral,XRP,5, | instrument: no asset 'XRP'; known: BTC ETH USD",
        "a,spot,ETH,5, | kind: unknown kind 'spot'; known: collateral debt perp",
        "a,perps,ETHUSDT,5,1 | kind: unknown kind 'perps'; did you mean 'perp'?",
        "' ,collateral,USD,5,' | account: is empty; name the account",
        "a,perp,ETHUSDT,0.0000001,5 | quantity: '0.0000001' has more than 6 decimals; the smallest"
            + " step here is 0.000001",
        "a,perp,ETHUSDT,0.000001,5.125 | price: quantity x price is 0.000005125, which has more"
            + " than the 8 decimals of a value here",
        "a,perp,BTCUSDT,800000,5 | quantity: BTCUSDT: a leg worth 97371216000.00000000 exceeds the"
            + " largest that fits, 92233720368.54775807; use fewer decimals",
      })
  void aWrongRowIsNamedWithItsLine(String row, String expected) {
    String text = HEADER + "b,collateral,USD,1,\n" + row.replace("'12,5'", "12,5") + "\n";
    assertThat(problems(text)).containsExactly("book.csv:3: " + expected);
  }

  @Test
  void anAccountWhoseLegsTogetherDoNotFitIsRefusedWithTheFigure() {
    String rows = "a,perp,BTCUSDT,600000,5\na,perp,ETHUSDT,-6000000,5\n";
    assertThat(problems(HEADER + rows))
        .containsExactly(
            "book.csv: a: all legs together come to 100126392000.00000000, more than the largest that"
                + " fits, 92233720368.54775807; use fewer decimals");
  }

  @Test
  void allWrongRowsUpToTheLimitAreNamedAtOnce() {
    String rows = "a,collateral,USD,x,\n".repeat(15);
    InputException refused =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            InputException.class, () -> read(HEADER + rows));
    assertThat(refused.problems()).hasSize(Problems.KEPT_MAX);
    assertThat(refused.more()).isTrue();
    assertThat(refused.problems().getLast().place().line()).isEqualTo(11);
  }

  @Test
  void theHeaderIsExact() {
    assertThat(problems("account,kind,instrument,price,quantity\na,debt,USD,5,\n"))
        .containsExactly(
            "book.csv:1: the header is 'account,kind,instrument,price,quantity'; it must be exactly"
                + " account,kind,instrument,quantity,price");
    assertThat(problems("")).hasSize(1).first().asString().startsWith("book.csv: is empty");
    assertThat(problems(HEADER)).containsExactly("book.csv: has no rows below its header");
  }

  @Test
  void anUnreadableBookIsOneClearLine() throws IOException {
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, (HEADER + "\u00e4,debt,USD,1,\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(InputProblems.of(folder, () -> BookFile.read(latin, LISTING, MARKS)))
        .containsExactly("latin.csv: is not UTF-8 text");
    Path none = folder.resolve("none.csv");
    assertThat(InputProblems.of(folder, () -> BookFile.read(none, LISTING, MARKS)))
        .containsExactly("none.csv: there is no such file");
    assertThat(problems(HEADER + "a,\"collateral,USD,1,\n"))
        .singleElement()
        .asString()
        .startsWith("book.csv:2: ");
  }
}
