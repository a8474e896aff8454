package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class TrimtabTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(CommandLine commandLine, String... arguments) {
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Trimtab.run(commandLine, arguments);
  }

  private static CommandLine trimtab() {
    return Trimtab.commandLine(new Terminal(false, false, 80, false));
  }

  /// The real command line with one more command, which ends as `body` does.
  private static CommandLine with(Callable<Integer> body) {
    return trimtab().addSubcommand("probe", new Probe(body));
  }

  @Command(name = "probe")
  private record Probe(Callable<Integer> body) implements Callable<Integer> {
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

  @Test
  void aCommandsOwnCodeIsTheProcesssCode() {
    assertThat(run(with(() -> ExitCode.NO.number), "probe")).isEqualTo(1);
  }

  @Test
  void wrongInputShowsEveryLineUpToTheLimitAndNoTrace() {
    List<String> lines = IntStream.range(0, 12).mapToObj(i -> "book.csv:" + i + ": bad").toList();
    Callable<Integer> body =
        () -> {
          throw new InputException(lines);
        };
    assertThat(run(with(body), "probe")).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(Failures.SHOWN_ERRORS + 1)
        .contains("error: book.csv:9: bad", "error: 2 more errors are not shown")
        .noneMatch(line -> line.contains("\tat "));
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
