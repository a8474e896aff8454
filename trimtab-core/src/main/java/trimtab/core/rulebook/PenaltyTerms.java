package trimtab.core.rulebook;

import trimtab.core.money.Ppm;

/// What a liquidated account pays on top of the market's cost, and to whom.
///
/// @param positionPpm penalty on closed notional of perpetuals
/// @param pairPpm penalty on repaid value of pairs: collateral worth `1 + pairPpm` is seized per
///   unit repaid, all costs aside
/// @param cap how the penalty is bounded
/// @param fundSharePpm share of the penalty that goes to the insurance fund; the rest goes to
///   whoever executes
public record PenaltyTerms(long positionPpm, long pairPpm, Cap cap, long fundSharePpm) {
  /// How a penalty is bounded.
  public enum Cap {
    /// Never more than the improvement over the limit price, so the penalty by itself neither
    /// lowers equity over requirement nor creates bad debt.
    IMPROVEMENT,
    /// The full rate whatever is left: the first-generation rule, which turns thin equity into bad
    /// debt.
    NONE
  }

  public PenaltyTerms {
    if (positionPpm < 0 || positionPpm >= Ppm.ONE || pairPpm < 0 || pairPpm >= Ppm.ONE) {
      throw new IllegalArgumentException("a penalty rate is at least 0 and below 1");
    }
    if (fundSharePpm < 0 || fundSharePpm > Ppm.ONE) {
      throw new IllegalArgumentException("the fund's share of the penalty is 0 to 1");
    }
  }
}
