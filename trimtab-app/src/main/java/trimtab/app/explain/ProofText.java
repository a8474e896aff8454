package trimtab.app.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.app.output.Numbers;
import trimtab.app.output.Style;
import trimtab.app.output.Style.Level;
import trimtab.app.output.Terminal;
import trimtab.app.picture.LegCurveText;
import trimtab.app.picture.LegPicture;
import trimtab.app.picture.LegPicture.Line;
import trimtab.app.picture.LegPicture.Mark;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.lab.input.Fields;
import trimtab.lab.input.Node;
import trimtab.lab.input.Problems;

/// What a decision's record proves: its certificate checked anew, and `g(q)` drawn from the numbers
/// that the record holds.
final class ProofText {
  private static final int CENTS = 2;

  private final Problems problems;
  private final Numbers numbers;
  private final Style style;
  private final Terminal terminal;
  private boolean holds = true;

  ProofText(Problems problems, Terminal terminal) {
    this.problems = problems;
    this.terminal = terminal;
    this.numbers = new Numbers(terminal.unicode());
    this.style = new Style(terminal.stdoutColour());
  }

  /// Whether every certificate so far proves its claim.
  boolean holds() {
    return holds;
  }

  /// Checks a certificate: the verdict, then what was verified or found.
  List<String> check(Certificate certificate) {
    List<String> lines = new ArrayList<>();
    switch (CertificateChecker.check(certificate)) {
      case CheckResult.Holds(List<String> verified) -> {
        lines.add(style.level(Level.GOOD, "holds") + ", checked anew by the independent checker:");
        lines.addAll(verified);
      }
      case CheckResult.Fails(List<String> findings) -> {
        holds = false;
        lines.add(style.level(Level.BAD, "does not hold") + ":");
        lines.addAll(findings);
      }
    }
    return lines;
  }

  /// What a certificate of a claim proves, in one sentence.
  static String meaning(String kind) {
    return switch (kind) {
      case "RESTORES_MINIMAL" ->
          "the target is restored, and with anything smaller it would not be";
      case "CAPPED" -> "as much as the cap allows is closed; that does not reach the target";
      case "VENUE_PRESCRIBED" -> "the amounts are those that the venue's own formula states";
      case "RULE_PRESCRIBED" -> "the amounts are the rule's formula, whatever they restore";
      case "RESTORES_SHARE" ->
          "a share of what is missing is restored, and with anything smaller it would not be";
      case "RELIEVES" -> "the close raises the health, though it does not reach the target";
      case "CLOSES_ALL" -> "everything is closed because the rule says so";
      case "ESCALATED" -> "everything is closed because no part of it restores";
      default -> "see the glossary";
    };
  }

  /// Draws the curve of a record; nothing with a problem.
  ///
  /// @param currency of its excesses
  /// @param target level that an excess of zero reaches
  List<String> draw(Node node, String currency, String target) {
    Fields curve = Fields.anyKeys(node, problems);
    List<Line> pieces = curve.items("pieces").stream().map(this::piece).toList();
    Optional<Mark> now = mark(curve, "now");
    Optional<Mark> chosen = mark(curve, "chosen");
    Optional<BigDecimal> size = decimal(curve, "size");
    if (now.isEmpty() || chosen.isEmpty() || size.isEmpty() || !problems.isEmpty()) {
      return List.of();
    }
    LegPicture picture =
        new LegPicture(
            curve.text("leg"),
            currency,
            target,
            pieces,
            now.get(),
            chosen.get(),
            mark(curve, "smaller").filter(mark -> !mark.restores() && chosen.get().restores()),
            mark(curve, "whole"),
            size.get().doubleValue(),
            numbers.text(size.get()));
    return LegCurveText.lines(picture, numbers, terminal.columns());
  }

  private Line piece(Node node) {
    Fields piece = Fields.anyKeys(node, problems);
    return new Line(
        real(piece, "from"), real(piece, "excessFrom"), real(piece, "to"), real(piece, "excessTo"));
  }

  private Optional<Mark> mark(Fields curve, String key) {
    Optional<Node> table = curve.node(key).filter(node -> node instanceof Node.Table);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Fields point = Fields.anyKeys(table.get(), problems);
    Optional<BigDecimal> excess = decimal(point, "excess");
    return excess.map(value ->
        new Mark(
            real(point, "quantity"),
            value.doubleValue(),
            decimal(point, "quantity").map(numbers::text).orElse(""),
            (value.signum() > 0 ? "+" : "") + money(value),
            point.text("health"),
            value.signum() >= 0));
  }

  private double real(Fields fields, String key) {
    return decimal(fields, key).orElse(BigDecimal.ZERO).doubleValue();
  }

  /// A required number; empty with a problem.
  Optional<BigDecimal> decimal(Fields fields, String key) {
    String text = fields.text(key);
    return text.isEmpty()
        ? Optional.empty()
        : problems.attempt(fields.place(key), () -> new BigDecimal(text));
  }

  /// In cents; less than half of one with its first digit.
  String money(BigDecimal value) {
    BigDecimal cents = value.setScale(CENTS, RoundingMode.HALF_EVEN);
    return numbers.text(
        cents.signum() == 0 && value.signum() != 0
            ? value.round(new MathContext(1, RoundingMode.HALF_EVEN))
            : cents);
  }
}
