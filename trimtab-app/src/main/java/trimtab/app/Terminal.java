package trimtab.app;

import java.util.Map;
import java.util.Properties;

/// Where the output goes, as the launcher saw it. The JVM cannot tell whether standard error is a
/// terminal, nor how wide it is, so nothing here is guessed: without the launcher it is no
/// terminal.
///
/// @param stdoutTerminal whether standard output is a terminal
/// @param stderrTerminal whether standard error is a terminal
/// @param columns width in characters; [#DEFAULT_COLUMNS] where it is unknown
/// @param colour whether colour may be used on the terminal
record Terminal(boolean stdoutTerminal, boolean stderrTerminal, int columns, boolean colour) {
  static final int DEFAULT_COLUMNS = 80;

  /// Reads the launcher's `trimtab.*` properties and the environment's wishes about colour:
  /// `NO_COLOR` (set, not empty) before `CLICOLOR_FORCE` before the terminal; `TERM=dumb` means
  /// none.
  static Terminal of(Properties properties, Map<String, String> environment) {
    boolean stdout = flag(properties, "trimtab.stdoutTerminal");
    return new Terminal(
        stdout,
        flag(properties, "trimtab.stderrTerminal"),
        columns(properties.getProperty("trimtab.columns", "")),
        colour(stdout, environment));
  }

  private static boolean flag(Properties properties, String name) {
    return properties.getProperty(name, "false").equals("true");
  }

  private static int columns(String text) {
    boolean plausible = text.matches("[1-9][0-9]{0,3}");
    return plausible ? Integer.parseInt(text) : DEFAULT_COLUMNS;
  }

  private static boolean colour(boolean stdoutTerminal, Map<String, String> environment) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    String force = environment.getOrDefault("CLICOLOR_FORCE", "");
    if (!force.isEmpty() && !force.equals("0")) {
      return true;
    }
    return stdoutTerminal && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
