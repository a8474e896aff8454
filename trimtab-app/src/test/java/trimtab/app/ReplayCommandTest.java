package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import trimtab.app.output.Terminal;

class ReplayCommandTest {
  private static final List<String> COUNTS =
      List.of(
          "accounts",
          "liquidations",
          "accountsTouched",
          "accountsTouchedAgain",
          "minutesInBreach",
          "certificatesChecked",
          "certificatesFailed");

  private static final List<String> AMOUNTS =
      List.of(
          "notionalClosed",
          "penaltyPaid",
          "slippagePaid",
          "exchangeFees",
          "fixedCosts",
          "badDebt",
          "friction",
          "exposureDifference",
          "fundDraw",
          "worstImpactBps");

  private static final List<String> RATIOS =
      List.of("overLiquidationRatio", "frictionPerAccountBps");

  private static final List<String> CLAIMS =
      List.of(
          "RESTORES_MINIMAL",
          "RESTORES_SHARE",
          "RELIEVES",
          "CAPPED",
          "RULE_PRESCRIBED",
          "CLOSES_ALL",
          "ESCALATED");

  @TempDir Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int replay(String... options) {
    return replay(Terminal.NONE, options);
  }

  private int replay(Terminal terminal, String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine commandLine = Trimtab.commandLine(terminal);
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Trimtab.run(
        commandLine, Stream.concat(Stream.of("replay"), Stream.of(options)).toArray(String[]::new));
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(out.toString());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void jsonKeepsItsContract() {
    assertThat(replay("--accounts", "400", "--json")).isZero();
    JsonNode json = json();
    assertThat(json.get("window").asString()).isEqualTo("2025-10-tariff");
    assertThat(json.get("seed").isNumber()).isTrue();
    assertThat(json.get("accounts").asInt()).isEqualTo(400);
    assertThat(json.get("dataHash").asString()).hasSize(64);
    JsonNode rulebooks = json.get("rulebooks");
    List<String> entries = new ArrayList<>();
    for (JsonNode entry : rulebooks) {
      entries.add(
          entry.get("name").asString()
              + " "
              + entry.get("impact")
              + " "
              + entry.get("kind").asString());
      COUNTS.forEach(key -> assertThat(entry.get(key).isIntegralNumber()).as(key).isTrue());
      AMOUNTS.forEach(key -> assertThat(entry.get(key).isNumber()).as(key).isTrue());
      RATIOS.forEach(
          key -> assertThat(entry.get(key).isNumber() || entry.get(key).isNull()).as(key).isTrue());
      assertThat(entry.get("claims").propertyNames()).containsExactlyElementsOf(CLAIMS);
      entry.get("claims").forEach(count -> assertThat(count.isIntegralNumber()).isTrue());
    }
    List<String> expected = new ArrayList<>();
    for (String name : List.of("full", "fixed-fraction", "target-health")) {
      for (String impact : List.of("0", "0.5", "1")) {
        List.of("perp", "loan", "all")
            .forEach(kind -> expected.add(name + " " + impact + " " + kind));
      }
    }
    assertThat(entries).isEqualTo(expected);
    assertThat(out.toString()).doesNotContain("E+").doesNotContain("E-").endsWith("}\n");
  }

  @Test
  void aRatioWithoutADenominatorIsNull() {
    assertThat(replay("--crash", "2023-09", "--accounts", "5", "--impact", "0", "--json")).isZero();
    for (JsonNode entry : json().get("rulebooks")) {
      assertThat(entry.get("liquidations").asInt()).isZero();
      assertThat(entry.get("overLiquidationRatio").isNull()).isTrue();
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() throws IOException {
    List<String> outputs = new ArrayList<>();
    for (String threads : List.of("1", "2", "4")) {
      Path accounts = folder.resolve("accounts.json");
      int code =
          replay(
              "--accounts",
              "300",
              "--seed",
              "5",
              "--threads",
              threads,
              "--json",
              "--accounts-json",
              accounts.toString());
      assertThat(code).isZero();
      outputs.add(out + Files.readString(accounts));
    }
    assertThat(outputs).allMatch(output -> output.equals(outputs.getFirst()));
    assertThat(replay("--accounts", "300", "--seed", "6", "--json")).isZero();
    assertThat(outputs.getFirst()).doesNotStartWith(out.toString());
  }

  @Test
  void accountsJsonTellsWhatHappenedToEachAccount() throws IOException {
    Path book =
        file(
            "book.csv",
            """
            account,kind,instrument,quantity,price
            long,collateral,USD,500,
            long,perp,ETHUSDT,2,4500.00
            loan,collateral,ETH,1,
            loan,debt,USD,3000,
            """);
    Path accounts = folder.resolve("accounts.json");
    int code =
        replay(
            "--book",
            book.toString(),
            "--impact",
            "0",
            "--json",
            "--accounts-json",
            accounts.toString());
    assertThat(code).isZero();
    JsonNode runs = JsonMapper.shared().readTree(Files.readString(accounts)).get("runs");
    JsonNode full = runs.get(0).get("accounts");
    assertThat(full).hasSize(2);
    JsonNode perp = full.get(0);
    assertThat(perp.get("account").asString()).isEqualTo("long");
    assertThat(perp.get("kind").asString()).isEqualTo("perp");
    assertThat(perp.get("liquidations").asInt()).isEqualTo(1);
    assertThat(perp.get("firstBar")).isEqualTo(perp.get("lastBar"));
    assertThat(perp.get("firstQuantityClosed").asInt()).isEqualTo(2);
    assertThat(perp.get("finalQuantity").asInt()).isZero();
    assertThat(perp.get("finalCash")).isEqualTo(perp.get("finalEquityAtLastClose"));
    assertThat(perp.get("claims").get(0).asString()).isEqualTo("CLOSES_ALL");
    JsonNode loan = full.get(1);
    assertThat(loan.get("kind").asString()).isEqualTo("loan");
    assertThat(loan.get("remainingDebt").asInt()).isZero();
    assertThat(loan.get("remainingCollateral").asDouble()).isBetween(0.0, 0.2);
  }

  @Test
  void tablesAreForPeopleAndTheBestIsBold() {
    Terminal colourful = new Terminal(false, false, 80, true, false, true);
    assertThat(replay(colourful, "--accounts", "400", "--color", "always")).isZero();
    assertThat(out.toString())
        .contains("Perps", "Loans", "Together", "certificates hold", "repeat: ./trimtab replay")
        .contains("\u001b[1m");
    assertThat(replay("--accounts", "400")).isZero();
    assertThat(out.toString()).doesNotContain("\u001b").contains("M = 0 is the path as");
    assertThat(err.toString()).contains("Replayed 5,760 minutes");
  }

  @Test
  void aNarrowTerminalContinuesItsTablesBelow() {
    Terminal narrow = new Terminal(true, false, 80, false, false, true);
    assertThat(replay(narrow, "--accounts", "200", "--impact", "0")).isZero();
    List<String> heads = out.toString().lines().filter(line -> line.startsWith("M ")).toList();
    assertThat(heads).hasSizeGreaterThan(3).allMatch(line -> line.length() <= 80);
    assertThat(out.toString()).contains("friction", "in breach", "mark bp");
  }

  @Test
  void listNamesEveryWindow() {
    assertThat(replay("--list")).isZero();
    assertThat(out.toString()).contains("2020-03-covid", "2023-09-calm", "2025-10-tariff");
    assertThat(replay("--list", "--json")).isZero();
    assertThat(json().get("windows").size()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--crash 2025-11 | 2025-11",
        "--crash 202 | 202",
        "--symbols DOGEUSDT | DOGEUSDT",
        "--symbols ETHUSDT,ETHUSDT | ETHUSDT",
        "--accounts 0 | --accounts",
        "--impact -1 | --impact",
        "--delay -1 | --delay",
        "--gas 1e9 | --gas",
        "--threads 0 | --threads",
        "--data /no/such/folder | /no/such/folder",
        "--book /no/such/book.csv | /no/such/book.csv",
        "--markets /no/such/markets.yaml | /no/such/markets.yaml",
        "--rulebook /no/such/rulebook.yaml | /no/such/rulebook.yaml",
        "--book-parameters /no/such/parameters.yaml | /no/such/parameters.yaml",
        "--accounts many | many",
        "--impact half | is not a decimal number",
        "--delay 1,5 | write 1.5",
        "--impact much | is not a decimal number",
        "--impact 1e-999999999 | is not a decimal number",
        "--gas 0e999999999 | --gas",
        "--delay soon | is not a decimal number",
        "--rulebook target-helth | target-helth",
        "--rulebook full --rulebook full | is named",
        "--accounts-json /no/such/folder/a.json | there is no folder /no/such/folder",
        "--accounts-json .. | is a folder",
      })
  void wrongInputIsOneLineThatNamesIt(String options, String named) {
    assertThat(replay(options.trim().split(" "))).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("error: ").contains(named.trim());
    assertThat(err.toString()).doesNotContain("Exception", "Replayed");
    assertThat(err.toString().lines().filter(line -> line.startsWith("error: "))).hasSize(1);
  }

  @Test
  void aBadBookNamesItsLines() throws IOException {
    Path book =
        file(
            "book.csv",
            """
            account,kind,instrument,quantity,price
            a,collateral,USD,12;5,
            a,perp,DOGEUSDT,1,1
            a,loan,USD,1,
            """);
    assertThat(replay("--book", book.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("book.csv:2", "book.csv:3", "book.csv:4");
    assertThat(replay("--book", book.toString(), "--json")).isEqualTo(2);
    assertThat(json().get("error").get("line").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"loanShare: 2", "loanShare: half", "loanshare: 0.3", "equity: {minimum: 0}"})
  void badBookParametersNameTheField(String line) throws IOException {
    Path parameters = file("parameters.yaml", line + "\n");
    assertThat(replay("--book-parameters", parameters.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("parameters.yaml:1").doesNotContain("Exception");
  }

  @Test
  void rulebooksWithOneNameAreRefused() throws IOException {
    Path first = file("a.yaml", "base: full\nname: same\n");
    Path second = file("b.yaml", "base: target-health\nname: same\n");
    int code = replay("--rulebook", first.toString(), "--rulebook", second.toString());
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("'same'");
  }

  @Test
  void theExamplesArePlayed() {
    Path examples = Path.of("..", "examples", "replay");
    int code =
        replay(
            "--book",
            examples.resolve("book.csv").toString(),
            "--markets",
            examples.resolve("markets.yaml").toString(),
            "--rulebook",
            examples.resolve("rulebook.yaml").toString(),
            "--impact",
            "1",
            "--delay",
            "20",
            "--gas",
            "0.5");
    assertThat(err.toString()).doesNotContain("error");
    assertThat(code).isZero();
    assertThat(out.toString()).contains("cautious", "fixed cost", "--delay 20 --gas 0.5");
    code =
        replay(
            "--book-parameters",
            examples.resolve("book-parameters.yaml").toString(),
            "--accounts",
            "200",
            "--impact",
            "0",
            "--json");
    assertThat(code).isZero();
    assertThat(json().get("rulebooks").get(0).get("accounts").asInt()).isGreaterThan(160);
  }

  @Test
  void ownRulebooksReplaceTheBuiltInOnes() throws IOException {
    Path mine = file("mine.yaml", "base: target-health\ntarget: 1.2\n");
    int code =
        replay("--accounts", "200", "--impact", "0", "--json", "--rulebook", mine.toString());
    assertThat(code).isZero();
    assertThat(json().get("rulebooks")).hasSize(3);
    assertThat(json().get("rulebooks").get(0).get("name").asString()).isEqualTo("mine");
  }

  @Test
  void ownRulebooksAreComparedWithBuiltInOnesByName() throws IOException {
    Path mine = file("mine.yaml", "base: target-health\ntarget: 1.2\n");
    int code =
        replay(
            "--accounts",
            "100",
            "--impact",
            "0",
            "--json",
            "--rulebook",
            "target-health",
            "--rulebook",
            mine.toString());
    assertThat(code).isZero();
    JsonNode entries = json().get("rulebooks");
    assertThat(entries).hasSize(6);
    assertThat(entries.get(0).get("name").asString()).isEqualTo("target-health");
    assertThat(entries.get(3).get("name").asString()).isEqualTo("mine");
  }

  @Test
  void theOnlyWindowOfOtherDataNeedsNoName() throws IOException {
    bars("binance-spot-1m_2030-test_AAAUSDT.csv.gz", 0, 5);
    String[] options = {"--data", folder.toString(), "--accounts", "20", "--impact", "0"};
    assertThat(replay(options)).isZero();
    assertThat(out.toString()).startsWith("2030-test: 5 minutes of AAAUSDT");
    bars("binance-spot-1m_2031-test_AAAUSDT.csv.gz", 0, 5);
    assertThat(replay(options)).isEqualTo(2);
    assertThat(err.toString()).contains("name one with --crash: 2030-test, 2031-test");
  }

  @Test
  void listNamesTheSymbolsOfOtherDataOnce() throws IOException {
    bars("binance-spot-1m_2030-test_AAAUSDT.csv.gz", 0, 5);
    assertThat(replay("--list", "--data", folder.toString())).isZero();
    assertThat(out.toString().lines()).containsExactly("2030-test  AAAUSDT");
  }

  @Test
  void otherDataIsPlayedWithAllItsSymbolsAndCutsAreTold() throws IOException {
    bars("binance-spot-1m_2030-test_AAAUSDT.csv.gz", 0, 5);
    bars("binance-spot-1m_2030-test_BBBUSDT.csv.gz", 1, 4);
    file("notes.txt", "ignored");
    int code =
        replay(
            "--data",
            folder.toString(),
            "--crash",
            "2030",
            "--accounts",
            "50",
            "--impact",
            "0",
            "--json");
    assertThat(code).isZero();
    assertThat(json().get("symbols")).hasSize(2);
    assertThat(json().get("minutes").asInt()).isEqualTo(4);
    assertThat(err.toString()).contains("note: AAAUSDT: 1 of its minutes");
  }

  private void bars(String name, int first, int count) throws IOException {
    StringBuilder text = new StringBuilder("ts_ms,open,high,low,close,volume_base\n");
    for (int bar = first; bar < first + count; bar++) {
      text.append(1_893_456_000_000L + bar * 60_000L).append(",12.34,12.35,12.33,12.34,100\n");
    }
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
