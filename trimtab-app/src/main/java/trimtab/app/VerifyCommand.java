package trimtab.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import trimtab.app.certificate.CertificateReader;
import trimtab.app.output.JsonText;
import trimtab.app.output.Style;
import trimtab.app.output.Style.Level;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;

/// `verify FILE`: runs the independent checker on a certificate.
@Command(
    name = "verify",
    headerHeading = "Example: ./trimtab verify examples/verify/certificate.json%n%n",
    description = {
      "Checks a certificate with the independent checker, which shares no code with the planner."
          + " FILE is what plan --certificate or plan --json wrote. A certificate that holds proves"
          + " its claim from the inputs stated in it; that these are the real ones is yours to"
          + " compare."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the certificate holds",
      "1:it does not; the findings are printed",
      "2:wrong usage or input",
      "3:internal fault"
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The certificate, JSON.")
  Path file = Path.of("");

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  @Override
  public Integer call() {
    Certificate certificate = CertificateReader.read(file);
    CheckResult result = CertificateChecker.check(certificate);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonText.print(out, document -> write(document, certificate, result));
    } else {
      print(out, certificate, result);
    }
    return (result.holds() ? ExitCode.FINE : ExitCode.NO).number;
  }

  private void print(PrintWriter out, Certificate certificate, CheckResult result) {
    Style style = new Style(Trimtab.of(spec.commandLine()).terminal().stdoutColour());
    String about =
        "the certificate of account %s under rulebook %s, claim %s"
            .formatted(certificate.account(), certificate.rulebook(), certificate.claim().kind());
    switch (result) {
      case CheckResult.Holds(List<String> verified) -> {
        out.println(style.level(Level.GOOD, "holds") + ": " + about);
        verified.forEach(line -> out.println("  " + style.level(Level.GOOD, "ok    ") + line));
      }
      case CheckResult.Fails(List<String> findings) -> {
        out.println(style.level(Level.BAD, "does not hold") + ": " + about);
        findings.forEach(line -> out.println("  " + style.level(Level.BAD, "no    ") + line));
      }
    }
    out.flush();
  }

  private static void write(JsonGenerator json, Certificate certificate, CheckResult result) {
    json.writeStartObject();
    json.writeBooleanProperty("certificateHolds", result.holds());
    json.writeStringProperty("account", certificate.account());
    json.writeStringProperty("rulebook", certificate.rulebook());
    json.writeStringProperty("claim", certificate.claim().kind());
    List<String> verified = List.of();
    List<String> findings = List.of();
    switch (result) {
      case CheckResult.Holds(List<String> lines) -> verified = lines;
      case CheckResult.Fails(List<String> lines) -> findings = lines;
    }
    strings(json, "verified", verified);
    strings(json, "findings", findings);
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, String key, List<String> lines) {
    json.writeArrayPropertyStart(key);
    lines.forEach(json::writeString);
    json.writeEndArray();
  }
}
