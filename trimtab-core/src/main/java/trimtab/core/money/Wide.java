package trimtab.core.money;

import java.math.BigInteger;

/// A signed 128-bit integer: the width in which weighted values are added and verdicts are
/// compared.
///
/// A value of 62 bits times a weight of 20 bits times a level of 21 bits needs 103 bits, so the
/// sums of one account fit with 24 bits to spare. Every operation that could leave 128 bits throws
/// [ArithmeticException] instead of wrapping: a verdict is right or absent, never wrong.
///
/// @param high the upper 64 bits, signed
/// @param low the lower 64 bits, unsigned
public record Wide(long high, long low) implements Comparable<Wide> {
  public static final Wide ZERO = new Wide(0, 0);

  public static Wide of(long value) {
    return new Wide(value >> 63, value);
  }

  /// The exact product of two longs.
  public static Wide product(long left, long right) {
    return new Wide(Math.multiplyHigh(left, right), left * right);
  }

  public Wide plus(Wide other) {
    long sumLow = low + other.low;
    long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
    long sumHigh = high + other.high + carry;
    if (high < 0 == other.high < 0 && sumHigh < 0 != high < 0) {
      throw overflow();
    }
    return new Wide(sumHigh, sumLow);
  }

  public Wide minus(Wide other) {
    long differenceLow = low - other.low;
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    long differenceHigh = high - other.high - borrow;
    if (high < 0 != other.high < 0 && differenceHigh < 0 != high < 0) {
      throw overflow();
    }
    return new Wide(differenceHigh, differenceLow);
  }

  public Wide negate() {
    return ZERO.minus(this);
  }

  /// The exact product with a long.
  ///
  /// @throws ArithmeticException if the product does not fit 128 bits
  public Wide times(long factor) {
    long lowHigh = Math.unsignedMultiplyHigh(low, factor) - (factor < 0 ? low : 0);
    long upper = high * factor;
    long upperHigh = Math.multiplyHigh(high, factor);
    long newHigh = upper + lowHigh;
    boolean carry = Long.compareUnsigned(newHigh, upper) < 0;
    long extension = upperHigh + (lowHigh >> 63) + (carry ? 1 : 0);
    if (extension != newHigh >> 63) {
      throw overflow();
    }
    return new Wide(newHigh, low * factor);
  }

  public int signum() {
    return high < 0 ? -1 : (high | low) == 0 ? 0 : 1;
  }

  @Override
  public int compareTo(Wide other) {
    int byHigh = Long.compare(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  public boolean isNegative() {
    return high < 0;
  }

  public Wide max(Wide other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public Wide min(Wide other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /// The quotient rounded towards minus infinity.
  ///
  /// @param divisor positive
  /// @throws ArithmeticException if the quotient does not fit a long
  public long divFloor(long divisor) {
    if (divisor <= 0) {
      throw new ArithmeticException("divisor must be positive: " + divisor);
    }
    if (fitsLong()) {
      return Math.floorDiv(low, divisor);
    }
    BigInteger[] parts = toBigInteger().divideAndRemainder(BigInteger.valueOf(divisor));
    BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    return floor.longValueExact();
  }

  /// The quotient rounded towards plus infinity; see [#divFloor(long)].
  public long divCeil(long divisor) {
    if (divisor <= 0) {
      throw new ArithmeticException("divisor must be positive: " + divisor);
    }
    if (fitsLong()) {
      return Math.ceilDiv(low, divisor);
    }
    BigInteger[] parts = toBigInteger().divideAndRemainder(BigInteger.valueOf(divisor));
    BigInteger ceil = parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
    return ceil.longValueExact();
  }

  /// `floor(this x factor / divisor)` with an exact intermediate product of any width.
  ///
  /// @param divisor positive
  /// @throws ArithmeticException if the result does not fit 128 bits
  public Wide mulDivFloor(Wide factor, Wide divisor) {
    if (divisor.signum() <= 0) {
      throw new ArithmeticException("divisor must be positive: " + divisor);
    }
    BigInteger product = toBigInteger().multiply(factor.toBigInteger());
    BigInteger[] parts = product.divideAndRemainder(divisor.toBigInteger());
    return of(parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0]);
  }

  /// The sign of `a x b - c x d`, exactly: how two fractions are compared without dividing.
  public static int compareProducts(Wide a, Wide b, Wide c, Wide d) {
    if (a.fitsLong() && b.fitsLong() && c.fitsLong() && d.fitsLong()) {
      return product(a.low, b.low).compareTo(product(c.low, d.low));
    }
    BigInteger left = a.toBigInteger().multiply(b.toBigInteger());
    return left.compareTo(c.toBigInteger().multiply(d.toBigInteger()));
  }

  public boolean fitsLong() {
    return high == low >> 63;
  }

  /// A double near the value, the nearest one where it fits a long; for searching and for printing,
  /// never for deciding.
  public double toDouble() {
    if (fitsLong()) {
      return low;
    }
    double unsignedLow = (low >>> 1) * 2.0 + (low & 1);
    return high * 0x1p64 + unsignedLow;
  }

  public BigInteger toBigInteger() {
    BigInteger upper = BigInteger.valueOf(high).shiftLeft(Long.SIZE);
    return upper.add(new BigInteger(Long.toUnsignedString(low)));
  }

  /// @throws ArithmeticException if the value does not fit 128 bits
  public static Wide of(BigInteger value) {
    if (value.bitLength() > 127) {
      throw overflow();
    }
    return new Wide(value.shiftRight(Long.SIZE).longValue(), value.longValue());
  }

  @Override
  public String toString() {
    return toBigInteger().toString();
  }

  private static ArithmeticException overflow() {
    return new ArithmeticException(
        "a weighted value left 128 bits; check the listing's bit budget");
  }
}
