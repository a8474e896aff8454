package trimtab.rulebooks.number;

import java.math.BigInteger;

/// A signed binary fixed-point number of 128 bits, 48 of them behind the point: the scale in which
/// programs on Solana hold balances, weights and prices.
///
/// Products round down, as their bits are shifted to the right; quotients round toward zero. So
/// `-((-x) * y)` need not be `x * y`. What does not fit is an error, as the program stops there.
///
/// @param bits the number times `2^48`
public record I80F48(BigInteger bits) implements Comparable<I80F48> {
  private static final int FRACTION_BITS = 48;
  private static final BigInteger SCALE = BigInteger.ONE.shiftLeft(FRACTION_BITS);

  /// Zero.
  public static final I80F48 ZERO = new I80F48(BigInteger.ZERO);

  /// One.
  public static final I80F48 ONE = new I80F48(SCALE);

  /// The largest number, `2^79 - 2^-48`.
  public static final I80F48 MAX =
      new I80F48(BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE));

  /// @throws ArithmeticException if the bits do not fit 128
  public I80F48 {
    if (bits.bitLength() > 127) {
      throw new ArithmeticException("more than 128 bits: " + bits);
    }
  }

  /// A whole number.
  public static I80F48 of(long value) {
    return of(BigInteger.valueOf(value));
  }

  /// A whole number.
  public static I80F48 of(BigInteger value) {
    return new I80F48(value.shiftLeft(FRACTION_BITS));
  }

  /// The nearest number on the scale, ties to even, as the program reads a decimal.
  public static I80F48 of(Fraction value) {
    Fraction scaled = value.times(Fraction.of(SCALE));
    BigInteger below = scaled.floor();
    Fraction rest = scaled.minus(Fraction.of(below)).times(Fraction.of(2));
    int half = rest.compareTo(Fraction.ONE);
    boolean up = half > 0 || (half == 0 && below.testBit(0));
    return new I80F48(up ? below.add(BigInteger.ONE) : below);
  }

  /// The number, exactly.
  public Fraction fraction() {
    return new Fraction(bits, SCALE);
  }

  public I80F48 plus(I80F48 other) {
    return new I80F48(bits.add(other.bits));
  }

  public I80F48 minus(I80F48 other) {
    return new I80F48(bits.subtract(other.bits));
  }

  /// The product, rounded down.
  public I80F48 times(I80F48 other) {
    return new I80F48(bits.multiply(other.bits).shiftRight(FRACTION_BITS));
  }

  /// The quotient, rounded toward zero.
  ///
  /// @throws ArithmeticException if `other` is 0
  public I80F48 over(I80F48 other) {
    return new I80F48(bits.shiftLeft(FRACTION_BITS).divide(other.bits));
  }

  public I80F48 negate() {
    return new I80F48(bits.negate());
  }

  public I80F48 min(I80F48 other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public I80F48 max(I80F48 other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public int signum() {
    return bits.signum();
  }

  /// The largest integer that is not above this.
  public BigInteger floor() {
    return bits.shiftRight(FRACTION_BITS);
  }

  /// The least integer that is not below this.
  public BigInteger ceil() {
    return bits.negate().shiftRight(FRACTION_BITS).negate();
  }

  @Override
  public int compareTo(I80F48 other) {
    return bits.compareTo(other.bits);
  }

  @Override
  public String toString() {
    return fraction().toString();
  }
}
