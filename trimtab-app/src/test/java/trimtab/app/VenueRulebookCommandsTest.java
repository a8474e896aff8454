package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A venue's rulebook in every command that takes one, and what is said where it does not fit.
class VenueRulebookCommandsTest {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final String MARKETS = EXAMPLES.resolve("replay/markets.yaml").toString();

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path book() throws IOException {
    return file(
        "book.csv",
        """
        account,kind,instrument,quantity,price
        ada,collateral,USD,12500,
        ada,perp,ETHUSDT,35.5,4350.00
        """);
  }

  @Test
  void theListShowsItAndWhatIsNotPlayed() {
    CommandLineRun run = CommandLineRun.of("rulebooks");
    assertThat(run.out()).contains("dydx-v4").contains("not played: deleveraging");
  }

  @Test
  void aFileWithItsBaseChangesWhatIsNamedAlone() throws IOException {
    Path rules =
        file(
            "rules.yaml",
            """
            base: dydx-v4
            parameters:
              maxPositionPortionLiquidatedPpm: 300000
            """);
    String plan = Files.readString(EXAMPLES.resolve("venues/dydx-v4.yaml"));
    Path changed =
        file("plan.yaml", plan.replace("rulebook:\n  base: dydx-v4", "rulebook: " + rules));
    assertThat(CommandLineRun.of("plan", changed.toString()).out())
        .contains("close 2.0000 of 10.0000 BTCUSDT long, limit 49,955")
        .containsPattern("slice at most +150000000000 quote quantums")
        .containsPattern("block's notional left +100000000000 quote quantums");
  }

  @Test
  void aWrongParameterIsNamedWithItsBounds() throws IOException {
    Path rules = file("r.yaml", "base: dydx-v4\nparameters:\n  maxLiquidationFeePpm: 2000000\n");
    CommandLineRun run =
        CommandLineRun.of(
            "stress",
            "--book",
            book().toString(),
            "--shock",
            "price=-5",
            "--rulebook",
            rules.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'maxLiquidationFeePpm' must be 0 to 1000000, not 2000000");
  }

  @Test
  void stressRefusesAccountsThatItDoesNotFitInOneLine() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "stress", "--book", book().toString(), "--shock", "price=-5", "--rulebook", "dydx-v4");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("rulebook 'dydx-v4' does not fit 1 of 1 accounts, the first is 'ada': ETHUSDT")
        .hasLineCount(1);
  }

  @Test
  void stressAndReplayPlayItOnMarketsThatTheVenueCouldHave() throws IOException {
    CommandLineRun stress =
        CommandLineRun.of(
            "stress",
            "--book",
            book().toString(),
            "--markets",
            MARKETS,
            "--shock",
            "price=-10..0:5",
            "--no-report",
            "--rulebook",
            "dydx-v4");
    assertThat(stress.err()).contains("note: dydx-v4: not played: deleveraging");
    assertThat(stress.out()).contains("dydx-v4");
    assertThat(stress.exitCode()).isZero();
    CommandLineRun replay =
        CommandLineRun.of(
            "replay",
            "--book",
            book().toString(),
            "--markets",
            MARKETS,
            "--impact",
            "0",
            "--no-report",
            "--rulebook",
            "dydx-v4");
    assertThat(replay.out()).contains("dydx-v4").containsPattern("All \\d+ certificates hold");
    assertThat(replay.exitCode()).isZero();
  }

  @Test
  void shadowComparesWithItAndRefusesWhatItDoesNotFit() {
    String positions = EXAMPLES.resolve("shadow/positions.csv").toString();
    CommandLineRun run =
        CommandLineRun.of(
            "shadow",
            "--positions",
            positions,
            "--prices",
            EXAMPLES.resolve("shadow/prices.csv").toString(),
            "--decisions",
            EXAMPLES.resolve("shadow/decisions.csv").toString(),
            "--rulebook",
            "dydx-v4");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("rulebook 'dydx-v4' does not fit 6 of 7 accounts");
  }
}
