package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static trimtab.rulebooks.lending.SeededNumbers.big;
import static trimtab.rulebooks.lending.SeededNumbers.exact;
import static trimtab.rulebooks.lending.SeededNumbers.ofWad;
import static trimtab.rulebooks.lending.SeededNumbers.wad;
import static trimtab.rulebooks.number.Uint.WAD;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.MorphoBlue.Market;
import trimtab.rulebooks.lending.MorphoBlue.Position;
import trimtab.rulebooks.lending.MorphoBlue.Request;
import trimtab.rulebooks.lending.MorphoPreLiquidation.Outcome;
import trimtab.rulebooks.lending.MorphoPreLiquidation.Parameters;
import trimtab.rulebooks.lending.MorphoPreLiquidation.PreLiquidated;
import trimtab.rulebooks.lending.MorphoPreLiquidation.Refusal;
import trimtab.rulebooks.lending.MorphoPreLiquidation.Refused;
import trimtab.rulebooks.lending.MorphoPreLiquidation.Window;
import trimtab.rulebooks.number.Fraction;

class MorphoPreLiquidationTest {
  private static final BigInteger PRICE_ONE = big("1e36");
  private static final Market EVEN = new Market(big("1e12"), big("1e18"));
  private static final Parameters RAMP =
      new Parameters(wad("0.86"), wad("0.8"), wad("0.2"), wad("0.8"), wad("1"), wad("1.04"));

  private static Position owing(String shares) {
    return new Position(big(shares), big("100000"));
  }

  private static Outcome window(Position position) {
    return MorphoPreLiquidation.window(EVEN, position, PRICE_ONE, RAMP);
  }

  private static Outcome repay(Position position, BigInteger shares, BigInteger marketPrice) {
    return MorphoPreLiquidation.preLiquidate(
        EVEN, position, PRICE_ONE, marketPrice, RAMP, Request.repay(shares));
  }

  @Test
  void theWindowIsOpenBelowAndClosedAbove() {
    assertThat(window(owing("80000e6")))
        .isEqualTo(new Refused(Refusal.NOT_PRE_LIQUIDATABLE_POSITION));
    assertThat(window(owing("80000000001"))).isInstanceOf(Window.class);
    assertThat(window(owing("86000e6"))).isInstanceOf(Window.class);
    assertThat(window(owing("86000000001"))).isEqualTo(new Refused(Refusal.LIQUIDATABLE_POSITION));
    assertThat(window(owing("0"))).isEqualTo(new Refused(Refusal.NOT_PRE_LIQUIDATABLE_POSITION));
    assertThat(MorphoPreLiquidation.window(EVEN, owing("80000e6"), BigInteger.ZERO, RAMP))
        .isEqualTo(new Refused(Refusal.LIQUIDATABLE_POSITION));
  }

  @Test
  void factorsRunFromLowToHigh() {
    assertThat(MorphoPreLiquidation.closeFactor(BigInteger.ZERO, RAMP)).isEqualTo(wad("0.2"));
    assertThat(MorphoPreLiquidation.closeFactor(WAD, RAMP)).isEqualTo(wad("0.8"));
    assertThat(MorphoPreLiquidation.incentiveFactor(BigInteger.ZERO, RAMP)).isEqualTo(WAD);
    assertThat(MorphoPreLiquidation.incentiveFactor(WAD, RAMP)).isEqualTo(wad("1.04"));
    Window edge = (Window) window(owing("86000e6"));
    assertThat(edge.quotientWad()).isEqualTo(WAD);
    assertThat(edge.repayableShares()).isEqualTo(big("68800e6"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rampsAreTheirFormulaRoundedDown(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < 300; i++) {
      BigInteger ltv = numbers.between(wad("0.8"), wad("0.86"));
      BigInteger place = MorphoPreLiquidation.quotient(ltv, RAMP);
      Fraction twin = ofWad(ltv).minus(Fraction.parse("0.8")).over(Fraction.parse("0.06"));
      assertRoundedDown(twin, place);
      Fraction closes = ofWad(place).times(Fraction.parse("0.6")).plus(Fraction.parse("0.2"));
      assertRoundedDown(closes, MorphoPreLiquidation.closeFactor(place, RAMP));
      Fraction incentive = ofWad(place).times(Fraction.parse("0.04")).plus(Fraction.ONE);
      assertRoundedDown(incentive, MorphoPreLiquidation.incentiveFactor(place, RAMP));
    }
  }

  private static void assertRoundedDown(Fraction twin, BigInteger wad) {
    Fraction off = twin.times(exact(WAD)).minus(exact(wad));
    assertThat(off.signum()).isNotNegative();
    assertThat(off).isLessThan(Fraction.ONE);
  }

  @Test
  void moreDebtMayBeClosedFurther() {
    BigInteger last = BigInteger.ZERO;
    for (int thousands = 81; thousands <= 86; thousands++) {
      Window window = (Window) window(owing(thousands + "000e6"));
      assertThat(window.repayableShares()).isGreaterThan(last);
      last = window.repayableShares();
    }
  }

  @Test
  void aCloseFactorAboveOneClosesAllOfIt() {
    Parameters all =
        new Parameters(wad("0.86"), wad("0.8"), wad("0.2"), wad("1.5"), wad("1"), wad("1.04"));
    Position position = owing("85000e6");
    Window window = (Window) MorphoPreLiquidation.window(EVEN, position, PRICE_ONE, all);
    assertThat(window.closeFactorWad()).isGreaterThan(WAD);
    assertThat(window.repayableShares()).isEqualTo(position.borrowShares());
    assertThat(
            MorphoPreLiquidation.preLiquidate(
                EVEN,
                position,
                PRICE_ONE,
                PRICE_ONE,
                all,
                Request.repay(position.borrowShares().add(BigInteger.ONE))))
        .isEqualTo(new Refused(Refusal.ARITHMETIC_UNDERFLOW));
    PreLiquidated done =
        (PreLiquidated)
            MorphoPreLiquidation.preLiquidate(
                EVEN, position, PRICE_ONE, PRICE_ONE, all, Request.repay(position.borrowShares()));
    assertThat(done.position().borrowShares()).isZero();
    assertThat(done.seizedAssets()).isEqualTo(window.seizableCollateral());
  }

  @Test
  void theLimitIsExact() {
    Position position = owing("83000e6");
    Window window = (Window) window(position);
    assertThat(repay(position, window.repayableShares(), PRICE_ONE))
        .isInstanceOf(PreLiquidated.class);
    assertThat(repay(position, window.repayableShares().add(BigInteger.ONE), PRICE_ONE))
        .isEqualTo(new Refused(Refusal.PRE_LIQUIDATION_TOO_LARGE));
    assertThat(repay(position, BigInteger.ZERO, PRICE_ONE))
        .isEqualTo(new Refused(Refusal.INCONSISTENT_INPUT));
    assertThat(repay(owing("1"), BigInteger.ONE, PRICE_ONE))
        .isEqualTo(new Refused(Refusal.NOT_PRE_LIQUIDATABLE_POSITION));
  }

  @Test
  void loanToValueFallsBecauseTheIncentiveIsAtMostOneOverLltv() {
    for (int thousands = 81; thousands <= 86; thousands++) {
      Position position = owing(thousands + "000e6");
      Window window = (Window) window(position);
      PreLiquidated done = (PreLiquidated) repay(position, window.repayableShares(), PRICE_ONE);
      Fraction before = new Fraction(position.borrowShares(), position.collateral());
      Fraction after = new Fraction(done.position().borrowShares(), done.position().collateral());
      assertThat(after).isLessThan(before);
    }
  }

  @Test
  void aRealLiquidationPreEmptsIt() {
    Position position = owing("83000e6");
    assertThat(repay(position, big("1e6"), big("9e35")))
        .isEqualTo(new Refused(Refusal.INSUFFICIENT_COLLATERAL));
  }

  @ParameterizedTest
  @CsvSource({
    "0.86, 0.86, 0.2, 0.8, 1, 1.04, PreLltvTooHigh",
    "0.86, 0.8, 0.9, 0.8, 1, 1.04, PreLCFDecreasing",
    "0.86, 0.8, 1.1, 1.2, 1, 1.04, PreLCFTooHigh",
    "0.86, 0.8, 0.2, 0.8, 0.99, 1.04, PreLIFTooLow",
    "0.86, 0.8, 0.2, 0.8, 1.05, 1.04, PreLIFDecreasing",
    "0.86, 0.8, 0.2, 0.8, 1, 1.17, PreLIFTooHigh",
    "0.8, 0.7, 1, 1, 1, 1.25, none",
    "0.8, 0.7, 1, 1, 1, 1.250000000000000001, PreLIFTooHigh",
  })
  void whatCannotBeCreated(
      String lltv, String pre, String lcf1, String lcf2, String lif1, String lif2, String error) {
    Parameters parameters =
        new Parameters(wad(lltv), wad(pre), wad(lcf1), wad(lcf2), wad(lif1), wad(lif2));
    assertThat(
            MorphoPreLiquidation.creationRefusal(parameters)
                .map(MorphoPreLiquidation.CreationRefusal::error)
                .orElse("none"))
        .isEqualTo(error);
  }
}
