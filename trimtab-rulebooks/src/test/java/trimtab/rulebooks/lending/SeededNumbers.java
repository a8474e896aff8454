package trimtab.rulebooks.lending;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import trimtab.rulebooks.number.Fraction;

/// Whole numbers drawn from a seed, and readings of them.
final class SeededNumbers {
  private final SplittableRandom random;

  SeededNumbers(long seed) {
    random = new SplittableRandom(seed);
  }

  /// From `low` to `high`, both possible, every length of number about as likely.
  BigInteger between(BigInteger low, BigInteger high) {
    BigInteger width = high.subtract(low).add(BigInteger.ONE);
    int bits = 1 + random.nextInt(width.bitLength());
    BigInteger drawn = BigInteger.ZERO;
    for (int i = 0; i < bits; i++) {
      drawn = drawn.shiftLeft(1).or(random.nextBoolean() ? BigInteger.ONE : BigInteger.ZERO);
    }
    return low.add(drawn.mod(width));
  }

  /// From `low` to `high`, both possible, every number about as likely.
  BigInteger evenly(BigInteger low, BigInteger high) {
    BigInteger width = high.subtract(low).add(BigInteger.ONE);
    BigInteger drawn = BigInteger.ZERO;
    for (int i = 0; i < width.bitLength() / Long.SIZE + 2; i++) {
      drawn = drawn.shiftLeft(Long.SIZE).add(BigInteger.valueOf(random.nextLong()));
    }
    return low.add(drawn.mod(width));
  }

  BigInteger evenly(String low, String high) {
    return evenly(big(low), big(high));
  }

  BigInteger between(String low, String high) {
    return between(big(low), big(high));
  }

  /// `12` or `1e18`.
  static BigInteger big(String text) {
    return new BigDecimal(text).toBigIntegerExact();
  }

  /// A share of 1e18, from its text.
  static BigInteger wad(String text) {
    return new BigDecimal(text).movePointRight(18).toBigIntegerExact();
  }

  static Fraction exact(BigInteger value) {
    return Fraction.of(value);
  }

  static Fraction ofWad(BigInteger value) {
    return new Fraction(value, BigInteger.TEN.pow(18));
  }
}
