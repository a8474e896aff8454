package trimtab.app.replay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimtab.app.output.Numbers;
import trimtab.lab.replay.AccountKind;
import trimtab.lab.replay.Figures;

/// What the tables say, in sentences that follow from the numbers by rule: also when the rule that
/// closes the least per event costs the most over the window.
final class ReplayVerdict {
  private static final String LEGACY = "full";
  private static final String MINIMAL = "target-health";

  private final String currency;
  private final Numbers numbers;

  ReplayVerdict(String currency, Numbers numbers) {
    this.currency = currency;
    this.numbers = numbers;
  }

  /// A sentence or more per kind, at the middle one of the impacts.
  List<String> sentences(ReplayReport report) {
    BigDecimal impact = report.impacts().get(report.impacts().size() / 2);
    List<String> sentences = new ArrayList<>();
    for (AccountKind kind : List.of(AccountKind.PERP, AccountKind.LOAN)) {
      List<Figures> rules = report.at(impact).stream().map(result -> result.figures(kind)).toList();
      if (rules.getFirst().accounts() > 0) {
        sentences.add(about(kind, impact, rules));
      }
    }
    return sentences;
  }

  String about(AccountKind kind, BigDecimal impact, List<Figures> rules) {
    String where = "%s at M = %s: ".formatted(name(kind), impact.toPlainString());
    if (rules.stream().allMatch(rule -> rule.accountsTouched() == 0)) {
      return where + "none was liquidated.";
    }
    return where + ranking(rules) + closed(rules) + badDebt(rules);
  }

  static String name(AccountKind kind) {
    return switch (kind) {
      case PERP -> "Perps";
      case LOAN -> "Loans";
      case ALL -> "Together";
    };
  }

  private String ranking(List<Figures> rules) {
    List<Figures> ranked = rules.stream().sorted(Comparator.comparing(Figures::friction)).toList();
    Figures best = ranked.getFirst();
    if (ranked.size() == 1) {
      return "%s costs %s.".formatted(best.name(), amount(best.friction()));
    }
    Figures worst = ranked.getLast();
    if (best.friction().compareTo(worst.friction()) == 0) {
      return "all rules cost the same, %s.".formatted(amount(best.friction()));
    }
    StringBuilder text = new StringBuilder();
    text.append("%s costs the least, %s".formatted(best.name(), amount(best.friction())));
    String before = ":";
    for (Figures other : ranked.subList(1, ranked.size())) {
      text.append(
          "%s %s less than %s"
              .formatted(
                  before,
                  percent(other.friction().subtract(best.friction()), other.friction()),
                  other.name()));
      before = ",";
    }
    return text.append('.').toString();
  }

  /// How the minimal rule did against the legacy one, whichever way it went.
  private String closed(List<Figures> rules) {
    Optional<Figures> legacy = named(rules, LEGACY);
    Optional<Figures> minimal = named(rules, MINIMAL);
    if (legacy.isEmpty() || minimal.isEmpty() || legacy.get().notionalClosed().signum() == 0) {
      return "";
    }
    BigDecimal full = legacy.get().notionalClosed();
    BigDecimal less = full.subtract(minimal.get().notionalClosed());
    return " %s closed %s %s than %s; %s of its %s accounts touched were touched again."
        .formatted(
            MINIMAL,
            percent(less.abs(), full),
            less.signum() >= 0 ? "less" : "more",
            LEGACY,
            numbers.exact(minimal.get().accountsTouchedAgain(), 0),
            numbers.exact(minimal.get().accountsTouched(), 0));
  }

  private String badDebt(List<Figures> rules) {
    Figures least = rules.stream().min(Comparator.comparing(Figures::badDebt)).orElseThrow();
    Figures most = rules.stream().max(Comparator.comparing(Figures::badDebt)).orElseThrow();
    if (most.badDebt().signum() == 0) {
      return " No bad debt.";
    }
    if (least.badDebt().compareTo(most.badDebt()) == 0) {
      return " Bad debt is %s.".formatted(amount(most.badDebt()));
    }
    return " Bad debt: least with %s, %s; most with %s, %s."
        .formatted(least.name(), amount(least.badDebt()), most.name(), amount(most.badDebt()));
  }

  private static Optional<Figures> named(List<Figures> rules, String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }

  private String amount(BigDecimal money) {
    return numbers.figure(money) + " " + currency;
  }

  private String percent(BigDecimal part, BigDecimal whole) {
    return numbers.percent(part, whole);
  }
}
