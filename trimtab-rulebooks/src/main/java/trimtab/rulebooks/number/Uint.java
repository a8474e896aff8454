package trimtab.rulebooks.number;

import java.math.BigInteger;

/// Integer arithmetic as contracts do it: values of at most 256 bits without sign, every division
/// with its direction in its name. What does not fit is an error, as it reverts there.
public final class Uint {
  /// `1e18`.
  public static final BigInteger WAD = BigInteger.TEN.pow(18);

  /// `1e27`.
  public static final BigInteger RAY = BigInteger.TEN.pow(27);

  /// `1e45`.
  public static final BigInteger RAD = BigInteger.TEN.pow(45);

  /// `1e4`: one hundred percent in basis points.
  public static final BigInteger BPS = BigInteger.valueOf(10_000);

  /// `2^256 - 1`.
  public static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

  private Uint() {}

  /// `floor(value x factor / divisor)`, the product at full width.
  ///
  /// @throws ArithmeticException if an argument is negative, the divisor 0, or the result does not
  ///   fit 256 bits
  public static BigInteger mulDivFloor(BigInteger value, BigInteger factor, BigInteger divisor) {
    return fit(fit(value).multiply(fit(factor)).divide(positive(divisor)));
  }

  /// `ceil(value x factor / divisor)`; see [#mulDivFloor(BigInteger, BigInteger, BigInteger)].
  public static BigInteger mulDivCeil(BigInteger value, BigInteger factor, BigInteger divisor) {
    BigInteger product = fit(value).multiply(fit(factor));
    return fit(divCeil(product, positive(divisor)));
  }

  /// `floor((value x factor + divisor / 2) / divisor)` with the half rounded down: to the nearest,
  /// halves up where the divisor is even, as Aave's percentage and ray arithmetic rounds.
  public static BigInteger mulDivHalfUp(BigInteger value, BigInteger factor, BigInteger divisor) {
    BigInteger half = positive(divisor).shiftRight(1);
    return fit(fit(value).multiply(fit(factor)).add(half).divide(divisor));
  }

  /// `floor(dividend / divisor)`.
  public static BigInteger divFloor(BigInteger dividend, BigInteger divisor) {
    return fit(dividend).divide(positive(divisor));
  }

  /// `ceil(dividend / divisor)`.
  public static BigInteger divCeil(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(positive(divisor));
    return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
  }

  /// `max(0, value - other)`.
  public static BigInteger minusOrZero(BigInteger value, BigInteger other) {
    return value.subtract(other).max(BigInteger.ZERO);
  }

  /// The value itself.
  ///
  /// @throws ArithmeticException if it is negative or has more than 256 bits
  public static BigInteger fit(BigInteger value) {
    if (value.signum() < 0) {
      throw new ArithmeticException("below zero: " + value);
    }
    if (value.bitLength() > 256) {
      throw new ArithmeticException("more than 256 bits: " + value);
    }
    return value;
  }

  private static BigInteger positive(BigInteger divisor) {
    if (divisor.signum() <= 0) {
      throw new ArithmeticException("division by " + divisor);
    }
    return divisor;
  }
}
