package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import trimtab.rulebooks.lending.CrvUsd.Above;
import trimtab.rulebooks.lending.CrvUsd.Liquidated;
import trimtab.rulebooks.lending.CrvUsd.Outcome;
import trimtab.rulebooks.lending.CrvUsd.Parameters;
import trimtab.rulebooks.lending.CrvUsd.Refusal;
import trimtab.rulebooks.lending.CrvUsd.Refused;
import trimtab.rulebooks.lending.CrvUsdBands.Band;
import trimtab.rulebooks.lending.CrvUsdBands.Precision;
import trimtab.rulebooks.number.Fraction;

class CrvUsdTest {
  private static final int ROUNDS = 300;
  private static final BigInteger DISCOUNT = Parameters.DEFAULTS.liquidationDiscountWad();
  private static final BigInteger BAD = BigInteger.valueOf(-1);

  /// One band with 400 stablecoins and 1 collateral, nearly all of it the loan's.
  private static final List<Band> BANDS =
      List.of(new Band(wad("400"), wad("1"), wad("1"), wad("1")));

  private static Outcome liquidate(BigInteger health, String share, BigInteger discount) {
    return CrvUsd.liquidate(
        wad("1000"), BANDS, Precision.NONE, health, wad(share), discount, BigInteger.ZERO);
  }

  @Test
  void healthOfZeroIsNotLiquidatable() {
    BigInteger equal = CrvUsd.health(wad("100"), wad("94"), DISCOUNT);
    assertThat(equal).isZero();
    assertThat(CrvUsd.isLiquidatable(equal)).isFalse();
    BigInteger more = wad("94").add(BigInteger.ONE);
    BigInteger below = CrvUsd.health(wad("100"), more, DISCOUNT);
    assertThat(below).isEqualTo(BAD);
    assertThat(CrvUsd.isLiquidatable(below)).isTrue();
    assertThat(CrvUsd.health(BigInteger.ZERO, wad("1"), DISCOUNT)).isEqualTo(WAD.negate());
    assertThatThrownBy(() -> CrvUsd.health(wad("1"), BigInteger.ZERO, DISCOUNT))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void fullHealthAddsWhatLiesAboveTheBands() {
    Above above = new Above(wad("2"), wad("2010"), wad("2000"));
    BigInteger health = CrvUsd.health(wad("3000"), wad("3000"), DISCOUNT);
    assertThat(CrvUsd.fullHealth(wad("3000"), wad("3000"), DISCOUNT, above).subtract(health))
        .isEqualTo(big("6666666666666666"));
    Above equal = new Above(wad("2"), wad("2000"), wad("2000"));
    Above under = new Above(wad("2"), wad("1990"), wad("2000"));
    assertThat(CrvUsd.fullHealth(wad("3000"), wad("3000"), DISCOUNT, equal)).isEqualTo(health);
    assertThat(CrvUsd.fullHealth(wad("3000"), wad("3000"), DISCOUNT, under)).isEqualTo(health);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void bandsRemovedIsItsFormulaRoundedDown(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger share = numbers.between("0", "999999999999999999");
      BigInteger discount = numbers.between("0", "5e17");
      BigInteger removed = CrvUsd.bandsRemoved(share, discount);
      Fraction s = ofWad(share);
      Fraction h = ofWad(discount);
      Fraction kept = Fraction.ONE.plus(h.over(Fraction.of(2))).over(Fraction.ONE.plus(h));
      Fraction twin = kept.times(Fraction.ONE.minus(s)).plus(s).times(s);
      assertThat(twin.minus(ofWad(removed)).times(exact(WAD)))
          .isBetween(Fraction.ZERO, Fraction.of(3));
      assertThat(removed).as("never more than the share of the debt").isLessThanOrEqualTo(share);
      BigInteger more = numbers.evenly(share, WAD);
      assertThat(CrvUsd.bandsRemoved(more, discount)).isGreaterThanOrEqualTo(removed);
      assertThat(CrvUsd.bandsRemoved(share, BigInteger.ZERO)).isEqualTo(share);
    }
    assertThat(CrvUsd.bandsRemoved(WAD, DISCOUNT)).isEqualTo(WAD);
    assertThat(CrvUsd.bandsRemoved(WAD.shiftLeft(1), DISCOUNT)).isEqualTo(WAD);
  }

  @Test
  void triggerIsAskedOnlyAtADiscount() {
    assertThat(liquidate(BigInteger.ZERO, "0.5", DISCOUNT))
        .isEqualTo(new Refused(Refusal.NOT_ENOUGH_REKT));
    assertThat(liquidate(BAD, "0.5", DISCOUNT)).isInstanceOf(Liquidated.class);
    assertThat(liquidate(WAD, "0.5", BigInteger.ZERO)).isInstanceOf(Liquidated.class);
    assertThat(liquidate(BAD, "0", DISCOUNT)).isEqualTo(new Refused(Refusal.NOTHING_REPAID));
  }

  @Test
  void stablecoinsOfTheBandsPayFirst() {
    Liquidated done = (Liquidated) liquidate(BAD, "0.5", DISCOUNT);
    assertThat(done.repaid()).isEqualTo(wad("500"));
    assertThat(done.debtLeft()).isEqualTo(wad("500"));
    assertThat(done.removedWad()).isEqualTo(CrvUsd.bandsRemoved(wad("0.5"), DISCOUNT));
    assertThat(done.paid().add(done.released().stablecoins())).isEqualTo(done.repaid());
    assertThat(done.change()).isZero();

    List<Band> rich = List.of(new Band(wad("1100"), BigInteger.ZERO, wad("1"), wad("1")));
    Liquidated change =
        (Liquidated)
            CrvUsd.liquidate(
                wad("1000"), rich, Precision.NONE, BAD, WAD.shiftLeft(1), DISCOUNT, wad("1000"));
    assertThat(change.paid()).isZero();
    assertThat(change.repaid()).isEqualTo(wad("1000"));
    assertThat(change.change())
        .isEqualTo(change.released().stablecoins().subtract(wad("1000")))
        .isPositive();
    BigInteger demanded = change.released().stablecoins().add(BigInteger.ONE);
    assertThat(CrvUsd.liquidate(wad("1000"), rich, Precision.NONE, BAD, WAD, DISCOUNT, demanded))
        .isEqualTo(new Refused(Refusal.SLIPPAGE));
  }

  @Test
  void estimateOfTokensNeeded() {
    assertThat(CrvUsd.tokensToLiquidate(wad("1000"), wad("400"), WAD, DISCOUNT))
        .isEqualTo(wad("600"));
    assertThat(CrvUsd.tokensToLiquidate(wad("1000"), wad("1400"), WAD, DISCOUNT)).isZero();
    assertThat(CrvUsd.tokensToLiquidate(wad("1000"), wad("400"), wad("0.5"), BigInteger.ZERO))
        .isEqualTo(wad("300"));
    assertThat(CrvUsd.debt(wad("1000"), wad("1.1"), wad("1.05")))
        .isEqualTo(big("1047619047619047619047"));
  }
}
