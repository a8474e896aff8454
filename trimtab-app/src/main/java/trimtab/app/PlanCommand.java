package trimtab.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import trimtab.app.certificate.CertificateJson;
import trimtab.app.output.JsonText;
import trimtab.app.output.Terminal;
import trimtab.app.output.TextFile;
import trimtab.app.plan.Decision;
import trimtab.app.plan.PlanJson;
import trimtab.app.plan.PlanPicture;
import trimtab.app.plan.PlanText;
import trimtab.lab.input.PlanFile;

/// `plan FILE`: decides about one account and shows why.
@Command(
    name = "plan",
    headerHeading = "Example: ./trimtab plan examples/perp-long.yaml%n%n",
    description = {
      "Decides about one account: what is closed, how much of it, and why not less. FILE (YAML or"
          + " JSON) gives the account, the marks, and as needed markets, rulebook and depth; the"
          + " files in examples/ explain every key."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a plan, or the account is healthy",
      "1:the plan's certificate does not hold",
      "2:wrong usage or input",
      "3:internal fault"
    })
final class PlanCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The plan file.")
  Path file = Path.of("");

  @Option(names = "--json", description = "Print one JSON document, certificate included.")
  boolean json;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "Write the certificate to FILE; ./trimtab verify FILE checks it.")
  Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Draw the leg that was sized: g(q), the chosen size, the next smaller one.")
  Optional<Path> svg = Optional.empty();

  @Override
  public Integer call() {
    Decision decision = Decision.of(PlanFile.read(file));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonText.print(out, document -> PlanJson.write(document, decision));
    } else {
      Terminal terminal = Trimtab.of(spec.commandLine()).terminal();
      PlanText.lines(decision, terminal).forEach(out::println);
      out.flush();
    }
    return switch (decision) {
      case Decision.Close close -> finish(close).number;
      case Decision.Healthy _, Decision.Nothing _, Decision.Misfit _ -> {
        certificate.ifPresent(
            target -> note("nothing is closed, so " + target + " is not written"));
        svg.ifPresent(target -> note("nothing is closed, so " + target + " is not drawn"));
        yield ExitCode.FINE.number;
      }
    };
  }

  private ExitCode finish(Decision.Close close) {
    certificate.ifPresent(target ->
        JsonText.write(target, document -> CertificateJson.write(document, close.certificate())));
    svg.ifPresent(target -> TextFile.write(target, PlanPicture.svg(close)));
    return close.check().holds() ? ExitCode.FINE : ExitCode.NO;
  }

  private void note(String text) {
    spec.commandLine().getErr().println("note: " + text);
    spec.commandLine().getErr().flush();
  }
}
