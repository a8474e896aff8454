package trimtab.app;

import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns failures into lines on standard error and an exit code. A stack trace is shown only on
/// `--debug`.
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /// The most input errors that are shown at once; how many more there are is said.
  static final int SHOWN_ERRORS = 10;

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    error(command, Objects.requireNonNullElse(failure.getMessage(), "wrong usage"));
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("hint: ./" + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE.number;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    boolean debug = Trimtab.debug(parsed);
    ExitCode code = report(failure, command, debug);
    if (debug) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return code.number;
  }

  private static ExitCode report(Exception failure, CommandLine command, boolean debug) {
    if (failure instanceof InputException input) {
      int shown = Math.min(SHOWN_ERRORS, input.lines().size());
      input.lines().subList(0, shown).forEach(line -> error(command, line));
      int more = input.lines().size() - shown;
      if (more > 0) {
        error(command, more + " more errors are not shown");
      }
      return ExitCode.USAGE;
    }
    error(command, "internal fault: " + failure);
    if (!debug) {
      command.getErr().println("hint: repeat with --debug and report what it prints");
    }
    return ExitCode.INTERNAL;
  }

  private static void error(CommandLine command, String message) {
    String word = command.getColorScheme().ansi().string("@|bold,red error:|@");
    command.getErr().println(word + " " + message);
  }
}
