package trimtab.app.stress;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import trimtab.app.output.JsonText;
import trimtab.app.output.Numbers;
import trimtab.app.report.HeatTable;
import trimtab.app.report.HtmlPage;
import trimtab.app.report.HtmlTable;
import trimtab.app.report.LossBars;
import trimtab.app.report.ProofSection;
import trimtab.core.plan.Plan;
import trimtab.lab.stress.PointPlans;
import trimtab.lab.stress.ShockGrid;
import trimtab.lab.stress.StressFigures;
import trimtab.lab.stress.StressPoint;
import trimtab.lab.stress.StressResult;

/// The result of a stress as one HTML file.
final class StressHtml {
  private static final String MINIMAL = "target-health";

  /// Rows of a rulebook's table, and bytes of the data for programs: a report stays below 2 MB.
  private static final int ROWS_MAX = 400;

  private static final int DATA_MAX = 900_000;
  private static final int PLANS_MAX = 400;

  private final StressReport report;
  private final String version;
  private final Numbers numbers = new Numbers(true);
  private final StressVerdict verdict;

  private StressHtml(StressReport report, String version) {
    this.report = report;
    this.version = version;
    this.verdict = new StressVerdict(report, numbers);
  }

  /// @param version of the program
  static String text(StressReport report, String version) {
    return new StressHtml(report, version).page().text();
  }

  private HtmlPage page() {
    HtmlPage page =
        new HtmlPage(
            verdict.finding(),
            "stress",
            "%s · %s points".formatted(report.book(), numbers.exact(points(0).size(), 0)));
    page.lead(verdict.details());
    figures(page);
    heat(page, "Bad debt", point -> point.all().badDebt());
    heat(page, "To be closed", point -> point.all().toClose());
    if (!verdict.isQuiet()) {
      losses(page);
    }
    tables(page);
    if (!verdict.isQuiet()) {
      proofs(page);
    }
    return foot(page);
  }

  private List<StressPoint> points(int rulebook) {
    return report.results().get(rulebook).points();
  }

  private void figures(HtmlPage page) {
    List<StressVerdict.Row> rows = verdict.worst();
    StressVerdict.Row shown =
        rows.stream()
            .filter(row -> row.rulebook().equals(MINIMAL))
            .findFirst()
            .orElse(rows.getLast());
    Optional<StressVerdict.Row> full =
        rows.stream()
            .filter(row -> row.rulebook().equals("full") && !row.equals(shown))
            .findFirst();
    String currency = report.currency();
    StressPoint.Concentration concentration = shown.point().concentration();
    page.figures(
        List.of(
            new HtmlPage.Figure(
                "Liquidatable at the worst point",
                numbers.exact(shown.figures().liquidatableAccounts(), 0),
                "accounts",
                numbers.figure(shown.figures().liquidatableNotional()) + " " + currency),
            new HtmlPage.Figure(
                "Closed by " + shown.rulebook(),
                numbers.figure(shown.figures().toClose()),
                currency,
                full.map(row -> "full: " + numbers.figure(row.figures().toClose())).orElse("")),
            new HtmlPage.Figure(
                "Bad debt",
                numbers.figure(shown.figures().badDebt()),
                currency,
                "the fund pays " + numbers.figure(shown.point().fundDraw())),
            new HtmlPage.Figure(
                "Ten largest accounts",
                numbers.percent(concentration.topTen(), BigDecimal.ONE),
                "of the notional",
                "depth used: " + numbers.percent(concentration.depthUse(), BigDecimal.ONE))));
    page.note("Worst point of the grid: " + report.name(shown.point(), numbers) + ".");
  }

  private void heat(HtmlPage page, String what, Function<StressPoint, BigDecimal> value) {
    page.heading(what + " by shock, " + report.currency());
    List<HeatTable> maps = new ArrayList<>();
    BigDecimal largest = BigDecimal.ZERO;
    for (StressResult result : report.results()) {
      HeatTable map = map(result, what, value);
      maps.add(map);
      largest = largest.max(map.largest());
    }
    for (int i = 0; i < maps.size(); i++) {
      page.subheading(report.results().get(i).rulebook());
      page.markup(maps.get(i).html(largest, this::figure));
    }
    page.note("Stronger: more, on one scale for all rulebooks.");
  }

  private String figure(BigDecimal value) {
    return value.signum() == 0 ? "0" : numbers.figure(value);
  }

  /// Rows are moves of prices, columns changes of volatility and depth.
  private HeatTable map(StressResult result, String what, Function<StressPoint, BigDecimal> value) {
    Map<String, List<BigDecimal>> rows = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    for (StressPoint point : result.points()) {
      rows.computeIfAbsent(priceName(point), _ -> new ArrayList<>()).add(value.apply(point));
      if (rows.size() == 1) {
        columns.add(liquidityName(point));
      }
    }
    HeatTable map = new HeatTable(result.rulebook() + ", " + what, "Price", columns);
    rows.forEach(map::row);
    return map;
  }

  private String liquidityName(StressPoint point) {
    List<String> lines = new ArrayList<>();
    if (report.setup().grid().axis(ShockGrid.Kind.VOLATILITY).isPresent()) {
      lines.add("vol " + change(point.volatilityPpm()));
    }
    if (report.setup().grid().axis(ShockGrid.Kind.DEPTH).isPresent()) {
      lines.add("depth " + change(point.depthPpm()));
    }
    return lines.isEmpty() ? "as it is" : String.join("\n", lines);
  }

  private String priceName(StressPoint point) {
    Optional<Long> common = report.commonPricePpm(point);
    if (common.isPresent()) {
      return change(common.get());
    }
    List<String> parts = new ArrayList<>();
    for (int feed = 0; feed < point.pricePpm().size(); feed++) {
      parts.add(report.setup().symbols().get(feed) + " " + change(point.pricePpm().get(feed)));
    }
    return String.join(", ", parts);
  }

  private String change(long ppm) {
    return ppm == 0 ? "0" : numbers.signed(ShockGrid.percentage(ppm)) + "%";
  }

  private void losses(HtmlPage page) {
    page.heading("Who bears the loss at the worst point");
    LossBars bars = new LossBars();
    for (StressVerdict.Row row : verdict.worst()) {
      StressFigures figures = row.figures();
      BigDecimal paid = row.point().fundDraw();
      bars.row(
          row.rulebook(),
          List.of(
              new LossBars.Part("penalty", "Traders: penalty", figures.penalty()),
              new LossBars.Part("slippage", "Traders: slippage and fees", figures.cost()),
              new LossBars.Part("fund", "Insurance fund: bad debt paid", paid),
              new LossBars.Part(
                  "uncovered",
                  "Bad debt nobody paid yet",
                  figures.badDebt().subtract(paid).max(BigDecimal.ZERO))));
    }
    page.markup(
        bars.html(
            "Who bears which loss at the worst point",
            amount -> figure(amount) + " " + report.currency()));
    page.note(
        "Where an account ends below zero, its slippage is part of what the fund pays: the bars"
            + " count both, as they are two movements of money.");
  }

  private void tables(HtmlPage page) {
    page.heading("Every point, amounts in " + report.currency());
    for (StressResult result : report.results()) {
      page.subheading(result.rulebook());
      page.markup(table(result).html());
    }
    if (points(0).size() > ROWS_MAX) {
      page.note(
          "The first %s of %s points; all are in the output of --json."
              .formatted(numbers.exact(ROWS_MAX, 0), numbers.exact(points(0).size(), 0)));
    }
  }

  private HtmlTable table(StressResult result) {
    HtmlTable table =
        new HtmlTable(result.rulebook() + ", every point")
            .words("Price")
            .column("Vol")
            .column("Depth")
            .column("Accounts")
            .column("Notional")
            .column("To close")
            .column("Bad debt")
            .column("Fund")
            .column("Penalty")
            .column("Cost")
            .column("Not restored")
            .column("Top ten")
            .column("Depth used");
    for (StressPoint point : result.points().stream().limit(ROWS_MAX).toList()) {
      StressFigures all = point.all();
      table.row(
          priceName(point),
          List.of(
              HtmlTable.cell(change(point.volatilityPpm())),
              HtmlTable.cell(change(point.depthPpm())),
              HtmlTable.cell(numbers.exact(all.liquidatableAccounts(), 0)),
              HtmlTable.cell(whole(all.liquidatableNotional())),
              HtmlTable.cell(whole(all.toClose())),
              HtmlTable.cell(whole(all.badDebt())),
              HtmlTable.cell(whole(point.fundDraw())),
              HtmlTable.cell(whole(all.penalty())),
              HtmlTable.cell(whole(all.cost())),
              HtmlTable.cell(numbers.exact(all.notRestored(), 0)),
              HtmlTable.cell(numbers.percent(point.concentration().topTen(), BigDecimal.ONE)),
              HtmlTable.cell(numbers.percent(point.concentration().depthUse(), BigDecimal.ONE))));
    }
    return table;
  }

  private String whole(BigDecimal amount) {
    return numbers.text(amount.setScale(0, RoundingMode.HALF_EVEN));
  }

  private void proofs(HtmlPage page) {
    int rulebook = 0;
    for (int i = 0; i < report.results().size(); i++) {
      rulebook = report.results().get(i).rulebook().equals(MINIMAL) ? i : rulebook;
    }
    ProofSection proofs = new ProofSection(report.setup().listing());
    example(rulebook).ifPresent(subject -> proofs.full(page, subject));
    int worst = report.worst();
    List<ProofSection.Subject> largest = new ArrayList<>();
    PointPlans plans = new PointPlans(report.setup(), rulebook, worst);
    for (StressPoint.Largest entry : points(rulebook).get(worst).largest()) {
      if (plans.plan(entry.account()) instanceof Plan.Close close) {
        largest.add(subject(plans, worst, entry.account(), close));
      }
    }
    if (!largest.isEmpty()) {
      proofs.largest(
          page,
          "The largest liquidations of %s at the worst point"
              .formatted(report.results().get(rulebook).rulebook()),
          largest);
    }
  }

  /// A liquidation that makes a good picture: of the worst point, else of one that is less bad.
  private Optional<ProofSection.Subject> example(int rulebook) {
    List<StressPoint> points = points(rulebook);
    int worst = report.worst();
    int looked = 0;
    for (int i = 0; i < points.size(); i++) {
      int point = (worst + i) % points.size();
      PointPlans plans = new PointPlans(report.setup(), rulebook, point);
      for (StressPoint.Largest entry : points.get(point).largest()) {
        looked++;
        Optional<Plan.Close> close = ProofSection.picture(plans.plan(entry.account()));
        if (close.isPresent()) {
          return Optional.of(subject(plans, point, entry.account(), close.get()));
        }
        if (looked >= PLANS_MAX) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private ProofSection.Subject subject(PointPlans plans, int point, int account, Plan.Close close) {
    return new ProofSection.Subject(
        report.name(points(0).get(point), numbers),
        plans.account(account),
        plans.marks(),
        plans.rulebook(),
        close);
  }

  private HtmlPage foot(HtmlPage page) {
    List<String> rests =
        List.of(
            "Book",
            report.book() + ", " + numbers.exact(report.setup().accounts().size(), 0) + " accounts",
            "Data",
            "sha256 " + report.bookHash(),
            "Grid",
            report.setup().grid().text(),
            "Markets",
            String.join("; ", new StressMarkets(report, numbers).lines()),
            "Insurance fund",
            new StressMarkets(report, numbers).fund(),
            "Version",
            version,
            "Repeat",
            report.repeat());
    page.foot(
        "Method and limits",
        List.of(
            "One step: every account is judged at the shocked prices and planned on its own, as if it"
                + " traded alone. Volatility and depth change what closing costs, by the square-root"
                + " law; prices change who is liquidatable. docs/stress.md defines every figure.",
            "What the closings do to the prices is not fed back, and accounts do not share the depth:"
                + " where the depth used exceeds 100%, costs and bad debt are lower bounds."
                + " There is no seed; nothing is random."),
        rests);
    String data = JsonText.compact(report::writeJson);
    return data.length() > DATA_MAX ? page : page.data(data);
  }
}
