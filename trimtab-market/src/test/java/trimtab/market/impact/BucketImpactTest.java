package trimtab.market.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The law of the buckets: by hand, and as properties over seeded histories of flow.
class BucketImpactTest {
  /// 69 basis points for the first million USD.
  private static final ImpactParameters ETH = ImpactParameters.withC(6.9e-6);

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @Test
  void byHand() {
    BucketImpact market = new BucketImpact(ETH);

    assertThat(market.impact()).isZero();
    assertThat(market.meanAlong(-1e6)).isCloseTo(-46e-4, within(1e-15));

    market.apply(-1e6);
    assertThat(market.impact()).isEqualTo(-6.9e-6 * 1_000);

    market.decay(10);
    assertThat(market.fastUsd()).isEqualTo(-5e5);
    assertThat(market.lastingUsd()).isEqualTo(-1e6);
    // 69 (0.7 sqrt(1/2) + 0.3) basis points
    assertThat(market.impact()).isCloseTo(-69e-4 * 0.794_974_746_830_583, within(1e-15));

    market.decay(20);
    assertThat(market.fastUsd()).isEqualTo(-1.25e5);

    // The fast bucket goes from -125000 to 0, the lasting one from -1000000 to -875000.
    double fast = -2.0 / 3 * Math.sqrt(125_000);
    double lasting = -2.0 / 3 * (Math.pow(1_000_000, 1.5) - Math.pow(875_000, 1.5)) / 125_000;
    assertThat(market.meanAlong(125_000))
        .isCloseTo(6.9e-6 * (0.7 * fast + 0.3 * lasting), within(1e-14));
  }

  @Test
  void nothingLastsWhenAllOfItIsFastAndAllLastsWhenNothingIs() {
    BucketImpact fast = new BucketImpact(new ImpactParameters(1e-6, 1, 5));
    BucketImpact lasting = new BucketImpact(new ImpactParameters(1e-6, 0, 5));
    fast.apply(1e6);
    lasting.apply(1e6);

    fast.decay(10);
    lasting.decay(10);

    assertThat(fast.impact()).isCloseTo(0.5e-3, within(1e-15));
    assertThat(lasting.impact()).isEqualTo(1e-3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void firstOrderMovesTheMarkByExactlyTheRootOfItsSize(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ImpactParameters parameters = parameters(random);
    double size = amount(random);
    BucketImpact bought = new BucketImpact(parameters);
    BucketImpact sold = new BucketImpact(parameters);

    bought.apply(size);
    sold.apply(-size);

    assertThat(bought.impact()).isEqualTo(parameters.c() * Math.sqrt(size));
    assertThat(sold.impact()).isEqualTo(-bought.impact());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void slicesBackToBackPayAsMuchAsTheWhole(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BucketImpact whole = history(seed);
    BucketImpact sliced = history(seed);
    double flow = signedAmount(random);
    int slices = random.nextInt(2, 50);
    double paid = 0;
    for (int slice = 0; slice < slices; slice++) {
      double part = flow / slices;
      paid += part * sliced.meanAlong(part);
      sliced.apply(part);
    }

    double scale = Math.abs(flow) * largest(whole, flow);
    assertThat(paid).isCloseTo(flow * whole.meanAlong(flow), within(1e-11 * scale));
    whole.apply(flow);
    assertThat(sliced.lastingUsd())
        .isCloseTo(whole.lastingUsd(), within(1e-12 * (Math.abs(flow) + 1e9)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void meanLiesBetweenTheImpactBeforeAndAfter(long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1_000);
    BucketImpact market = history(seed);
    double flow = signedAmount(random);
    double before = market.impact();
    double mean = market.meanAlong(flow);

    assertThat(market.impact()).as("asking changes nothing").isEqualTo(before);
    market.apply(flow);
    double after = market.impact();
    double slack = 1e-13 * Math.max(Math.abs(before), Math.abs(after));
    assertThat(mean).isBetween(Math.min(before, after) - slack, Math.max(before, after) + slack);
    assertThat(Math.signum(after - before)).isIn(0.0, Math.signum(flow));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void meanIsTheIntegralOfTheImpact(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BucketImpact market = history(seed);
    double flow = signedAmount(random);
    double mean = market.meanAlong(flow);
    double scale = largest(market, flow);
    int steps = 20_000;
    double sum = 0;
    market.apply(flow / steps / 2);
    for (int step = 0; step < steps; step++) {
      sum += market.impact();
      market.apply(flow / steps);
    }

    assertThat(mean).isCloseTo(sum / steps, within(1e-5 * scale));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void buyingBackWhatWasSoldCostsNothingAndLeavesNoTrace(long seed) {
    double size = amount(new SplittableRandom(seed));
    BucketImpact market = new BucketImpact(ETH);
    double sold = -size * market.meanAlong(-size);
    market.apply(-size);
    double bought = size * market.meanAlong(size);
    market.apply(size);

    assertThat(sold + bought).isCloseTo(0, within(1e-12 * Math.abs(sold)));
    assertThat(market.impact()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-3, 1, -1e-9, -1e-3, -1})
  void smallFlowOnALargeOnePaysTheImpactOfTheMoment(double flow) {
    BucketImpact market = new BucketImpact(ETH);
    market.apply(-3e9);
    market.decay(7);

    assertThat(market.meanAlong(flow)).isCloseTo(market.impact(), within(1e-9 * 0.4));
    assertThat(market.meanAlong(0)).isEqualTo(market.impact());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void decayOnlyShrinksTheFastBucketAndAddsUp(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BucketImpact once = history(seed);
    BucketImpact twice = history(seed);
    double lasting = once.lastingUsd();
    double fast = once.fastUsd();
    double first = random.nextDouble(0, 30);
    double second = random.nextDouble(0, 30);

    twice.decay(first);
    twice.decay(second);
    once.decay(first + second);

    assertThat(once.lastingUsd()).isEqualTo(lasting);
    assertThat(Math.abs(once.fastUsd())).isLessThanOrEqualTo(Math.abs(fast));
    assertThat(twice.fastUsd()).isCloseTo(once.fastUsd(), within(1e-12 * Math.abs(fast)));
    once.decay(0);
    assertThat(once.lastingUsd()).isEqualTo(lasting);
  }

  @Test
  void marketWithoutImpactNeverMoves() {
    BucketImpact market = new BucketImpact(ImpactParameters.withC(0));
    market.apply(-1e12);
    market.decay(1);

    assertThat(market.impact()).isZero();
    assertThat(market.meanAlong(-1e9)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void numbersThatAreNotFiniteAreRefused(double bad) {
    BucketImpact market = new BucketImpact(ETH);

    assertThatIllegalArgumentException().isThrownBy(() -> market.apply(bad));
    assertThatIllegalArgumentException().isThrownBy(() -> market.meanAlong(bad));
    assertThatIllegalArgumentException().isThrownBy(() -> market.decay(bad));
    assertThatIllegalArgumentException().isThrownBy(() -> market.decay(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> ImpactParameters.withC(bad));
    assertThatIllegalArgumentException().isThrownBy(() -> ImpactParameters.withC(-1e-9));
    assertThatIllegalArgumentException().isThrownBy(() -> new ImpactParameters(1, bad, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> new ImpactParameters(1, 1.01, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> new ImpactParameters(1, -0.01, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> new ImpactParameters(1, 0.7, bad));
    assertThatIllegalArgumentException().isThrownBy(() -> new ImpactParameters(1, 0.7, 0));
  }

  /// A market after a few flows in both directions and some minutes; equal seeds, equal state.
  private static BucketImpact history(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BucketImpact market = new BucketImpact(parameters(random));
    int flows = random.nextInt(8);
    for (int flow = 0; flow < flows; flow++) {
      market.apply(signedAmount(random));
      market.decay(random.nextInt(12));
    }
    return market;
  }

  private static ImpactParameters parameters(SplittableRandom random) {
    return new ImpactParameters(
        StrictMath.pow(10, random.nextDouble(-7, -4)),
        random.nextDouble(),
        random.nextDouble(0.5, 60));
  }

  private static double amount(SplittableRandom random) {
    return StrictMath.pow(10, random.nextDouble(0, 9));
  }

  private static double signedAmount(SplittableRandom random) {
    return random.nextBoolean() ? amount(random) : -amount(random);
  }

  /// A bound of the impact anywhere on the walk, as a scale for rounding.
  private static double largest(BucketImpact market, double flow) {
    double reach =
        Math.max(Math.abs(market.fastUsd()), Math.abs(market.lastingUsd())) + Math.abs(flow);
    return market.parameters().c() * Math.sqrt(reach);
  }
}
