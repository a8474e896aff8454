package trimtab.app.replay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimtab.app.output.Numbers;
import trimtab.app.report.HtmlPage;
import trimtab.lab.replay.AccountKind;
import trimtab.lab.replay.Figures;

/// The finding of a replay by rule, at the middle one of the impacts: whether closing the least
/// helped here, or did not.
final class ReplayFinding {
  static final String LEGACY = "full";
  static final String MINIMAL = "target-health";

  private final ReplayReport report;
  private final Numbers numbers;
  private final List<Figures> rules;

  ReplayFinding(ReplayReport report, Numbers numbers) {
    this(
        report,
        numbers,
        report.at(middle(report)).stream().map(result -> result.figures(AccountKind.ALL)).toList());
  }

  ReplayFinding(ReplayReport report, Numbers numbers, List<Figures> rules) {
    this.report = report;
    this.numbers = numbers;
    this.rules = List.copyOf(rules);
  }

  static BigDecimal middle(ReplayReport report) {
    return report.impacts().get(report.impacts().size() / 2);
  }

  String title() {
    String where = "In " + report.window().name();
    if (rules.stream().allMatch(rule -> rule.accountsTouched() == 0)) {
      return where + ", no account was liquidated.";
    }
    Optional<Figures> minimal = named(MINIMAL);
    Optional<Figures> legacy = named(LEGACY);
    if (minimal.isEmpty() || legacy.isEmpty() || legacy.get().friction().signum() == 0) {
      Figures best = best();
      return rules.size() == 1
          ? "%s, %s closed %s and cost %s."
              .formatted(where, best.name(), amount(best.notionalClosed()), amount(best.friction()))
          : "%s, %s cost the least, %s.".formatted(where, best.name(), amount(best.friction()));
    }
    return "%s, %s %s.".formatted(where, MINIMAL, compared(minimal.get(), legacy.get()));
  }

  private String compared(Figures minimal, Figures legacy) {
    int cost = minimal.friction().compareTo(legacy.friction());
    int closed = minimal.notionalClosed().compareTo(legacy.notionalClosed());
    String close =
        closed == 0
            ? "closed as much as full closure"
            : "closed %s %s than full closure"
                .formatted(
                    difference(minimal.notionalClosed(), legacy.notionalClosed()),
                    closed < 0 ? "less" : "more");
    if (cost < 0) {
      return close
          + (closed < 0 ? " and cost " : " but cost ")
          + difference(minimal.friction(), legacy.friction())
          + " less";
    }
    return cost == 0
        ? close + " and cost the same: it did not help here"
        : close
            + (closed < 0 ? " but cost " : " and cost ")
            + difference(minimal.friction(), legacy.friction())
            + " more: it did not help here";
  }

  private String difference(BigDecimal value, BigDecimal whole) {
    return numbers.percent(value.subtract(whole).abs(), whole);
  }

  /// What the finding has as its price, and where it comes from.
  List<String> lead() {
    List<String> sentences = new ArrayList<>();
    Optional<Figures> minimal = named(MINIMAL);
    Optional<Figures> legacy = named(LEGACY);
    if (minimal.isPresent() && legacy.isPresent() && minimal.get().accountsTouched() > 0) {
      sentences.add(
          "The price of it: %s of %s accounts breached more than once."
              .formatted(
                  numbers.exact(minimal.get().accountsTouchedAgain(), 0),
                  numbers.exact(minimal.get().accountsTouched(), 0)));
      int debt = minimal.get().badDebt().compareTo(legacy.get().badDebt());
      sentences.add(
          debt == 0
              ? "Bad debt is the same, %s.".formatted(amount(minimal.get().badDebt()))
              : "Bad debt is %s instead of %s."
                  .formatted(amount(minimal.get().badDebt()), amount(legacy.get().badDebt())));
    }
    if (rules.size() > 1) {
      sentences.add("Of all rulebooks %s lost the least.".formatted(best().name()));
    }
    return sentences;
  }

  List<HtmlPage.Figure> figures() {
    Figures shown = named(MINIMAL).orElseGet(this::best);
    Optional<Figures> other = shown.name().equals(LEGACY) ? Optional.empty() : named(LEGACY);
    String currency = report.currency();
    long failed = report.certificatesFailed();
    return List.of(
        new HtmlPage.Figure(
            "Closed by " + shown.name(),
            numbers.figure(shown.notionalClosed()),
            currency,
            beside(other.map(Figures::notionalClosed))),
        new HtmlPage.Figure(
            "Friction: all that was lost",
            numbers.figure(shown.friction()),
            currency,
            beside(other.map(Figures::friction))),
        new HtmlPage.Figure(
            "Bad debt",
            numbers.figure(shown.badDebt()),
            currency,
            beside(other.map(Figures::badDebt))),
        new HtmlPage.Figure(
            "Certificates, all runs",
            numbers.exact(report.certificatesChecked(), 0),
            "",
            "all checked, %s failed".formatted(numbers.exact(failed, 0))));
  }

  private String beside(Optional<BigDecimal> other) {
    return other.map(amount -> LEGACY + ": " + numbers.figure(amount)).orElse("");
  }

  private Figures best() {
    return rules.stream().min(Comparator.comparing(Figures::friction)).orElseThrow();
  }

  private Optional<Figures> named(String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }

  private String amount(BigDecimal money) {
    return numbers.figure(money) + " " + report.currency();
  }
}
