package trimtab.engine.account;

import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Rulebook;
import trimtab.engine.journal.StateWriter;

/// A rulebook's constants in a fixed order.
final class RulebookState {
  private RulebookState() {}

  static void write(StateWriter out, Rulebook rule) {
    PenaltyTerms penalty = rule.penalty();
    out.putText(rule.name());
    out.putText(rule.base().name());
    out.putLong(rule.thresholdPpm());
    out.putLong(rule.targetPpm());
    out.putText(rule.legOrder().name());
    out.putText(rule.objective().name());
    out.putText(rule.onHarmfulClose().name());
    out.putLong(penalty.positionPpm());
    out.putLong(penalty.pairPpm());
    out.putText(penalty.cap().name());
    out.putLong(penalty.fundSharePpm());
    out.putLong(rule.cooldownNanos());
    out.putText(rule.settle().name());
    out.putText(rule.backstop().name());
    if (rule instanceof OwnRulebook own) {
      write(out, own.closeRule());
    }
  }

  private static void write(StateWriter out, CloseRule rule) {
    switch (rule) {
      case CloseRule.Full() -> out.putText("full");
      case CloseRule.FixedFraction(long sharePpm) -> {
        out.putText("fixed-fraction");
        out.putLong(sharePpm);
      }
      case CloseRule.TargetHealth(long maximumSharePpm) -> {
        out.putText("target-health");
        out.putLong(maximumSharePpm);
      }
    }
  }
}
