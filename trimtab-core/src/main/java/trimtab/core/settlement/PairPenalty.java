package trimtab.core.settlement;

import trimtab.core.instrument.Asset;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.rulebook.PenaltyTerms;

/// Where the rate for pairs meets its base: what of the proceeds repays the debt and what is
/// penalty, before its cap. One of the two rates is 0.
///
/// @param repaidPpm rate on the value repaid
/// @param soldPpm rate on the value of the collateral sold
public record PairPenalty(long repaidPpm, long soldPpm) {
  /// The rates that hold for pairs with one debt.
  ///
  /// @param debt the asset whose debt is repaid
  public static PairPenalty of(PenaltyTerms terms, Asset debt) {
    long rate = terms.pairPpm();
    return switch (terms.pairBase()) {
      case REPAID -> new PairPenalty(rate, 0);
      case OBLIGATION ->
          new PairPenalty(Rounding.mulDivFloor(rate, debt.debtWeightPpm(), Ppm.ONE), 0);
      case SEIZED -> new PairPenalty(0, rate);
    };
  }

  /// The value that a sale can repay with the penalty on top, rounded down in favour of the fund.
  ///
  /// @param value of the collateral sold, at the mark
  /// @param proceeds value less cost, not negative
  public long repayable(long value, long proceeds) {
    long left = Math.max(0, proceeds - Rounding.mulDivCeil(value, soldPpm, Ppm.ONE));
    return Rounding.mulDivFloor(left, Ppm.ONE, Ppm.ONE + repaidPpm);
  }

  /// An upper bound of [#repayable(long, long)], within rounding of a convex line.
  public long repayableCeiling(long value, long proceeds) {
    long left = Math.max(0, proceeds - Rounding.mulDivFloor(value, soldPpm, Ppm.ONE));
    return Rounding.mulDivCeil(left, Ppm.ONE, Ppm.ONE + repaidPpm);
  }

  /// The penalty, rounded up.
  ///
  /// @param repaid value by which the debt falls, before it is cut to whole units
  public long charged(long value, long repaid) {
    return Rounding.mulDivCeil(value, soldPpm, Ppm.ONE)
        + Rounding.mulDivCeil(repaid, repaidPpm, Ppm.ONE);
  }
}
