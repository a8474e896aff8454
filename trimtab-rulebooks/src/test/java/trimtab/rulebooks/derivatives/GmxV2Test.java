package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.GmxV2.Deleveraging;
import trimtab.rulebooks.derivatives.GmxV2.Parameters;
import trimtab.rulebooks.derivatives.GmxV2.Pool;
import trimtab.rulebooks.derivatives.GmxV2.Position;
import trimtab.rulebooks.derivatives.GmxV2.Price;
import trimtab.rulebooks.derivatives.GmxV2.Verdict;
import trimtab.rulebooks.number.Fraction;

class GmxV2Test {
  private static final BigInteger ZERO = BigInteger.ZERO;
  private static final BigInteger ONE = BigInteger.ONE;
  private static final Parameters PARAMETERS = Parameters.DEFAULT;
  private static final Pool POOL = new Pool(ZERO, usd(1_000_000));

  private static BigInteger usd(long value) {
    return BigInteger.valueOf(value).multiply(GmxV2.FLOAT_PRECISION);
  }

  /// USD per wei.
  private static BigInteger ether(long price) {
    return BigInteger.valueOf(price).multiply(BigInteger.TEN.pow(12));
  }

  private static BigInteger wei(long value) {
    return BigInteger.valueOf(value).multiply(BigInteger.TEN.pow(18));
  }

  private static Verdict at(long price) {
    Position position = new Position(true, usd(200_000), wei(40), wei(10));
    Price band = Price.of(ether(price));
    return GmxV2.test(position, band, band, ZERO, ZERO, POOL, true, PARAMETERS).verdict();
  }

  @Test
  void theVenuesOneTest() {
    assertThat(at(4_200)).isEqualTo(Verdict.HEALTHY);
    assertThat(at(4_000)).isNotEqualTo(Verdict.HEALTHY);
  }

  @Test
  void theTestsAreStrictAsWritten() {
    BigInteger size = usd(1_000);

    assertThat(verdict(usd(10), size)).isEqualTo(Verdict.HEALTHY);
    assertThat(verdict(usd(10).subtract(ONE), size)).isEqualTo(Verdict.BELOW_FACTOR);
    assertThat(verdict(usd(1), usd(1))).isEqualTo(Verdict.HEALTHY);
    assertThat(verdict(usd(1).subtract(ONE), usd(1))).isEqualTo(Verdict.BELOW_MINIMUM);
    assertThat(GmxV2.verdict(ZERO, ZERO, false, PARAMETERS)).isEqualTo(Verdict.NOTHING_LEFT);
    assertThat(GmxV2.verdict(ONE, ZERO, false, PARAMETERS)).isEqualTo(Verdict.HEALTHY);
  }

  private static Verdict verdict(BigInteger remaining, BigInteger size) {
    return GmxV2.verdict(remaining, size, true, PARAMETERS);
  }

  @Test
  void onlyNegativeImpactCountsDownToItsFloor() {
    Parameters half =
        new Parameters(
            PARAMETERS.minCollateralUsd1e30(),
            PARAMETERS.minCollateralFactor1e30(),
            GmxV2.FLOAT_PRECISION.divide(BigInteger.valueOf(200)),
            PARAMETERS.liquidationFeeFactor1e30(),
            PARAMETERS.maxProfitFactor1e30(),
            PARAMETERS.adlFactor1e30(),
            PARAMETERS.adlFloor1e30());

    assertThat(GmxV2.impactForLiquidation(usd(7), usd(1_000), half)).isEqualTo(ZERO);
    assertThat(GmxV2.impactForLiquidation(usd(-4), usd(1_000), half)).isEqualTo(usd(-4));
    assertThat(GmxV2.impactForLiquidation(usd(-7), usd(1_000), half)).isEqualTo(usd(-5));
  }

  @Test
  void pricesAreTakenAgainstThePosition() {
    Price band = new Price(ether(100), ether(101));
    assertThat(band.worseFor(true)).isEqualTo(ether(100));
    assertThat(band.worseFor(false)).isEqualTo(ether(101));
    Position longPosition = new Position(true, usd(400), wei(4), wei(1));
    Position shortPosition = new Position(false, usd(400), wei(4), wei(1));
    assertThat(GmxV2.pnl(longPosition, ether(99), POOL, PARAMETERS)).isEqualTo(usd(-4));
    assertThat(GmxV2.pnl(shortPosition, ether(99), POOL, PARAMETERS)).isEqualTo(usd(4));
  }

  @Test
  void profitsAreCutInProportionAndLossesAreNot() {
    Pool poor = new Pool(usd(1_800), usd(1_000));
    Position position = new Position(true, usd(400), wei(4), wei(1));

    assertThat(GmxV2.pnl(position, ether(101), poor, PARAMETERS)).isEqualTo(usd(2));
    assertThat(GmxV2.pnl(position, ether(99), poor, PARAMETERS)).isEqualTo(usd(-4));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void tokensOfAPartRoundAgainstThePosition(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      BigInteger size = BigInteger.valueOf(random.nextLong(2, Long.MAX_VALUE));
      BigInteger part = BigInteger.valueOf(random.nextLong(1, size.longValueExact()));
      BigInteger tokens = BigInteger.valueOf(random.nextLong(1, Long.MAX_VALUE));
      Fraction exact = Fraction.of(tokens.multiply(part)).over(Fraction.of(size));

      BigInteger up = GmxV2.tokensOfPart(new Position(true, size, tokens, ONE), part);
      BigInteger down = GmxV2.tokensOfPart(new Position(false, size, tokens, ONE), part);

      assertThat(up).isEqualTo(exact.ceil());
      assertThat(down).isEqualTo(exact.floor());
    }
  }

  @Test
  void liquidationsAreWholeAndTheirFeeRoundsDown() {
    Position position = new Position(true, usd(200_000), wei(40), wei(10));
    assertThat(GmxV2.liquidationSize(position)).isEqualTo(usd(200_000));
    assertThat(GmxV2.tokensOfPart(position, usd(200_000))).isEqualTo(wei(40));
    assertThat(GmxV2.liquidationFee(usd(200_000), PARAMETERS)).isEqualTo(usd(400));
    assertThat(GmxV2.liquidationFee(BigInteger.valueOf(999), PARAMETERS)).isEqualTo(1);
  }

  @Test
  void deleveragingMustHelpAndMustNotOverCorrect() {
    BigInteger first = PARAMETERS.adlFactor1e30();
    BigInteger floor = PARAMETERS.adlFloor1e30();

    assertThat(GmxV2.mayDeleverage(first, PARAMETERS)).isFalse();
    assertThat(GmxV2.mayDeleverage(first.add(ONE), PARAMETERS)).isTrue();
    assertThat(judge(first, floor)).isEqualTo(Deleveraging.NOT_REQUIRED);
    assertThat(judge(first.add(ONE), floor)).isEqualTo(Deleveraging.VALID);
    assertThat(judge(first.add(ONE), floor.subtract(ONE))).isEqualTo(Deleveraging.OVER_CORRECTED);
    assertThat(judge(first.add(ONE), first.add(ONE))).isEqualTo(Deleveraging.NOT_LOWERED);
    Position position = new Position(true, usd(10), wei(1), wei(1));
    assertThat(GmxV2.deleveraging(usd(11), position, first.add(ONE), floor, PARAMETERS))
        .isEqualTo(Deleveraging.LARGER_THAN_POSITION);
    assertThat(GmxV2.profitFactor(new Pool(usd(-1), usd(3))))
        .isEqualTo(GmxV2.FLOAT_PRECISION.divide(BigInteger.valueOf(3)).negate());
    assertThat(GmxV2.profitFactor(new Pool(usd(1), ZERO))).isEqualTo(ZERO);
  }

  private static Deleveraging judge(BigInteger before, BigInteger after) {
    Position position = new Position(true, usd(10), wei(1), wei(1));
    return GmxV2.deleveraging(usd(10), position, before, after, PARAMETERS);
  }
}
