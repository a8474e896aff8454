package trimtab.lab.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimtab.lab.input.InputException;
import trimtab.lab.input.MarketsFile;
import trimtab.lab.input.RulebookFile;
import trimtab.lab.input.VenueStream;
import trimtab.lab.shadow.Difference.Kind;

/// 10 long at 3,600 with 5,000 breach below 3,131.32; there the rule `target-health` closes 1.5256.
class ShadowTest {
  private static final String LONG =
      """
      2025-10-10T21:00:00Z,a,collateral,USD,5000,
      2025-10-10T21:00:00Z,a,perp,ETHUSDT,10,3600
      """;
  private static final String FALL =
      """
      2025-10-10T21:00:00Z,ETHUSDT,3600.00
      2025-10-10T21:20:00Z,ETHUSDT,3130.00
      2025-10-10T21:21:00Z,ETHUSDT,3129.00
      """;

  @TempDir Path folder;

  private Path write(String name, String header, String rows) throws IOException {
    return Files.writeString(folder.resolve(name), header + "\n" + rows);
  }

  private VenueStream stream(String positions, String prices, String decisions) throws IOException {
    return VenueStream.read(
        write("positions.csv", "time,account,kind,instrument,quantity,price", positions),
        write("prices.csv", "time,instrument,price", prices),
        write("decisions.csv", "time,account,instrument,quantity,price", decisions),
        MarketsFile.shipped());
  }

  private ShadowResult run(String positions, String prices, String decisions, long graceSeconds)
      throws IOException {
    return Shadow.run(
        stream(positions, prices, decisions),
        RulebookFile.builtIn("target-health"),
        graceSeconds * 1_000_000_000);
  }

  private static List<Kind> kinds(ShadowResult result) {
    return result.differences().stream().map(Difference::kind).toList();
  }

  @Test
  void theSameSizeWithinTheLimitAgrees() throws IOException {
    ShadowResult result = run(LONG, FALL, "2025-10-10T21:20:01Z,a,ETHUSDT,1.5256,3129\n", 0);
    assertThat(result.differences()).isEmpty();
    assertThat(result.agreed()).isEqualTo(1);
    assertThat(result.theirsNotional()).isEqualTo(result.oursNotional());
  }

  @Test
  void aPriceBeyondTheLimitDiffers() throws IOException {
    assertThat(kinds(run(LONG, FALL, "2025-10-10T21:20:01Z,a,ETHUSDT,1.5256,3101.56\n", 0)))
        .containsExactly(Kind.PRICE);
    assertThat(kinds(run(LONG, FALL, "2025-10-10T21:20:01Z,a,ETHUSDT,1.5256,3101.57\n", 0)))
        .isEmpty();
  }

  /// Of a short a price above the limit is the worse one.
  @Test
  void ofAShortAHigherPriceIsBeyondTheLimit() throws IOException {
    String positions = LONG.replace("ETHUSDT,10,", "ETHUSDT,-10,");
    String rise = FALL.replace("3130.00", "4060.00").replace("3129.00", "4060.00");
    ShadowResult nothing = run(positions, rise, "", 0);
    assertThat(kinds(nothing)).containsExactly(Kind.WE_ONLY);
    long ours = nothing.differences().getFirst().legs().getFirst().ours();
    String quantity = BigDecimal.valueOf(ours, 6).toPlainString();
    String row = "2025-10-10T21:20:01Z,a,ETHUSDT," + quantity + ",%s\n";
    assertThat(kinds(run(positions, rise, row.formatted("4090"), 0))).isEmpty();
    assertThat(kinds(run(positions, rise, row.formatted("4200"), 0))).containsExactly(Kind.PRICE);
  }

  @Test
  void anotherSizeDiffersAndIsMeasuredAgainstTheLeast() throws IOException {
    ShadowResult result = run(LONG, FALL, "2025-10-10T21:20:01Z,a,ETHUSDT,10,\n", 0);
    Difference difference = result.differences().getFirst();
    assertThat(difference.kind()).isEqualTo(Kind.SIZE);
    assertThat(difference.line()).isEqualTo(2);
    assertThat(difference.legs())
        .singleElement()
        .satisfies(leg -> {
          assertThat(leg.theirs()).isEqualTo(10_000_000);
          assertThat(leg.ours()).isEqualTo(1_525_600);
        });
    assertThat(difference.least()).hasValue(difference.oursNotional());
    assertThat(difference.theirsNotional()).isEqualTo(3_130_000_000_000L);
  }

  @Test
  void aHealthyAccountThatIsClosedDiffers() throws IOException {
    ShadowResult result = run(LONG, FALL, "2025-10-10T21:10:00Z,a,ETHUSDT,1,\n", 0);
    assertThat(kinds(result)).containsExactly(Kind.THEY_ONLY);
    assertThat(result.differences().getFirst().reason()).isEqualTo("the account is not in breach");
  }

  /// The breach lasts over two batches and is told once; a recovery makes a new one.
  @ParameterizedTest
  @CsvSource({"3129,1", "3600,1", "3125,1"})
  void whatTheyLeaveOpenIsToldOncePerBreach(String next, int told) throws IOException {
    assertThat(kinds(run(LONG, FALL.replace("3129.00", next), "", 0)))
        .hasSize(told)
        .containsOnly(Kind.WE_ONLY);
    String twice =
        FALL
            + """
            2025-10-10T21:22:00Z,ETHUSDT,3600.00
            2025-10-10T21:23:00Z,ETHUSDT,3130.00
            """;
    assertThat(kinds(run(LONG, twice, "", 0))).hasSize(2);
  }

  @Test
  void theVenueMayTakeItsGrace() throws IOException {
    String late = "2025-10-10T21:21:30Z,a,ETHUSDT,10,\n";
    assertThat(kinds(run(LONG, FALL, late, 0))).containsExactly(Kind.WE_ONLY, Kind.SIZE);
    assertThat(kinds(run(LONG, FALL, late, 60))).containsExactly(Kind.SIZE);
    String recovered = FALL.replace("3129.00", "3600.00");
    assertThat(kinds(run(LONG, recovered, "", 60))).isEmpty();
  }

  @Test
  void afterADecisionTheNextPositionsCount() throws IOException {
    String closed = "2025-10-10T21:20:01Z,a,ETHUSDT,1.5256,\n";
    assertThat(kinds(run(LONG, FALL.replace("3129.00", "2000.00"), closed, 0))).isEmpty();
    String told =
        LONG
            + """
            2025-10-10T21:20:30Z,a,collateral,USD,4262.6,
            2025-10-10T21:20:30Z,a,perp,ETHUSDT,8.4744,3600
            """;
    assertThat(kinds(run(told, FALL.replace("3129.00", "2000.00"), closed, 0)))
        .containsExactly(Kind.WE_ONLY);
  }

  @Test
  void aLoanIsComparedByItsCollateral() throws IOException {
    String loan =
        """
        2025-10-10T21:00:00Z,a,collateral,ETH,10,
        2025-10-10T21:00:00Z,a,debt,USD,25900,
        """;
    ShadowResult result = run(loan, FALL, "2025-10-10T21:20:01Z,a,ETH,5,\n", 0);
    assertThat(kinds(result)).containsAnyOf(Kind.SIZE, Kind.THEY_ONLY);
    assertThat(result.differences().getFirst().legs().getFirst().instrument()).isEqualTo("ETH");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "2025-10-10 21:00,a,perp,ETHUSDT,1,3600 | positions.csv:4: time: '2025-10-10 21:00' is no",
        "2025-10-10T20:00:00Z,a,perp,ETHUSDT,1,3600 | positions.csv:4: time: is before the row",
        "2025-10-10T21:00:00Z,a,perp,ETHUSD,1,3600 | positions.csv:4: instrument: no market",
        "2025-10-10T21:00:00Z,a,spot,ETHUSDT,1,3600 | positions.csv:4: kind: unknown kind 'spot'",
        "2025-10-10T21:00:00Z,a,perp,ETHUSDT,x,3600 | positions.csv:4: quantity: 'x' is not",
        "2025-10-10T21:00:00Z,a,perp | positions.csv:4: has 3 fields; a row has 6",
        "2025-10-10T21:00:00Z,,perp,ETHUSDT,1,3600 | positions.csv:4: account: is empty",
      })
  void wrongRowsAreNamedWithTheirLine(String row, String message) {
    assertThatThrownBy(() -> stream(LONG + row + "\n", FALL, ""))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "2025-10-10T21:20:01Z,a,ETHUSDT,-1, | decisions.csv:2: quantity: must be positive",
        "2025-10-10T21:20:01Z,a,SOLUSDT,1, | decisions.csv:2: instrument: no market or asset",
        "2025-10-10T21:20:01Z,a,ETHUSDT,1,x | decisions.csv:2: price: 'x' is not",
      })
  void wrongDecisionsAreNamedWithTheirLine(String row, String message) {
    assertThatThrownBy(() -> stream(LONG, FALL, row + "\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void wrongPricesAreNamedWithTheirLine() {
    assertThatThrownBy(() -> stream(LONG, FALL + "2025-10-10T21:22:00Z,ETHUSDT,0\n", ""))
        .hasMessageContaining("prices.csv:5: price: '0' must be positive");
    assertThatThrownBy(() -> stream(LONG, "", ""))
        .hasMessageContaining("prices.csv: has no rows below its header");
  }

  @Test
  void aDecisionAboutAnUnknownAccountIsRefused() throws IOException {
    VenueStream stream = stream(LONG, FALL, "2025-10-10T21:20:01Z,b,ETHUSDT,1,\n");
    assertThatThrownBy(() -> Shadow.run(stream, RulebookFile.builtIn("full"), 0))
        .isInstanceOf(Shadow.UnknownAccountException.class)
        .hasMessageContaining("'b'");
  }

  private static final String LINES =
      """
      {"time": "2025-10-10T21:00:00Z", "instrument": "ETHUSDT", "price": 3600.00}
      {"price": "3130.00", "instrument": "ETHUSDT", "time": "2025-10-10T21:20:00Z"}

      """;

  private VenueStream withPrices(String name, String text) throws IOException {
    return VenueStream.read(
        write("positions.csv", "time,account,kind,instrument,quantity,price", LONG),
        Files.writeString(folder.resolve(name), text),
        Files.writeString(folder.resolve("decisions.ndjson"), ""),
        MarketsFile.shipped());
  }

  @Test
  void jsonLinesSayTheSame() throws IOException {
    VenueStream csv = stream(LONG, FALL.substring(0, FALL.indexOf("2025-10-10T21:21")), "");
    assertThat(withPrices("prices.jsonl", LINES)).isEqualTo(csv);
    Path positions =
        Files.writeString(
            folder.resolve("positions.jsonl"),
            """
            {"time":"2025-10-10T21:00:00Z","account":"a","kind":"collateral","instrument":"USD","quantity":5000,"price":null}
            {"time":"2025-10-10T21:00:00Z","account":"a","kind":"perp","instrument":"ETHUSDT","quantity":10,"price":3600}
            """);
    assertThat(
            VenueStream.read(
                positions,
                folder.resolve("prices.jsonl"),
                folder.resolve("decisions.ndjson"),
                MarketsFile.shipped()))
        .isEqualTo(csv);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[1] | :4: is no object; a line has the keys time,instrument,price",
        "{\"time\": | :5: is malformed",
        "{\"tme\": 1} | :4: tme: unknown key; did you mean 'time'?",
        "{\"time\": {}} | :4: time: one value is expected",
        "{\"time\": \"now\"} | :4: time: 'now' is no instant",
        "{\"time\": \"2025-10-10T21:00:00Z\"} | :4: time: is before the row above",
        "{\"time\": \"2025-10-10T22:00:00Z\", \"instrument\": \"ETHUSDT\"} | :4: price: '' is not",
        "{\"time\": \"2025-10-10T22:00:00Z\", \"time\": 3} | :4: is malformed: Duplicate",
      })
  void wrongLinesAreNamed(String line, String message) {
    assertThatThrownBy(() -> withPrices("prices.jsonl", LINES + line + "\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("prices.jsonl" + message);
  }

  @Test
  void aFileWithoutLinesHasNoPrices() {
    assertThatThrownBy(() -> withPrices("prices.jsonl", "\n"))
        .hasMessageContaining("prices.jsonl: has no rows");
  }
}
