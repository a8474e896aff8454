package trimtab.app.replay;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import trimtab.app.output.RepeatCommand;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.lab.book.Book;
import trimtab.lab.book.BookGenerator;
import trimtab.lab.book.BookParameters;
import trimtab.lab.book.BookParametersFile;
import trimtab.lab.input.BookFile;
import trimtab.lab.input.InputException;
import trimtab.lab.input.MarketsFile;
import trimtab.lab.input.RulebookCatalog;
import trimtab.lab.input.RulebookList;
import trimtab.lab.mark.PricePath;
import trimtab.lab.mark.WindowFeeds;
import trimtab.lab.replay.Replay;
import trimtab.lab.replay.ReplaySetup;
import trimtab.lab.replay.RunResult;
import trimtab.market.data.DataException;
import trimtab.market.data.PriceWindow;
import trimtab.market.data.PriceWindows;
import trimtab.market.data.WindowListing;
import trimtab.market.impact.ImpactCalibration;

/// From the command line's options to a replay that can run.
///
/// @param options as given
/// @param window prices
/// @param setup what is played
/// @param notes what the user should know before
public record ReplayInput(
    Options options, PriceWindow window, ReplaySetup setup, List<String> notes) {
  /// The window that is played when none is named.
  public static final String DEFAULT_WINDOW = "2025-10-tariff";

  private static final List<BigDecimal> SIDE_BY_SIDE =
      List.of(BigDecimal.ZERO, new BigDecimal("0.5"), BigDecimal.ONE);

  private static final BigDecimal IMPACT_MAX = BigDecimal.valueOf(100);
  private static final BigDecimal GAS_MAX = BigDecimal.valueOf(1_000_000);
  private static final int NANO_DECIMALS = 9;

  /// The options of the command, as they were parsed.
  public record Options(
      Optional<String> crash,
      List<String> symbols,
      Optional<Path> data,
      int accounts,
      long seed,
      Optional<Path> bookParameters,
      Optional<Path> book,
      Optional<Path> markets,
      List<Path> rulebooks,
      Optional<BigDecimal> impact,
      BigDecimal delay,
      BigDecimal gas,
      Optional<Integer> threads) {
    public Options {
      symbols = List.copyOf(symbols);
      rulebooks = List.copyOf(rulebooks);
    }
  }

  public ReplayInput {
    notes = List.copyOf(notes);
  }

  /// Reads all files and builds what is played.
  ///
  /// @throws InputException with what is wrong
  public static ReplayInput read(Options options) {
    requireSound(options);
    PriceWindows windows = windows(options.data());
    String crash = options.crash().orElseGet(() -> unnamed(options.data(), windows));
    PriceWindow window = prices(() -> windows.load(crash, options.symbols()));
    MarketsFile markets = options.markets().map(MarketsFile::read).orElseGet(MarketsFile::shipped);
    Listing listing = markets.plainListing(WindowFeeds.of(window));
    PricePath path = refusable("--markets", () -> PricePath.of(window, listing));
    Book book = book(options, listing, path);
    List<BigDecimal> impacts = options.impact().map(List::of).orElse(SIDE_BY_SIDE);
    boolean disturbed = impacts.stream().anyMatch(impact -> impact.signum() > 0);
    List<ImpactCalibration> calibrations =
        disturbed ? prices(() -> calibrations(window, listing)) : List.of();
    ReplaySetup setup =
        refusable(
            options.book().map(Path::toString).orElse("--accounts"),
            () ->
                new ReplaySetup(
                    listing,
                    path,
                    book,
                    RulebookList.of(options.rulebooks()),
                    impacts,
                    calibrations,
                    options.delay().movePointRight(NANO_DECIMALS).longValueExact(),
                    options.gas().movePointRight(listing.valueDecimals()).longValueExact()));
    List<String> notes = notes(window);
    notes.addAll(RulebookCatalog.notes(setup.rulebooks()));
    return new ReplayInput(options, window, setup, notes);
  }

  /// The windows to choose from.
  static PriceWindows windows(Optional<Path> data) {
    return prices(() -> data.map(PriceWindows::directory).orElseGet(PriceWindows::builtIn));
  }

  /// The window that is meant when none is named: of other prices their only one.
  private static String unnamed(Optional<Path> data, PriceWindows windows) {
    if (data.isEmpty()) {
      return DEFAULT_WINDOW;
    }
    List<String> names = windows.list().stream().map(WindowListing::name).toList();
    require(
        names.size() == 1 || names.contains(DEFAULT_WINDOW),
        "%s: has several windows; name one with --crash: %s"
            .formatted(data.get(), String.join(", ", names)));
    return names.size() == 1 ? names.getFirst() : DEFAULT_WINDOW;
  }

  private static void requireSound(Options options) {
    require(
        options.accounts() >= 1 && options.accounts() <= Book.ACCOUNTS_MAX,
        "--accounts: must be 1 to %,d, not %d".formatted(Book.ACCOUNTS_MAX, options.accounts()));
    options
        .impact()
        .ifPresent(impact ->
            require(
                impact.signum() >= 0 && impact.compareTo(IMPACT_MAX) <= 0,
                "--impact: must be 0 to %s, not %s".formatted(IMPACT_MAX, impact.toPlainString())));
    BigDecimal longest = BigDecimal.valueOf(ReplaySetup.DELAY_NANOS_MAX, NANO_DECIMALS);
    require(
        options.delay().signum() >= 0 && options.delay().compareTo(longest) <= 0,
        "--delay: must be 0 to %s seconds, not %s"
            .formatted(
                longest.stripTrailingZeros().toPlainString(), options.delay().toPlainString()));
    require(
        options.gas().signum() >= 0
            && options.gas().compareTo(GAS_MAX) <= 0
            && options.gas().stripTrailingZeros().scale() <= MarketsFile.MONEY_DECIMALS,
        "--gas: must be 0 to %s with at most %d decimals, not %s"
            .formatted(GAS_MAX, MarketsFile.MONEY_DECIMALS, options.gas().toPlainString()));
    options
        .threads()
        .ifPresent(threads ->
            require(
                threads >= 1 && threads <= Replay.THREADS_MAX,
                "--threads: must be 1 to %d, not %d".formatted(Replay.THREADS_MAX, threads)));
    require(
        options.rulebooks().size() <= ReplaySetup.VARIANTS_MAX,
        "--rulebook: at most %d are compared".formatted(ReplaySetup.VARIANTS_MAX));
    require(
        options.book().isEmpty() || options.bookParameters().isEmpty(),
        "--book-parameters: describes a generated book; leave it out beside --book");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InputException(message);
    }
  }

  private static Book book(Options options, Listing listing, PricePath path) {
    if (options.book().isPresent()) {
      Path file = options.book().get();
      return refusable(
          file.toString(), () -> Book.fromStart(BookFile.read(file, listing, path.marks(0))));
    }
    BookParameters parameters =
        options
            .bookParameters()
            .map(BookParametersFile::read)
            .orElseGet(BookParametersFile::shipped);
    return refusable(
        options.bookParameters().map(Path::toString).orElse("--markets"),
        () ->
            new BookGenerator(parameters, listing, path)
                .generate(options.seed(), options.accounts()));
  }

  /// Over the whole window of each market, also the minutes that another market lacks.
  private static List<ImpactCalibration> calibrations(PriceWindow window, Listing listing) {
    List<ImpactCalibration> calibrations = new ArrayList<>();
    for (Feed feed : listing.feeds()) {
      int market = window.symbols().indexOf(feed.name());
      calibrations.add(ImpactCalibration.of(window.wholeMarkets().get(market)));
    }
    return calibrations;
  }

  private static List<String> notes(PriceWindow window) {
    List<String> notes = new ArrayList<>();
    for (int market = 0; market < window.symbols().size(); market++) {
      int cut = window.minutesCut(market);
      if (cut > 0) {
        notes.add(
            "%s: %,d of its minutes are not played, as another market lacks them"
                .formatted(window.symbols().get(market), cut));
      }
    }
    return notes;
  }

  private static <T> T prices(Supplier<T> loading) {
    try {
      return loading.get();
    } catch (DataException failure) {
      throw new InputException(String.valueOf(failure.getMessage()));
    }
  }

  /// Values that the core's integers do not hold are the input's fault.
  private static <T> T refusable(String source, Supplier<T> building) {
    try {
      return building.get();
    } catch (IllegalArgumentException | ArithmeticException refusal) {
      throw new InputException(source + ": " + refusal.getMessage());
    }
  }

  /// How many runs are played at a time.
  public int threads(int runs) {
    int processors = Runtime.getRuntime().availableProcessors();
    return options.threads().orElse(Math.min(processors, runs));
  }

  public ReplayReport report(List<RunResult> results) {
    return new ReplayReport(
        window,
        setup.listing(),
        setup.book(),
        options.book().map(Path::toString).orElse("generated"),
        options.seed(),
        options.delay(),
        options.gas(),
        setup.calibrations(),
        results,
        repeat());
  }

  /// The command that gives the same results.
  private String repeat() {
    RepeatCommand command = new RepeatCommand("./trimtab replay").option("--crash", window.name());
    options.data().ifPresent(data -> command.option("--data", data.toString()));
    if (!options.symbols().isEmpty()) {
      command.option("--symbols", String.join(",", options.symbols()));
    }
    options
        .book()
        .ifPresentOrElse(
            file -> command.option("--book", file.toString()),
            () -> {
              command.option("--accounts", Integer.toString(options.accounts()));
              command.option("--seed", Long.toString(options.seed()));
            });
    options.bookParameters().ifPresent(f -> command.option("--book-parameters", f.toString()));
    options.markets().ifPresent(file -> command.option("--markets", file.toString()));
    options.rulebooks().forEach(file -> command.option("--rulebook", file.toString()));
    options.impact().ifPresent(m -> command.option("--impact", m.toPlainString()));
    if (options.delay().signum() > 0) {
      command.option("--delay", options.delay().toPlainString());
    }
    if (options.gas().signum() > 0) {
      command.option("--gas", options.gas().toPlainString());
    }
    return command.toString();
  }
}
