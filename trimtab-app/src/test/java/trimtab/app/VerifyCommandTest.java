package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCommandTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "verify", "certificate.json");

  @TempDir Path folder;

  private CommandLineRun verify(String text, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), text);
    return more.length == 0
        ? CommandLineRun.of("verify", file.toString())
        : CommandLineRun.of("verify", file.toString(), more[0]);
  }

  @Test
  void saysWhatWasVerified() throws IOException {
    CommandLineRun run = verify(Files.readString(EXAMPLE));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith(
            "holds: the certificate of account perp-short-depth under rulebook target-health, claim"
                + " RESTORES_MINIMAL")
        .contains("  ok    ");
    assertThat(verify(Files.readString(EXAMPLE), "--json").out())
        .contains("\"certificateHolds\": true", "\"findings\": []".replace("[]", "[ ]"));
  }

  /// Whatever is changed is found: nothing in a certificate is decoration.
  @ParameterizedTest
  @CsvSource({
    "quantity, 1766910, 1766920",
    "quantity, 1766910, 1766900",
    "penalty, , +1",
    "cost, , +1",
    "thresholdPpm, 1000000, 900000",
    "amount, 4600000000000, 4700000000000",
    "ratePpm, 10000, 9000",
  })
  void aChangedNumberIsFound(String key, String from, String to) throws IOException {
    String text = Files.readString(EXAMPLE);
    String changed =
        "+1".equals(to)
            ? text.replaceAll("\"" + key + "\": ([0-9]+)", "\"" + key + "\": $11")
            : text.replaceFirst("\"" + key + "\": " + from, "\"" + key + "\": " + to);
    assertThat(changed).isNotEqualTo(text);
    CommandLineRun run = verify(changed);
    assertThat(run.out()).startsWith("does not hold: ").contains("  no    ");
    assertThat(run.exitCode()).isEqualTo(1);
    CommandLineRun inJson = verify(changed, "--json");
    assertThat(inJson.out()).contains("\"certificateHolds\": false");
    assertThat(inJson.exitCode()).isEqualTo(1);
  }

  @Test
  void aFileWithoutACertificateIsWrongInput() throws IOException {
    CommandLineRun run = verify("{\"verdict\": \"healthy\"}");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("c.json: holds no certificate");
    assertThat(verify("[1]").exitCode()).isEqualTo(2);
    assertThat(verify("{").err()).contains("c.json:1: is malformed");
  }
}
