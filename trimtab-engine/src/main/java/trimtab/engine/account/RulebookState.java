package trimtab.engine.account;

import java.util.List;
import trimtab.core.health.Levels;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltySchedule;
import trimtab.core.rulebook.PenaltySchedule.Course;
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
    write(out, rule.levels());
    out.putText(rule.legOrder().name());
    out.putText(rule.objective().name());
    out.putText(rule.onHarmfulClose().name());
    write(out, penalty);
    write(out, rule.schedule());
    out.putBoolean(rule.penaltyReduction());
    out.putLong(rule.cooldown().nanos());
    out.putLong(rule.cooldown().leastFilledPpm());
    out.putLong(rule.cooldown().severityPpm());
    out.putText(rule.settle().name());
    out.putText(rule.backstop().name());
    out.putInt(rule.parameters().size());
    rule.parameters()
        .forEach(parameter -> {
          out.putText(parameter.name());
          out.putText(parameter.value());
        });
    if (rule instanceof OwnRulebook own) {
      write(out, own.closeRule());
    }
  }

  private static void write(StateWriter out, Levels levels) {
    out.putLong(levels.warningPpm());
    out.putLong(levels.warningEndPpm());
    out.putLong(levels.thresholdPpm());
    out.putLong(levels.targetPpm());
    out.putLong(levels.fullPpm());
    out.putLong(levels.fullEndPpm());
  }

  private static void write(StateWriter out, PenaltyTerms penalty) {
    out.putLong(penalty.positionPpm());
    out.putLong(penalty.pairPpm());
    out.putText(penalty.positionBase().name());
    out.putText(penalty.pairBase().name());
    out.putText(penalty.cap().name());
    out.putLong(penalty.split().fundPpm());
    out.putLong(penalty.split().liquidatorPpm());
    out.putLong(penalty.split().protocolPpm());
  }

  private static void write(StateWriter out, PenaltySchedule schedule) {
    switch (schedule.course()) {
      case Course.Fixed() -> out.putText("fixed");
      case Course.InSeverity(long position, long pair) -> {
        out.putText("severity");
        out.putLong(position);
        out.putLong(pair);
      }
      case Course.Auction(long position, long pair, long durationNanos) -> {
        out.putText("auction");
        out.putLong(position);
        out.putLong(pair);
        out.putLong(durationNanos);
      }
    }
    out.putText(schedule.measure().name());
    out.putLong(schedule.bonusPpm());
    out.putLong(schedule.maximumPpm());
    out.putLong(schedule.solvencySharePpm());
  }

  private static void write(StateWriter out, CloseRule rule) {
    switch (rule) {
      case CloseRule.Full() -> out.putText("full");
      case CloseRule.FixedFraction(long sharePpm) -> {
        out.putText("fixed-fraction");
        out.putLong(sharePpm);
      }
      case CloseRule.Stepped(List<CloseRule.Stepped.Row> rows) -> {
        out.putText("stepped");
        out.putInt(rows.size());
        for (CloseRule.Stepped.Row row : rows) {
          out.putLong(row.belowPpm());
          out.putLong(row.sharePpm());
        }
      }
      case CloseRule.Ramp(long first, long last) -> {
        out.putText("ramp");
        out.putLong(first);
        out.putLong(last);
      }
      case CloseRule.TimeSliced(long initial, long growth) -> {
        out.putText("time-sliced");
        out.putLong(initial);
        out.putLong(growth);
      }
      case CloseRule.TargetHealth(long maximumSharePpm) -> {
        out.putText("target-health");
        out.putLong(maximumSharePpm);
      }
    }
  }
}
