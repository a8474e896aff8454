package trimtab.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import tools.jackson.core.JsonGenerator;
import trimtab.app.output.JsonText;
import trimtab.app.output.Style;
import trimtab.app.output.Style.Level;
import trimtab.app.output.Terminal;
import trimtab.lab.input.InputException;
import trimtab.lab.input.NearestWord;
import trimtab.lab.input.Place;
import trimtab.lab.input.Problem;

/// Turns failures into lines on standard error and an exit code; with `--json` into one document on
/// standard output. A stack trace is shown only on `--debug`.
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Terminal terminal;

  /// @param terminal as it is before the command line's own options are known
  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    String message = wrongUsage(failure);
    if (List.of(arguments).contains("--json")) {
      printJson(command, "usage", List.of(new Problem(Place.file(""), message)), false);
    } else {
      error(command, terminal, message);
      err.println("hint: ./" + command.getCommandSpec().qualifiedName() + " --help");
      err.flush();
    }
    return ExitCode.USAGE.number;
  }

  /// What is wrong with the command line, with the nearest word where one is unknown.
  private static String wrongUsage(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return Objects.requireNonNullElse(failure.getMessage(), "wrong usage");
    }
    String word = unmatched.getUnmatched().getFirst();
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    if (word.startsWith("-")) {
      List<String> options =
          command.options().stream().map(option -> option.longestName()).toList();
      return "unknown option '%s'%s".formatted(word, NearestWord.hint(word, options));
    }
    return command.subcommands().isEmpty()
        ? "one argument too many: '%s'".formatted(word)
        : "unknown command '%s'%s"
            .formatted(word, NearestWord.hint(word, command.subcommands().keySet()));
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    boolean debug = Trimtab.matched(parsed, "--debug");
    boolean json = Trimtab.matched(parsed, "--json");
    Terminal chosen = Trimtab.of(command).terminal();
    ExitCode code =
        failure instanceof InputException input
            ? wrongInput(input, command, chosen, json)
            : internalFault(failure, command, chosen, json, debug);
    if (debug) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return code.number;
  }

  private static ExitCode wrongInput(
      InputException input, CommandLine command, Terminal terminal, boolean json) {
    if (json) {
      printJson(command, "input", input.problems(), input.more());
    } else {
      input.problems().forEach(problem -> error(command, terminal, problem.text()));
      if (input.more()) {
        error(command, terminal, "there are more errors than these");
      }
    }
    return ExitCode.USAGE;
  }

  private static ExitCode internalFault(
      Exception failure, CommandLine command, Terminal terminal, boolean json, boolean debug) {
    String message = "internal fault: " + failure;
    if (json) {
      printJson(command, "internal", List.of(new Problem(Place.file(""), message)), false);
    } else {
      error(command, terminal, message);
    }
    if (!debug) {
      command.getErr().println("hint: repeat with --debug and report what it prints");
    }
    return ExitCode.INTERNAL;
  }

  private static void error(CommandLine command, Terminal terminal, String message) {
    String word = new Style(terminal.stderrColour()).level(Level.BAD, "error:");
    command.getErr().println(word + " " + message);
  }

  /// `{"error":{"code":"input","file":...,"line":14,"field":...,"message":...}}`: the first
  /// problem; `problems` lists all when there are several.
  private static void printJson(
      CommandLine command, String code, List<Problem> problems, boolean more) {
    JsonText.print(
        command.getOut(),
        json -> {
          json.writeStartObject();
          json.writeObjectPropertyStart("error");
          json.writeStringProperty("code", code);
          writeProblem(json, problems.getFirst());
          if (problems.size() > 1) {
            json.writeArrayPropertyStart("problems");
            for (Problem problem : problems) {
              json.writeStartObject();
              writeProblem(json, problem);
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanProperty("more", more);
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void writeProblem(JsonGenerator json, Problem problem) {
    Place place = problem.place();
    if (!place.source().isEmpty()) {
      json.writeStringProperty("file", place.source());
    }
    if (place.line() > 0) {
      json.writeNumberProperty("line", place.line());
    }
    if (!place.field().isEmpty()) {
      json.writeStringProperty("field", place.field());
    }
    json.writeStringProperty("message", problem.message());
  }
}
