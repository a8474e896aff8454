package trimtab.core.certificate.check;

import java.math.BigInteger;

/// An exact fraction. It is never reduced: denominators here are products of a curve's piece and
/// two powers of ten at most, and a greatest common divisor would cost more than it saves.
///
/// @param denominator positive
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
  static final Rational ZERO = of(BigInteger.ZERO);

  Rational {
    if (denominator.signum() <= 0) {
      throw new ArithmeticException("a denominator must be positive: " + denominator);
    }
  }

  static Rational of(BigInteger whole) {
    return new Rational(whole, BigInteger.ONE);
  }

  Rational plus(Rational other) {
    if (denominator.equals(other.denominator)) {
      return new Rational(numerator.add(other.numerator), denominator);
    }
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  Rational plus(BigInteger whole) {
    return new Rational(numerator.add(whole.multiply(denominator)), denominator);
  }

  Rational minus(Rational other) {
    return plus(other.negate());
  }

  Rational negate() {
    return new Rational(numerator.negate(), denominator);
  }

  Rational times(BigInteger factor) {
    return new Rational(numerator.multiply(factor), denominator);
  }

  Rational times(Rational factor) {
    return new Rational(
        numerator.multiply(factor.numerator), denominator.multiply(factor.denominator));
  }

  Rational dividedBy(BigInteger divisor) {
    return new Rational(numerator, denominator.multiply(divisor));
  }

  int signum() {
    return numerator.signum();
  }

  @Override
  public int compareTo(Rational other) {
    if (denominator.equals(other.denominator)) {
      return numerator.compareTo(other.numerator);
    }
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  int compareTo(BigInteger whole) {
    return numerator.compareTo(whole.multiply(denominator));
  }

  Rational max(Rational other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /// The least integer not below.
  BigInteger ceiling() {
    return floorDivide(numerator.negate(), denominator).negate();
  }

  /// `floor(dividend / divisor)` for a positive divisor.
  static BigInteger floorDivide(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /// `ceil(dividend / divisor)` for a positive divisor.
  static BigInteger ceilingDivide(BigInteger dividend, BigInteger divisor) {
    return floorDivide(dividend.negate(), divisor).negate();
  }

  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE)
        ? numerator.toString()
        : numerator + "/" + denominator;
  }
}
