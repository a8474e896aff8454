package trimtab.app.stress;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import trimtab.app.output.Numbers;
import trimtab.lab.stress.StressFigures;
import trimtab.lab.stress.StressPoint;
import trimtab.lab.stress.StressResult;

/// What the grid says, in sentences that follow from its numbers by rule, whichever rule comes off
/// best.
final class StressVerdict {
  private static final BigDecimal FULL_DEPTH = BigDecimal.ONE;

  private final StressReport report;
  private final Numbers numbers;

  StressVerdict(StressReport report, Numbers numbers) {
    this.report = report;
    this.numbers = numbers;
  }

  /// One rulebook at the worst point.
  record Row(String rulebook, StressPoint point) {
    StressFigures figures() {
      return point.all();
    }
  }

  /// The worst point under every rulebook.
  List<Row> worst() {
    int worst = report.worst();
    List<Row> rows = new ArrayList<>();
    for (StressResult result : report.results()) {
      rows.add(new Row(result.rulebook(), result.points().get(worst)));
    }
    return rows;
  }

  /// Whether any account is in breach at any point.
  boolean isQuiet() {
    return report.results().stream()
        .flatMap(result -> result.points().stream())
        .allMatch(point -> point.all().liquidatableAccounts() == 0);
  }

  /// The finding: the worst point, and what it costs.
  String finding() {
    if (isQuiet()) {
      return "No account is liquidatable at any point of the grid.";
    }
    List<Row> rows = worst();
    Row most =
        rows.stream().max(Comparator.comparing(row -> row.figures().badDebt())).orElseThrow();
    Row least =
        rows.stream().min(Comparator.comparing(row -> row.figures().badDebt())).orElseThrow();
    Row widest =
        rows.stream()
            .max(Comparator.comparingLong(row -> row.figures().liquidatableAccounts()))
            .orElseThrow();
    String where =
        "At %s, %s of %s accounts are liquidatable"
            .formatted(
                report.name(most.point(), numbers),
                numbers.exact(widest.figures().liquidatableAccounts(), 0),
                numbers.exact(report.setup().accounts().size(), 0));
    if (most.figures().badDebt().signum() == 0) {
      return where + " and no rule leaves bad debt.";
    }
    return most.figures().badDebt().compareTo(least.figures().badDebt()) == 0
        ? where + "; bad debt is %s.".formatted(amount(most.figures().badDebt()))
        : where
            + "; bad debt is %s under %s, %s under %s."
                .formatted(
                    amount(least.figures().badDebt()),
                    least.rulebook(),
                    amount(most.figures().badDebt()),
                    most.rulebook());
  }

  /// What follows from it: what is closed, and whether the market can take it.
  List<String> details() {
    List<String> sentences = new ArrayList<>();
    if (isQuiet()) {
      return sentences;
    }
    List<Row> rows = worst();
    StringBuilder closed = new StringBuilder("To be closed there:");
    String before = " ";
    for (Row row :
        rows.stream().sorted(Comparator.comparing(r -> r.figures().toClose())).toList()) {
      closed.append(before).append(row.rulebook()).append(' ');
      closed.append(amount(row.figures().toClose()));
      before = ", ";
    }
    sentences.add(closed.append('.').toString());
    Row thinnest =
        rows.stream()
            .max(Comparator.comparing(row -> row.point().concentration().depthUse()))
            .orElseThrow();
    StressPoint.Concentration use = thinnest.point().concentration();
    if (use.depthUse().compareTo(FULL_DEPTH) > 0) {
      sentences.add(
          "All closings of %s together are %s times what the market takes in one step: their cost, and"
                  .formatted(
                      thinnest.rulebook(),
                      numbers.text(use.depthUse().setScale(1, java.math.RoundingMode.HALF_EVEN)))
              + " so the bad debt, is a lower bound.");
    }
    firstBreach(sentences);
    return sentences;
  }

  /// The mildest point with a liquidatable account.
  private void firstBreach(List<String> sentences) {
    List<StressPoint> points = report.results().getFirst().points();
    List<StressPoint> untouched =
        points.stream()
            .filter(point -> point.pricePpm().stream().allMatch(change -> change == 0))
            .toList();
    if (!untouched.isEmpty()) {
      long now = untouched.getFirst().all().liquidatableAccounts();
      sentences.add(
          now == 0
              ? "At the marks as they are no account is liquidatable."
              : "At the marks as they are %s %s liquidatable already."
                  .formatted(numbers.exact(now, 0), now == 1 ? "account is" : "accounts are"));
    }
  }

  private String amount(BigDecimal money) {
    return numbers.figure(money) + " " + report.currency();
  }
}
