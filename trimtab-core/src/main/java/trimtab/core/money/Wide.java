package trimtab.core.money;

import java.math.BigInteger;

/// A signed 192-bit integer: the width in which weighted values are added and verdicts are
/// compared.
///
/// An amount has 63 bits, a price 56, a weight 20 and a level 21, and an account has up to 512
/// legs: 169 bits, so that 22 are left for the scales of a listing, which checks them when it is
/// made. Every operation that could leave 192 bits throws [ArithmeticException] instead of
/// wrapping: a verdict is right or absent, never wrong. Sums and products that fit 128 bits, nearly
/// all of them, take a shorter way.
///
/// @param top the upper 64 bits, signed
/// @param middle the next 64 bits, unsigned
/// @param low the lower 64 bits, unsigned
public record Wide(long top, long middle, long low) implements Comparable<Wide> {
  /// Zero.
  public static final Wide ZERO = new Wide(0, 0, 0);

  private static final int BITS_MAX = 191;

  /// The value of a long.
  public static Wide of(long value) {
    return new Wide(value >> 63, value >> 63, value);
  }

  private static Wide of(long middle, long low) {
    return new Wide(middle >> 63, middle, low);
  }

  /// The exact product of two longs.
  public static Wide product(long left, long right) {
    return of(Math.multiplyHigh(left, right), left * right);
  }

  /// The exact sum.
  ///
  /// @throws ArithmeticException if it does not fit 192 bits
  public Wide plus(Wide other) {
    long sumLow = low + other.low;
    long carry = carry(sumLow, low);
    long sumMiddle = middle + other.middle;
    long carryMiddle = carry(sumMiddle, middle);
    sumMiddle += carry;
    carryMiddle += carry(sumMiddle, carry);
    long sumTop = top + other.top + carryMiddle;
    if (top < 0 == other.top < 0 && sumTop < 0 != top < 0) {
      throw overflow();
    }
    return new Wide(sumTop, sumMiddle, sumLow);
  }

  /// The exact difference.
  ///
  /// @throws ArithmeticException if it does not fit 192 bits
  public Wide minus(Wide other) {
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    long differenceMiddle = middle - other.middle;
    long borrowMiddle = Long.compareUnsigned(middle, other.middle) < 0 ? 1 : 0;
    borrowMiddle += Long.compareUnsigned(differenceMiddle, borrow) < 0 ? 1 : 0;
    long differenceTop = top - other.top - borrowMiddle;
    if (top < 0 != other.top < 0 && differenceTop < 0 != top < 0) {
      throw overflow();
    }
    return new Wide(differenceTop, differenceMiddle - borrow, low - other.low);
  }

  /// Whether adding something and getting `sum` went over the top of 64 unsigned bits.
  private static long carry(long sum, long addend) {
    return Long.compareUnsigned(sum, addend) < 0 ? 1 : 0;
  }

  /// The same with the other sign.
  ///
  /// @throws ArithmeticException for the least value, which has no opposite
  public Wide negate() {
    return ZERO.minus(this);
  }

  /// The size without the sign.
  ///
  /// @throws ArithmeticException for the least value, which has no opposite
  public Wide abs() {
    return isNegative() ? negate() : this;
  }

  /// The exact product with a long.
  ///
  /// @throws ArithmeticException if the product does not fit 192 bits
  public Wide times(long factor) {
    if (fitsLong()) {
      return product(low, factor);
    }
    return top == middle >> 63 ? timesShort(factor) : timesLong(factor);
  }

  /// The product of 128 bits with a long; it always fits.
  private Wide timesShort(long factor) {
    // The lower limb is unsigned, so a negative factor is corrected for there.
    long lowHigh = Math.unsignedMultiplyHigh(low, factor) - (factor < 0 ? low : 0);
    long upper = middle * factor;
    long newMiddle = upper + lowHigh;
    long newTop = Math.multiplyHigh(middle, factor) + (lowHigh >> 63) + carry(newMiddle, upper);
    return new Wide(newTop, newMiddle, low * factor);
  }

  /// Schoolbook multiplication of the magnitudes.
  private Wide timesLong(long factor) {
    Wide size = isNegative() ? wrappingNegate() : this;
    long unsigned = Math.abs(factor);
    long first = size.low * unsigned;
    long second = size.middle * unsigned;
    long third = size.top * unsigned;
    long newMiddle = second + Math.unsignedMultiplyHigh(size.low, unsigned);
    long carried = Math.unsignedMultiplyHigh(size.middle, unsigned) + carry(newMiddle, second);
    long newTop = third + carried;
    long beyond = Math.unsignedMultiplyHigh(size.top, unsigned) + carry(newTop, third);
    Wide product = new Wide(newTop, newMiddle, first);
    boolean negative = isNegative() != factor < 0;
    boolean least = negative && newTop == Long.MIN_VALUE && newMiddle == 0 && first == 0;
    if (beyond != 0 || (newTop < 0 && !least)) {
      throw overflow();
    }
    return negative ? product.wrappingNegate() : product;
  }

  private Wide wrappingNegate() {
    long newLow = -low;
    long newMiddle = low == 0 ? -middle : ~middle;
    return new Wide((low | middle) == 0 ? -top : ~top, newMiddle, newLow);
  }

  /// -1, 0 or 1.
  public int signum() {
    return top < 0 ? -1 : (top | middle | low) == 0 ? 0 : 1;
  }

  @Override
  public int compareTo(Wide other) {
    int byTop = Long.compare(top, other.top);
    int byMiddle = Long.compareUnsigned(middle, other.middle);
    return byTop != 0 ? byTop : byMiddle != 0 ? byMiddle : Long.compareUnsigned(low, other.low);
  }

  /// Whether it is below zero.
  public boolean isNegative() {
    return top < 0;
  }

  /// The larger of two.
  public Wide max(Wide other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /// The smaller of two.
  public Wide min(Wide other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /// The quotient rounded towards minus infinity.
  ///
  /// @param divisor positive
  /// @throws ArithmeticException if the quotient does not fit a long
  public long divFloor(long divisor) {
    requirePositive(divisor > 0, divisor);
    return top == middle >> 63
        ? floor(middle, low, divisor)
        : mulDivFloor(of(1), of(divisor)).toLongExact();
  }

  /// The quotient rounded towards plus infinity; see [#divFloor(long)].
  public long divCeil(long divisor) {
    requirePositive(divisor > 0, divisor);
    return top == middle >> 63
        ? ceil(middle, low, divisor)
        : negate().mulDivFloor(of(1), of(divisor)).negate().toLongExact();
  }

  /// `floor((high x 2^64 + low) / divisor)` of a signed 128-bit dividend.
  ///
  /// @throws ArithmeticException if the quotient does not fit a long
  static long floor(long high, long low, long divisor) {
    requirePositive(divisor > 0, divisor);
    if (high == low >> 63) {
      return Math.floorDiv(low, divisor);
    }
    long size = high < 0 ? negatedHigh(high, low) : high;
    // Else the magnitude may not fit 63 bits.
    if (Long.compareUnsigned(size + 1, divisor >>> 1) < 0) {
      return high < 0 ? -upwards(size, -low, divisor) : WideDivision.quotient(size, low, divisor);
    }
    return of(high, low).mulDivFloor(of(1), of(divisor)).toLongExact();
  }

  /// See [#floor(long, long, long)].
  static long ceil(long high, long low, long divisor) {
    requirePositive(divisor > 0, divisor);
    if (high == low >> 63) {
      return Math.ceilDiv(low, divisor);
    }
    long size = high < 0 ? negatedHigh(high, low) : high;
    if (Long.compareUnsigned(size + 1, divisor >>> 1) < 0) {
      return high < 0 ? -WideDivision.quotient(size, -low, divisor) : upwards(size, low, divisor);
    }
    return of(high, low).negate().mulDivFloor(of(1), of(divisor)).negate().toLongExact();
  }

  private static long negatedHigh(long high, long low) {
    return low == 0 ? -high : ~high;
  }

  private static long upwards(long high, long low, long divisor) {
    long quotient = WideDivision.quotient(high, low, divisor);
    return quotient * divisor == low ? quotient : quotient + 1;
  }

  /// The quotient rounded towards minus infinity, of any width.
  ///
  /// @param divisor positive
  public Wide divFloor(Wide divisor) {
    if (fitsLong() && divisor.fitsLong() && divisor.low > 0) {
      return of(Math.floorDiv(low, divisor.low));
    }
    return mulDivFloor(of(1), divisor);
  }

  /// `floor(this x factor / divisor)` with an exact intermediate product of any width.
  ///
  /// @param divisor positive
  /// @throws ArithmeticException if the result does not fit 192 bits
  public Wide mulDivFloor(Wide factor, Wide divisor) {
    requirePositive(divisor.signum() > 0, divisor);
    return WideDivision.mulDivFloor(this, factor, divisor);
  }

  private static void requirePositive(boolean positive, Object divisor) {
    if (!positive) {
      throw new ArithmeticException("divisor must be positive: " + divisor);
    }
  }

  /// The sign of `a x b - c x d`, exactly: how two fractions are compared without dividing.
  public static int compareProducts(Wide a, Wide b, Wide c, Wide d) {
    if (a.fitsLong() && b.fitsLong() && c.fitsLong() && d.fitsLong()) {
      return product(a.low, b.low).compareTo(product(c.low, d.low));
    }
    BigInteger left = a.toBigInteger().multiply(b.toBigInteger());
    return left.compareTo(c.toBigInteger().multiply(d.toBigInteger()));
  }

  /// Whether the value is that of a long.
  public boolean fitsLong() {
    long sign = low >> 63;
    return middle == sign && top == sign;
  }

  /// The value as a long.
  ///
  /// @throws ArithmeticException if it does not fit
  public long toLongExact() {
    if (!fitsLong()) {
      throw new ArithmeticException(this + " does not fit 64 bits");
    }
    return low;
  }

  /// A double near the value, the nearest one where it fits a long; for searching and for printing,
  /// never for deciding.
  public double toDouble() {
    if (fitsLong()) {
      return low;
    }
    Wide size = isNegative() ? wrappingNegate() : this;
    double sum = unsigned(size.top) * 0x1p128 + unsigned(size.middle) * 0x1p64 + unsigned(size.low);
    return isNegative() ? -sum : sum;
  }

  private static double unsigned(long limb) {
    return (limb >>> 1) * 2.0 + (limb & 1);
  }

  /// The same value without a bound; for printing and for tests.
  public BigInteger toBigInteger() {
    if (fitsLong()) {
      return BigInteger.valueOf(low);
    }
    byte[] bytes = new byte[3 * Long.BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      int shift = Long.SIZE - Byte.SIZE - i * Byte.SIZE;
      bytes[i] = (byte) (top >> shift);
      bytes[i + Long.BYTES] = (byte) (middle >> shift);
      bytes[i + 2 * Long.BYTES] = (byte) (low >> shift);
    }
    return new BigInteger(bytes);
  }

  /// The value of a number without a bound.
  ///
  /// @throws ArithmeticException if the value does not fit 192 bits
  public static Wide of(BigInteger value) {
    if (value.bitLength() > BITS_MAX) {
      throw overflow();
    }
    return new Wide(
        value.shiftRight(2 * Long.SIZE).longValue(),
        value.shiftRight(Long.SIZE).longValue(),
        value.longValue());
  }

  @Override
  public String toString() {
    if (fitsLong()) {
      return Long.toString(low);
    }
    boolean negative = isNegative();
    long upper = negative ? negatedHigh(middle, low) : middle;
    if (top != middle >> 63 || upper < 0 || upper >= DIGITS_18) {
      return toBigInteger().toString();
    }
    long lower = negative ? -low : low;
    long first = WideDivision.quotient(upper, lower, DIGITS_18);
    if (first < 0) {
      return toBigInteger().toString();
    }
    char[] text = new char[TEXT_LENGTH];
    int place = TEXT_LENGTH;
    long rest = lower - first * DIGITS_18;
    for (int i = 0; i < Decimals.DECIMALS_MAX; i++) {
      text[--place] = (char) ('0' + rest % 10);
      rest /= 10;
    }
    for (long left = first; left > 0; left /= 10) {
      text[--place] = (char) ('0' + left % 10);
    }
    if (negative) {
      text[--place] = '-';
    }
    return new String(text, place, TEXT_LENGTH - place);
  }

  /// `10^18`: the lower digits of a number of more than 64 bits.
  private static final long DIGITS_18 = 1_000_000_000_000_000_000L;

  /// A sign, 19 digits of a long, and 18 more.
  private static final int TEXT_LENGTH = 38;

  static ArithmeticException overflow() {
    return new ArithmeticException(
        "a weighted value left 192 bits; check the listing's bit budget");
  }
}
