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
import trimtab.app.output.TextFile;
import trimtab.app.replay.ReplayInput;
import trimtab.app.replay.ReplayPage;
import trimtab.app.replay.ReplayReport;
import trimtab.app.replay.WindowList;
import trimtab.lab.replay.Kept;
import trimtab.lab.replay.Replay;
import trimtab.lab.replay.RunResult;

/// `replay`: plays rulebooks on a real crash and compares what they do.
@Command(
    name = "replay",
    headerHeading = "Example: ./trimtab replay --crash 2020-03 --accounts 2000%n%n",
    description = {
      "Plays rulebooks on the minutes of a real crash, on the same accounts, with and without the"
          + " price impact of the liquidations themselves, and compares what they cost. Every"
          + " liquidation's certificate is checked. docs/replay.md defines every figure."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all certificates hold",
      "1:a certificate does not hold",
      "2:wrong usage or input",
      "3:internal fault"
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--crash",
      paramLabel = "NAME",
      description =
          "Window of prices, or a unique beginning of its name (default: "
              + ReplayInput.DEFAULT_WINDOW
              + "; with --data its only window).")
  Optional<String> crash = Optional.empty();

  @Option(
      names = "--symbols",
      paramLabel = "A,B",
      split = ",",
      description = "Markets to play (default: BTCUSDT,ETHUSDT; with --data all of the window).")
  List<String> symbols = List.of();

  @Option(names = "--list", description = "List the windows and their symbols.")
  boolean list;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Other prices: files binance-spot-1m_WINDOW_SYMBOL.csv.gz.")
  Optional<Path> data = Optional.empty();

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description = "Accounts to generate (default: ${DEFAULT-VALUE}).",
      defaultValue = "10000")
  int accounts;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the accounts (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  long seed;

  @Option(
      names = "--book-parameters",
      paramLabel = "FILE",
      description = "How the generated accounts look.")
  Optional<Path> bookParameters = Optional.empty();

  @Option(
      names = "--book",
      paramLabel = "FILE",
      description = "Accounts instead: CSV account,kind,instrument,quantity,price.")
  Optional<Path> book = Optional.empty();

  @Option(
      names = "--impact",
      paramLabel = "M",
      converter = DecimalOption.class,
      description = "Multiple of the calibrated price impact (default: 0, 0.5 and 1 side by side).")
  Optional<BigDecimal> impact = Optional.empty();

  @Option(
      names = "--delay",
      paramLabel = "SECONDS",
      converter = DecimalOption.class,
      description = "Prices reach the engine, and orders the market, so much later (default: 0).",
      defaultValue = "0")
  BigDecimal delay = BigDecimal.ZERO;

  @Option(
      names = "--gas",
      paramLabel = "USD",
      converter = DecimalOption.class,
      description = "Fixed cost of each liquidation (default: 0).",
      defaultValue = "0")
  BigDecimal gas = BigDecimal.ZERO;

  @Mixin RunOptions run = new RunOptions();

  @Option(
      names = "--accounts-json",
      paramLabel = "FILE",
      description = "Write what happened to each account to FILE.")
  Optional<Path> accountsJson = Optional.empty();

  @Option(
      names = "--no-proofs",
      description =
          "Leave g(q) and certificate of each decision, which explain draws and checks, out of"
              + " --accounts-json: two fifths of its size.")
  boolean noProofs;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Terminal terminal = Trimtab.of(spec.commandLine()).terminal();
    if (list) {
      WindowList.print(data, out, run.json.wanted, terminal);
      return ExitCode.FINE.number;
    }
    accountsJson.ifPresent(TextFile::requireWritable);
    Optional<Path> target = run.report.target(run.json.wanted, spec.commandLine().getErr());
    ReplayInput input =
        ReplayInput.read(
            new ReplayInput.Options(
                crash,
                symbols,
                data,
                accounts,
                seed,
                bookParameters,
                book,
                run.markets.file,
                run.rulebooks,
                impact,
                delay,
                gas,
                run.threads));
    input.notes().forEach(this::note);
    ReplayReport result =
        input.report(
            play(
                input,
                terminal,
                new Kept(target.isPresent(), accountsJson.isPresent() && !noProofs)));
    accountsJson.ifPresent(file -> result.writeAccounts(file));
    if (run.json.wanted) {
      JsonText.print(out, result::writeJson);
    } else {
      new ReplayPage(result, terminal).print(out);
    }
    ReportOption.write(target, () -> result.html(Trimtab.version()), run.json.wanted, out);
    return result.certificatesFailed() == 0 ? ExitCode.FINE.number : ExitCode.NO.number;
  }

  private List<RunResult> play(ReplayInput input, Terminal terminal, Kept kept)
      throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    long startNanos = System.nanoTime();
    int runs = input.setup().rulebooks().size() * input.setup().impacts().size();
    long bars = (long) runs * input.setup().path().bars();
    List<RunResult> results = new ArrayList<>();
    try (ProgressLine progress =
        new ProgressLine(err, terminal, "replay " + input.window().name(), bars, "bars").start()) {
      int threads = input.threads(runs);
      results.addAll(Replay.run(input.setup(), threads, progress::step, kept));
    }
    Numbers numbers = new Numbers(terminal.unicode());
    err.println(
        "Replayed %s minutes x %s accounts x %s x %s in %.1f s."
            .formatted(
                numbers.exact(input.setup().path().bars(), 0),
                numbers.exact(input.setup().book().openings().size(), 0),
                counted(input.setup().rulebooks().size(), "rulebook"),
                counted(input.setup().impacts().size(), "impact"),
                (System.nanoTime() - startNanos) / 1e9));
    err.flush();
    return results;
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private void note(String text) {
    spec.commandLine().getErr().println("note: " + text);
    spec.commandLine().getErr().flush();
  }
}
