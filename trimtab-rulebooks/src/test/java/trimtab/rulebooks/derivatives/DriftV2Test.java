package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.DriftV2.Margin;
import trimtab.rulebooks.derivatives.DriftV2.Parameters;
import trimtab.rulebooks.derivatives.DriftV2.PerpMargin;
import trimtab.rulebooks.derivatives.DriftV2.PerpMarket;
import trimtab.rulebooks.derivatives.DriftV2.PerpPosition;
import trimtab.rulebooks.number.Fraction;

/// Margin, trigger, exit and throttle of Drift v2.
class DriftV2Test {
  private static final Parameters PARAMETERS = Parameters.DEFAULT;
  private static final BigInteger USD = BigInteger.valueOf(1_000_000);

  static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static Margin margin(long collateral, long requirement, long liabilityValue) {
    return Margin.empty(PARAMETERS.bufferRatio1e4())
        .plusCollateral(big(collateral))
        .plusRequirement(big(requirement), big(liabilityValue), true);
  }

  @Test
  void beginsStrictlyBelowTheRequirementAndEndsAtTheBufferedOne() {
    assertThat(DriftV2.canBeLiquidated(margin(100, 100, 5_000))).isFalse();
    assertThat(DriftV2.canBeLiquidated(margin(99, 100, 5_000))).isTrue();

    assertThat(DriftV2.canExit(margin(199, 100, 5_000))).isFalse();
    assertThat(DriftV2.canExit(margin(200, 100, 5_000))).isTrue();
    assertThat(DriftV2.shortage(margin(150, 100, 5_000))).isEqualTo(50);
    assertThat(DriftV2.shortage(margin(250, 100, 5_000))).isEqualTo(50);
  }

  @Test
  void lossesAreBufferedTowardZeroAndProfitsAreNot() {
    Margin empty = Margin.empty(PARAMETERS.bufferRatio1e4());

    assertThat(empty.plusCollateral(big(-10_000_000)).collateralBuffer1e6()).isEqualTo(-200_000);
    assertThat(empty.plusCollateral(big(-99)).collateralBuffer1e6()).isEqualTo(-1);
    assertThat(empty.plusCollateral(big(-49)).collateralBuffer1e6()).isEqualTo(0);
    assertThat(empty.plusCollateral(big(10_000_000)).collateralBuffer1e6()).isEqualTo(0);
  }

  @Test
  void aLiquidationWithoutABufferIsRefused() {
    assertThatThrownBy(() -> DriftV2.shortage(Margin.empty(BigInteger.ZERO)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("buffer");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPerpsMarginIsLessThanAUnitBelowItsFraction(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      PerpPosition position =
          PerpPosition.of(
              big(random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L)),
              big(random.nextLong(-100_000_000_000L, 100_000_000_000L)));
      BigInteger price = big(random.nextLong(1, 100_000_000_000L));

      PerpMargin margin = DriftV2.perpMargin(position, PerpMarket.DEFAULT, price, USD, PARAMETERS);

      Fraction value =
          Fraction.of(position.base1e9().abs().multiply(price))
              .over(Fraction.of(DriftV2.BASE_PRECISION));
      assertBelow(Fraction.of(margin.liabilityValue1e6()), value);
      assertThat(margin.requirement1e6()).isEqualTo(margin.liabilityValue1e6().divide(big(20)));
      Fraction pnl =
          Fraction.of(position.base1e9().multiply(price))
              .over(Fraction.of(DriftV2.BASE_PRECISION))
              .plus(Fraction.of(position.quote1e6()));
      assertThat(Fraction.of(margin.collateral1e6()).minus(pnl).abs()).isLessThan(Fraction.ONE);
    }
  }

  static void assertBelow(Fraction actual, Fraction exact) {
    Fraction lost = exact.minus(actual);
    assertThat(lost).isGreaterThanOrEqualTo(Fraction.ZERO).isLessThan(Fraction.ONE);
  }

  @Test
  void ordersCountOnTheirWorseSideAndCostAFixedMargin() {
    PerpPosition position =
        new PerpPosition(big(2_000_000_000), big(-200_000_000), big(1_000_000_000), big(-7), 1);

    PerpMargin margin =
        DriftV2.perpMargin(position, PerpMarket.DEFAULT, big(100_000_000), USD, PARAMETERS);

    assertThat(margin.liabilityValue1e6()).isEqualTo(300_000_000);
    assertThat(margin.requirement1e6()).isEqualTo(15_010_000);
    assertThat(margin.collateral1e6()).isEqualTo(0);
    PerpPosition balanced = new PerpPosition(BigInteger.ZERO, BigInteger.ZERO, big(5), big(-5), 2);
    assertThat(DriftV2.worstCaseBase(balanced)).isEqualTo(-5);
  }

  @Test
  void largePositionsRequireMore() {
    PerpMarket market =
        new PerpMarket(big(500), big(1_000), big(10_000), big(10_000), big(1), big(10_000));

    assertThat(DriftV2.maintenanceRatio(market, big(1_000_000_000))).isEqualTo(500);
    // 0.8 x 5 % + 0.001 x root(2,500) of the position's 2,500 units
    assertThat(DriftV2.maintenanceRatio(market, big(2_500_000_000_000L))).isEqualTo(900);
    assertThat(DriftV2.maintenanceRatio(market, big(-2_500_000_000_000L))).isEqualTo(900);
  }

  @Test
  void smallShortagesAreNotThrottledAndTheSmallOneIs() {
    BigInteger small = PARAMETERS.smallShortage1e6();

    assertThat(DriftV2.maxShare(small.subtract(big(1)), big(0), big(0), PARAMETERS))
        .isEqualTo(10_000);
    assertThat(DriftV2.maxShare(small, big(0), big(0), PARAMETERS)).isEqualTo(1_000);
    assertThat(DriftV2.maxShare(small, big(0), big(135), PARAMETERS)).isEqualTo(10_000);
    Parameters atOnce = PARAMETERS.with(big(200), big(0), big(0));
    assertThat(DriftV2.maxShare(small, big(0), big(0), atOnce)).isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theShareGrowsWithTimeShrinksWithProgressAndNeverFreesMoreThanAllowed(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      BigInteger shortage = big(random.nextLong(50_000_000, 1_000_000_000_000L));
      BigInteger freed = big(random.nextLong(0, 1_000_000_000_000L));
      BigInteger elapsed = big(random.nextLong(0, 200));

      BigInteger share = DriftV2.maxShare(shortage, freed, elapsed, PARAMETERS);

      assertThat(share).isBetween(BigInteger.ZERO, DriftV2.MARGIN_PRECISION);
      assertThat(DriftV2.maxShare(shortage, freed, elapsed.add(big(1)), PARAMETERS))
          .isGreaterThanOrEqualTo(share);
      assertThat(DriftV2.maxShare(shortage, freed.add(USD), elapsed, PARAMETERS))
          .isLessThanOrEqualTo(share);
      Fraction allowed =
          Fraction.parse("1/10")
              .plus(Fraction.of(elapsed).over(Fraction.of(150)))
              .min(Fraction.ONE)
              .times(Fraction.of(shortage.add(freed)));
      Fraction would =
          Fraction.of(freed).plus(Fraction.of(shortage.multiply(share)).over(Fraction.of(10_000)));
      assertThat(would).isLessThanOrEqualTo(allowed.max(Fraction.of(freed)));
    }
  }

  @Test
  void anOracleAtTheBoundStopsLiquidations() {
    assertThat(DriftV2.oracleTooDivergent(big(150), big(100), PARAMETERS)).isTrue();
    assertThat(DriftV2.oracleTooDivergent(big(149), big(100), PARAMETERS)).isFalse();
    assertThat(DriftV2.oracleTooDivergent(big(50), big(100), PARAMETERS)).isTrue();
    assertThat(DriftV2.oracleTooDivergent(big(51), big(100), PARAMETERS)).isFalse();
  }

  @Test
  void allMayBeClosedFromTheNamedSlotOn() {
    for (Parameters parameters :
        java.util.List.of(
            Parameters.DEFAULT,
            Parameters.DEFAULT.with(big(200), big(0), big(7)),
            Parameters.DEFAULT.with(big(200), big(10_000), big(150)),
            Parameters.DEFAULT.with(big(200), big(3_333), big(0)))) {
      BigInteger slots = DriftV2.slotsUntilAll(parameters);
      for (long freed : new long[] {0, 1, 77_000_000}) {
        assertThat(DriftV2.maxShare(big(90_000_000), big(freed), slots, parameters))
            .isEqualTo(DriftV2.MARGIN_PRECISION);
      }
      if (slots.signum() > 0) {
        assertThat(
                DriftV2.maxShare(
                    big(90_000_000), big(0), slots.subtract(BigInteger.ONE), parameters))
            .isLessThan(DriftV2.MARGIN_PRECISION);
      }
    }
    assertThat(DriftV2.slotsUntilAll(Parameters.DEFAULT)).isEqualTo(big(135));
  }
}
