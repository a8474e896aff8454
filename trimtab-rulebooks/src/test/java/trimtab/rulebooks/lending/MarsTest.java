package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimtab.rulebooks.lending.SeededNumbers.big;
import static trimtab.rulebooks.lending.SeededNumbers.exact;
import static trimtab.rulebooks.lending.SeededNumbers.ofWad;
import static trimtab.rulebooks.lending.SeededNumbers.wad;
import static trimtab.rulebooks.number.Uint.WAD;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.Mars.Health;
import trimtab.rulebooks.lending.Mars.Leg;
import trimtab.rulebooks.lending.Mars.Liquidated;
import trimtab.rulebooks.lending.Mars.OneSided;
import trimtab.rulebooks.lending.Mars.Parameters;
import trimtab.rulebooks.number.Fraction;

class MarsTest {
  private static final int ROUNDS = 300;
  private static final Parameters TERMS = Parameters.DEFAULTS;
  private static final BigInteger MUCH = big("1e30");

  private static Health health(BigInteger collateral, BigInteger debt) {
    BigInteger adjusted = collateral.multiply(wad("0.8")).divide(WAD);
    return new Health(Mars.healthFactor(adjusted, debt), collateral, debt, adjusted);
  }

  @Test
  void equalityIsHealthy() {
    assertThat(Mars.healthFactor(big("1000"), big("1000"))).isEqualTo(WAD);
    assertThat(Mars.isLiquidatable(WAD)).isFalse();
    assertThat(Mars.isLiquidatable(WAD.subtract(BigInteger.ONE))).isTrue();
    assertThatThrownBy(() -> Mars.healthFactor(big("1"), BigInteger.ZERO))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void minimumIsAboveAMaximumBelowIt() {
    Parameters odd =
        new Parameters(
            wad("0.8"), wad("1.1"), BigInteger.ZERO, wad("2"), wad("0.1"), wad("0.05"), wad("0.1"));
    Health health = new Health(wad("0.9"), wad("1.25"), wad("1"), BigInteger.ONE);
    assertThat(Mars.bonus(health, odd)).isEqualTo(wad("0.1"));
  }

  private static BigInteger bonus(String factor, String collateral) {
    Health health = new Health(wad(factor), wad(collateral), wad("1"), BigInteger.ONE);
    return Mars.bonus(health, TERMS);
  }

  @Test
  void bonusGrowsToItsCap() {
    assertThat(bonus("1", "1.25")).isZero();
    assertThat(bonus("0.98", "1.25")).isEqualTo(wad("0.04"));
    assertThat(bonus("0.9", "1.25")).as("maximum").isEqualTo(wad("0.1"));
    assertThat(bonus("0.9", "1.06")).as("what is over").isEqualTo(wad("0.06"));
    assertThat(bonus("0.9", "1.01")).as("minimum").isEqualTo(wad("0.02"));
    assertThat(bonus("0.7", "0.9")).as("insolvent").isEqualTo(wad("0.02"));
    assertThatThrownBy(() -> bonus("1.1", "1.25")).isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void sizesAreRoundedDownTheFeeUp(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int[] binding = new int[4];
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger debtValue = numbers.between("1e8", "1e15");
      BigInteger ratio = numbers.evenly("105e16", "1249e15");
      BigInteger collateralValue = debtValue.multiply(ratio).divide(WAD);
      Leg debt = new Leg(numbers.between("1e6", "1e14"), numbers.evenly("1e17", "1e19"));
      Leg collateral = new Leg(numbers.between("1e6", "1e14"), numbers.evenly("1e17", "1e19"));
      BigInteger asked = numbers.between("1e6", "1e14");
      Health health = health(collateralValue, debtValue);
      Liquidated done = (Liquidated) Mars.liquidate(collateral, debt, asked, health, TERMS);
      Fraction factor = Fraction.ONE.plus(ofWad(done.bonusWad()));
      Fraction worth = exact(collateral.amount()).times(ofWad(collateral.priceWad()));
      Fraction covered = worth.over(factor).over(ofWad(debt.priceWad()));
      BigInteger[] bounds = {debt.amount(), asked, done.maxDebtRepayable(), covered.floor()};
      BigInteger least = MUCH;
      for (int k = 0; k < bounds.length; k++) {
        least = least.min(bounds[k]);
      }
      assertThat(exact(least).minus(exact(done.debtRepaid())))
          .isBetween(Fraction.ZERO, Fraction.parse("21"));
      for (int k = 0; k < bounds.length; k++) {
        binding[k] += bounds[k].equals(least) ? 1 : 0;
      }
      Fraction seized =
          exact(done.debtRepaid())
              .times(ofWad(debt.priceWad()))
              .times(factor)
              .over(ofWad(collateral.priceWad()));
      assertThat(seized.minus(exact(done.collateralSeized())))
          .isBetween(Fraction.ZERO, Fraction.of(40));
      assertThat(done.collateralSeized()).isLessThanOrEqualTo(collateral.amount());
      assertThat(done.toLiquidator().add(done.protocolFee())).isEqualTo(done.collateralSeized());
      BigInteger share = exact(done.collateralSeized()).times(ofWad(done.bonusWad())).floor();
      assertThat(done.protocolFee())
          .isEqualTo(exact(share).times(ofWad(TERMS.protocolFeeWad())).ceil());
    }
    assertThat(binding).doesNotContain(0);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void targetIsReachedAndNotPassed(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger debtValue = numbers.evenly("1e17", "1e20");
      BigInteger ratio = numbers.evenly("112e16", "1249e15");
      BigInteger collateralValue = debtValue.multiply(ratio).divide(WAD);
      Health health = health(collateralValue, debtValue);
      Liquidated done =
          (Liquidated)
              Mars.liquidate(
                  new Leg(collateralValue, WAD), new Leg(debtValue, WAD), MUCH, health, TERMS);
      assertThat(done.debtRepaid()).isEqualTo(done.maxDebtRepayable());
      Health after =
          health(
              collateralValue.subtract(done.collateralSeized()),
              debtValue.subtract(done.debtRepaid()));
      assertThat(after.healthFactorWad()).isBetween(wad("1.0999999999"), wad("1.1000000001"));
    }
  }

  /// Health rises iff HF is above LT x (1 + bonus).
  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void signOfTheChangeOfHealth(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int rises = 0;
    int falls = 0;
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger debtValue = numbers.evenly("1e17", "1e20");
      BigInteger collateralValue = debtValue.multiply(numbers.evenly("9e17", "12e17")).divide(WAD);
      Health health = health(collateralValue, debtValue);
      BigInteger asked = debtValue.divide(big("20"));
      Liquidated done =
          (Liquidated)
              Mars.liquidate(
                  new Leg(collateralValue, WAD), new Leg(debtValue, WAD), asked, health, TERMS);
      Fraction line = Fraction.parse("0.8").times(Fraction.ONE.plus(ofWad(done.bonusWad())));
      Fraction before = ofWad(health.healthFactorWad());
      if (before.minus(line).abs().compareTo(Fraction.parse("1e-9")) < 0) {
        continue;
      }
      Health after =
          health(
              collateralValue.subtract(done.collateralSeized()),
              debtValue.subtract(done.debtRepaid()));
      int change = after.healthFactorWad().compareTo(health.healthFactorWad());
      assertThat(change).isEqualTo(before.compareTo(line));
      rises += change > 0 ? 1 : 0;
      falls += change < 0 ? 1 : 0;
    }
    assertThat(rises).isPositive();
    assertThat(falls).isPositive();
  }

  @Test
  void somethingForNothingIsRefused() {
    Health health = health(big("1200"), big("1000"));
    Leg dear = new Leg(big("10"), wad("1000"));
    Leg cheap = new Leg(big("1000"), wad("1"));
    assertThat(Mars.liquidate(dear, cheap, BigInteger.ONE, health, TERMS))
        .isEqualTo(new OneSided(BigInteger.ONE, BigInteger.ZERO));
    Liquidated nothing = (Liquidated) Mars.liquidate(dear, cheap, BigInteger.ZERO, health, TERMS);
    assertThat(nothing.debtRepaid()).isZero();
    assertThat(nothing.toLiquidator()).isZero();
  }

  @Test
  void unreachableTargetIsAnError() {
    Parameters steep =
        new Parameters(
            wad("0.99"),
            wad("1.01"),
            wad("0.1"),
            BigInteger.ZERO,
            wad("0.1"),
            wad("0.2"),
            wad("0.1"));
    assertThatThrownBy(
            () -> Mars.maxDebtRepayableValue(health(big("1200"), big("1000")), wad("0.1"), steep))
        .isInstanceOf(ArithmeticException.class);
  }
}
