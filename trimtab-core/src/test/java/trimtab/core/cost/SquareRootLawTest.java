package trimtab.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.testkit.Seeded;

class SquareRootLawTest {
  private static final MathContext DIGITS = new MathContext(30);
  private static final BigDecimal ROUNDING_OF_DOUBLES = BigDecimal.valueOf(0x1p-49);
  private static final int ROUNDS = 20;

  /// What the curve is drawn from.
  private record Inputs(double y, double volatility, double volume, long unitValue, long capacity) {
    static Inputs drawn(Seeded seeded) {
      return new Inputs(
          seeded.uniform(0, 4),
          seeded.uniform(0, 0.2),
          seeded.logUniform(1e3, 1e15),
          (long) seeded.logUniform(1, 1e8),
          (long) seeded.logUniform(1, seeded.chance(0.5) ? 1e3 : 1e11));
    }

    CostCurve curve() {
      return SquareRootLaw.curve(y, volatility, volume, unitValue, capacity);
    }

    /// `2/3 Y sigma Q^1.5 / sqrt(V)` in value units, with 30 digits.
    BigDecimal law(long quantity) {
      BigDecimal root =
          BigDecimal.valueOf(quantity).divide(new BigDecimal(volume), DIGITS).sqrt(DIGITS);
      return new BigDecimal(y)
          .multiply(new BigDecimal(volatility))
          .multiply(BigDecimal.valueOf(unitValue))
          .multiply(BigDecimal.valueOf(quantity))
          .multiply(root, DIGITS)
          .multiply(BigDecimal.TWO)
          .divide(BigDecimal.valueOf(3), DIGITS);
    }
  }

  @Test
  void aMillionDollarsByHand() {
    // Y 1, sigma 4 %, a hundredth of the day's volume: 2/3 x 1 x 0.04 x 0.1 of the value
    CostCurve curve = SquareRootLaw.curve(1, 0.04, 1_000_000, 3, 10_000);
    assertThat(curve.cost(10_000)).isEqualTo(80);
    assertThat(curve.pieces()).isEqualTo(CostCurve.PIECES_MAX);
    assertThat(curve.capacity()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void isNeverBelowTheLawAndAboveItByNoMoreThanItSays(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      isWithinItsBounds(Inputs.drawn(seeded));
    }
  }

  @Test
  void theBoundsHoldAtEverySmallCapacity() {
    for (long capacity = 1; capacity <= 400; capacity++) {
      isWithinItsBounds(new Inputs(1, 0.05, 1e6, 1_000_000_000, capacity));
    }
  }

  private static void isWithinItsBounds(Inputs inputs) {
    CostCurve curve = inputs.curve();
    BigDecimal chords = inputs.law(inputs.capacity()).divide(BigDecimal.valueOf(5_000));
    for (long quantity : middlesAndEnds(curve)) {
      BigDecimal law = inputs.law(quantity);
      BigDecimal cost = BigDecimal.valueOf(curve.cost(quantity));
      assertThat(cost).isGreaterThanOrEqualTo(law.subtract(law.multiply(ROUNDING_OF_DOUBLES)));
      assertThat(cost).isLessThan(law.add(chords).add(BigDecimal.TWO));
    }
  }

  /// Both bounds are tight where the curve leaves the law most, which is inside the pieces.
  private static long[] middlesAndEnds(CostCurve curve) {
    return LongStream.range(0, curve.pieces())
        .flatMap(piece -> {
          long from = piece == 0 ? 0 : curve.knot((int) piece - 1);
          long to = curve.knot((int) piece);
          return LongStream.of(from + 1, from + (to - from) * 4 / 9, (from + to) / 2, to);
        })
        .filter(quantity -> quantity > 0)
        .toArray();
  }

  @Test
  void theBoundIsNotMuchTooWide() {
    Inputs inputs = new Inputs(1, 0.05, 1e6, 1_000_000_000, 66);
    CostCurve curve = inputs.curve();
    BigDecimal most =
        LongStream.rangeClosed(1, 66)
            .mapToObj(q -> BigDecimal.valueOf(curve.cost(q)).subtract(inputs.law(q)))
            .reduce(BigDecimal.ZERO, BigDecimal::max);
    assertThat(most).isGreaterThan(inputs.law(66).divide(BigDecimal.valueOf(6_000), DIGITS));
  }

  @Test
  void isFreeWithoutVolatility() {
    CostCurve curve = SquareRootLaw.curve(1, 0, 1e6, 100, 1_000);
    assertThat(curve.cost(1_000)).isZero();
    assertThat(SquareRootLaw.curve(0, 0.05, 1e6, 100, 1_000).cost(1_000)).isZero();
  }

  @Test
  void reachesItsCapacityWhereDoublesHaveGaps() {
    long capacity = (1L << 53) + 3;
    assertThat(SquareRootLaw.curve(1, 0.05, 1e30, 1, capacity).capacity()).isEqualTo(capacity);
  }

  @Test
  void refusesWhatHasNoMeaning() {
    String sentence =
        "the square-root law needs y, volatility >= 0 and volume, unit value, capacity > 0";
    refuses(new Inputs(-0.1, 0.05, 1e6, 1, 1), sentence);
    refuses(new Inputs(Double.NaN, 0.05, 1e6, 1, 1), sentence);
    refuses(new Inputs(1, -0.05, 1e6, 1, 1), sentence);
    refuses(new Inputs(1, 0.05, 0, 1, 1), sentence);
    refuses(new Inputs(1, 0.05, 1e6, 0, 1), sentence);
    refuses(new Inputs(1, 0.05, 1e6, 1, 0), sentence);
    String size = "the cost of the whole capacity does not fit; give a smaller capacity";
    refuses(new Inputs(1, 0.05, 1e6, 1_000_000_000, 1L << 50), size);
    // 2/3 x 3 x 2^60: the cost from which on curves have no end.
    refuses(new Inputs(3, 1, 1, 1L << 60, 1), size);
    assertThat(new Inputs(3, 1, 1, 1L << 59, 1).curve().cost(1)).isEqualTo(1L << 60);
    refuses(new Inputs(Double.POSITIVE_INFINITY, 0.05, 1e6, 1, 1), size);
  }

  private static void refuses(Inputs inputs, String sentence) {
    assertThatThrownBy(inputs::curve)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
