package trimtab.app.explain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.app.output.Numbers;
import trimtab.app.output.Style;
import trimtab.app.output.Terminal;
import trimtab.core.certificate.Certificate;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.lab.input.Fields;
import trimtab.lab.input.Node;
import trimtab.lab.input.Problems;

/// The decision that a `plan --json` document records, in words: from its numbers alone, and with
/// its certificate checked anew.
final class PlanRecord {
  private static final int WEIGHTED_DECIMALS = 24;

  private final Problems problems;
  private final Numbers numbers;
  private final Style style;
  private final ProofText proof;
  private final List<String> lines = new ArrayList<>();
  private String currency = "";

  PlanRecord(Problems problems, Terminal terminal) {
    this.problems = problems;
    this.proof = new ProofText(problems, terminal);
    this.numbers = new Numbers(terminal.unicode());
    this.style = new Style(terminal.stdoutColour());
  }

  /// The lines of a record. Problems of its form go to where the constructor said.
  List<String> lines(Node root, Optional<Certificate> certificate) {
    Fields plan = Fields.anyKeys(root, problems);
    currency = plan.text("currency");
    lines.add(
        style.bold("account " + plan.text("account"))
            + " under %s at %s".formatted(plan.text("rulebook"), plan.text("asOf")));
    plan.optionalText("trigger").ifPresent(reason -> fact("trigger", reason));
    String verdict = plan.text("verdict");
    health(plan, verdict.equals("close"));
    if (!verdict.equals("close")) {
      fact(
          "verdict",
          verdict.equals("healthy")
              ? "nothing to close: the account is healthy"
              : "nothing is closed: " + plan.text("reason"));
      return lines;
    }
    plan.items("closings").forEach(this::closing);
    plan.items("rejected").forEach(this::rejected);
    fact("cost", "%s %s in all".formatted(money(plan.text("cost")), currency));
    fullClosure(plan);
    certificate.ifPresent(this::proof);
    plan.node("curve").ifPresent(curve -> draw(curve, plan.text("target")));
    return lines;
  }

  private void health(Fields plan, boolean closes) {
    String threshold = plan.text("threshold");
    Optional<Health> before = plan.requiredNode("before").flatMap(this::health);
    Optional<Health> after = closes ? plan.requiredNode("after").flatMap(this::health) : before;
    if (before.isEmpty() || after.isEmpty() || !problems.isEmpty()) {
      return;
    }
    long level = Ppm.parse(threshold);
    String target = plan.text("target");
    fact(
        "health",
        closes
            ? "%s -> %s, threshold %s, target %s"
                .formatted(
                    before.get().ratioText(level),
                    after.get().ratioText(Ppm.parse(target)),
                    threshold,
                    target)
            : "%s, threshold %s".formatted(before.get().ratioText(level), threshold));
    standing(plan, closes);
    boolean lending = before.get().base() == Base.OBLIGATION;
    fact(
        "",
        "%s %s over %s %s before"
            .formatted(
                lending ? "backing" : "equity",
                money(weighted(before.get().numerator())),
                lending ? "obligation" : "requirement",
                money(weighted(before.get().baseAmount()))));
  }

  /// Level and severity; files of older versions have none.
  private void standing(Fields plan, boolean closes) {
    Fields before = Fields.anyKeys(plan.requiredNode("before").orElseThrow(), problems);
    if (!before.has("level")) {
      return;
    }
    Fields after =
        closes ? Fields.anyKeys(plan.requiredNode("after").orElseThrow(), problems) : before;
    String level = before.text("level");
    String severity = before.text("severity");
    if (closes) {
      level += " -> " + after.text("level");
      severity += " -> " + after.text("severity");
    }
    fact("level", "%s, severity %s".formatted(level, severity));
    fact("", before.text("levelReason"));
    if (closes) {
      fact("", "after: " + after.text("levelReason"));
    }
  }

  private static BigDecimal weighted(Wide value) {
    return new BigDecimal(value.toBigInteger(), WEIGHTED_DECIMALS);
  }

  private Optional<Health> health(Node node) {
    Fields fields = Fields.anyKeys(node, problems);
    Map<String, Base> bases =
        Map.of("obligation", Base.OBLIGATION, "requirement", Base.REQUIREMENT);
    Base base = fields.choice("base", bases, Base.REQUIREMENT);
    Optional<Wide> backing = weighted(fields, "backing");
    Optional<Wide> obligation = weighted(fields, "obligation");
    Optional<Wide> requirement = weighted(fields, "requirement");
    if (backing.isEmpty() || obligation.isEmpty() || requirement.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Health(backing.get(), obligation.get(), requirement.get(), base, 0));
  }

  private Optional<Wide> weighted(Fields fields, String key) {
    return proof
        .decimal(fields, key)
        .flatMap(value ->
            problems.attempt(
                fields.place(key),
                () -> Wide.of(value.setScale(WEIGHTED_DECIMALS).unscaledValue())));
  }

  private void closing(Node node) {
    Fields closing = Fields.anyKeys(node, problems);
    fact(
        "close",
        "%s: %s %s of %s%s"
            .formatted(
                leg(closing),
                closing.text("side"),
                number(closing, "quantity"),
                number(closing, "size"),
                price(closing, "limitPrice", ", limit ")
                    + price(closing, "restoringPrice", ", restores at or inside ")));
    fact(
        "",
        "%s %s at the mark: penalty %s + slippage %s + fee %s"
            .formatted(
                money(closing.text("notional")),
                currency,
                money(closing.text("penalty")),
                money(closing.text("slippage")),
                money(closing.text("fee"))));
  }

  private String leg(Fields leg) {
    return leg.has("market")
        ? leg.text("market")
        : "%s against %s debt".formatted(leg.text("collateral"), leg.text("debt"));
  }

  private String price(Fields fields, String key, String words) {
    return fields.node(key).filter(node -> node instanceof Node.Scalar).isPresent()
        ? words + number(fields, key)
        : "";
  }

  private void rejected(Node node) {
    Fields rejected = Fields.anyKeys(node, problems);
    fact("left", leg(rejected) + ": " + rejected.text("reason"));
  }

  private void fullClosure(Fields plan) {
    plan.node("fullClosure")
        .filter(node -> node instanceof Node.Table)
        .map(node -> Fields.anyKeys(node, problems))
        .ifPresent(full ->
            fact(
                "full",
                "kept open against full closure %s, saved on costs %s %s"
                    .formatted(money(full.text("keptOpen")), money(full.text("saved")), currency)));
  }

  private void proof(Certificate certificate) {
    fact(
        "claim", certificate.claim().kind() + ": " + ProofText.meaning(certificate.claim().kind()));
    List<String> checked = proof.check(certificate);
    fact("proof", checked.getFirst());
    checked.stream().skip(1).forEach(line -> fact("", line));
  }

  private void draw(Node curve, String target) {
    List<String> drawn = proof.draw(curve, currency, target);
    if (!drawn.isEmpty()) {
      lines.add("");
      lines.addAll(drawn);
    }
  }

  private String number(Fields fields, String key) {
    return proof.decimal(fields, key).map(numbers::text).orElse("");
  }

  private String money(String text) {
    try {
      return money(new BigDecimal(text));
    } catch (NumberFormatException notANumber) {
      return text;
    }
  }

  private String money(BigDecimal value) {
    return proof.money(value);
  }

  private void fact(String head, String text) {
    lines.add("  %-9s%s".formatted(head, text));
  }
}
