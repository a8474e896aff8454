package trimtab.core.plan;

import trimtab.core.money.Ppm;
import trimtab.core.rulebook.PenaltyTerms;

/// What a rulebook came to at the state of a plan.
///
/// @param penalty as every fill of this plan pays it
/// @param openedNanos when the episode opened
/// @param ceilingPpm what the penalty's rates were cut to so that the close helps; 1,000,000 where
///   they were not
/// @param step which way was taken, and why, in words
public record Grounds(PenaltyTerms penalty, long openedNanos, long ceilingPpm, String step) {
  /// The rule's own way.
  static Grounds asDemanded(PenaltyTerms penalty, long openedNanos) {
    return new Grounds(penalty, openedNanos, Ppm.ONE, AS_DEMANDED);
  }

  static final String AS_DEMANDED = "as the rule demands";

  /// Whether something else was done than the rule would have done by itself.
  public boolean isAnotherWay() {
    return !step.equals(AS_DEMANDED);
  }

  Grounds because(String reason) {
    return new Grounds(penalty, openedNanos, ceilingPpm, reason);
  }
}
