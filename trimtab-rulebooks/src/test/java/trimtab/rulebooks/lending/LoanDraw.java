package trimtab.rulebooks.lending;

import java.math.BigInteger;
import java.util.SplittableRandom;

/// A seeded source of amounts, prices and factors.
final class LoanDraw {
  private final SplittableRandom random;

  LoanDraw(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// Uniform in `[low, high]`.
  BigInteger between(long low, long high) {
    return BigInteger.valueOf(random.nextLong(low, high + 1));
  }

  /// A positive number of so many digits at most, short ones as often as long ones.
  BigInteger digits(int most) {
    int count = random.nextInt(1, most + 1);
    BigInteger drawn = BigInteger.valueOf(random.nextLong(1, 10));
    for (int i = 1; i < count; i++) {
      drawn = drawn.multiply(BigInteger.TEN).add(BigInteger.valueOf(random.nextInt(10)));
    }
    return drawn;
  }

  int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
