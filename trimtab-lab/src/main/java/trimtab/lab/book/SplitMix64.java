package trimtab.lab.book;

/// The generator SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators,
/// OOPSLA 2014), written out so that a seed gives the same book on every machine and JDK.
final class SplitMix64 {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /// The generator at a raw state, as in the paper.
  SplitMix64(long state) {
    this.state = state;
  }

  /// The stream with a number: streams of one seed do not depend on how many there are.
  static SplitMix64 stream(long seed, long number) {
    return new SplitMix64(mix(mix(seed + GAMMA) ^ mix(~number)));
  }

  long next() {
    state += GAMMA;
    return mix(state);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// Uniform in (0, 1), never an end.
  double uniform() {
    return ((next() >>> 12) + 0.5) * 0x1p-52;
  }

  double uniform(double from, double to) {
    return from + uniform() * (to - from);
  }

  /// True with a probability.
  boolean chance(double probability) {
    return uniform() < probability;
  }

  /// Uniform in 0 to `bound - 1`.
  int below(int bound) {
    return (int) (uniform() * bound);
  }

  /// Standard normal by the method of Box and Muller, one of the pair: two draws each.
  double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform()));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
  }
}
