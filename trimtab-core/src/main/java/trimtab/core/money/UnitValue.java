package trimtab.core.money;

/// What one unit of a quantity is worth, when that need not be a whole number: `numerator /
/// denominator` per unit.
///
/// @param numerator positive
/// @param denominator positive
public record UnitValue(Wide numerator, long denominator) {
  /// Checks both sides.
  ///
  /// @throws IllegalArgumentException if one is not positive
  public UnitValue {
    if (numerator.signum() <= 0 || denominator <= 0) {
      throw new IllegalArgumentException(
          "a unit value is positive, not %s / %d".formatted(numerator, denominator));
    }
  }

  /// A whole number per unit.
  public static UnitValue of(long value) {
    return new UnitValue(Wide.of(value), 1);
  }

  /// Value of a quantity, rounded down.
  public Wide floor(long quantity) {
    Wide product = numerator.times(quantity);
    return denominator == 1 ? product : product.divFloor(Wide.of(denominator));
  }

  /// Value of a quantity, rounded up.
  public Wide ceil(long quantity) {
    return denominator == 1 ? numerator.times(quantity) : floor(-quantity).negate();
  }

  /// The least quantity worth at least `value`.
  ///
  /// @throws ArithmeticException if it does not fit a long
  public long leastQuantity(Wide value) {
    return Math.negateExact(quantityWithin(value.negate()));
  }

  /// The largest quantity worth at most `value`.
  ///
  /// @throws ArithmeticException if it does not fit a long
  public long quantityWithin(Wide value) {
    return denominator == 1
        ? value.divFloor(numerator).toLongExact()
        : value.mulDivFloor(Wide.of(denominator), numerator).toLongExact();
  }
}
