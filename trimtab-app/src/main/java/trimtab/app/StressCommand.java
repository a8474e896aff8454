package trimtab.app;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import trimtab.app.output.JsonText;
import trimtab.app.output.Numbers;
import trimtab.app.output.ProgressLine;
import trimtab.app.output.Terminal;
import trimtab.app.stress.StressInput;
import trimtab.app.stress.StressPage;
import trimtab.app.stress.StressReport;
import trimtab.lab.stress.Stress;
import trimtab.lab.stress.StressResult;

/// `stress`: a book as it stands under a grid of shocks, in one step.
@Command(
    name = "stress",
    headerHeading =
        "Example: ./trimtab stress --book examples/stress/book.csv --shock 'price=-40..0:10"
            + " depth=-80..0:80'%n%n",
    description = {
      "Judges and plans every account of a book at every point of a grid of price, volatility and"
          + " depth, in one step, and shows per rulebook what is liquidatable, what would be closed,"
          + " and what is lost. docs/stress.md defines every figure."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:fine", "2:wrong usage or input", "3:internal fault"})
final class StressCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--book",
      paramLabel = "FILE",
      required = true,
      description = "Accounts: CSV account,kind,instrument,quantity,price.")
  Path book = Path.of("");

  @Option(
      names = "--shock",
      paramLabel = "GRID",
      required = true,
      description =
          "Percent changes, each FROM..TO:STEP or one value: 'price=-40..0:5 vol=0..100:50"
              + " depth=-80..0:40'; price.ETHUSDT=... moves one market.")
  String shock = "";

  @Option(
      names = "--marks",
      paramLabel = "FILE",
      description =
          "Prices before the shock: CSV instrument,price (default: of each market the mean entry"
              + " price of its perps in the book).")
  Optional<Path> marks = Optional.empty();

  @Option(
      names = "--liquidity",
      paramLabel = "FILE",
      description = "Daily volatility and volume of the markets, and their depth.")
  Optional<Path> liquidity = Optional.empty();

  @Option(
      names = "--impact",
      paramLabel = "M",
      converter = DecimalOption.class,
      description = "Multiple of the price impact (default: that of the liquidity file, 1).")
  Optional<BigDecimal> impact = Optional.empty();

  @Option(
      names = "--fund",
      paramLabel = "USD",
      converter = DecimalOption.class,
      description = "What the insurance fund holds (default: it pays every deficit).")
  Optional<BigDecimal> fund = Optional.empty();

  @Mixin RunOptions run = new RunOptions();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Terminal terminal = Trimtab.of(spec.commandLine()).terminal();
    Optional<Path> target = run.report.target(run.json.wanted, spec.commandLine().getErr());
    StressInput input =
        StressInput.read(
            new StressInput.Options(
                book,
                shock,
                marks,
                run.markets.file,
                run.rulebooks,
                liquidity,
                impact,
                fund,
                run.threads));
    input.notes().forEach(this::note);
    StressReport result = input.report(stress(input, terminal));
    if (run.json.wanted) {
      JsonText.print(out, result::writeJson);
    } else {
      new StressPage(result, terminal).print(out);
    }
    ReportOption.write(target, () -> result.html(Trimtab.version()), run.json.wanted, out);
    return ExitCode.FINE.number;
  }

  private List<StressResult> stress(StressInput input, Terminal terminal)
      throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    long startNanos = System.nanoTime();
    long steps = Stress.steps(input.setup());
    List<StressResult> results = new ArrayList<>();
    try (ProgressLine progress =
        new ProgressLine(err, terminal, "stress", steps, "steps").start()) {
      results.addAll(Stress.run(input.setup(), input.threads(), progress::step));
    }
    Numbers numbers = new Numbers(terminal.unicode());
    err.println(
        "Stressed %s %s at %s %s under %s %s in %.1f s."
            .formatted(
                numbers.exact(input.setup().accounts().size(), 0),
                input.setup().accounts().size() == 1 ? "account" : "accounts",
                numbers.exact(results.getFirst().points().size(), 0),
                results.getFirst().points().size() == 1 ? "point" : "points",
                numbers.exact(results.size(), 0),
                results.size() == 1 ? "rulebook" : "rulebooks",
                (System.nanoTime() - startNanos) / 1e9));
    err.flush();
    return results;
  }

  private void note(String text) {
    spec.commandLine().getErr().println("note: " + text);
    spec.commandLine().getErr().flush();
  }
}
