package trimtab.core.money;

/// Divisions that name their direction. Amounts that move are rounded in favour of the fund over
/// the account, so each call site says which way that is.
public final class Rounding {
  private Rounding() {}

  /// `floor(value x factor / divisor)`, exact in between.
  ///
  /// @param divisor positive
  /// @throws ArithmeticException if the result does not fit a long
  public static long mulDivFloor(long value, long factor, long divisor) {
    long high = Math.multiplyHigh(value, factor);
    long low = value * factor;
    return high == low >> 63 ? Math.floorDiv(low, divisor) : Wide.floor(high, low, divisor);
  }

  /// `ceil(value x factor / divisor)`, exact in between; see [#mulDivFloor(long, long, long)].
  public static long mulDivCeil(long value, long factor, long divisor) {
    long high = Math.multiplyHigh(value, factor);
    long low = value * factor;
    return high == low >> 63 ? Math.ceilDiv(low, divisor) : Wide.ceil(high, low, divisor);
  }

  /// The largest multiple of `step` that is not above `value` (which must not be negative).
  public static long floorToStep(long value, long step) {
    return value - value % step;
  }

  /// The smallest multiple of `step` that is not below `value` (which must not be negative).
  public static long ceilToStep(long value, long step) {
    return Math.multiplyExact(Math.ceilDiv(value, step), step);
  }
}
