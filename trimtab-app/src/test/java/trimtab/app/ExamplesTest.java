package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every example of `plan` gives what the test's resources say, and its certificate holds. After a
/// wanted change, `./trimtab plan examples/NAME.yaml` prints the new text.
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  private static final List<String> HEALTHY = List.of("healthy", "open-orders");

  @TempDir Path folder;

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    }
  }

  private static String example(String name) {
    return EXAMPLES.resolve(name + ".yaml").toString();
  }

  private static String expected(String name) throws IOException {
    String resource = "examples/" + name + ".txt";
    try (InputStream stream = ExamplesTest.class.getResourceAsStream(resource)) {
      assertThat(stream).as("expected output %s", resource).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void thereAreExamples() throws IOException {
    assertThat(names())
        .contains("perp-long", "loan", "toxic-loan", "healthy")
        .hasSizeGreaterThan(7);
  }

  @ParameterizedTest
  @MethodSource("names")
  void planPrintsWhatIsExpected(String name) throws IOException {
    CommandLineRun run = CommandLineRun.of("plan", example(name));
    assertThat(run.out()).isEqualTo(expected(name));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theCertificateHoldsAloneAndInsideTheJson(String name) throws IOException {
    Path certificate = folder.resolve("certificate.json");
    CommandLineRun plan =
        CommandLineRun.of("plan", example(name), "--json", "--certificate", certificate.toString());
    assertThat(plan.exitCode()).isZero();
    if (HEALTHY.contains(name)) {
      assertThat(certificate).doesNotExist();
      assertThat(plan.out()).contains("\"verdict\": \"healthy\"");
      return;
    }
    Path document = Files.writeString(folder.resolve("plan.json"), plan.out());
    for (Path file : List.of(certificate, document)) {
      CommandLineRun verify = CommandLineRun.of("verify", file.toString());
      assertThat(verify.out()).startsWith("holds: ");
      assertThat(verify.exitCode()).isZero();
    }
  }

  @Test
  void theExampleOfVerifyIsTheCertificateOfAnExampleOfPlan() throws IOException {
    Path certificate = folder.resolve("certificate.json");
    CommandLineRun.of("plan", example("perp-short-depth"), "--certificate", certificate.toString());
    assertThat(EXAMPLES.resolve("verify/certificate.json")).hasSameTextualContentAs(certificate);
  }
}
