package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command that holds venues' numbers against the rulebooks.
class ConformanceCommandTest {
  private static final Path GOLDEN =
      Path.of("..", "trimtab-lab", "src", "test", "resources", "golden");
  private static final Path EXAMPLE = Path.of("..", "examples", "conformance", "cases.json");

  @TempDir Path folder;

  @Test
  void everyCaseOfEveryVenuePasses() {
    CommandLineRun run =
        CommandLineRun.of(
            "conformance",
            GOLDEN.resolve("derivatives.json").toString(),
            GOLDEN.resolve("lending.json").toString());
    assertThat(run.out()).endsWith("262 passed, 0 failed, 0 unsupported\n");
    assertThat(run.out()).contains("dYdX v4", "aave-v4", "crvusd");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void theExampleIsCounted() {
    CommandLineRun run = CommandLineRun.of("conformance", EXAMPLE.toString(), "--json");
    assertThat(run.out()).contains("\"passed\": 8", "\"failed\": 0", "\"unsupported\": 0");
    assertThat(run.out()).contains("\"status\": \"passed\"");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void anotherNumberFailsAndSaysBoth() throws IOException {
    String text = Files.readString(EXAMPLE);
    assertThat(text).contains("\"49998.0\"");
    Path changed =
        Files.writeString(folder.resolve("changed.json"), text.replace("\"49998.0\"", "\"49997\""));
    CommandLineRun run = CommandLineRun.of("conformance", changed.toString());
    assertThat(run.out()).contains("failed: dydx-fp-long_smmr_20pct", "49997", "49998");
    assertThat(run.out()).endsWith("7 passed, 1 failed, 0 unsupported\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void whatNoRulebookHasIsUnsupportedAndShown() throws IOException {
    String text = Files.readString(EXAMPLE).replace("\"fillable_price\"", "\"unheard_of\"");
    Path changed = Files.writeString(folder.resolve("changed.json"), text);
    CommandLineRun run = CommandLineRun.of("conformance", changed.toString());
    assertThat(run.out()).contains("unsupported: dydx-fp-long_smmr_20pct", "unheard_of");
    assertThat(run.out()).endsWith("7 passed, 0 failed, 1 unsupported\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aFileThatIsNoneIsRefusedWithItsName() throws IOException {
    Path empty = Files.writeString(folder.resolve("none.json"), "{\"cases\": 3}");
    CommandLineRun run = CommandLineRun.of("conformance", empty.toString());
    assertThat(run.err()).contains("none.json", "a list is expected");
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
