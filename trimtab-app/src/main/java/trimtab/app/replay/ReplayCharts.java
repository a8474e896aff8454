package trimtab.app.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.app.output.Numbers;
import trimtab.app.report.BandChart;
import trimtab.app.report.HtmlPage;
import trimtab.app.report.TimeChart;
import trimtab.lab.replay.AccountOutcome;
import trimtab.lab.replay.AccountOutcome.InstrumentClosing;
import trimtab.lab.replay.RunDetails;
import trimtab.lab.replay.RunResult;
import trimtab.market.data.MinuteBars;

/// The drawings of a replay over time, at one impact.
///
/// @param shown the runs at that impact
record ReplayCharts(
    ReplayReport report, Numbers numbers, BigDecimal impact, List<RunResult> shown) {
  private static final int CENTS = 2;

  /// Price with liquidations; nothing where the runs have no details.
  void price(HtmlPage page) {
    if (shown.stream().anyMatch(result -> result.details().closedByBar().isEmpty())) {
      return;
    }
    int bars = report.window().size();
    long[] millis = new long[bars];
    double[] price = new double[bars];
    int market = mostClosed();
    MinuteBars closes = report.window().markets().get(market);
    double unit = StrictMath.pow(10, closes.priceDecimals());
    for (int bar = 0; bar < bars; bar++) {
      millis[bar] = report.closeMillis(bar);
      price[bar] = closes.close(bar) / unit;
    }
    List<TimeChart.Series> series = new ArrayList<>();
    shown.forEach(result -> series.add(series(result)));
    String symbol = report.window().symbols().get(market);
    page.heading("Price, and what had been closed by then");
    page.markup(
        TimeChart.html(
            new TimeChart.Data(millis, price, symbol, series, kept(), sentence(symbol)),
            value -> numbers.figure(BigDecimal.valueOf(value)),
            value ->
                numbers.text(BigDecimal.valueOf(value).setScale(CENTS, RoundingMode.HALF_EVEN))));
    page.note(
        "Closed: value at the mark of all that was closed in all markets, at impact M = %s; %s. The price is the path as it was."
            .formatted(impact.toPlainString(), report.currency()));
  }

  private TimeChart.Series series(RunResult result) {
    double[] closed = new double[report.window().size()];
    double unit = StrictMath.pow(10, report.listing().valueDecimals());
    double sum = 0;
    for (int bar = 0; bar < closed.length; bar++) {
      sum += result.details().closedByBar().get(bar) / unit;
      closed[bar] = sum;
    }
    String kind =
        switch (result.rulebook()) {
          case ReplayFinding.LEGACY -> "full";
          case ReplayFinding.MINIMAL -> "main";
          default -> "other";
        };
    String label = result.rulebook() + " " + numbers.figure(BigDecimal.valueOf(sum));
    return new TimeChart.Series(kind, label, closed);
  }

  private String kept() {
    Optional<BigDecimal> full = closed(ReplayFinding.LEGACY);
    Optional<BigDecimal> main = closed(ReplayFinding.MINIMAL);
    if (full.isEmpty() || main.isEmpty() || full.get().compareTo(main.get()) <= 0) {
      return "";
    }
    return numbers.figure(full.get().subtract(main.get())) + " less than full";
  }

  private Optional<BigDecimal> closed(String rulebook) {
    return shown.stream()
        .filter(result -> result.rulebook().equals(rulebook))
        .findFirst()
        .map(result -> result.figures(trimtab.lab.replay.AccountKind.ALL).notionalClosed());
  }

  private String sentence(String symbol) {
    List<String> totals = new ArrayList<>();
    for (RunResult result : shown) {
      BigDecimal sum = result.figures(trimtab.lab.replay.AccountKind.ALL).notionalClosed();
      totals.add(result.rulebook() + " " + numbers.figure(sum));
    }
    return "Price of %s, and closed at the end, %s: %s"
        .formatted(symbol, report.currency(), String.join(", ", totals));
  }

  /// The market of which most was closed, the first of equals.
  private int mostClosed() {
    List<String> symbols = report.window().symbols();
    double[] sums = new double[symbols.size()];
    for (RunResult result : shown) {
      for (AccountOutcome account : result.accounts()) {
        for (InstrumentClosing closing : account.closings()) {
          int feed = feed(closing.instrument());
          if (feed >= 0) {
            sums[symbols.indexOf(report.listing().feeds().get(feed).name())] +=
                closing.notionalClosed();
          }
        }
      }
    }
    int most = 0;
    for (int market = 1; market < sums.length; market++) {
      most = sums[market] > sums[most] ? market : most;
    }
    return most;
  }

  private int feed(String instrument) {
    return report
        .listing()
        .contract(instrument)
        .map(contract -> contract.feed())
        .or(() -> report.listing().asset(instrument).map(asset -> asset.feed()))
        .orElse(-1);
  }

  /// Health over time; nothing where the runs have no details.
  void health(HtmlPage page) {
    RunDetails first = shown.getFirst().details();
    if (first.bands().isEmpty()) {
      return;
    }
    page.heading("Health over time");
    List<BandChart.Panel> panels = new ArrayList<>();
    for (RunResult result : shown) {
      panels.add(new BandChart.Panel(result.rulebook(), result.details().bands()));
    }
    long[] millis = first.bandBars().stream().mapToLong(report::closeMillis).toArray();
    page.markup(
        BandChart.html(
            panels,
            millis,
            bands(),
            "accounts by health factor over time, after the liquidations of the minute"));
    page.note(
        "Accounts by health factor after the liquidations of a minute, %s minutes in all; under the line the most that were in breach at one minute since then. Stronger: more accounts, on one scale for all rulebooks. Accounts of 2 and more are left out."
            .formatted(numbers.exact(first.bandBars().size(), 0)));
  }

  private static List<String> bands() {
    List<String> names = new ArrayList<>();
    String upper = "2";
    for (double level : RunDetails.BAND_LEVELS) {
      String lower = BigDecimal.valueOf(level).stripTrailingZeros().toPlainString();
      names.add(lower + " to " + upper);
      upper = lower;
    }
    names.add("breached");
    return names;
  }
}
