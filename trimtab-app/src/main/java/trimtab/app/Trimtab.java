package trimtab.app;

import java.math.BigDecimal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import trimtab.app.output.Terminal;

/// The command line: the one list of its commands. `./trimtab` starts it.
@Command(
    name = "trimtab",
    headerHeading = "Example: ./trimtab replay%n%n",
    description = "A partial-liquidation engine: closes the least that restores, with proof.",
    mixinStandardHelpOptions = true,
    versionProvider = Trimtab.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:the answer is no: a check failed",
      "2:wrong usage or input",
      "3:internal fault"
    },
    subcommands = {
      ReplayCommand.class,
      StressCommand.class,
      PlanCommand.class,
      VerifyCommand.class,
      ExplainCommand.class,
      ShadowCommand.class,
      ConformanceCommand.class,
      RulebooksCommand.class
    })
final class Trimtab implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--debug",
      description = "Show the stack trace of a failure.",
      scope = ScopeType.INHERIT)
  boolean debug;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      description = "Colour of words on a terminal (default: auto).",
      defaultValue = "auto",
      scope = ScopeType.INHERIT)
  Terminal.Colour colour = Terminal.Colour.AUTO;

  private final Terminal launched;

  private Trimtab(Terminal launched) {
    this.launched = launched;
  }

  /// The terminal, after what the command line says about colour.
  Terminal terminal() {
    return launched.with(colour);
  }

  /// The root object of a command line, or of one of its commands.
  static Trimtab of(CommandLine command) {
    CommandLine root = command;
    for (CommandLine up = command; up != null; up = up.getParent()) {
      root = up;
    }
    return root.getCommand();
  }

  public static void main(String[] arguments) {
    Terminal terminal = Terminal.of(System.getProperties(), System.getenv());
    System.exit(run(commandLine(terminal), arguments));
  }

  /// Runs one command line. Also an [Error] is an internal fault: left alone, the JVM would end
  /// with 1, which means that the answer is no.
  static int run(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.execute(arguments);
    } catch (Error fault) {
      fault.printStackTrace(commandLine.getErr());
      commandLine.getErr().flush();
      return ExitCode.INTERNAL.number;
    }
  }

  /// The whole command line, for `main` and for tests.
  static CommandLine commandLine(Terminal terminal) {
    Failures failures = new Failures(terminal);
    ColorScheme colours =
        CommandLine.Help.defaultColorScheme(terminal.stdoutColour() ? Ansi.ON : Ansi.OFF);
    return new CommandLine(new Trimtab(terminal))
        .registerConverter(BigDecimal.class, new DecimalOption())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(colours)
        .setUsageHelpWidth(Math.clamp(terminal.columns(), 60, 100))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /// Whether an option stands anywhere in the parsed command line.
  static boolean matched(ParseResult parsed, String option) {
    return parsed.hasMatchedOption(option)
        || (parsed.hasSubcommand() && matched(parsed.subcommand(), option));
  }

  /// Name and version of the program.
  static String version() {
    String version = Trimtab.class.getPackage().getImplementationVersion();
    return "Trimtab " + (version == null ? "(unpackaged)" : version);
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {version()};
    }
  }
}
