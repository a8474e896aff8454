package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The example of `docs/stress.md` prints what stands there.
class StressDocumentTest {
  @Test
  void theExampleIsTrue() throws IOException {
    String document = Files.readString(DocumentsTest.ROOT.resolve("docs/stress.md"));
    String grid = "price=-20..0:10 depth=-80..0:80";
    assertThat(document.replaceAll("\\s+", " "))
        .contains(
            "./trimtab stress --book examples/stress/book.csv --shock '%s' --rulebook target-health"
                .formatted(grid));
    int from = document.indexOf("```text\n") + "```text\n".length();
    String shown = document.substring(from, document.indexOf("```", from));
    Path book = DocumentsTest.ROOT.resolve("examples/stress/book.csv");
    CommandLineRun run =
        CommandLineRun.of(
            "stress",
            "--book",
            book.toString(),
            "--shock",
            grid,
            "--rulebook",
            "target-health",
            "--no-report");
    assertThat(run.out()).contains(shown);
    assertThat(run.exitCode()).isZero();
  }
}
