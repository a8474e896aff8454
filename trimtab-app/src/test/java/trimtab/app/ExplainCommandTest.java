package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final Path RECORD = EXAMPLES.resolve("explain/plan.json");

  @TempDir Path folder;

  private CommandLineRun explain(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("decision.json"), text);
    return CommandLineRun.of("explain", file.toString());
  }

  @Test
  void theExampleIsWhatPlanWrites() throws IOException {
    String plan = EXAMPLES.resolve("two-perps-mixed-collateral.yaml").toString();
    assertThat(Files.readString(RECORD)).isEqualTo(CommandLineRun.of("plan", plan, "--json").out());
  }

  @Test
  void aPlanIsExplainedFromItsFileAlone() {
    CommandLineRun run = CommandLineRun.of("explain", RECORD.toString());
    assertThat(run.out())
        .startsWith("account two-perps under target-health")
        .contains(
            "trigger  health 0.974 is below the threshold 1",
            "health   0.974 -> 1.05001, threshold 1, target 1.05",
            "close    BTCUSDT: buy 1.244 of 1.85, limit 119,018.3",
            "left     ETHUSDT: not needed",
            "claim    RESTORES_MINIMAL: the target is restored",
            "proof    holds, checked anew by the independent checker",
            "g(q), USD above the target of 1.05 once q of BTCUSDT short is closed",
            "● 1.244: +0.46 USD restores   ○ 1.243: −1.47 USD fails");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void jsonHoldsTheLines() {
    CommandLineRun run = CommandLineRun.of("explain", RECORD.toString(), "--json");
    assertThat(run.out())
        .startsWith("{")
        .contains("\"holds\": true", "account two-perps under target-health");
  }

  /// The drawing of the file is that of the plan.
  @Test
  void theDrawingIsThatOfThePlan() {
    String plan = EXAMPLES.resolve("two-perps-mixed-collateral.yaml").toString();
    String drawn = CommandLineRun.of("plan", plan).out();
    String explained = CommandLineRun.of("explain", RECORD.toString()).out();
    String curve = drawn.substring(drawn.indexOf("  g(q)"), drawn.indexOf("└"));
    assertThat(explained).contains(curve);
  }

  @Test
  void aCertificateThatProvesNothingIsOne() throws IOException {
    CommandLineRun run = explain(Files.readString(RECORD).replace("124400", "124500"));
    assertThat(run.out()).contains("proof    does not hold:");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void aHealthyAccountIsSaidToBeHealthy() throws IOException {
    String plan = EXAMPLES.resolve("healthy.yaml").toString();
    CommandLineRun run = explain(CommandLineRun.of("plan", plan, "--json").out());
    assertThat(run.out()).contains("verdict  nothing to close: the account is healthy");
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | decision.json: holds no decision; give what plan --json",
        "{\"verdict\": \"close\"} | 'currency' is missing",
        "{\"verdict\": | decision.json:2: is malformed",
        "{\"runs\": [{\"accounts\": [{\"account\": \"a\"}]}]} | decision.json:1: friction: is missing",
        "{\"runs\": 7} | decision.json:1: runs: must be a list",
        "{\"runs\": []} | decision.json: holds no decision: no account was touched",
      })
  void whatIsNoRecordIsTwoAndNamesThePlace(String text, String message) throws IOException {
    CommandLineRun run = explain(text + "\n");
    assertThat(run.err()).contains(message);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void aReplayIsExplainedAccountByAccount() {
    Path file = replayed("0.5");
    CommandLineRun list = CommandLineRun.of("explain", file.toString());
    assertThat(list.out())
        .contains("decisions about accounts in all runs", "  --account a", "decision 1 at 2025-10-")
        .contains("is below the threshold 1", "level    ", "proof    holds, checked anew by the");
    String account = list.out().replaceFirst("(?s).*?--account (\\S+).*", "$1");
    CommandLineRun one =
        CommandLineRun.of("explain", file.toString(), "--account", account, "--slice", "1");
    assertThat(one.out())
        .startsWith("account " + account)
        .contains("decision 1 at", "g(q), USD above the target of 1.05 once q of")
        .containsPattern("● [0-9.]+: \\+[0-9.k]+ USD restores   ○ [0-9.]+: −[0-9.k]+ USD fails");
    assertThat(one.exitCode()).isZero();
    CommandLineRun none = CommandLineRun.of("explain", file.toString(), "--account", "nobody");
    assertThat(none.err()).contains("has no account 'nobody'");
    CommandLineRun late =
        CommandLineRun.of("explain", file.toString(), "--account", account, "--slice", "99");
    assertThat(late.err()).contains("has no decision 99");
    assertThat(late.exitCode()).isEqualTo(2);
  }

  private Path replayed(String impact, String... more) {
    Path file = folder.resolve("accounts.json");
    List<String> arguments =
        new ArrayList<>(List.of("replay", "--accounts", "200", "--impact", impact, "--no-report"));
    arguments.addAll(List.of("--rulebook", "target-health", "--accounts-json", file.toString()));
    arguments.addAll(List.of(more));
    CommandLineRun replay = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(replay.exitCode()).isZero();
    return file;
  }

  /// One unit more than was planned, in the certificate of every decision.
  @Test
  void aCertificateOfAReplayIsCheckedAnew() throws IOException {
    Path file = replayed("0");
    String text = Files.readString(file);
    Matcher quantity =
        Pattern.compile("(\"stages\":\\[.{0,400}?\"quantity\":)(\\d+)").matcher(text);
    String longer = quantity.replaceAll(found -> found.group(1) + (found.group(2) + "0"));
    assertThat(longer).isNotEqualTo(text);
    Files.writeString(file, longer);
    CommandLineRun run = CommandLineRun.of("explain", file.toString());
    assertThat(run.out()).contains("proof    does not hold:");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void withoutProofsAFileIsSmallerAndSaysSo() throws IOException {
    long size = Files.size(replayed("0"));
    Path file = replayed("0", "--no-proofs");
    assertThat(Files.size(file)).isLessThan(size / 2);
    assertThat(CommandLineRun.of("explain", file.toString()).out())
        .contains("the certificate held when the replay checked it;", "without --no-proofs")
        .doesNotContain("g(q)");
  }

  @Test
  void aPlanHasNoAccountsToChooseFrom() {
    CommandLineRun run = CommandLineRun.of("explain", RECORD.toString(), "--account", "x");
    assertThat(run.err()).contains("a plan has one decision");
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
