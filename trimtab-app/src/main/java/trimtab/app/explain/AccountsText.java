package trimtab.app.explain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.app.certificate.CertificateReader;
import trimtab.app.explain.AccountsFile.Entry;
import trimtab.app.explain.AccountsFile.Found;
import trimtab.app.output.Numbers;
import trimtab.app.output.Style;
import trimtab.app.output.Terminal;
import trimtab.core.certificate.Certificate;
import trimtab.lab.input.Fields;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Node;
import trimtab.lab.input.Place;
import trimtab.lab.input.Problems;

/// The decisions that a replay wrote, in words.
final class AccountsText {
  private static final int CENTS = 2;

  private final Problems problems;
  private final Numbers numbers;
  private final Style style;
  private final ProofText proof;
  private final List<String> lines = new ArrayList<>();

  AccountsText(Problems problems, Terminal terminal) {
    this.problems = problems;
    this.numbers = new Numbers(terminal.unicode());
    this.style = new Style(terminal.stdoutColour());
    this.proof = new ProofText(problems, terminal);
  }

  /// Whether every certificate that was met proves its claim.
  boolean holds() {
    return proof.holds();
  }

  /// Of one account: its runs, and of each all decisions or the one that is asked for.
  List<String> account(String source, Found found, String account, Optional<Integer> slice) {
    if (found.kept().isEmpty()) {
      throw new InputException(
          Place.file(source),
          "has no account '%s'; without --account it lists some".formatted(account));
    }
    for (Entry entry : found.kept()) {
      head(entry);
      List<Node> decisions = entry.decisions();
      for (int i = 0; i < decisions.size(); i++) {
        if (slice.isEmpty() || slice.get() == i + 1) {
          decision(i + 1, decisions.get(i), found.currency());
        }
      }
    }
    if (slice.isPresent()
        && found.kept().stream().allMatch(entry -> entry.decisions().size() < slice.get())) {
      throw new InputException(
          "--slice: account '%s' has no decision %d".formatted(account, slice.get()));
    }
    return lines;
  }

  /// The dearest accounts, the first of them in full.
  List<String> dearest(String source, Found found) {
    if (found.kept().isEmpty()) {
      throw new InputException(Place.file(source), "holds no decision: no account was touched");
    }
    lines.add(
        "%s decisions about accounts in all runs; those that cost their accounts most:"
            .formatted(numbers.exact(found.decisions(), 0)));
    for (Entry entry : found.kept()) {
      lines.add(
          "  --account %s  %s, impact %s: %s, %s"
              .formatted(
                  entry.id(),
                  entry.run(),
                  entry.impact(),
                  counted(entry),
                  money(entry.friction())));
    }
    lines.add("");
    head(found.kept().getFirst());
    decision(1, found.kept().getFirst().decisions().getFirst(), found.currency());
    return lines;
  }

  private static String counted(Entry entry) {
    int count = entry.decisions().size();
    return count + (count == 1 ? " decision" : " decisions");
  }

  private void head(Entry entry) {
    Fields values = Fields.anyKeys(entry.values(), problems);
    lines.add(
        style.bold("account " + entry.id())
            + " under %s, impact %s: a %s worth %s at entry"
                .formatted(
                    entry.run(),
                    entry.impact(),
                    values.text("kind"),
                    money(values.text("entryNotional"))));
    lines.add(
        "  %s, closed %s; penalty %s, slippage %s, bad debt %s"
            .formatted(
                counted(entry),
                money(values.text("notionalClosed")),
                money(values.text("penaltyPaid")),
                money(values.text("slippagePaid")),
                money(values.text("badDebt"))));
  }

  private void decision(int number, Node node, String currency) {
    Fields decision = Fields.anyKeys(node, problems);
    lines.add("  decision %d at %s".formatted(number, decision.text("asOf")));
    fact(
        "trigger",
        "health %s is below the threshold %s"
            .formatted(decision.text("healthBefore"), decision.text("threshold")));
    if (decision.has("level")) {
      fact(
          "level",
          "%s -> %s, severity %s before"
              .formatted(
                  decision.text("level"), decision.text("levelAfter"), decision.text("severity")));
    }
    for (Node item : decision.items("closings")) {
      Fields closing = Fields.anyKeys(item, problems);
      boolean limited = closing.node("limitPrice").orElse(item) instanceof Node.Scalar;
      fact(
          "close",
          "%s: %s %s of %s%s"
              .formatted(
                  leg(closing),
                  closing.text("side"),
                  number(closing.text("quantity")),
                  number(closing.text("size")),
                  limited ? ", limit " + number(closing.text("limitPrice")) : ", no limit"));
      fact(
          "",
          "%s at the mark: penalty %s, planned cost of trading %s"
              .formatted(
                  money(closing.text("notional")),
                  money(closing.text("penalty")),
                  money(closing.text("cost"))));
    }
    for (Node item : decision.items("rejected")) {
      Fields left = Fields.anyKeys(item, problems);
      fact("left", leg(left) + ": " + left.text("reason"));
    }
    fact(
        "after",
        "health %s, target %s".formatted(decision.text("healthAfter"), decision.text("target")));
    least(decision);
    String claim = decision.text("claim");
    fact("claim", claim + ": " + ProofText.meaning(claim));
    proof(decision);
    decision
        .node("curve")
        .map(curve -> proof.draw(curve, currency, decision.text("target")))
        .filter(drawn -> !drawn.isEmpty())
        .ifPresent(drawn -> {
          lines.add("");
          lines.addAll(drawn);
          lines.add("");
        });
  }

  private void proof(Fields decision) {
    Optional<Certificate> certificate =
        decision.node("certificate").flatMap(node -> CertificateReader.read(node, problems));
    if (certificate.isPresent()) {
      List<String> checked = proof.check(certificate.get());
      fact("proof", checked.getFirst());
      checked.stream().skip(1).forEach(line -> fact("", line));
      return;
    }
    fact(
        "proof",
        decision.flag("certificateHolds")
            ? "the certificate held when the replay checked it;"
            : "the certificate did not hold when the replay checked it;");
    fact("", "without --no-proofs replay writes it into the file, to be drawn and checked anew");
  }

  private void least(Fields decision) {
    if (decision.node("leastNotional").filter(n -> n instanceof Node.Scalar).isEmpty()) {
      fact("least", "no partial close would have restored the target");
      return;
    }
    BigDecimal least = decimal(decision.text("leastNotional"));
    BigDecimal closed = decimal(decision.text("notional"));
    if (least.signum() > 0 && least.compareTo(closed) != 0) {
      fact(
          "least",
          "%s would have restored the target; this closes %s times as much"
              .formatted(
                  money(least), numbers.text(closed.divide(least, CENTS, RoundingMode.HALF_EVEN))));
    }
  }

  private static String leg(Fields leg) {
    return leg.has("market")
        ? leg.text("market")
        : "%s against %s debt".formatted(leg.text("collateral"), leg.text("debt"));
  }

  private String number(String text) {
    return numbers.text(decimal(text));
  }

  private String money(String text) {
    return money(decimal(text));
  }

  private String money(BigDecimal value) {
    return numbers.text(value.setScale(CENTS, RoundingMode.HALF_EVEN));
  }

  private static BigDecimal decimal(String text) {
    return text.matches("-?[0-9.]{1,60}") ? new BigDecimal(text) : BigDecimal.ZERO;
  }

  private void fact(String head, String text) {
    lines.add("    %-9s%s".formatted(head, text));
  }
}
