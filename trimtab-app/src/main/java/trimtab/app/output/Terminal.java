package trimtab.app.output;

import java.util.Map;
import java.util.Properties;

/// Where the output goes, as the launcher saw it. The JVM cannot tell whether standard error is a
/// terminal, nor how wide it is, so nothing here is guessed: without the launcher it is no
/// terminal.
///
/// @param stdoutTerminal whether standard output is a terminal
/// @param stderrTerminal whether standard error is a terminal
/// @param columns width in characters; [#DEFAULT_COLUMNS] where it is unknown
/// @param stdoutColour whether colour may be used on standard output
/// @param stderrColour whether colour may be used on standard error
/// @param unicode whether standard output can show more than ASCII
public record Terminal(
    boolean stdoutTerminal,
    boolean stderrTerminal,
    int columns,
    boolean stdoutColour,
    boolean stderrColour,
    boolean unicode) {
  public static final int DEFAULT_COLUMNS = 80;

  /// No terminal at all: what a test or a pipe sees.
  public static final Terminal NONE =
      new Terminal(false, false, DEFAULT_COLUMNS, false, false, true);

  /// What the user says about colour.
  public enum Colour {
    AUTO,
    ALWAYS,
    NEVER
  }

  /// Reads the launcher's `trimtab.*` properties and the environment's wishes about colour:
  /// `NO_COLOR` (set, not empty) before `CLICOLOR_FORCE` before the terminal; `TERM=dumb` means
  /// none.
  public static Terminal of(Properties properties, Map<String, String> environment) {
    boolean stdout = flag(properties, "trimtab.stdoutTerminal");
    boolean stderr = flag(properties, "trimtab.stderrTerminal");
    return new Terminal(
        stdout,
        stderr,
        columns(properties.getProperty("trimtab.columns", "")),
        colour(stdout, environment),
        colour(stderr, environment),
        properties.getProperty("stdout.encoding", "").equalsIgnoreCase("UTF-8"));
  }

  /// The same terminal after `--color`, which comes before the environment.
  public Terminal with(Colour choice) {
    return switch (choice) {
      case AUTO -> this;
      case ALWAYS -> withColour(true);
      case NEVER -> withColour(false);
    };
  }

  private Terminal withColour(boolean on) {
    return new Terminal(stdoutTerminal, stderrTerminal, columns, on, on, unicode);
  }

  private static boolean flag(Properties properties, String name) {
    return properties.getProperty(name, "false").equals("true");
  }

  private static int columns(String text) {
    boolean plausible = text.matches("[1-9][0-9]{0,3}");
    return plausible ? Integer.parseInt(text) : DEFAULT_COLUMNS;
  }

  private static boolean colour(boolean terminal, Map<String, String> environment) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    String force = environment.getOrDefault("CLICOLOR_FORCE", "");
    if (!force.isEmpty() && !force.equals("0")) {
      return true;
    }
    return terminal && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
