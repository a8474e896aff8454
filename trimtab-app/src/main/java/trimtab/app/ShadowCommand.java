package trimtab.app;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import trimtab.app.output.JsonText;
import trimtab.app.shadow.ShadowJson;
import trimtab.app.shadow.ShadowText;
import trimtab.core.rulebook.Rulebook;
import trimtab.lab.input.InputException;
import trimtab.lab.input.MarketsFile;
import trimtab.lab.input.Place;
import trimtab.lab.input.RulebookFit;
import trimtab.lab.input.RulebookSource;
import trimtab.lab.input.VenueStream;
import trimtab.lab.shadow.Shadow;
import trimtab.lab.shadow.ShadowResult;

/// `shadow`: a venue's own stream beside its decisions.
@Command(
    name = "shadow",
    headerHeading =
        "Example: ./trimtab shadow --positions examples/shadow/positions.csv --prices"
            + " examples/shadow/prices.csv --decisions examples/shadow/decisions.csv%n%n",
    description = {
      "Lists every decision in which a venue and a rulebook differ, with the reason. docs/shadow.md"
          + " describes the files, CSV or JSON Lines in the order of time."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no difference",
      "1:differences; they are listed",
      "2:wrong usage or input",
      "3:internal fault"
    })
final class ShadowCommand implements Callable<Integer> {
  private static final BigDecimal GRACE_MAX = BigDecimal.valueOf(86_400);
  private static final int NANO_DECIMALS = 9;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--positions",
      paramLabel = "FILE",
      required = true,
      description = "time,account,kind,instrument,quantity,price")
  Path positions = Path.of("");

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      required = true,
      description = "time,instrument,price")
  Path prices = Path.of("");

  @Option(
      names = "--decisions",
      paramLabel = "FILE",
      required = true,
      description = "time,account,instrument,quantity,price")
  Path decisions = Path.of("");

  @Option(
      names = "--rulebook",
      paramLabel = "NAME|FILE",
      description = "What would decide (default: target-health).",
      defaultValue = "target-health")
  Path rulebook = Path.of("target-health");

  @Option(
      names = "--grace",
      paramLabel = "S",
      converter = DecimalOption.class,
      description = "Seconds the venue may take to close (default: 0).",
      defaultValue = "0")
  BigDecimal grace = BigDecimal.ZERO;

  @Mixin MarketsOption markets = new MarketsOption();

  @Mixin JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    if (grace.signum() < 0 || grace.compareTo(GRACE_MAX) > 0) {
      throw new InputException(
          "--grace: must be 0 to %s seconds, not %s".formatted(GRACE_MAX, grace.toPlainString()));
    }
    Rulebook rules = RulebookSource.namedOrRead(rulebook);
    VenueStream stream =
        VenueStream.read(
            positions,
            prices,
            decisions,
            markets.file.map(MarketsFile::read).orElseGet(MarketsFile::shipped));
    RulebookFit.require(
        List.of(rules),
        stream.snapshots().stream().map(VenueStream.Snapshot::account).toList(),
        stream.listing());
    ShadowResult result = run(stream, rules);
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted) {
      JsonText.print(out, document -> ShadowJson.write(document, result, stream.listing(), rules));
    } else {
      ShadowText.lines(result, stream.listing(), rules, Trimtab.of(spec.commandLine()).terminal())
          .forEach(out::println);
      out.flush();
    }
    return (result.differing() == 0 ? ExitCode.FINE : ExitCode.NO).number;
  }

  private ShadowResult run(VenueStream stream, Rulebook rules) {
    try {
      return Shadow.run(stream, rules, grace.movePointRight(NANO_DECIMALS).longValue());
    } catch (Shadow.UnknownAccountException unknown) {
      throw new InputException(
          new Place(decisions.toString(), unknown.line(), "account"),
          String.valueOf(unknown.getMessage()));
    }
  }
}
