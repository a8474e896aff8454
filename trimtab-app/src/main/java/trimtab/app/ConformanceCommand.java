package trimtab.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import trimtab.app.output.JsonText;
import trimtab.app.output.Style;
import trimtab.app.output.Style.Level;
import trimtab.lab.conformance.Conformance;
import trimtab.lab.conformance.Conformance.Status;
import trimtab.lab.conformance.Conformance.Verdict;
import trimtab.lab.conformance.VenueTally;

/// `conformance FILE...`: golden cases against the rulebooks.
@Command(
    name = "conformance",
    headerHeading = "Example: ./trimtab conformance examples/conformance/cases.json%n%n",
    description = {
      "Holds what venues state in their own tests and documents against the rulebooks of the same"
          + " names. docs/golden-format.md describes the files."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no case failed",
      "1:a case failed; it is listed",
      "2:wrong usage or input",
      "3:internal fault"
    })
final class ConformanceCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Cases, JSON.")
  List<Path> files = List.of();

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  @Override
  public Integer call() {
    List<Verdict> verdicts = Conformance.run(files);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonText.print(out, document -> write(document, verdicts));
    } else {
      print(out, verdicts);
    }
    return (count(verdicts, Status.FAILED) == 0 ? ExitCode.FINE : ExitCode.NO).number;
  }

  private void print(PrintWriter out, List<Verdict> verdicts) {
    Style style = new Style(Trimtab.of(spec.commandLine()).terminal().stdoutColour());
    List<VenueTally> venues = VenueTally.of(verdicts);
    int width = venues.stream().mapToInt(venue -> venue.venue().length()).max().orElse(0);
    for (VenueTally venue : venues) {
      out.println(
          "%s  %s%s%s"
              .formatted(
                  venue.venue() + " ".repeat(width - venue.venue().length()),
                  style.level(Level.GOOD, "%3d passed".formatted(venue.passed())),
                  some(style, Level.BAD, venue.failed(), "failed"),
                  some(style, Level.PARTIAL, venue.unsupported(), "unsupported")));
    }
    for (Verdict verdict : verdicts) {
      switch (verdict.status()) {
        case PASSED -> {}
        case FAILED -> {
          out.println(style.level(Level.BAD, "failed") + ": " + verdict.id());
          out.println("  expected  " + verdict.expected());
          out.println("  actual    " + verdict.actual());
        }
        case UNSUPPORTED ->
            out.println(
                style.level(Level.PARTIAL, "unsupported")
                    + ": "
                    + verdict.id()
                    + ": "
                    + verdict.actual());
      }
    }
    out.println(
        "%d passed, %d failed, %d unsupported"
            .formatted(
                count(verdicts, Status.PASSED),
                count(verdicts, Status.FAILED),
                count(verdicts, Status.UNSUPPORTED)));
    out.flush();
  }

  private static String some(Style style, Level level, long count, String word) {
    return count == 0 ? "" : ", " + style.level(level, count + " " + word);
  }

  private static long count(List<Verdict> verdicts, Status status) {
    return verdicts.stream().filter(verdict -> verdict.status() == status).count();
  }

  private static void write(JsonGenerator json, List<Verdict> verdicts) {
    json.writeStartObject();
    json.writeNumberProperty("passed", count(verdicts, Status.PASSED));
    json.writeNumberProperty("failed", count(verdicts, Status.FAILED));
    json.writeNumberProperty("unsupported", count(verdicts, Status.UNSUPPORTED));
    json.writeArrayPropertyStart("cases");
    for (Verdict verdict : verdicts) {
      json.writeStartObject();
      json.writeStringProperty("id", verdict.id());
      json.writeStringProperty("venue", verdict.venue());
      json.writeStringProperty("kind", verdict.kind());
      json.writeStringProperty("status", verdict.status().name().toLowerCase(Locale.ROOT));
      json.writeStringProperty("expected", verdict.expected());
      json.writeStringProperty("actual", verdict.actual());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
