package trimtab.rulebooks.number;

import java.math.BigDecimal;
import java.math.BigInteger;

/// An exact rational number in lowest terms, for rules that a venue states in decimals without
/// saying where it rounds.
///
/// @param numerator carries the sign
/// @param denominator positive
public record Fraction(BigInteger numerator, BigInteger denominator)
    implements Comparable<Fraction> {
  /// Zero.
  public static final Fraction ZERO = of(0);

  /// One.
  public static final Fraction ONE = of(1);

  /// Reduces to lowest terms.
  ///
  /// @throws ArithmeticException if the denominator is 0
  public Fraction {
    if (denominator.signum() == 0) {
      throw new ArithmeticException("division by zero");
    }
    BigInteger divisor = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      divisor = divisor.negate();
    }
    numerator = numerator.divide(divisor);
    denominator = denominator.divide(divisor);
  }

  /// A whole number.
  public static Fraction of(long value) {
    return of(BigInteger.valueOf(value));
  }

  /// A whole number.
  public static Fraction of(BigInteger value) {
    return new Fraction(value, BigInteger.ONE);
  }

  /// A decimal, exactly.
  public static Fraction of(BigDecimal value) {
    return value.scale() <= 0
        ? of(value.toBigIntegerExact())
        : new Fraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  /// Reads `12`, `-0.5`, `1e-6` or `3/4`.
  ///
  /// @throws NumberFormatException if it is none of these
  public static Fraction parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? of(new BigDecimal(text))
        : new Fraction(
            new BigInteger(text.substring(0, slash).strip()),
            new BigInteger(text.substring(slash + 1).strip()));
  }

  public Fraction plus(Fraction other) {
    return new Fraction(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public Fraction minus(Fraction other) {
    return plus(other.negate());
  }

  public Fraction times(Fraction other) {
    return new Fraction(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /// @throws ArithmeticException if `other` is 0
  public Fraction over(Fraction other) {
    return new Fraction(
        numerator.multiply(other.denominator), denominator.multiply(other.numerator));
  }

  public Fraction negate() {
    return new Fraction(numerator.negate(), denominator);
  }

  public Fraction abs() {
    return signum() < 0 ? negate() : this;
  }

  public Fraction min(Fraction other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Fraction max(Fraction other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public int signum() {
    return numerator.signum();
  }

  /// The largest integer that is not above this.
  public BigInteger floor() {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /// The least integer that is not below this.
  public BigInteger ceil() {
    return negate().floor().negate();
  }

  /// The integer part, towards zero.
  public BigInteger truncate() {
    return numerator.divide(denominator);
  }

  /// The largest multiple of a positive step that is not above this.
  public Fraction floorTo(Fraction step) {
    return of(over(step).floor()).times(step);
  }

  /// The least multiple of a positive step that is not below this.
  public Fraction ceilTo(Fraction step) {
    return of(over(step).ceil()).times(step);
  }

  /// The decimal digits cut off after so many, towards zero.
  public Fraction truncate(int decimals) {
    Fraction scale = of(BigInteger.TEN.pow(decimals));
    return of(times(scale).truncate()).over(scale);
  }

  @Override
  public int compareTo(Fraction other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /// A decimal where it ends, else `numerator/denominator`.
  @Override
  public String toString() {
    BigInteger rest = denominator;
    for (BigInteger factor : new BigInteger[] {BigInteger.TWO, BigInteger.valueOf(5)}) {
      while (rest.mod(factor).signum() == 0) {
        rest = rest.divide(factor);
      }
    }
    return rest.equals(BigInteger.ONE)
        ? new BigDecimal(numerator).divide(new BigDecimal(denominator)).toPlainString()
        : numerator + "/" + denominator;
  }
}
