package trimtab.app.stress;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.app.output.RepeatCommand;
import trimtab.core.instrument.Feed;
import trimtab.lab.input.InputException;
import trimtab.lab.input.MarkedBook;
import trimtab.lab.input.MarketsFile;
import trimtab.lab.input.Place;
import trimtab.lab.input.RulebookCatalog;
import trimtab.lab.input.RulebookList;
import trimtab.lab.stress.LiquidityFile;
import trimtab.lab.stress.ShockGrid;
import trimtab.lab.stress.Stress;
import trimtab.lab.stress.StressResult;
import trimtab.lab.stress.StressSetup;

/// From the command line's options to a stress that can run.
///
/// @param options as given
/// @param setup what is stressed
/// @param bookHash SHA-256 of the book's file
/// @param notes what the user should know before
public record StressInput(Options options, StressSetup setup, String bookHash, List<String> notes) {
  private static final BigDecimal FUND_MAX = new BigDecimal("1e12");

  /// The options of the command, as they were parsed.
  public record Options(
      Path book,
      String shock,
      Optional<Path> marks,
      Optional<Path> markets,
      List<Path> rulebooks,
      Optional<Path> liquidity,
      Optional<BigDecimal> impact,
      Optional<BigDecimal> fund,
      Optional<Integer> threads) {
    public Options {
      rulebooks = List.copyOf(rulebooks);
    }
  }

  public StressInput {
    notes = List.copyOf(notes);
  }

  /// Reads all files and builds what is stressed.
  ///
  /// @throws InputException with what is wrong
  public static StressInput read(Options options) {
    requireSound(options);
    ShockGrid grid = ShockGrid.parse(options.shock());
    MarketsFile markets = options.markets().map(MarketsFile::read).orElseGet(MarketsFile::shipped);
    LiquidityFile named =
        options.liquidity().map(LiquidityFile::read).orElseGet(LiquidityFile::shipped);
    LiquidityFile liquidity = options.impact().map(named::withImpact).orElse(named);
    MarkedBook book = MarkedBook.read(options.book(), markets, options.marks());
    int valueDecimals = book.listing().valueDecimals();
    StressSetup setup;
    try {
      setup =
          new StressSetup(
              book.listing(),
              book.marks(),
              book.accounts(),
              RulebookList.of(options.rulebooks()),
              grid,
              book.listing().feeds().stream().map(Feed::name).map(liquidity::market).toList(),
              options
                  .fund()
                  .map(fund -> OptionalLong.of(fund.movePointRight(valueDecimals).longValueExact()))
                  .orElse(OptionalLong.empty()));
    } catch (IllegalArgumentException | ArithmeticException refusal) {
      throw new InputException(options.book() + ": " + refusal.getMessage());
    }
    List<String> notes = new ArrayList<>(book.notes());
    notes.addAll(RulebookCatalog.notes(setup.rulebooks()));
    return new StressInput(options, setup, hash(options.book()), notes);
  }

  private static void requireSound(Options options) {
    options
        .threads()
        .ifPresent(threads ->
            require(
                threads >= 1 && threads <= Stress.THREADS_MAX,
                "--threads: must be 1 to %d, not %d".formatted(Stress.THREADS_MAX, threads)));
    options
        .impact()
        .ifPresent(impact ->
            require(
                impact.signum() >= 0 && impact.compareTo(LiquidityFile.IMPACT_MAX) <= 0,
                "--impact: must be 0 to %s, not %s"
                    .formatted(LiquidityFile.IMPACT_MAX, impact.toPlainString())));
    options
        .fund()
        .ifPresent(fund ->
            require(
                fund.signum() >= 0
                    && fund.compareTo(FUND_MAX) <= 0
                    && fund.scale() <= MarketsFile.MONEY_DECIMALS,
                "--fund: must be 0 to %s with at most %d decimals, not %s"
                    .formatted(
                        FUND_MAX.toPlainString(),
                        MarketsFile.MONEY_DECIMALS,
                        fund.toPlainString())));
    require(
        options.rulebooks().size() <= StressSetup.RULEBOOKS_MAX,
        "--rulebook: at most %d are compared".formatted(StressSetup.RULEBOOKS_MAX));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InputException(message);
    }
  }

  private static String hash(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException failure) {
      throw new InputException(
          Place.file(file.toString()), "cannot be read: " + failure.getMessage());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /// How many threads work.
  public int threads() {
    return options.threads().orElse(Runtime.getRuntime().availableProcessors());
  }

  public StressReport report(List<StressResult> results) {
    return new StressReport(setup, options.book().toString(), bookHash, results, repeat());
  }

  private String repeat() {
    RepeatCommand command =
        new RepeatCommand("./trimtab stress")
            .option("--book", options.book().toString())
            .option("--shock", setup.grid().text());
    options.marks().ifPresent(file -> command.option("--marks", file.toString()));
    options.markets().ifPresent(file -> command.option("--markets", file.toString()));
    options.rulebooks().forEach(file -> command.option("--rulebook", file.toString()));
    options.liquidity().ifPresent(file -> command.option("--liquidity", file.toString()));
    options.impact().ifPresent(m -> command.option("--impact", m.toPlainString()));
    options.fund().ifPresent(usd -> command.option("--fund", usd.toPlainString()));
    return command.toString();
  }
}
