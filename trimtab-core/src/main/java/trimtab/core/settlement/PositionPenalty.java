package trimtab.core.settlement;

import trimtab.core.account.AccountView;
import trimtab.core.health.HealthModel;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.PositionBase;

/// Where the rate for perpetuals meets its base: the penalty of closing part of a position, before
/// its cap.
///
/// Cost and penalty together are linear wherever cost and requirement are, but for one kink: an
/// improvement is not negative. There the penalty is above the line that leaves it out, so that
/// line bounds it.
///
/// @param base what the rate multiplies
/// @param ratePpm the rate
/// @param allowance state before the closing, unless the base is the notional
public record PositionPenalty(PositionBase base, long ratePpm, Allowance allowance) {
  private static final Wide PPM_SQUARED = Wide.product(Ppm.ONE, Ppm.ONE);

  /// The penalty of closing a position at one state.
  ///
  /// @param account before the closing
  /// @param asset index of the asset that pays
  public static PositionPenalty of(
      HealthModel model, AccountView account, Marks marks, PenaltyTerms terms, int asset) {
    Allowance allowance =
        terms.positionBase() == PositionBase.NOTIONAL
            ? Allowance.NONE
            : Allowance.of(model, account, marks, asset);
    return new PositionPenalty(terms.positionBase(), terms.positionPpm(), allowance);
  }

  /// The penalty, rounded up.
  ///
  /// @param notional value closed, at the mark
  /// @param requirementAfter requirement of the account afterwards
  /// @param uplift by which closing at the mark raises the cash as it counts, exact units
  /// @param cost slippage and fees
  public long charged(long notional, Wide requirementAfter, Wide uplift, long cost) {
    return switch (base) {
      case NOTIONAL -> Rounding.mulDivCeil(notional, ratePpm, Ppm.ONE);
      case REQUIREMENT -> freed(requirementAfter).negate().divFloor(scale()).negate().toLongExact();
      case IMPROVEMENT -> {
        long improvement = Math.max(0, allowance.downTo(requirementAfter, uplift) - cost);
        yield Rounding.mulDivCeil(improvement, ratePpm, Ppm.ONE);
      }
    };
  }

  /// A lower bound of [#charged(long, Wide, Wide, long)], within rounding of a line; it may be
  /// negative.
  ///
  /// @param costFloor at most the cost
  public long floor(long notional, Wide requirementAfter, long costFloor) {
    return switch (base) {
      case NOTIONAL -> Rounding.mulDivFloor(notional, ratePpm, Ppm.ONE);
      case REQUIREMENT -> freed(requirementAfter).divFloor(scale()).toLongExact();
      case IMPROVEMENT -> {
        long allowed = allowance.downTo(requirementAfter, Wide.ZERO) - allowance.roundedBy();
        long improvement = allowed - costFloor;
        yield Rounding.mulDivFloor(improvement, ratePpm, Ppm.ONE);
      }
    };
  }

  private Wide scale() {
    return PPM_SQUARED.times(allowance.exactScale());
  }

  private Wide freed(Wide requirementAfter) {
    return allowance.requirement().minus(requirementAfter).times(ratePpm);
  }
}
