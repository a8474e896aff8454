package trimtab.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import trimtab.app.output.Style;
import trimtab.app.rulebooks.RulebookYaml;
import trimtab.lab.input.RulebookCatalog;

/// `rulebooks`: what there is, and `rulebooks show NAME`.
@Command(
    name = "rulebooks",
    headerHeading = "Example: ./trimtab rulebooks show dydx-v4%n%n",
    description = {
      "Lists the rulebooks: our own, and those of venues and protocols, each with what it closes."
    },
    mixinStandardHelpOptions = true,
    subcommands = RulebooksCommand.Show.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:fine", "2:wrong usage or input", "3:internal fault"})
final class RulebooksCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Style style = new Style(Trimtab.of(spec.commandLine()).terminal().stdoutColour());
    List<RulebookCatalog.Entry> entries = RulebookCatalog.entries();
    int width = entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
    for (RulebookCatalog.Entry entry : entries) {
      String name = entry.name() + " ".repeat(width - entry.name().length());
      out.println(style.bold(name) + "  " + entry.summary());
      if (!entry.misfit().isEmpty()) {
        out.println(" ".repeat(width) + "  figures only: " + entry.misfit());
      }
      if (!entry.leftOut().isEmpty()) {
        out.println(" ".repeat(width) + "  not played: " + entry.leftOut());
      }
    }
    out.println("show one: ./trimtab rulebooks show NAME");
    out.flush();
    return ExitCode.FINE.number;
  }

  /// `rulebooks show NAME`: a rulebook as a file that can be edited and passed back.
  @Command(
      name = "show",
      headerHeading = "Example: ./trimtab rulebooks show target-health > my-rules.yaml%n%n",
      description = {
        "Prints a rulebook as YAML: the rule in words, and every constant with its unit. Edit it"
            + " and pass it back with --rulebook FILE."
      },
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:fine", "2:wrong usage or input", "3:internal fault"})
  static final class Show implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "As rulebooks lists it.")
    String name = "";

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      out.print(RulebookYaml.of(name));
      out.flush();
      return ExitCode.FINE.number;
    }
  }
}
