package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowCommandTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "shadow");

  @TempDir Path folder;

  private static CommandLineRun shadow(Path decisions, String... options) {
    List<String> arguments = new ArrayList<>(List.of("shadow", "--positions"));
    arguments.add(EXAMPLE.resolve("positions.csv").toString());
    arguments.addAll(List.of("--prices", EXAMPLE.resolve("prices.csv").toString()));
    arguments.addAll(List.of("--decisions", decisions.toString()));
    arguments.addAll(List.of(options));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void theExamplePrintsWhatIsExpected() throws IOException {
    CommandLineRun run = shadow(EXAMPLE.resolve("decisions.csv"));
    Path expected = Path.of("src", "test", "resources", "trimtab", "app", "shadow", "example.txt");
    assertThat(run.out()).isEqualTo(Files.readString(expected));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void theDocumentShowsTheExample() throws IOException {
    String shown = Files.readString(DocumentsTest.ROOT.resolve("docs/shadow.md"));
    assertThat(shown).contains(shadow(EXAMPLE.resolve("decisions.csv")).out());
  }

  @Test
  void jsonHasTheSameDifferences() {
    CommandLineRun run = shadow(EXAMPLE.resolve("decisions.csv"), "--json");
    assertThat(run.out())
        .contains("\"SIZE\": 1", "\"PRICE\": 1", "\"WE_ONLY\": 1", "\"THEY_ONLY\": 1")
        .contains("\"account\": \"ada\"", "\"theirs\": 10", "\"ours\": 1.5256");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void agreementIsZero() throws IOException {
    Path positions =
        Files.writeString(
            folder.resolve("positions.csv"),
            """
            time,account,kind,instrument,quantity,price
            2025-10-10T21:00:00Z,a,collateral,USD,5000,
            """);
    Path decisions =
        Files.writeString(
            folder.resolve("decisions.csv"), "time,account,instrument,quantity,price\n");
    CommandLineRun run =
        CommandLineRun.of(
            "shadow",
            "--positions",
            positions.toString(),
            "--prices",
            EXAMPLE.resolve("prices.csv").toString(),
            "--decisions",
            decisions.toString());
    assertThat(run.out()).startsWith("no difference between the venue and target-health");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aDecisionAboutAnUnknownAccountIsTwoWithItsLine() throws IOException {
    Path decisions =
        Files.writeString(
            folder.resolve("decisions.csv"),
            "time,account,instrument,quantity,price\n2025-10-10T21:20:02Z,zoe,ETHUSDT,1,\n");
    CommandLineRun run = shadow(decisions);
    assertThat(run.err())
        .contains("decisions.csv:2: account: no positions or prices of account 'zoe'");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void aNegativeGraceIsTwo() {
    CommandLineRun run = shadow(EXAMPLE.resolve("decisions.csv"), "--grace", "-1");
    assertThat(run.err()).contains("--grace: must be 0 to 86400 seconds");
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
