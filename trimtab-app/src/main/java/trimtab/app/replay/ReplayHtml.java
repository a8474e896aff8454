package trimtab.app.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import trimtab.app.output.JsonText;
import trimtab.app.output.Numbers;
import trimtab.app.report.HeatTable;
import trimtab.app.report.HtmlPage;
import trimtab.app.report.HtmlTable;
import trimtab.app.report.LossBars;
import trimtab.app.report.ProofSection;
import trimtab.engine.event.Event.LiquidationPlanned;
import trimtab.lab.replay.AccountKind;
import trimtab.lab.replay.Figures;
import trimtab.lab.replay.RunResult;

/// The result of a replay as one HTML file.
final class ReplayHtml {
  private static final int HASH_SHOWN = 12;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final ReplayReport report;
  private final String version;
  private final Numbers numbers = new Numbers(true);
  private final BigDecimal impact;
  private final List<RunResult> shown;

  private ReplayHtml(ReplayReport report, String version) {
    this.report = report;
    this.version = version;
    this.impact = ReplayFinding.middle(report);
    this.shown = report.at(impact);
  }

  /// @param version of the program
  static String text(ReplayReport report, String version) {
    return new ReplayHtml(report, version).page().text();
  }

  private HtmlPage page() {
    ReplayFinding finding = new ReplayFinding(report, numbers);
    HtmlPage page = new HtmlPage(finding.title(), "crash replay", subject());
    page.lead(finding.lead()).figures(finding.figures());
    ReplayCharts charts = new ReplayCharts(report, numbers, impact, shown);
    charts.price(page);
    for (AccountKind kind : List.of(AccountKind.PERP, AccountKind.LOAN)) {
      if (shown.getFirst().figures(kind).accounts() > 0) {
        comparison(page, kind);
      }
    }
    losses(page);
    charts.health(page);
    impacts(page);
    proofs(page);
    return foot(page);
  }

  private String subject() {
    return "%s to %s · %s"
        .formatted(
            MINUTE.format(Instant.ofEpochMilli(report.closeMillis(0))),
            MINUTE.format(Instant.ofEpochMilli(report.closeMillis(report.window().size() - 1))),
            String.join(", ", report.window().symbols()));
  }

  private void comparison(HtmlPage page, AccountKind kind) {
    List<Figures> rules = shown.stream().map(result -> result.figures(kind)).toList();
    page.heading(
        "%s: %s accounts, impact M = %s"
            .formatted(
                ReplayVerdict.name(kind),
                numbers.exact(rules.getFirst().accounts(), 0),
                impact.toPlainString()));
    page.paragraph(new ReplayVerdict(report.currency(), numbers).about(kind, impact, rules));
    HtmlTable table =
        new HtmlTable(ReplayVerdict.name(kind) + ", rulebooks compared")
            .words("Rulebook")
            .column("Closed")
            .column("")
            .column("Over-liquidation")
            .column("Friction")
            .column("Penalty")
            .column("Slippage and fees")
            .column("Bad debt")
            .column("Accounts touched")
            .column("Touched again")
            .column("Minutes in breach");
    BigDecimal most = most(rules, Figures::notionalClosed);
    for (Figures rule : rules) {
      double share =
          most.signum() == 0 ? 0 : rule.notionalClosed().doubleValue() / most.doubleValue();
      table.row(
          rule.name(),
          List.of(
              money(rules, rule, Figures::notionalClosed),
              HtmlTable.bar(share, rule.name().equals(ReplayFinding.MINIMAL)),
              ratio(rules, rule),
              money(rules, rule, Figures::friction),
              money(rules, rule, Figures::penaltyPaid),
              money(rules, rule, Figures::slippagePaid),
              money(rules, rule, Figures::badDebt),
              count(rules, rule, Figures::accountsTouched),
              count(rules, rule, Figures::accountsTouchedAgain),
              count(rules, rule, Figures::minutesInBreach)));
    }
    table.caption(
        "Amounts in "
            + report.currency()
            + ". Friction: penalty + slippage and fees + fixed costs + bad debt. Over-liquidation: closed"
            + " over the least that would have restored. Bold: best of the column.");
    page.markup(table.html());
  }

  private static BigDecimal most(List<Figures> rules, Function<Figures, BigDecimal> value) {
    return rules.stream().map(value).reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  private String money(List<Figures> rules, Figures rule, Function<Figures, BigDecimal> value) {
    BigDecimal amount = value.apply(rule);
    return HtmlTable.cell(whole(amount), isBest(rules, amount, value));
  }

  private String whole(BigDecimal amount) {
    return numbers.text(amount.setScale(0, RoundingMode.HALF_EVEN));
  }

  private String count(List<Figures> rules, Figures rule, Function<Figures, Long> value) {
    return HtmlTable.cell(
        numbers.exact(value.apply(rule), 0),
        isBest(rules, BigDecimal.valueOf(value.apply(rule)), value.andThen(BigDecimal::valueOf)));
  }

  private static boolean isBest(
      List<Figures> rules, BigDecimal amount, Function<Figures, BigDecimal> value) {
    return rules.stream().map(value).allMatch(other -> other.compareTo(amount) >= 0)
        && rules.stream().map(value).anyMatch(other -> other.compareTo(amount) > 0);
  }

  private String ratio(List<Figures> rules, Figures rule) {
    Function<Figures, BigDecimal> value =
        each -> each.overLiquidationRatio().orElse(BigDecimal.TEN.pow(9));
    return rule.overLiquidationRatio()
        .map(ratio ->
            HtmlTable.cell(
                numbers.text(ratio.setScale(2, RoundingMode.HALF_EVEN)),
                isBest(rules, ratio, value)))
        .orElse(HtmlTable.cell(numbers.nothing()));
  }

  private void losses(HtmlPage page) {
    page.heading("Who bears the loss");
    for (AccountKind kind : List.of(AccountKind.PERP, AccountKind.LOAN)) {
      if (shown.stream().allMatch(result -> result.figures(kind).friction().signum() == 0)) {
        continue;
      }
      page.subheading(ReplayVerdict.name(kind));
      LossBars bars = new LossBars();
      for (RunResult result : shown) {
        Figures figures = result.figures(kind);
        bars.row(
            result.rulebook(),
            List.of(
                new LossBars.Part("penalty", "Traders: penalty", figures.penaltyPaid()),
                new LossBars.Part("slippage", "Traders: slippage and fees", figures.slippagePaid()),
                new LossBars.Part("fixed", "Liquidators: fixed costs", figures.fixedCosts()),
                new LossBars.Part("fund", "Insurance fund: bad debt paid", figures.fundDraw()),
                new LossBars.Part(
                    "uncovered",
                    "Bad debt nobody paid",
                    figures.badDebt().subtract(figures.fundDraw()).max(BigDecimal.ZERO))));
      }
      page.markup(
          bars.html(
              ReplayVerdict.name(kind) + ", who bears which loss",
              amount -> numbers.figure(amount) + " " + report.currency()));
    }
    page.note(
        "Where an account ends below zero, part of its slippage is what the fund pays: friction"
            + " counts both, as they are two movements of money. Where the penalty goes is the"
            + " rulebook's; the built-in ones give it to the fund.");
  }

  /// Friction by rulebook and impact.
  private void impacts(HtmlPage page) {
    if (report.impacts().size() < 2) {
      return;
    }
    page.heading("Friction by rulebook and impact, " + report.currency());
    for (AccountKind kind : List.of(AccountKind.PERP, AccountKind.LOAN)) {
      HeatTable heat =
          new HeatTable(
              ReplayVerdict.name(kind) + ", friction by rulebook and impact",
              ReplayVerdict.name(kind),
              report.impacts().stream().map(m -> "M = " + m.toPlainString()).toList());
      for (String rulebook : report.rulebooks()) {
        heat.row(
            rulebook,
            report.results().stream()
                .filter(result -> result.rulebook().equals(rulebook))
                .map(result -> result.figures(kind).friction())
                .toList());
      }
      if (heat.largest().signum() > 0) {
        page.markup(heat.html(heat.largest(), this::whole));
      }
    }
    page.note(
        "M multiplies the calibrated impact of the liquidations on the price: 0 is the path as it"
            + " was, 1 a ceiling, as the path already contains the real liquidations.");
  }

  private void proofs(HtmlPage page) {
    RunResult run =
        shown.stream()
            .filter(result -> result.rulebook().equals(ReplayFinding.MINIMAL))
            .findFirst()
            .orElse(shown.getLast());
    ProofSection proofs = new ProofSection(report.listing());
    shown.stream()
        .sorted(java.util.Comparator.comparingInt(result -> result.equals(run) ? 0 : 1))
        .map(result -> result.details().proven())
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(planned -> proofs.full(page, subject(planned)));
    if (!run.details().largest().isEmpty()) {
      proofs.largest(
          page,
          "The largest liquidations of " + run.rulebook(),
          run.details().largest().stream().map(ReplayHtml::subject).toList());
    }
  }

  private static ProofSection.Subject subject(LiquidationPlanned planned) {
    return new ProofSection.Subject(
        MINUTE.format(Instant.ofEpochMilli(planned.atNanos() / NANOS_PER_MILLI)),
        planned.before(),
        planned.marks(),
        planned.rulebook(),
        planned.plan());
  }

  private HtmlPage foot(HtmlPage page) {
    List<String> rests = new ArrayList<>();
    rests.addAll(List.of("Window", report.window().name() + ", minute bars of spot markets"));
    rests.addAll(List.of("Data", "sha256 " + report.window().dataHash()));
    rests.addAll(
        List.of(
            "Accounts",
            "%s, %s"
                .formatted(
                    numbers.exact(report.book().openings().size(), 0),
                    report.bookSource().equals("generated")
                        ? "generated from seed " + report.seed()
                        : "from " + report.bookSource())));
    rests.addAll(
        List.of(
            "Delay, fixed cost",
            "%s s, %s %s"
                .formatted(
                    report.delaySeconds().toPlainString(),
                    report.gas().toPlainString(),
                    report.currency())));
    rests.addAll(List.of("Version", version));
    rests.addAll(List.of("Repeat", report.repeat()));
    page.foot(
        "Method and limits",
        List.of(
            "Every account is judged at the close of every minute and liquidated at most once a"
                + " minute; orders are executed at the close plus the square-root impact of all"
                + " liquidations so far. The accounts are synthetic, the prices are real. Every"
                + " liquidation's certificate was checked by code that shares nothing with the"
                + " planner. docs/replay.md defines every figure.",
            "Closes hide the lows between them, so bad debt is a lower bound. The path already"
                + " contains the liquidations of the day. A handful of large accounts rules sums;"
                + " look at several seeds. Nothing here is about a venue. Data "
                + report.window().dataHash().substring(0, HASH_SHOWN)
                + "."),
        rests);
    return page.data(JsonText.compact(report::writeJson));
  }
}
