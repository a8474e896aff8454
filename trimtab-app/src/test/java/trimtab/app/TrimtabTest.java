package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import trimtab.app.output.Terminal;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Place;
import trimtab.lab.input.Problems;

class TrimtabTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(CommandLine commandLine, String... arguments) {
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Trimtab.run(commandLine, arguments);
  }

  private static CommandLine trimtab() {
    return Trimtab.commandLine(Terminal.NONE);
  }

  /// The real command line with one more command, which ends as `body` does.
  private static CommandLine with(Callable<Integer> body) {
    return trimtab().addSubcommand("probe", new Probe(body));
  }

  @Command(name = "probe")
  private static final class Probe implements Callable<Integer> {
    private final Callable<Integer> body;

    /// Read by the handler of failures, from the parsed command line.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--json")
    boolean json;

    private Probe(Callable<Integer> body) {
      this.body = body;
    }

    @Override
    public Integer call() throws Exception {
      return body.call();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "-h", "-V"})
  void answersOnStandardOutput(String option) {
    assertThat(run(trimtab(), option)).isEqualTo(0);
    assertThat(out.toString()).containsIgnoringCase("trimtab");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-such-option", "no-such-command", ""})
  void wrongUsageIsTwoLinesAndTwo(String argument) {
    String[] arguments = argument.isEmpty() ? new String[0] : new String[] {argument};
    assertThat(run(trimtab(), arguments)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(2).first().asString().startsWith("error: ");
    assertThat(err.toString()).contains("hint: ./trimtab --help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plna x | unknown command 'plna'; did you mean 'plan'?",
        "prove | unknown command 'prove'; known: replay stress plan verify",
        "plan --jsno x | unknown option '--jsno'; did you mean '--json'?",
        "plan x y | one argument too many: 'y'",
        "plan | Missing required parameter: 'FILE'",
      })
  void aTypoSuggestsTheNearestWord(String line, String expected) {
    assertThat(run(trimtab(), line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: " + expected);
  }

  @Test
  void aCommandsOwnCodeIsTheProcesssCode() {
    assertThat(run(with(() -> ExitCode.NO.number), "probe")).isEqualTo(1);
  }

  private static CommandLine withWrongInput(int problems) {
    return with(() -> {
      Problems found = new Problems();
      IntStream.range(0, problems)
          .forEach(i -> found.add(new Place("book.csv", i + 2, "quantity"), "bad " + i));
      found.throwIfAny();
      return 0;
    });
  }

  @Test
  void wrongInputShowsEveryLineUpToTheLimitAndNoTrace() {
    assertThat(run(withWrongInput(12), "probe")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .hasSize(Problems.KEPT_MAX + 1)
        .contains("error: book.csv:11: quantity: bad 9", "error: there are more errors than these")
        .noneMatch(line -> line.contains("\tat "));
  }

  @Test
  void wrongInputIsOneDocumentOnStandardOutputWhereJsonIsAsked() {
    assertThat(run(withWrongInput(1), "probe", "--json")).isEqualTo(2);
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().replaceAll("\\s", ""))
        .isEqualTo(
            "{\"error\":{\"code\":\"input\",\"file\":\"book.csv\",\"line\":2,\"field\":\"quantity\",\"message\":\"bad0\"}}");
  }

  @Test
  void wrongUsageIsOneDocumentOnStandardOutputWhereJsonIsAsked() {
    assertThat(run(withWrongInput(1), "probe", "--json", "--no-such-option")).isEqualTo(2);
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("\"usage\"", "--no-such-option");
  }

  @Test
  void aFaultOfTheCommandLineNamesNoFile() {
    Callable<Integer> body =
        () -> {
          throw new InputException("unknown crash '2025-11'");
        };
    assertThat(run(with(body), "probe")).isEqualTo(2);
    assertThat(err.toString()).isEqualToIgnoringNewLines("error: unknown crash '2025-11'");
  }

  @Test
  void anInternalFaultIsThreeAndShowsItsTraceOnlyWhenAsked() {
    Callable<Integer> body =
        () -> {
          throw new IllegalStateException("planted");
        };
    assertThat(run(with(body), "probe")).isEqualTo(3);
    assertThat(err.toString()).contains("planted", "--debug").doesNotContain("\tat ");
    assertThat(run(with(body), "--debug", "probe")).isEqualTo(3);
    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void anErrorIsNeverTakenForTheAnswerNo() {
    Callable<Integer> body =
        () -> {
          throw new AssertionError("planted");
        };
    assertThat(run(with(body), "probe")).isEqualTo(3);
    assertThat(err.toString()).contains("planted");
  }
}
