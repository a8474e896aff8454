package trimtab.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  private static Terminal terminal(String stdout, String columns, Map<String, String> environment) {
    Properties properties = new Properties();
    properties.setProperty("trimtab.stdoutTerminal", stdout);
    properties.setProperty("trimtab.columns", columns);
    return Terminal.of(properties, environment);
  }

  @Test
  void withoutTheLauncherNothingIsATerminal() {
    assertThat(Terminal.of(new Properties(), Map.of()))
        .isEqualTo(new Terminal(false, false, Terminal.DEFAULT_COLUMNS, false, false, false));
  }

  @ParameterizedTest
  @CsvSource({"132,132", "0,80", "'',80", "-5,80", "wide,80", "99999,80"})
  void takesThePlausibleWidth(String columns, int expected) {
    assertThat(terminal("true", columns, Map.of()).columns()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "true,  '', '', xterm, true",
    "false, '', '', xterm, false",
    "true,  '', '', dumb,  false",
    "true,  1,  1,  xterm, false",
    "false, '', 1,  xterm, true",
    "false, '', 0,  xterm, false",
  })
  void colourFollowsTheEnvironmentThenTheTerminal(
      String stdout, String noColor, String force, String term, boolean expected) {
    Map<String, String> environment =
        Map.of("NO_COLOR", noColor, "CLICOLOR_FORCE", force, "TERM", term);
    assertThat(terminal(stdout, "80", environment).stdoutColour()).isEqualTo(expected);
  }

  @Test
  void colourIsDecidedForEachStream() {
    Properties properties = new Properties();
    properties.setProperty("trimtab.stderrTerminal", "true");
    Terminal piped = Terminal.of(properties, Map.of("TERM", "xterm"));
    assertThat(piped.stdoutColour()).isFalse();
    assertThat(piped.stderrColour()).isTrue();
  }

  @Test
  void theOptionComesBeforeTheEnvironment() {
    Terminal terminal = terminal("true", "80", Map.of("TERM", "xterm"));
    assertThat(terminal.with(Terminal.Colour.NEVER).stdoutColour()).isFalse();
    assertThat(terminal.with(Terminal.Colour.AUTO).stdoutColour()).isTrue();
    assertThat(Terminal.NONE.with(Terminal.Colour.ALWAYS).stderrColour()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"UTF-8,true", "utf-8,true", "ANSI_X3.4-1968,false", "'',false"})
  void asciiUnlessTheOutputIsUtf8(String encoding, boolean expected) {
    Properties properties = new Properties();
    properties.setProperty("stdout.encoding", encoding);
    assertThat(Terminal.of(properties, Map.of()).unicode()).isEqualTo(expected);
  }
}
