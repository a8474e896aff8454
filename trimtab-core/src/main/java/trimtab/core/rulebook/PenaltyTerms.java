package trimtab.core.rulebook;

import trimtab.core.money.Ppm;

/// What a liquidated account pays on top of the market's cost, and to whom: plain numbers, as they
/// hold for one decision. A [PenaltySchedule] says how they change from decision to decision.
///
/// @param positionPpm rate for perpetuals, of `positionBase`
/// @param pairPpm rate for pairs, of `pairBase`
/// @param positionBase what the rate for perpetuals multiplies
/// @param pairBase what the rate for pairs multiplies
/// @param cap how the penalty is bounded
/// @param split who gets it
public record PenaltyTerms(
    long positionPpm,
    long pairPpm,
    PositionBase positionBase,
    PairBase pairBase,
    Cap cap,
    Split split) {
  /// What the rate for perpetuals multiplies.
  public enum PositionBase {
    /// The value closed, at the mark.
    NOTIONAL,
    /// The maintenance requirement that the closing frees.
    REQUIREMENT,
    /// What the closing costs less than its limit price allows, 0 where it costs more.
    IMPROVEMENT
  }

  /// What the rate for pairs multiplies. A pair in an account without a requirement has no limit
  /// price, so an improvement over it is no base for pairs.
  public enum PairBase {
    /// The value of the debt that is repaid: collateral worth `1 + rate` is seized per unit repaid,
    /// all costs aside.
    REPAID,
    /// The obligation that is freed: the value repaid at its debt weight.
    OBLIGATION,
    /// The value of the collateral that is sold, at the mark.
    SEIZED
  }

  /// How a penalty is bounded.
  public enum Cap {
    /// Never more than the improvement over the limit price, so the penalty by itself neither
    /// lowers equity over requirement nor creates bad debt.
    IMPROVEMENT,
    /// The full rate whatever is left: the first-generation rule, which turns thin equity into bad
    /// debt.
    NONE
  }

  /// Who gets the penalty, by name.
  ///
  /// @param fundPpm share of the insurance fund
  /// @param liquidatorPpm share of whoever executes
  /// @param protocolPpm share of the venue
  public record Split(long fundPpm, long liquidatorPpm, long protocolPpm) {
    /// Checks the shares.
    ///
    /// @throws IllegalArgumentException unless they are 0 to 1 and 1 together
    public Split {
      boolean shares = fundPpm >= 0 && liquidatorPpm >= 0 && protocolPpm >= 0;
      if (!shares || fundPpm + liquidatorPpm + protocolPpm != Ppm.ONE) {
        throw new IllegalArgumentException(
            "the shares of fund, liquidator and protocol are 0 to 1 and 1 together");
      }
    }
  }

  /// Checks the rates.
  ///
  /// @throws IllegalArgumentException unless they are at least 0 and below 1
  public PenaltyTerms {
    if (positionPpm < 0 || positionPpm >= Ppm.ONE || pairPpm < 0 || pairPpm >= Ppm.ONE) {
      throw new IllegalArgumentException("a penalty rate is at least 0 and below 1");
    }
  }

  /// On closed notional and repaid value, split between the fund and whoever executes.
  ///
  /// @param fundSharePpm share of the fund
  public PenaltyTerms(long positionPpm, long pairPpm, Cap cap, long fundSharePpm) {
    this(
        positionPpm,
        pairPpm,
        PositionBase.NOTIONAL,
        PairBase.REPAID,
        cap,
        new Split(requireShare(fundSharePpm), Ppm.ONE - fundSharePpm, 0));
  }

  private static long requireShare(long fundSharePpm) {
    if (fundSharePpm < 0 || fundSharePpm > Ppm.ONE) {
      throw new IllegalArgumentException("the fund's share of the penalty is 0 to 1");
    }
    return fundSharePpm;
  }

  /// Share of the penalty that goes to the insurance fund.
  public long fundSharePpm() {
    return split.fundPpm();
  }

  /// The same terms at other rates.
  public PenaltyTerms atRates(long position, long pair) {
    return new PenaltyTerms(position, pair, positionBase, pairBase, cap, split);
  }

  /// The same terms with another bound.
  public PenaltyTerms boundedBy(Cap other) {
    return new PenaltyTerms(positionPpm, pairPpm, positionBase, pairBase, other, split);
  }
}
