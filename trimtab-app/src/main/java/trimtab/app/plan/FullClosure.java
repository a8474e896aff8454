package trimtab.app.plan;

import java.util.Optional;
import trimtab.core.plan.Plan;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.lab.input.PlanFile;

/// What closing everything would have cost instead: the same account, marks, cost curves, levels
/// and penalty, and the rule `full`.
///
/// @param totals of that plan
/// @param equity of the account afterwards, value units
/// @param cutByDepth whether the depth ends before everything is closed
public record FullClosure(PlanTotals totals, long equity, boolean cutByDepth) {
  /// The comparison of a plan; empty where the plan closes everything itself.
  static Optional<FullClosure> of(PlanFile input, Planner planner, Plan.Close plan) {
    if (plan.closesEverything() || !(input.rulebook() instanceof OwnRulebook rulebook)) {
      return Optional.empty();
    }
    long now = input.marks().asOfNanos();
    Plan whole =
        planner.plan(
            input.account(),
            input.marks(),
            full(rulebook),
            input.curves(),
            EpisodeState.opened(now),
            MarketState.fresh(now));
    return whole instanceof Plan.Close close
        ? Optional.of(
            new FullClosure(
                PlanTotals.of(close), close.after().equity(), !close.closesEverything()))
        : Optional.empty();
  }

  private static OwnRulebook full(OwnRulebook rulebook) {
    return new OwnRulebook(
        rulebook.name(),
        new CloseRule.Full(),
        rulebook.base(),
        rulebook.levels(),
        rulebook.penalty(),
        rulebook.schedule(),
        rulebook.onHarmfulClose(),
        rulebook.penaltyReduction(),
        rulebook.cooldown(),
        rulebook.legOrder(),
        rulebook.objective(),
        rulebook.netting());
  }
}
