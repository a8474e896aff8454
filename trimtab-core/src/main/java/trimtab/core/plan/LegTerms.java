package trimtab.core.plan;

import trimtab.core.cost.CostCurve;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;

/// The numbers of one leg that decide which quantities are admissible and what they cost.
///
/// Admissible are the multiples of the lot from [#minimum()] to [#maximumPartial()], and the whole
/// leg.
///
/// @param size the whole leg, in its units
/// @param lot step of a partial closing
/// @param minimumOrderValue least value of a partial closing, value units
/// @param dustValue a remainder worth less may not be left, value units
/// @param feePpm exchange fee on the notional
/// @param unitValue value units per unit of the leg
/// @param curve what trading costs
public record LegTerms(
    long size,
    long lot,
    long minimumOrderValue,
    long dustValue,
    long feePpm,
    long unitValue,
    CostCurve curve) {

  LegTerms withSize(long changed) {
    return new LegTerms(changed, lot, minimumOrderValue, dustValue, feePpm, unitValue, curve);
  }

  /// Value of a quantity at the mark.
  public long notional(long quantity) {
    return Math.multiplyExact(quantity, unitValue);
  }

  /// All-in cost at the planned curve, in value units: curve and exchange fee, each rounded up.
  public long cost(long quantity) {
    return curve.cost(quantity) + fee(quantity);
  }

  /// The exchange fee, rounded up.
  public long fee(long quantity) {
    return Rounding.mulDivCeil(notional(quantity), feePpm, Ppm.ONE);
  }

  /// The cost with each part rounded down: not above the unrounded one.
  long costFloor(long quantity) {
    return curve.costFloor(quantity) + Rounding.mulDivFloor(notional(quantity), feePpm, Ppm.ONE);
  }

  /// The part of the leg that a share allows, rounded down.
  long share(long sharePpm) {
    return sharePpm == Ppm.ONE ? size : Rounding.mulDivFloor(size, sharePpm, Ppm.ONE);
  }

  /// Least admissible partial closing.
  public long minimum() {
    long least = Math.ceilDiv(Math.max(1, minimumOrderValue), unitValue);
    return Rounding.ceilToStep(Math.max(1, least), lot);
  }

  /// Largest admissible partial closing; below [#minimum()] when only the whole leg is admissible.
  public long maximumPartial() {
    long remainder = Math.max(1, Math.ceilDiv(dustValue, unitValue));
    return remainder >= size ? 0 : Rounding.floorToStep(size - remainder, lot);
  }

  /// The largest admissible quantity that is not above `cap`; 0 if there is none.
  long largestAdmissible(long cap) {
    if (cap >= size) {
      return size;
    }
    long partial = Rounding.floorToStep(Math.min(cap, maximumPartial()), lot);
    return partial >= minimum() ? partial : 0;
  }

  /// The least admissible quantity that is not below `quantity` (which is at most the size).
  long leastAdmissible(long quantity) {
    long partial = Rounding.ceilToStep(Math.max(quantity, minimum()), lot);
    return partial <= maximumPartial() ? partial : size;
  }
}
