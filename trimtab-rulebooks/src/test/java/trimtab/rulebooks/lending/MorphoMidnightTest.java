package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static trimtab.rulebooks.lending.SeededNumbers.big;
import static trimtab.rulebooks.lending.SeededNumbers.exact;
import static trimtab.rulebooks.lending.SeededNumbers.ofWad;
import static trimtab.rulebooks.lending.SeededNumbers.wad;
import static trimtab.rulebooks.number.Uint.WAD;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.MorphoMidnight.Collateral;
import trimtab.rulebooks.lending.MorphoMidnight.Liquidated;
import trimtab.rulebooks.lending.MorphoMidnight.Outcome;
import trimtab.rulebooks.lending.MorphoMidnight.Parameters;
import trimtab.rulebooks.lending.MorphoMidnight.Position;
import trimtab.rulebooks.lending.MorphoMidnight.Refusal;
import trimtab.rulebooks.lending.MorphoMidnight.Refused;
import trimtab.rulebooks.lending.MorphoMidnight.Request;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

class MorphoMidnightTest {
  private static final BigInteger BEFORE = BigInteger.valueOf(-1);
  private static final BigInteger PRICE_ONE = big("1e36");
  private static final BigInteger MAX_77 = MorphoMidnight.maxFactor(wad("0.77"), wad("0.25"));

  private static Collateral at77(String amount) {
    return new Collateral(big(amount), PRICE_ONE, wad("0.77"), MAX_77);
  }

  private static Position owing(String debt) {
    return new Position(big(debt), List.of(at77("10000000")));
  }

  private static Request repay(BigInteger units) {
    return new Request(0, BigInteger.ZERO, units);
  }

  private static Outcome liquidate(Position position, BigInteger late, Request request) {
    return MorphoMidnight.liquidate(position, late, Parameters.DEFAULTS, request);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void highestFactorIsItsFormulaRoundedDown(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < 300; i++) {
      BigInteger lltv = numbers.between(BigInteger.ZERO, WAD);
      BigInteger cursor = numbers.between(BigInteger.ZERO, wad("0.5"));
      Fraction twin =
          Fraction.ONE.over(
              Fraction.ONE.minus(ofWad(cursor).times(Fraction.ONE.minus(ofWad(lltv)))));
      Fraction off = twin.times(exact(WAD)).minus(exact(MorphoMidnight.maxFactor(lltv, cursor)));
      assertThat(off).isBetween(Fraction.ZERO, Fraction.of(5));
    }
    assertThat(MorphoMidnight.maxFactor(WAD, wad("0.5"))).isEqualTo(WAD);
  }

  @Test
  void bothTriggersAreStrict() {
    BigInteger late = BigInteger.ONE;
    assertThat(MorphoMidnight.isHealthy(owing("7700000"))).isTrue();
    assertThat(MorphoMidnight.isHealthy(owing("7700001"))).isFalse();
    assertThat(MorphoMidnight.isLiquidatable(owing("7700001"), BEFORE)).isTrue();
    assertThat(MorphoMidnight.isLiquidatable(owing("7700000"), BigInteger.ZERO)).isFalse();
    assertThat(MorphoMidnight.isLiquidatable(owing("7700000"), late)).isTrue();
    assertThat(liquidate(owing("7700000"), BigInteger.ZERO, repay(BigInteger.ONE)))
        .isEqualTo(new Refused(Refusal.NOT_LIQUIDATABLE));
  }

  @Test
  void eachCollateralIsRoundedByItself() {
    Collateral odd = at77("1");
    assertThat(MorphoMidnight.maxDebt(List.of(odd, odd, odd))).isZero();
    assertThat(MorphoMidnight.maxDebt(List.of(at77("3")))).isEqualTo(BigInteger.TWO);
    assertThat(MorphoMidnight.badDebt(new Position(big("3"), List.of(odd, odd, odd)))).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7, 8})
  void theCapRestoresHealthAndNothingMuchLessDoes(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < 200; i++) {
      BigInteger amount = numbers.between("1e15", "1e24");
      Collateral slot = new Collateral(amount, PRICE_ONE, wad("0.77"), MAX_77);
      BigInteger maxDebt = MorphoMidnight.maxDebt(List.of(slot));
      BigInteger debt =
          maxDebt.add(numbers.between(amount.divide(big("1000")), amount.divide(BigInteger.TEN)));
      Position position = new Position(debt, List.of(slot));
      BigInteger cap = MorphoMidnight.recoveryCap(debt, maxDebt, MAX_77, slot.lltvWad());
      Liquidated done = (Liquidated) liquidate(position, BEFORE, repay(cap));
      BigInteger carried = MorphoMidnight.maxDebt(done.position().collaterals());
      assertThat(carried.subtract(done.position().debt()))
          .as("1 - factor x LLTV is rounded at 1e18")
          .isBetween(big("-3"), amount.divide(big("1e17")).add(big("5")));
      Liquidated less =
          (Liquidated) liquidate(position, BEFORE, repay(cap.subtract(cap.divide(big("1000")))));
      assertThat(MorphoMidnight.isHealthy(less.position())).isFalse();
      assertThat(liquidate(position, BEFORE, repay(cap.add(BigInteger.ONE))))
          .isEqualTo(new Refused(Refusal.RECOVERY_CLOSE_FACTOR));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 10})
  void theCapIsItsFormulaRoundedUp(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < 300; i++) {
      BigInteger excess = numbers.between("1", "1e15");
      BigInteger lltv = numbers.between(wad("0.385"), wad("0.98"));
      BigInteger factor = MorphoMidnight.maxFactor(lltv, wad("0.25"));
      Fraction twin = exact(excess).over(Fraction.ONE.minus(ofWad(factor).times(ofWad(lltv))));
      Fraction off =
          exact(MorphoMidnight.recoveryCap(excess, BigInteger.ZERO, factor, lltv)).minus(twin);
      assertThat(off.signum()).isNotNegative();
      assertThat(off).isLessThan(Fraction.of(6));
    }
    assertThat(MorphoMidnight.recoveryCap(BigInteger.ONE, BigInteger.ZERO, WAD, WAD))
        .isEqualTo(Uint.MAX);
  }

  @Test
  void dustWaivesTheCapBelowTheThreshold() {
    Position position = owing("7701000");
    BigInteger cap =
        MorphoMidnight.recoveryCap(big("7701000"), big("7700000"), MAX_77, wad("0.77"));
    BigInteger beyond = big("10000000").multiply(WAD).divide(MAX_77).subtract(cap);
    Request more = repay(cap.add(BigInteger.ONE));
    Outcome atThreshold = MorphoMidnight.liquidate(position, BEFORE, withThreshold(beyond), more);
    assertThat(atThreshold).isEqualTo(new Refused(Refusal.RECOVERY_CLOSE_FACTOR));
    assertThat(
            MorphoMidnight.liquidate(
                position, BEFORE, withThreshold(beyond.add(BigInteger.ONE)), more))
        .isInstanceOf(Liquidated.class);
  }

  private static Parameters withThreshold(BigInteger threshold) {
    Parameters defaults = Parameters.DEFAULTS;
    return new Parameters(
        defaults.cursorLowWad(),
        defaults.cursorHighWad(),
        defaults.timeToMaxFactorSeconds(),
        threshold);
  }

  @Test
  void theFactorRisesAfterTheEndOfTerm() {
    Parameters defaults = Parameters.DEFAULTS;
    BigInteger half = defaults.timeToMaxFactorSeconds().shiftRight(1);
    assertThat(MorphoMidnight.incentiveFactor(MAX_77, true, BigInteger.ZERO, defaults))
        .isEqualTo(WAD);
    assertThat(MorphoMidnight.incentiveFactor(MAX_77, true, half, defaults))
        .isEqualTo(WAD.add(MAX_77.subtract(WAD).shiftRight(1)));
    assertThat(MorphoMidnight.incentiveFactor(MAX_77, true, half.shiftLeft(3), defaults))
        .isEqualTo(MAX_77);
    assertThat(MorphoMidnight.incentiveFactor(MAX_77, false, half, defaults)).isEqualTo(MAX_77);
  }

  @Test
  void afterTheEndOfTermEverythingMayBeRepaid() {
    Position healthy = owing("5000000");
    Liquidated done = (Liquidated) liquidate(healthy, BigInteger.ONE, repay(big("5000000")));
    assertThat(done.position().debt()).isZero();
    assertThat(done.seizedAssets()).isBetween(big("5000000"), big("5001000"));
    assertThat(liquidate(healthy, BigInteger.ONE, repay(big("5000001"))))
        .isEqualTo(new Refused(Refusal.ARITHMETIC_UNDERFLOW));
    assertThat(liquidate(healthy, BigInteger.ONE, new Request(0, big("10000001"), BigInteger.ZERO)))
        .isEqualTo(new Refused(Refusal.ARITHMETIC_UNDERFLOW));
    assertThat(liquidate(healthy, BigInteger.ONE, new Request(0, BigInteger.ONE, BigInteger.ONE)))
        .isEqualTo(new Refused(Refusal.INCONSISTENT_INPUT));
  }

  @Test
  void badDebtIsWrittenOffBeforeAnythingIsRepaid() {
    Position under = owing("9999999");
    BigInteger payable =
        big("10000000").multiply(WAD).add(MAX_77).subtract(BigInteger.ONE).divide(MAX_77);
    assertThat(MorphoMidnight.badDebt(under)).isEqualTo(big("9999999").subtract(payable));
    Liquidated only = (Liquidated) liquidate(under, BEFORE, repay(BigInteger.ZERO));
    assertThat(only.seizedAssets()).isZero();
    assertThat(only.position().debt()).isEqualTo(payable);
    assertThat(MorphoMidnight.badDebt(only.position())).isZero();
    assertThat(MorphoMidnight.badDebt(owing("7700001"))).isZero();
  }

  @Test
  void lendersLoseAtLeastWhatIsWrittenOff() {
    BigInteger max = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    BigInteger units = big("1000003");
    BigInteger last = BigInteger.ZERO;
    for (int lost = 1; lost <= 100; lost++) {
      BigInteger loss = BigInteger.valueOf(lost);
      BigInteger index = MorphoMidnight.lossIndexAfter(BigInteger.ZERO, units, loss);
      assertThat(index).isGreaterThan(last);
      Fraction kept = new Fraction(max.subtract(index), max);
      assertThat(kept).isLessThanOrEqualTo(new Fraction(units.subtract(loss), units));
      last = index;
    }
    assertThat(MorphoMidnight.lossIndexAfter(last, units, BigInteger.ZERO)).isEqualTo(last);
    assertThat(MorphoMidnight.lossIndexAfter(last, units, units)).isEqualTo(max);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void conversionsFavourTheBorrower(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < 300; i++) {
      BigInteger price = numbers.between("1e27", "1e42");
      BigInteger repaid = numbers.between("1", "1e18");
      BigInteger seized = MorphoMidnight.seizedFor(repaid, price, MAX_77);
      assertThat(MorphoMidnight.repaidFor(seized, price, MAX_77)).isLessThanOrEqualTo(repaid);
      Fraction value = exact(seized).times(new Fraction(price, PRICE_ONE));
      assertThat(value).isLessThanOrEqualTo(exact(repaid).times(ofWad(MAX_77)));
    }
  }
}
