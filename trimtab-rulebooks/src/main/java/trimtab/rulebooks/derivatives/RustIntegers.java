package trimtab.rulebooks.derivatives;

import java.math.BigInteger;

/// Integers of the widths that programs in Rust have, checked: what does not fit is an error, as
/// the program stops there.
final class RustIntegers {
  private RustIntegers() {}

  /// The value itself, if it is between 0 and `2^32 - 1`.
  static BigInteger u32(BigInteger value) {
    return unsigned(value, 32);
  }

  /// The value itself, if it is between 0 and `2^64 - 1`.
  static BigInteger u64(BigInteger value) {
    return unsigned(value, 64);
  }

  /// The value itself, if it is between 0 and `2^128 - 1`.
  static BigInteger u128(BigInteger value) {
    return unsigned(value, 128);
  }

  /// The value itself, if it fits 128 bits with a sign.
  static BigInteger i128(BigInteger value) {
    if (value.bitLength() > 127) {
      throw new ArithmeticException("more than 128 bits: " + value);
    }
    return value;
  }

  /// `floor(value x factor / divisor)` of values without sign, the product in 128 bits.
  static BigInteger mulDivFloor(BigInteger value, BigInteger factor, BigInteger divisor) {
    return u128(u128(value).multiply(u128(factor))).divide(positive(divisor));
  }

  /// `ceil(dividend / divisor)` of a dividend that is not negative.
  static BigInteger divCeil(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = u128(dividend).divideAndRemainder(positive(divisor));
    return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
  }

  /// `floor(dividend / divisor)` of a dividend that is not negative.
  static BigInteger divFloor(BigInteger dividend, BigInteger divisor) {
    return u128(dividend).divide(positive(divisor));
  }

  /// `max(0, value - other)`.
  static BigInteger minusOrZero(BigInteger value, BigInteger other) {
    return value.subtract(other).max(BigInteger.ZERO);
  }

  private static BigInteger unsigned(BigInteger value, int width) {
    if (value.signum() < 0) {
      throw new ArithmeticException("below zero: " + value);
    }
    if (value.bitLength() > width) {
      throw new ArithmeticException("more than " + width + " bits: " + value);
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
