package trimtab.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import trimtab.app.output.Terminal;

/// One run of the real command line inside a test.
record CommandLineRun(int exitCode, String out, String err) {
  static CommandLineRun of(String... arguments) {
    return of(Terminal.NONE, arguments);
  }

  static CommandLineRun of(Terminal terminal, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Trimtab.commandLine(terminal).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = Trimtab.run(commandLine, arguments);
    return new CommandLineRun(exitCode, out.toString(), err.toString());
  }
}
