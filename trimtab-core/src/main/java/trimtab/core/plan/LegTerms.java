package trimtab.core.plan;

import trimtab.core.cost.CostCurve;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.UnitValue;
import trimtab.core.money.Wide;

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
/// @param unitValue exact units per unit of the leg
/// @param exactScale exact units per value unit
/// @param curve what trading costs
public record LegTerms(
    long size,
    long lot,
    long minimumOrderValue,
    long dustValue,
    long feePpm,
    UnitValue unitValue,
    long exactScale,
    CostCurve curve) {

  LegTerms withSize(long changed) {
    return new LegTerms(
        changed, lot, minimumOrderValue, dustValue, feePpm, unitValue, exactScale, curve);
  }

  /// Value of a quantity at the mark in value units, rounded up.
  public long notional(long quantity) {
    return unitValue.ceil(quantity).divCeil(exactScale);
  }

  /// The same rounded down.
  long notionalFloor(long quantity) {
    return unitValue.floor(quantity).divFloor(exactScale);
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
    long fee = Rounding.mulDivFloor(notionalFloor(quantity), feePpm, Ppm.ONE);
    return curve.costFloor(quantity) + fee;
  }

  /// The part of the leg that a share allows, rounded down.
  long share(long sharePpm) {
    return sharePpm == Ppm.ONE ? size : Rounding.mulDivFloor(size, sharePpm, Ppm.ONE);
  }

  /// Least admissible partial closing.
  public long minimum() {
    long least = leastWorth(Math.max(1, minimumOrderValue));
    return Rounding.ceilToStep(Math.max(1, least), lot);
  }

  /// Largest admissible partial closing; below [#minimum()] when only the whole leg is admissible.
  public long maximumPartial() {
    long remainder = Math.max(1, leastWorth(dustValue));
    return remainder >= size ? 0 : Rounding.floorToStep(size - remainder, lot);
  }

  private long leastWorth(long value) {
    return unitValue.leastQuantity(Wide.product(value, exactScale));
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
