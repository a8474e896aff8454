package trimtab.lab.conformance;

import java.util.Map;
import java.util.Optional;
import trimtab.rulebooks.lending.LendingHealth;
import trimtab.rulebooks.lending.LendingHealth.Change;
import trimtab.rulebooks.lending.LendingHealth.Direction;
import trimtab.rulebooks.lending.LendingHealth.Pair;
import trimtab.rulebooks.lending.LendingHealth.Target;
import trimtab.rulebooks.number.Fraction;

/// The kinds of cases of generic.
final class GenericKinds {
  private GenericKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "generic/healthFactorAfterPartial", GenericKinds::afterPartial,
        "generic/maxRepayToTarget", GenericKinds::repayToTarget);
  }

  private static Value.Table afterPartial(Inputs inputs) {
    Change change = LendingHealth.afterPartial(pair(inputs), inputs.number("repay"));
    return Value.Table.empty()
        .with("hfBefore", orNone(change.before()))
        .with("hfAfter", orNone(change.after()))
        .with("direction", word(change.direction()));
  }

  private static Value.Table repayToTarget(Inputs inputs) {
    Target target = LendingHealth.repayToTarget(pair(inputs), inputs.number("targetHf"));
    return Value.Table.empty()
        .with("reachable", target.reachable())
        .with("repay", orNone(target.repay()))
        .with("closeFactor", orNone(target.closeFactor()))
        .with("hfAfter", orNone(target.after()));
  }

  private static Pair pair(Inputs inputs) {
    return new Pair(
        inputs.number("riskAdjustedCollateral"),
        inputs.number("debt"),
        inputs.number("bonusFactor"),
        inputs.number("seizedThreshold"));
  }

  private static Value orNone(Optional<Fraction> number) {
    return number.<Value>map(Value.Amount::new).orElseGet(() -> new Value.Text("none"));
  }

  private static String word(Direction direction) {
    return switch (direction) {
      case UP -> "up";
      case DOWN -> "down";
      case EQUAL -> "equal";
    };
  }
}
