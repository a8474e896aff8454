package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import trimtab.app.output.Terminal;

class StressCommandTest {
  private static final String BOOK = Path.of("..", "examples", "stress", "book.csv").toString();

  @TempDir Path folder = Path.of("");

  private static CommandLineRun stress(String... options) {
    List<String> words = new ArrayList<>(List.of("stress"));
    words.addAll(List.of(options));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private static JsonNode json(String... options) {
    List<String> words = new ArrayList<>(List.of(options));
    words.add("--json");
    CommandLineRun run = stress(words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  @Test
  void theJsonHasTheKeysOfTheContract() {
    JsonNode json = json("--book", BOOK, "--shock", "price=-20..0:10 vol=0..50:50 depth=-80..0:80");
    assertThat(json.get("rulebooks").valueStream().map(each -> each.get("name").asString()))
        .containsExactly("full", "fixed-fraction", "target-health");
    JsonNode points = json.get("rulebooks").get(0).get("points");
    assertThat(points.size()).isEqualTo(12);
    JsonNode point = points.get(1);
    assertThat(point.get("price").decimalValue()).isEqualByComparingTo("-20");
    assertThat(point.get("vol").decimalValue()).isEqualByComparingTo("0");
    assertThat(point.get("depth").decimalValue()).isEqualByComparingTo("0");
    assertThat(point.get("liquidatableAccounts").asInt()).isEqualTo(3);
    for (String key : List.of("liquidatableNotional", "toClose", "badDebt", "fundDraw")) {
      assertThat(point.get(key).isNumber()).as(key).isTrue();
    }
    assertThat(point.get("badDebt").decimalValue())
        .isEqualByComparingTo(point.get("fundDraw").decimalValue());
    assertThat(json.get("markets").get(1).get("mark").decimalValue())
        .isEqualByComparingTo("4355.55");
    assertThat(json.get("fund").isNull()).isTrue();
  }

  @Test
  void kindsAddUp() {
    JsonNode json = json("--book", BOOK, "--shock", "price=-30");
    JsonNode point = json.get("rulebooks").get(2).get("points").get(0);
    for (String key : List.of("liquidatableNotional", "toClose", "badDebt", "penalty", "cost")) {
      BigDecimal sum =
          point
              .get("kinds")
              .get("perp")
              .get(key)
              .decimalValue()
              .add(point.get("kinds").get("loan").get(key).decimalValue());
      assertThat(point.get(key).decimalValue()).as(key).isEqualByComparingTo(sum);
    }
  }

  @Test
  void whereMarketsMoveApartAPriceIsATable() {
    JsonNode json = json("--book", BOOK, "--shock", "price=-5 price.ETHUSDT=-20..0:20");
    JsonNode price = json.get("rulebooks").get(0).get("points").get(0).get("price");
    assertThat(price.get("BTCUSDT").decimalValue()).isEqualByComparingTo("-5");
    assertThat(price.get("ETHUSDT").decimalValue()).isEqualByComparingTo("-20");
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBytes() {
    String[] grid = {"--book", BOOK, "--shock", "price=-40..40:4 vol=0..100:50", "--json"};
    List<String> one = new ArrayList<>(List.of(grid));
    one.addAll(List.of("--threads", "1"));
    List<String> two = new ArrayList<>(List.of(grid));
    two.addAll(List.of("--threads", "2"));
    assertThat(stress(one.toArray(String[]::new)).out())
        .isEqualTo(stress(two.toArray(String[]::new)).out());
  }

  @Test
  void marksMoveTheBook() throws IOException {
    Path marks =
        Files.writeString(
            folder.resolve("m.csv"), "instrument,price\nETHUSDT,3800\nBTCUSDT,115000\n");
    JsonNode json = json("--book", BOOK, "--shock", "price=0", "--marks", marks.toString());
    assertThat(json.get("markets").get(0).get("mark").decimalValue())
        .isEqualByComparingTo("115000");
    assertThat(
            json.get("rulebooks").get(0).get("points").get(0).get("liquidatableAccounts").asInt())
        .isPositive();
  }

  @Test
  void printsATablePerRulebookAndTheFinding() {
    CommandLineRun run =
        stress("--book", BOOK, "--shock", "price=-40..0:10 depth=-80..0:80", "--no-report");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("\nfull\n", "\nfixed-fraction\n", "\ntarget-health\n", "liquidatable", "bad debt")
        .contains("At price \u221240%, depth \u221280%, 5 of 8")
        .contains(
            "repeat: ./trimtab stress --book "
                + BOOK
                + " --shock 'price=-40..0:10 depth=-80..0:80'")
        .doesNotContain("report:");
    assertThat(run.err()).startsWith("Stressed 8 accounts at 10 points under 3 rulebooks in ");
  }

  @Test
  void anarrowTerminalSaysWhatItLeavesOut() {
    Terminal narrow = new Terminal(true, false, 60, false, false, true);
    CommandLineRun run =
        CommandLineRun.of(narrow, "stress", "--book", BOOK, "--shock", "price=-40", "--no-report");
    assertThat(run.out()).contains("(too narrow for: ");
    assertThat(run.out().lines().limit(6))
        .allSatisfy(line -> assertThat(line.startsWith("marks") || line.length() <= 90).isTrue());
  }

  @Test
  void aQuietGridSaysSo() {
    assertThat(stress("--book", BOOK, "--shock", "vol=0..50:50", "--no-report").out())
        .contains("No account is liquidatable at any point of the grid.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--shock;price=-100|--shock: price=-100: must be above -100",
        "--shock;price=1;--impact;-1|--impact: must be 0 to 100, not -1",
        "--shock;price=1;--fund;-1|--fund: must be 0 to 1000000000000",
        "--shock;price=1;--threads;0|--threads: must be 1 to 256, not 0",
        "--shock;price=1;--marks;none.csv|none.csv: there is no such file",
        "--shock;price=1;--liquidity;none.yaml|none.yaml: there is no such file",
        "--shock;price.XYZ=1|--shock: price.XYZ: no market 'XYZ' in the book; known: BTCUSDT ETHUSDT",
        "--shock;price=1;--report;nowhere/x.html|cannot be written: there is no folder",
        "--shock;price=1;--report;x.html;--no-report|--no-report: contradicts --report",
        "--shock;price=1;--rulebook;full;--rulebook;full|another rulebook is named 'full', too",
      })
  void saysWhatIsWrong(String words) {
    String[] parts = words.split("\\|", -1);
    List<String> options = new ArrayList<>(List.of("--book", BOOK));
    options.addAll(List.of(parts[0].split(";", -1)));
    CommandLineRun run = stress(options.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(parts[1]).startsWith("error: ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void theBookAndTheGridAreRequired() {
    assertThat(stress("--shock", "price=1").err()).contains("--book");
    assertThat(stress("--book", BOOK).err()).contains("--shock");
  }

  @Test
  void theHelpOpensWithAnExampleAndListsExitCodes() {
    CommandLineRun run = stress("--help");
    assertThat(run.out()).startsWith("Example: ./trimtab stress --book examples/stress/book.csv");
    assertThat(run.out()).contains("Exit codes:");
  }
}
