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
import tools.jackson.core.JsonGenerator;
import trimtab.app.explain.Explanation;
import trimtab.app.output.JsonText;

/// `explain FILE`: the record of a decision, in words.
@Command(
    name = "explain",
    headerHeading = "Example: ./trimtab explain examples/explain/plan.json%n%n",
    description = {
      "Prints the record of a decision: trigger, health, legs considered, sizes, costs, claim and what"
          + " its certificate proves, checked anew. FILE is what plan --json or replay --accounts-json"
          + " wrote; of a replay, --account and --slice choose."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:explained",
      "1:a certificate in the file does not hold",
      "2:wrong usage or input",
      "3:internal fault"
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The decisions, JSON.")
  Path file = Path.of("");

  @Option(names = "--account", paramLabel = "ID", description = "Of a replay: this account.")
  Optional<String> account = Optional.empty();

  @Option(
      names = "--slice",
      paramLabel = "N",
      description = "Of this account: its Nth decision alone, from 1.")
  Optional<Integer> slice = Optional.empty();

  @Option(
      names = "--json",
      description = "Print one JSON document: the lines, and whether the certificate holds.")
  boolean json;

  @Override
  public Integer call() {
    Explanation explanation =
        Explanation.of(file, account, slice, Trimtab.of(spec.commandLine()).terminal());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonText.print(out, document -> write(document, explanation));
    } else {
      explanation.lines().forEach(out::println);
      out.flush();
    }
    return (explanation.holds() ? ExitCode.FINE : ExitCode.NO).number;
  }

  private static void write(JsonGenerator json, Explanation explanation) {
    json.writeStartObject();
    json.writeBooleanProperty("holds", explanation.holds());
    json.writeArrayPropertyStart("lines");
    explanation.lines().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }
}
