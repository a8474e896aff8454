package trimtab.app.replay;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import trimtab.core.instrument.Listing;
import trimtab.lab.book.Book;
import trimtab.lab.replay.AccountKind;
import trimtab.lab.replay.Figures;
import trimtab.lab.replay.RunResult;
import trimtab.market.data.MinuteBars;
import trimtab.market.data.PriceWindow;
import trimtab.market.impact.ImpactCalibration;

/// Everything that the output of a replay is made of.
///
/// @param window prices
/// @param listing markets and scales
/// @param book accounts
/// @param bookSource `generated`, or the file
/// @param seed of the generated book
/// @param delaySeconds of oracle and execution
/// @param gas per liquidation, settlement currency
/// @param calibrations of the impact by feed; empty when none was needed
/// @param results rulebook by rulebook, each at all impacts
/// @param repeat the command that gives the same results
public record ReplayReport(
    PriceWindow window,
    Listing listing,
    Book book,
    String bookSource,
    long seed,
    BigDecimal delaySeconds,
    BigDecimal gas,
    List<ImpactCalibration> calibrations,
    List<RunResult> results,
    String repeat) {
  public ReplayReport {
    calibrations = List.copyOf(calibrations);
    results = List.copyOf(results);
  }

  /// Rulebooks in order.
  List<String> rulebooks() {
    return results.stream().map(RunResult::rulebook).distinct().toList();
  }

  /// Impacts in order.
  List<BigDecimal> impacts() {
    return results.stream().map(RunResult::impact).distinct().toList();
  }

  List<RunResult> at(BigDecimal impact) {
    return results.stream().filter(result -> result.impact().compareTo(impact) == 0).toList();
  }

  /// Name of the settlement currency.
  String currency() {
    return listing.settlement().symbol();
  }

  public long certificatesChecked() {
    return results.stream().mapToLong(result -> all(result).certificatesChecked()).sum();
  }

  public long certificatesFailed() {
    return results.stream().mapToLong(result -> all(result).certificatesFailed()).sum();
  }

  private static Figures all(RunResult result) {
    return result.figures(AccountKind.ALL);
  }

  /// The instant at which a bar closes, milliseconds since the epoch.
  long closeMillis(int bar) {
    return window.openTimeMillis(bar) + MinuteBars.MILLIS_PER_MINUTE;
  }

  /// The whole result as one HTML file.
  ///
  /// @param version of the program
  public String html(String version) {
    return ReplayHtml.text(this, version);
  }

  /// The whole result for programs.
  public void writeJson(JsonGenerator json) {
    ReplayJson.write(json, this);
  }

  /// Writes what happened to each account.
  ///
  /// @throws trimtab.lab.input.InputException if the file cannot be written
  public void writeAccounts(Path file) {
    AccountsJson.write(file, this);
  }
}
