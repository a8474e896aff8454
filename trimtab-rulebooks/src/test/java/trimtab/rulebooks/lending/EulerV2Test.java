package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimtab.rulebooks.lending.SeededNumbers.big;
import static trimtab.rulebooks.lending.SeededNumbers.exact;
import static trimtab.rulebooks.lending.SeededNumbers.ofWad;
import static trimtab.rulebooks.number.Uint.WAD;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.EulerV2.Collateral;
import trimtab.rulebooks.lending.EulerV2.Debt;
import trimtab.rulebooks.lending.EulerV2.Liquidation;
import trimtab.rulebooks.lending.EulerV2.Liquidity;
import trimtab.rulebooks.lending.EulerV2.Outcome;
import trimtab.rulebooks.lending.EulerV2.Parameters;
import trimtab.rulebooks.lending.EulerV2.Refusal;
import trimtab.rulebooks.lending.EulerV2.Refused;
import trimtab.rulebooks.number.Fraction;

class EulerV2Test {
  private static final BigInteger LTV_90 = big("9000");

  private static Debt debt(String amount) {
    return new Debt(big(amount), WAD);
  }

  private static List<Collateral> one(String balance) {
    return List.of(new Collateral(big(balance), WAD, LTV_90));
  }

  private static Liquidation max(String debt, String balance) {
    return EulerV2.maxLiquidation(debt(debt), one(balance), 0, Parameters.DEFAULTS);
  }

  private static Outcome desire(String repay, String minYield) {
    return EulerV2.liquidate(
        debt("920000"), one("1000000"), 0, Parameters.DEFAULTS, big(repay), big(minYield));
  }

  @Test
  void equalityIsInViolationAtNoDiscount() {
    Liquidation equal = max("900000", "1000000");
    assertThat(equal.discountFactorWad()).isEqualTo(WAD);
    assertThat(equal.repay()).isEqualTo(big("900000"));
    assertThat(equal.yieldBalance()).isEqualTo(big("900000"));
    Liquidation above = max("899999", "1000000");
    assertThat(above.repay()).isZero();
    assertThat(above.yieldBalance()).isZero();
    assertThat(EulerV2.isViolation(new Liquidity(BigInteger.ONE, BigInteger.ONE))).isTrue();
    assertThat(EulerV2.isViolation(new Liquidity(BigInteger.TWO, BigInteger.ONE))).isFalse();
  }

  @Test
  void withoutDebtThereIsNothingToDo() {
    Outcome none =
        EulerV2.liquidate(
            debt("0"), one("0"), 0, Parameters.DEFAULTS, BigInteger.ONE, BigInteger.ZERO);
    assertThat(none).isInstanceOf(Liquidation.class);
    assertThat(((Liquidation) none).repay()).isZero();
    Debt worthless = new Debt(BigInteger.ONE, BigInteger.ZERO);
    assertThatThrownBy(() -> EulerV2.maxLiquidation(worthless, one("0"), 0, Parameters.DEFAULTS))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void theDiscountIsCapped() {
    Liquidity half = new Liquidity(BigInteger.ONE, BigInteger.TWO);
    assertThat(EulerV2.discountFactor(half, Parameters.DEFAULTS))
        .isEqualTo(big("800000000000000000"));
    assertThat(EulerV2.discountFactor(half, Parameters.DEFAULTS.withMaxDiscountBps(big("6000"))))
        .isEqualTo(big("500000000000000000"));
    assertThat(
            EulerV2.discountFactor(half, Parameters.DEFAULTS.withMaxDiscountBps(BigInteger.ZERO)))
        .isEqualTo(WAD);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void amountsAreTheirFormulasRoundedDown(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int whole = 0;
    int limited = 0;
    for (int i = 0; i < 300; i++) {
      Debt debt = new Debt(numbers.between("1e12", "1e24"), numbers.evenly("1e17", "1e19"));
      BigInteger price = numbers.evenly("1e17", "1e19");
      BigInteger seizable =
          debt.value().multiply(numbers.evenly("600", "1300")).multiply(big("1e15")).divide(price);
      List<Collateral> collaterals =
          List.of(
              new Collateral(seizable, price, LTV_90),
              new Collateral(numbers.between("0", "1e10"), WAD, big("5000")));
      Liquidation done = EulerV2.maxLiquidation(debt, collaterals, 0, Parameters.DEFAULTS);
      if (done.repay().signum() == 0) {
        continue;
      }
      Fraction liability = exact(done.liquidity().liabilityValue());
      Fraction score = exact(done.liquidity().collateralAdjustedValue()).over(liability);
      Fraction factor = score.max(Fraction.parse("0.8"));
      assertThat(factor.minus(ofWad(done.discountFactorWad())).times(exact(WAD)))
          .isBetween(Fraction.ZERO, Fraction.ONE);
      Fraction value =
          exact(EulerV2.value(collaterals.getFirst().balance(), collaterals.getFirst().priceWad()));
      Fraction applied = ofWad(done.discountFactorWad());
      Fraction repaidValue = liability.min(value.times(applied));
      Fraction repay = repaidValue.times(exact(debt.amount())).over(liability);
      Fraction perValue = exact(debt.amount()).over(liability);
      assertThat(repay.minus(exact(done.repay())))
          .isBetween(Fraction.ZERO, perValue.plus(Fraction.ONE));
      Fraction balance = exact(collaterals.getFirst().balance());
      Fraction yield = value.min(liability.over(applied)).times(balance).over(value);
      assertThat(yield.minus(exact(done.yieldBalance())))
          .isBetween(Fraction.ZERO, balance.over(value).plus(Fraction.ONE));
      whole += done.repay().equals(debt.amount()) ? 1 : 0;
      limited += exact(done.yieldBalance()).equals(balance) ? 1 : 0;
    }
    assertThat(whole).isPositive();
    assertThat(limited).isPositive();
  }

  @Test
  void theYieldIsLinearInTheRepaymentAndRoundedDown() {
    Liquidation max = max("920000", "1000000");
    BigInteger last = BigInteger.ZERO;
    for (int part = 1; part <= 92; part++) {
      BigInteger desired = big("10000").multiply(BigInteger.valueOf(part));
      Liquidation done = (Liquidation) desire(desired.toString(), "0");
      assertThat(done.repay()).isEqualTo(desired);
      assertThat(done.yieldBalance())
          .isEqualTo(desired.multiply(max.yieldBalance()).divide(max.repay()))
          .isGreaterThan(last);
      last = done.yieldBalance();
    }
    assertThat(last).isEqualTo(max.yieldBalance());
  }

  @Test
  void moreThanTheMostIsRefused() {
    Liquidation max = max("920000", "1000000");
    assertThat(desire(max.repay().toString(), "0")).isEqualTo(max);
    assertThat(desire(max.repay().add(BigInteger.ONE).toString(), "0"))
        .isEqualTo(new Refused(Refusal.EXCESSIVE_REPAY_AMOUNT, max.liquidity()));
    assertThat(desire(max.repay().toString(), max.yieldBalance().toString())).isEqualTo(max);
    assertThat(desire(max.repay().toString(), max.yieldBalance().add(BigInteger.ONE).toString()))
        .isEqualTo(new Refused(Refusal.MIN_YIELD, max.liquidity()));
  }

  @Test
  void worthlessCollateralIsFree() {
    List<Collateral> worthless = List.of(new Collateral(big("1000"), BigInteger.ZERO, LTV_90));
    Liquidation done = EulerV2.maxLiquidation(debt("5000000"), worthless, 0, Parameters.DEFAULTS);
    assertThat(done.repay()).isZero();
    assertThat(done.yieldBalance()).isEqualTo(big("1000"));
  }

  /// With one collateral a part lowers the health score iff `LTV / discount factor` is above it.
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void healthRisesIffItIsAboveBonusTimesLtv(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int rises = 0;
    int falls = 0;
    for (int i = 0; i < 300; i++) {
      Debt debt = new Debt(big("1e24"), WAD);
      BigInteger balance = numbers.evenly("9e23", "1.1e24");
      List<Collateral> collaterals = List.of(new Collateral(balance, WAD, LTV_90));
      Parameters parameters = Parameters.DEFAULTS.withMaxDiscountBps(big("2000"));
      Liquidation max = EulerV2.maxLiquidation(debt, collaterals, 0, parameters);
      Liquidation part =
          (Liquidation)
              EulerV2.liquidate(
                  debt,
                  collaterals,
                  0,
                  parameters,
                  max.repay().divide(BigInteger.TEN),
                  BigInteger.ZERO);
      Fraction before = score(balance, debt.amount());
      Fraction after =
          score(balance.subtract(part.yieldBalance()), debt.amount().subtract(part.repay()));
      Fraction line = Fraction.parse("0.9").over(ofWad(max.discountFactorWad()));
      if (before.minus(line).abs().compareTo(Fraction.parse("1e-9")) < 0) {
        continue;
      }
      assertThat(after.compareTo(before)).isEqualTo(before.compareTo(line));
      rises += after.compareTo(before) > 0 ? 1 : 0;
      falls += after.compareTo(before) < 0 ? 1 : 0;
    }
    assertThat(rises).isPositive();
    assertThat(falls).isPositive();
  }

  private static Fraction score(BigInteger balance, BigInteger debt) {
    return exact(balance).times(Fraction.parse("0.9")).over(exact(debt));
  }

  @Test
  void theRestIsSocialisedOnceEveryCollateralIsGone() {
    Debt debt = debt("2000000");
    List<Collateral> alone = one("1000000");
    Liquidation done = EulerV2.maxLiquidation(debt, alone, 0, Parameters.DEFAULTS);
    assertThat(done.yieldBalance()).isEqualTo(big("1000000"));
    assertThat(socialised(debt, alone, Parameters.DEFAULTS))
        .isEqualTo(debt.amount().subtract(done.repay()));
    List<Collateral> dust =
        List.of(alone.getFirst(), new Collateral(BigInteger.ONE, BigInteger.ZERO, LTV_90));
    assertThat(socialised(debt, dust, Parameters.DEFAULTS)).isZero();
    Parameters never = new Parameters(big("2000"), BigInteger.ZERO, big("1000000"), false);
    assertThat(socialised(debt, alone, never)).isZero();
  }

  @Test
  void smallLiabilitiesAreNotSocialised() {
    assertThat(socialised(debt("1000000"), one("10"), Parameters.DEFAULTS))
        .isEqualTo(big("999992"));
    assertThat(socialised(debt("999999"), one("10"), Parameters.DEFAULTS)).isZero();
  }

  private static BigInteger socialised(
      Debt debt, List<Collateral> collaterals, Parameters parameters) {
    Liquidation done = EulerV2.maxLiquidation(debt, collaterals, 0, parameters);
    return EulerV2.socialisedDebt(debt, collaterals, 0, done, parameters);
  }

  @Test
  void coolOffEndsWithItsLastSecond() {
    Parameters ten = new Parameters(big("2000"), BigInteger.TEN, big("1000000"), true);
    assertThat(EulerV2.isCoolingOff(big("109"), big("100"), ten)).isTrue();
    assertThat(EulerV2.isCoolingOff(big("110"), big("100"), ten)).isFalse();
    assertThat(EulerV2.isCoolingOff(big("100"), big("100"), Parameters.DEFAULTS)).isFalse();
  }
}
