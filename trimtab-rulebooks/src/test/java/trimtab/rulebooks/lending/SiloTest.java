package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimtab.rulebooks.lending.SeededNumbers.big;
import static trimtab.rulebooks.lending.SeededNumbers.exact;
import static trimtab.rulebooks.lending.SeededNumbers.ofWad;
import static trimtab.rulebooks.lending.SeededNumbers.wad;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.Silo.Liquidated;
import trimtab.rulebooks.lending.Silo.Parameters;
import trimtab.rulebooks.lending.Silo.Position;
import trimtab.rulebooks.lending.Silo.Refusal;
import trimtab.rulebooks.lending.Silo.Refused;
import trimtab.rulebooks.lending.Silo.Split;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

class SiloTest {
  private static final Parameters FEE_5 = parameters("0.8", "0.7", "0.05");

  private static Parameters parameters(String threshold, String target, String fee) {
    return new Parameters(wad(threshold), wad(target), wad(fee), wad("0.9"));
  }

  /// Worth 1 for each base unit, nothing protected.
  private static Position position(BigInteger debt, BigInteger collateral) {
    return new Position(collateral, BigInteger.ZERO, collateral, debt, debt);
  }

  private static Position position(String debt, String collateral) {
    return position(big(debt), big(collateral));
  }

  @Test
  void equalityIsSolvent() {
    assertThat(SiloV2.isSolvent(position("80", "100"), FEE_5)).isTrue();
    assertThat(SiloV3.isSolvent(position("80", "100"), FEE_5)).isTrue();
    assertThat(SiloV2.isSolvent(position("800000000000000001", "1e18"), FEE_5)).isFalse();
    assertThat(SiloV2.isSolvent(position("80000000000000000001", "1e20"), FEE_5))
        .as("loan-to-value is rounded up")
        .isFalse();
    assertThat(SiloV3.liquidate(position("80", "100"), BigInteger.ONE, FEE_5))
        .isEqualTo(new Refused(Refusal.USER_IS_SOLVENT));
    assertThat(SiloV2.isSolvent(position("0", "0"), FEE_5)).isTrue();
    assertThat(SiloV2.isSolvent(position("1", "0"), FEE_5)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aPartReachesTheTargetFromAbove(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int parts = 0;
    for (int i = 0; i < 300; i++) {
      BigInteger collateral = numbers.between("1e20", "1e27");
      BigInteger debt = collateral.multiply(numbers.evenly("690", "999")).divide(big("1000"));
      BigInteger repay = SiloV2.estimateMaxRepayValue(debt, collateral, FEE_5);
      assertThat(SiloV3.estimateMaxRepayValue(debt, collateral, FEE_5)).isEqualTo(repay);
      Fraction twin =
          exact(debt)
              .minus(exact(collateral).times(Fraction.parse("0.7")))
              .over(Fraction.parse("0.265"));
      if (repay.signum() == 0) {
        assertThat(twin.signum()).isNotPositive();
      } else if (repay.equals(debt)) {
        assertThat(twin.over(exact(debt))).isGreaterThan(Fraction.parse("0.9"));
      } else {
        parts++;
        assertThat(twin.minus(exact(repay))).isBetween(Fraction.ZERO, Fraction.ONE);
        Liquidated done =
            (Liquidated)
                SiloV2.liquidate(
                    position(debt, collateral), Uint.MAX, parameters("0.7", "0.7", "0.05"));
        assertThat(done.debtAssets()).isEqualTo(repay);
        assertThat(ofWad(done.ltvAfterWad()).minus(Fraction.parse("0.7")))
            .isBetween(Fraction.ZERO, Fraction.parse("1e-17"));
      }
    }
    assertThat(parts).isPositive();
  }

  @Test
  void allOfItWhereMoreThanNineTenthsWouldBeRepaid() {
    Parameters half = parameters("0.8", "0.5", "0");
    BigInteger debt = big("1000e18");
    BigInteger collateral = big("1100e18");
    assertThat(SiloV2.estimateMaxRepayValue(debt, collateral, half)).isEqualTo(big("900e18"));
    BigInteger less = collateral.subtract(big("2000"));
    assertThat(SiloV2.estimateMaxRepayValue(debt, less, half)).isEqualTo(debt);
    assertThat(SiloV2.liquidate(position(debt, less), debt.subtract(BigInteger.ONE), half))
        .isEqualTo(new Refused(Refusal.FULL_LIQUIDATION_REQUIRED));
    Liquidated full = (Liquidated) SiloV2.liquidate(position(debt, less), debt, half);
    assertThat(full.ltvAfterWad()).isZero();
  }

  @Test
  void edgesOfTheSize() {
    BigInteger hundred = big("100e18");
    BigInteger debt = big("80e18");
    assertThat(SiloV3.estimateMaxRepayValue(debt, hundred, parameters("0.8", "0", "0.05")))
        .isEqualTo(debt);
    assertThat(SiloV3.estimateMaxRepayValue(hundred, hundred, FEE_5)).isEqualTo(hundred);
    assertThat(SiloV3.estimateMaxRepayValue(debt, hundred, parameters("0.8", "0.8", "0.05")))
        .as("already at the target")
        .isZero();
    assertThat(SiloV3.estimateMaxRepayValue(debt, hundred, parameters("0.8", "0.7", "1"))).isZero();
    assertThat(SiloV3.estimateMaxRepayValue(debt, hundred, parameters("0.8", "0.5", "0.999")))
        .as("reachable, yet dust")
        .isEqualTo(debt);
    assertThat(SiloV3.estimateMaxRepayValue(big("10e18"), hundred, parameters("0.8", "0.05", "0")))
        .isEqualTo(big("5263157894736842105"));
  }

  @Test
  void atBadDebtAnyAmountMayBeRepaid() {
    Position under = position("150e18", "100e18");
    Liquidated part = (Liquidated) SiloV2.liquidate(under, big("1e18"), FEE_5);
    assertThat(part.debtAssets()).isEqualTo(big("1e18"));
    assertThat(part.collateralAssets()).isEqualTo(big("1.05e18"));
    assertThat(part.ltvAfterWad()).isGreaterThan(wad("1.5"));
    Liquidated all = (Liquidated) SiloV2.liquidate(under, Uint.MAX, FEE_5);
    assertThat(all.debtAssets()).isEqualTo(big("150e18"));
    assertThat(all.collateralAssets()).isEqualTo(big("100e18"));
  }

  @Test
  void refusals() {
    BigInteger one = BigInteger.ONE;
    assertThat(SiloV3.liquidate(position("90", "100"), BigInteger.ZERO, FEE_5))
        .isEqualTo(new Refused(Refusal.NO_DEBT_TO_COVER));
    assertThat(SiloV3.liquidate(position("0", "100"), one, FEE_5))
        .isEqualTo(new Refused(Refusal.NO_DEBT_TO_COVER));
    assertThat(SiloV3.liquidate(position("90", "0"), one, FEE_5))
        .isEqualTo(new Refused(Refusal.NO_COLLATERAL_TO_LIQUIDATE));
    Position worthless =
        new Position(big("5"), BigInteger.ZERO, BigInteger.ZERO, big("5"), big("5"));
    assertThat(SiloV3.liquidate(worthless, one, FEE_5))
        .isEqualTo(new Refused(Refusal.UNKNOWN_RATIO));
    Position coarse = new Position(one, BigInteger.ZERO, big("1e18"), big("9e17"), big("9e17"));
    assertThat(SiloV3.liquidate(coarse, one, FEE_5))
        .isEqualTo(new Refused(Refusal.NO_REPAY_ASSETS));
  }

  /// Loan-to-value falls iff it is below `1 / (1 + fee)`.
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void loanToValueFallsIffItIsBelowOneOverOnePlusFee(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    Parameters low = parameters("0.5", "0.6", "0.05");
    Fraction line = Fraction.ONE.over(Fraction.parse("1.05"));
    int falls = 0;
    int rises = 0;
    for (int i = 0; i < 300; i++) {
      BigInteger debt = numbers.evenly("6e26", "1.2e27");
      Position position = position(debt, big("1e27"));
      if (!(SiloV2.liquidate(position, debt.divide(BigInteger.TEN), low)
          instanceof Liquidated done)) {
        continue;
      }
      Fraction before = new Fraction(debt, big("1e27"));
      if (before.minus(line).abs().compareTo(Fraction.parse("1e-9")) < 0) {
        continue;
      }
      assertThat(ofWad(done.ltvAfterWad()).compareTo(before)).isEqualTo(before.compareTo(line));
      falls += before.compareTo(line) < 0 ? 1 : 0;
      rises += before.compareTo(line) > 0 ? 1 : 0;
    }
    assertThat(falls).isPositive();
    assertThat(rises).isPositive();
  }

  @Test
  void moreDebtIsRepaidFurther() {
    BigInteger last = BigInteger.ZERO;
    for (int debt = 71; debt <= 100; debt++) {
      BigInteger repay =
          SiloV2.estimateMaxRepayValue(
              big("1e18").multiply(BigInteger.valueOf(debt)), big("100e18"), FEE_5);
      assertThat(repay).isGreaterThan(last);
      last = repay;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void seizedCollateralIsRoundedDown(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < 300; i++) {
      BigInteger debt = numbers.between("1", "1e24");
      BigInteger value = numbers.between("1", "1e24");
      BigInteger assets = numbers.between("1", "1e24");
      Silo.Seizure seizure =
          SiloV3.calculateCollateralsToLiquidate(debt, value, assets, wad("0.05"));
      assertThat(SiloV2.calculateCollateralsToLiquidate(debt, value, assets, wad("0.05")))
          .isEqualTo(seizure);
      Fraction twin = exact(debt).times(Fraction.parse("1.05")).min(exact(value));
      assertThat(twin.minus(exact(seizure.collateralValue())))
          .isBetween(Fraction.ZERO, Fraction.ONE);
      Fraction share = exact(seizure.collateralValue()).times(exact(assets)).over(exact(value));
      assertThat(share.minus(exact(seizure.collateralAssets())))
          .isBetween(Fraction.ZERO, Fraction.ONE);
    }
    assertThat(
            SiloV3.calculateCollateralsToLiquidate(
                BigInteger.ONE, BigInteger.ZERO, big("7"), wad("0.05")))
        .isEqualTo(new Silo.Seizure(big("7"), BigInteger.ZERO));
  }

  @Test
  void protectedCollateralIsSeizedFirst() {
    assertThat(SiloV2.splitReceiveCollateralToLiquidate(big("10"), big("10")))
        .isEqualTo(new Split(BigInteger.ZERO, big("10")));
    assertThat(SiloV3.splitReceiveCollateralToLiquidate(big("11"), big("10")))
        .isEqualTo(new Split(BigInteger.ONE, big("10")));
    Position half =
        new Position(big("100e18"), big("50e18"), big("100e18"), big("90e18"), big("90e18"));
    Liquidated done = (Liquidated) SiloV3.liquidate(half, Uint.MAX, FEE_5);
    assertThat(done.split().fromProtected()).isEqualTo(big("50e18"));
    assertThat(done.split().fromCollateral().add(big("50e18"))).isEqualTo(done.collateralAssets());
  }

  @Test
  void theForecastIsTwoUnitsLower() {
    Position position = position("80e18", "100e18");
    Silo.Assets forecast = SiloV2.maxLiquidation(position, FEE_5);
    Liquidated done =
        (Liquidated)
            SiloV2.liquidate(position, forecast.debtAssets(), parameters("0.75", "0.7", "0.05"));
    assertThat(done.debtAssets()).isEqualTo(forecast.debtAssets());
    assertThat(done.collateralAssets().subtract(forecast.collateralAssets()))
        .isEqualTo(BigInteger.TWO);
    assertThat(SiloV3.maxLiquidation(position("2", "2"), FEE_5).collateralAssets()).isZero();
  }

  @Test
  void onlyTheThirdVersionKeepsWideProducts() {
    BigInteger wide = BigInteger.ONE.shiftLeft(150);
    Position position =
        new Position(
            wide,
            BigInteger.ZERO,
            wide.multiply(BigInteger.TEN),
            wide.multiply(BigInteger.TEN),
            wide.multiply(BigInteger.TEN));
    assertThat(SiloV3.liquidate(position, Uint.MAX, FEE_5)).isInstanceOf(Liquidated.class);
    assertThatThrownBy(() -> SiloV2.liquidate(position, Uint.MAX, FEE_5))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("256");
  }

  @Test
  void theFormerTargetIsNineTenthsOfTheThresholdRoundedUp() {
    assertThat(SiloV2.targetOf(wad("0.8"))).isEqualTo(wad("0.72"));
    assertThat(SiloV2.targetOf(BigInteger.ONE)).isEqualTo(BigInteger.ONE);
  }

  @Test
  void defaultingNeedsTheMargin() {
    BigInteger margin = SiloV3.DEFAULTING_MARGIN_WAD;
    assertThat(SiloV3.liquidateByDefaulting(position("8250", "10000"), FEE_5, margin))
        .isEqualTo(new Refused(Refusal.USER_IS_SOLVENT));
    Position above = position("8251", "10000");
    Liquidated done = (Liquidated) SiloV3.liquidateByDefaulting(above, FEE_5, margin);
    assertThat(done).isEqualTo(SiloV3.liquidate(above, Uint.MAX, FEE_5));
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void theKeeperReceivesItsPartOfTheFee(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < 300; i++) {
      BigInteger shares = numbers.between("0", "1e27");
      BigInteger fee = numbers.between(BigInteger.ZERO, wad("0.2"));
      BigInteger keeper = SiloV3.keeperShares(shares, fee, SiloV3.KEEPER_FEE_WAD);
      Fraction twin =
          ofWad(fee)
              .times(Fraction.parse("0.2"))
              .times(exact(shares))
              .over(Fraction.ONE.plus(ofWad(fee)));
      Fraction off = twin.minus(exact(keeper));
      assertThat(off.signum()).isNotNegative();
      assertThat(off).isLessThan(Fraction.ONE);
    }
    assertThat(SiloV3.keeperShares(big("1.05e18"), wad("0.05"), wad("0.2"))).isEqualTo(wad("0.01"));
  }
}
