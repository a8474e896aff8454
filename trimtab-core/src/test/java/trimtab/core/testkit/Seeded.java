package trimtab.core.testkit;

import java.util.List;
import java.util.SplittableRandom;

/// A seeded source of the values that break arithmetic: small, large, round and off by one.
public final class Seeded {
  private final SplittableRandom random;

  public Seeded(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// Uniform in `[low, high]`.
  public long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  public double uniform(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  /// Uniform in the logarithm between two positive values.
  public double logUniform(double low, double high) {
    return low * StrictMath.pow(high / low, random.nextDouble());
  }

  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  public <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /// Any long, edges more often than chance would have them.
  public long edgy() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt();
      case 2 -> oneOf(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1);
      case 3 -> 1L << random.nextInt(63);
      case 4 -> -(1L << random.nextInt(63));
      default -> between(-1000, 1000);
    };
  }
}
