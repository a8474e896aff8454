package trimtab.lab.stress;

import java.util.List;
import java.util.Optional;
import trimtab.core.health.Base;
import trimtab.core.health.Netting;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltySchedule;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Rulebook;

/// The constants of a rulebook that the quick step understands.
///
/// @param demand how much is closed
/// @param sharePpm of `SHARE`
/// @param threshold level of breach, as a number
/// @param target level to be restored, as a number
/// @param positionPpm penalty on closed notional
/// @param pairPpm penalty on repaid value
record QuickRule(
    Demand demand, long sharePpm, double threshold, double target, long positionPpm, long pairPpm) {
  enum Demand {
    EVERYTHING,
    SHARE,
    TARGET
  }

  /// Empty for a rulebook with anything that the quick step has no formula for.
  static Optional<QuickRule> of(Rulebook rule) {
    if (!(rule instanceof OwnRulebook rulebook)) {
      return Optional.empty();
    }
    PenaltyTerms penalty = rulebook.penalty();
    boolean plain =
        rulebook.base() == Base.AUTO
            && rulebook.onHarmfulClose() == OnHarmfulClose.ESCALATE
            && rulebook.netting() == Netting.PER_ASSET
            && rulebook.schedule().equals(PenaltySchedule.FIXED)
            && !rulebook.penaltyReduction()
            && penalty.positionBase() == PenaltyTerms.PositionBase.NOTIONAL
            && penalty.pairBase() == PenaltyTerms.PairBase.REPAID
            && penalty.cap() == PenaltyTerms.Cap.IMPROVEMENT;
    if (!plain) {
      return Optional.empty();
    }
    return switch (rulebook.closeRule()) {
      case CloseRule.Full() -> Optional.of(of(rulebook, Demand.EVERYTHING, Ppm.ONE));
      case CloseRule.FixedFraction(long share) -> Optional.of(of(rulebook, Demand.SHARE, share));
      case CloseRule.TargetHealth(long most) when most == Ppm.ONE ->
          Optional.of(of(rulebook, Demand.TARGET, Ppm.ONE));
      case CloseRule.TargetHealth _,
          CloseRule.Stepped _,
          CloseRule.Ramp _,
          CloseRule.TimeSliced _ ->
          Optional.empty();
    };
  }

  /// What decides about a bankrupt account, of which everything is closed: equal for rules that do
  /// the same.
  List<Number> whenBankrupt() {
    return List.of(threshold, target, positionPpm, pairPpm);
  }

  private static QuickRule of(OwnRulebook rulebook, Demand demand, long sharePpm) {
    return new QuickRule(
        demand,
        sharePpm,
        (double) rulebook.thresholdPpm() / Ppm.ONE,
        (double) rulebook.targetPpm() / Ppm.ONE,
        rulebook.penalty().positionPpm(),
        rulebook.penalty().pairPpm());
  }
}
