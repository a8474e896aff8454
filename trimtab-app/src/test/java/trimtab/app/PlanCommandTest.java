package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.app.output.Terminal;

class PlanCommandTest {
  private static final String BREACHED =
      """
      account: {collateral: {USD: 118900}, perps: {ETHUSDT: {quantity: 610, entry: 3750}}}
      marks: {ETHUSDT: 3600}
      """;

  @TempDir Path folder;

  private String write(String text) throws IOException {
    return Files.writeString(folder.resolve("plan.yaml"), text).toString();
  }

  private CommandLineRun plan(String text, String... options) throws IOException {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "plan";
    arguments[1] = write(text);
    System.arraycopy(options, 0, arguments, 2, options.length);
    return CommandLineRun.of(arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "verify"})
  void helpOpensWithAnExampleAndFitsOneScreen(String command) {
    CommandLineRun run = CommandLineRun.of(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Example: ./trimtab " + command).contains("Exit codes:");
    assertThat(run.out().lines()).hasSizeLessThan(25);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rulebook: full | CLOSES_ALL: the rule says so",
        "rulebook: full | 172,177.92 USD would have restored the target; this closes 12.75 times",
        "rulebook: {base: target-health, closeFactor: 0.05} | CAPPED by the close factor",
        "depth: {ETHUSDT: {bids: [[3599, 10]]}} | CAPPED by the depth",
        "rulebook: {base: fixed-fraction, fraction: 0.25} | RULE_PRESCRIBED: 0.25 of every leg",
      })
  void theClaimIsSaidInWords(String lines, String expected) throws IOException {
    CommandLineRun run = plan(BREACHED + lines);
    assertThat(run.out()).contains(expected, "checked by the independent checker");
    assertThat(run.exitCode()).isZero();
  }

  /// Equity 27,400 of 27,940 required: 540 / 27,940 of the way; cash moves equity.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "118900 | level partial -> warning, severity 0.019327 -> 0",
        "123900 | nothing to close: the account is not in breach, health 1.159, threshold 1",
        "123900 | level warning: health 1.159 is below 1.25",
        "148900 | nothing to close: the account is healthy, health 2.054, threshold 1",
        "148900 | level healthy: health 2.054 is not below the warning 1.25",
        "115000 | level full -> warning, severity 0.158911 -> 0",
      })
  void theLevelIsNamed(String cash, String expected) throws IOException {
    assertThat(plan(BREACHED.replace("118900", cash)).out()).contains(expected);
  }

  @Test
  void programsGetLevelsAndSeverity() throws IOException {
    assertThat(plan(BREACHED + "rulebook: {base: target-health, warning: 1.04}", "--json").out())
        .containsIgnoringWhitespaces(
            """
            "levels": {"warning": 1.04, "warningEnd": 1.09, "full": 0.9, "fullEnd": 0.95},
            """,
            """
            "level": "partial",
            "levelReason": "health 0.980 is below 1",
            "severity": 0.019327,
            """,
            // It has come back to the target, but not to where a warning ends.
            """
            "level": "warning",
            "levelReason": "health 1.050 has not come back to 1.09",
            "severity": 0,
            """);
    assertThat(plan(BREACHED.replace("118900", "148900"), "--json").out())
        .contains("\"level\": \"healthy\"");
  }

  @Test
  void anAccountThatNothingIsClosedOfHasALevel() throws IOException {
    CommandLineRun run =
        plan(
            """
            account: {collateral: {USD: 0}, debt: {USD: 100}}
            marks: {ETHUSDT: 3600}
            """);
    assertThat(run.out()).contains("level bankrupt, severity 1");
  }

  @Test
  void depthThatIsNotGivenIsSaid() throws IOException {
    assertThat(plan(BREACHED).out())
        .contains("note  no depth is given for ETHUSDT: no slippage counted");
    assertThat(plan(BREACHED + "depth: {ETHUSDT: {bids: [[3600, 999]]}}\n").out())
        .doesNotContain("no depth");
  }

  @Test
  void aDeficitIsNamed() throws IOException {
    CommandLineRun run =
        plan(
            """
            account: {collateral: {USD: 1000}, perps: {ETHUSDT: {quantity: 10, entry: 4000}}}
            marks: {ETHUSDT: 3600}
            """);
    assertThat(run.out())
        .contains(
            "close 10.0000 of 10.0000 ETHUSDT long, no limit",
            "health below zero -> ",
            "ESCALATED: bankrupt",
            "3,018.00 USD are missing after the close; the insurance fund pays");
  }

  @Test
  void aRefusalIsNamed() throws IOException {
    CommandLineRun run =
        plan(
            """
            account: {collateral: {ETH: 10}, debt: {USD: 35500}}
            marks: {ETHUSDT: 3700}
            rulebook: {base: fixed-fraction, onHarmfulClose: refuse}
            """);
    assertThat(run.out())
        .startsWith("nothing is closed, though the account is in breach: refused")
        .contains("health 0.865, threshold 1");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void anAccountWithoutObligationIsHealthy() throws IOException {
    CommandLineRun run = plan("account: {collateral: {USD: 5}}\nmarks: {ETHUSDT: 1}\n");
    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            "nothing to close: the account owes nothing and has no position");
  }

  /// The breach price breaches, one tick closer to the mark does not.
  @Test
  void theBreachPriceIsExact() throws IOException {
    String account =
        """
        account: {collateral: {USD: 5000}, perps: {ETHUSDT: {quantity: %s, entry: 3600}}}
        marks: {ETHUSDT: %s}
        """;
    assertThat(plan(account.formatted("10", "3600")).out())
        .contains("ETHUSDT breaches at 3,131.31 (\u221213.0%), all else equal");
    assertThat(plan(account.formatted("10", "3131.31")).out()).startsWith("close ");
    assertThat(plan(account.formatted("10", "3131.32")).out()).startsWith("nothing to close");
    assertThat(plan(account.formatted("-10", "3600")).out())
        .contains("ETHUSDT breaches at 4,059.41 (+12.8%), all else equal");
    assertThat(plan(account.formatted("-10", "4059.41")).out()).startsWith("close ");
    assertThat(plan(account.formatted("-10", "4059.40")).out()).startsWith("nothing to close");
  }

  @Test
  void distancesAreAlsoInMovesOfADay() throws IOException {
    String account =
        """
        account: {collateral: {USD: 5000}, perps: {ETHUSDT: {quantity: 10, entry: 3600}}}
        marks: {ETHUSDT: 3600}
        volatility: {ETHUSDT: 0.045}
        """;
    assertThat(plan(account).out())
        .contains(
            "ETHUSDT breaches at 3,131.31 (\u221213.0%, 3.10 daily moves), all else equal",
            "ETHUSDT is bankrupt at 3,100.00 (\u221213.9%, 3.32 daily moves)");
    assertThat(plan(account, "--json").out())
        .contains("\"state\": \"breach\"", "\"direction\": \"down\"", "\"dailyMoves\": 3.099609");
    assertThat(plan(account.replace("ETHUSDT: 0.045", "ETHUSD: 0.045")).err())
        .contains("plan.yaml:3: volatility.ETHUSD: no price 'ETHUSD'; did you mean 'ETHUSDT'?");
    assertThat(plan(account.replace("0.045", "0")).err()).contains("must be positive");
  }

  @Test
  void aFullClosureStandsBesideThePlan() throws IOException {
    CommandLineRun run = plan(BREACHED);
    assertThat(run.out())
        .contains(
            "closing everything would have cost 9,882.00 USD:",
            "kept open against full closure 2,023,822.08 USD, saved on costs 9,107.20 USD",
            "exposure 2,196,000.00 -> 2,023,822.08 USD, leverage 80.1x -> 76.0x",
            "delta ETHUSDT +2,196,000.00 -> +2,023,822.08 USD",
            "ETHUSDT breaches at 3,59");
    assertThat(plan(BREACHED + "rulebook: full\n").out()).doesNotContain("full closure");
    assertThat(plan(BREACHED, "--json").out())
        .contains("\"keptOpen\": 2023822.08", "\"saved\": 9107.19936", "\"leverage\": 80.14");
  }

  @Test
  void wrongInputIsTwoAndNamesLineAndField() throws IOException {
    CommandLineRun run = plan(BREACHED.replace("610", "'6,10'"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("error: ")
        .contains(
            "plan.yaml:1: account.perps.ETHUSDT.quantity: '6,10' is not a decimal number; write"
                + " 6.10");
    CommandLineRun inJson = plan(BREACHED.replace("610", "'6,10'"), "--json");
    assertThat(inJson.exitCode()).isEqualTo(2);
    assertThat(inJson.err()).isEmpty();
    assertThat(inJson.out())
        .contains("\"code\": \"input\"", "\"line\": 1", "account.perps.ETHUSDT.quantity");
  }

  @Test
  void jsonIsOneDocumentWithExactNumbers() throws IOException {
    CommandLineRun run = plan(BREACHED, "--json");
    assertThat(run.out())
        .contains(
            "\"verdict\": \"close\"",
            "\"quantity\": 47.8272,",
            "\"limitPrice\": 3548.85,",
            "\"quantity\": 47.8271,",
            "\"certificateHolds\": true");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aCertificateThatCannotBeWrittenIsTwo() throws IOException {
    CommandLineRun run = plan(BREACHED, "--certificate", folder.resolve("none/c.json").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("c.json: cannot be written: there is no folder");
  }

  @Test
  void noCertificateIsWrittenWhereNothingIsClosed() throws IOException {
    Path file = folder.resolve("c.json");
    CommandLineRun run =
        plan(
            "account: {collateral: {USD: 5}}\nmarks: {ETHUSDT: 1}\n",
            "--certificate",
            file.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).startsWith("note: nothing is closed");
    assertThat(file).doesNotExist();
  }

  @Test
  void colourRepeatsTheWordsAndCanBeAsked() throws IOException {
    String file = write(BREACHED);
    String plain = CommandLineRun.of("plan", file).out();
    String coloured = CommandLineRun.of("plan", file, "--color", "always").out();
    assertThat(plain).doesNotContain("\u001b");
    assertThat(coloured).contains("\u001b[32mok");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    Terminal terminal = new Terminal(true, true, 80, true, true, true);
    assertThat(CommandLineRun.of(terminal, "plan", file).out()).isEqualTo(coloured);
    assertThat(CommandLineRun.of(terminal, "plan", file, "--color=never").out()).isEqualTo(plain);
  }

  @Test
  void asciiWhereTheTerminalHasNoMore() throws IOException {
    Terminal ascii = new Terminal(false, false, 80, false, false, false);
    String healthy =
        """
        account: {collateral: {USD: 5000}, perps: {ETHUSDT: {quantity: 10, entry: 3600}}}
        marks: {ETHUSDT: 3600}
        """;
    assertThat(CommandLineRun.of(ascii, "plan", write(healthy)).out())
        .contains("(-13.0%)")
        .matches("\\A\\p{ASCII}*\\z");
  }
}
