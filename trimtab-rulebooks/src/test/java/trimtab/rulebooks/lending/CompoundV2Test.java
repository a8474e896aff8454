package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.CompoundV2.Answer;
import trimtab.rulebooks.lending.CompoundV2.Pair;
import trimtab.rulebooks.lending.CompoundV2.Parameters;
import trimtab.rulebooks.lending.CompoundV2.Refusal;
import trimtab.rulebooks.lending.CompoundV2.Seizure;
import trimtab.rulebooks.lending.CompoundV2.Snapshot;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Compound v2 against its exact twin and on its edges.
class CompoundV2Test {
  private static final int DRAWS = 400;
  private static final BigInteger ONE = BigInteger.ONE;
  private static final Parameters DEFAULTS = Parameters.DEFAULTS;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void seizesNoMoreThanTheExactAmount(long seed) {
    LoanDraw draw = new LoanDraw(seed);
    for (int i = 0; i < DRAWS; i++) {
      BigInteger repaid = draw.digits(20);
      BigInteger borrowPrice = draw.between(1, 9).multiply(Uint.WAD).add(draw.digits(18));
      BigInteger price = draw.between(1, 900).multiply(Uint.WAD).add(draw.digits(18));
      BigInteger rate = draw.between(1, 9).multiply(BigInteger.TEN.pow(16));
      BigInteger seized = CompoundV2.seizeTokens(repaid, borrowPrice, price, rate, DEFAULTS);
      Fraction exact =
          Fraction.of(repaid)
              .times(new Fraction(DEFAULTS.liquidationIncentiveWad(), price))
              .times(new Fraction(borrowPrice, rate));
      Fraction under = exact.minus(Fraction.of(seized));
      Fraction bound = exact.times(Fraction.parse("1e-12")).plus(Fraction.of(2));
      assertThat(under).isLessThan(bound);
      // The denominator is floored as well: up to one part in its size the other way.
      assertThat(under).isGreaterThan(exact.times(Fraction.parse("-1e-12")));
      assertThat(CompoundV2.seizeTokens(repaid.add(ONE), borrowPrice, price, rate, DEFAULTS))
          .isGreaterThanOrEqualTo(seized);
    }
  }

  @Test
  void aShortfallOfZeroIsHealthy() {
    Snapshot supplied = market(1_000, 0, "0.5");
    assertThat(CompoundV2.isLiquidatable(List.of(supplied, market(0, 500, "0.5")))).isFalse();
    assertThat(CompoundV2.isLiquidatable(List.of(supplied, market(0, 501, "0.5")))).isTrue();
    assertThat(CompoundV2.liquidity(List.of(supplied, market(0, 400, "0.5"))).excess())
        .isEqualTo(100);
  }

  @Test
  void repaysNoMoreThanTheCloseFactorOfOneBorrow() {
    BigInteger most = BigInteger.valueOf(500);
    assertThat(CompoundV2.maxClose(BigInteger.valueOf(1_001), false, DEFAULTS)).isEqualTo(most);
    assertThat(CompoundV2.maxClose(BigInteger.valueOf(1_001), true, DEFAULTS)).isEqualTo(1_001);
    Pair pair = pair(1_001, 10_000, false);
    assertThat(CompoundV2.liquidateBorrow(pair, ONE, most, DEFAULTS))
        .isEqualTo(
            new Answer.Liquidated(
                new Seizure(
                    most,
                    BigInteger.valueOf(540),
                    BigInteger.valueOf(525),
                    BigInteger.valueOf(15),
                    BigInteger.valueOf(15))));
    assertThat(CompoundV2.liquidateBorrow(pair, ONE, most.add(ONE), DEFAULTS))
        .isEqualTo(new Answer.Refused(Refusal.TOO_MUCH_REPAY));
    assertThat(CompoundV2.liquidateBorrow(pair, BigInteger.ZERO, ONE, DEFAULTS))
        .isEqualTo(new Answer.Refused(Refusal.INSUFFICIENT_SHORTFALL));
  }

  @Test
  void aDeprecatedMarketIsClosedWhateverTheHealth() {
    Pair pair = pair(1_001, 10_000, true);
    BigInteger all = BigInteger.valueOf(1_001);
    assertThat(CompoundV2.liquidateBorrow(pair, BigInteger.ZERO, all, DEFAULTS))
        .isInstanceOf(Answer.Liquidated.class);
    assertThat(CompoundV2.liquidateBorrow(pair, BigInteger.ZERO, all.add(ONE), DEFAULTS))
        .isEqualTo(new Answer.Refused(Refusal.REPAYS_MORE_THAN_THE_BORROW));
  }

  @Test
  void seizesNoMoreThanThereIsAndDoesNotCut() {
    BigInteger repay = BigInteger.valueOf(500);
    assertThat(CompoundV2.liquidateBorrow(pair(1_000, 540, false), ONE, repay, DEFAULTS))
        .isInstanceOf(Answer.Liquidated.class);
    assertThat(CompoundV2.liquidateBorrow(pair(1_000, 539, false), ONE, repay, DEFAULTS))
        .isEqualTo(new Answer.Refused(Refusal.LIQUIDATE_SEIZE_TOO_MUCH));
  }

  private static Pair pair(long borrow, long tokens, boolean deprecated) {
    return new Pair(
        BigInteger.valueOf(borrow),
        Uint.WAD,
        BigInteger.valueOf(tokens),
        Uint.WAD,
        Uint.WAD,
        deprecated);
  }

  private static Snapshot market(long tokens, long borrow, String factor) {
    return new Snapshot(
        BigInteger.valueOf(tokens),
        BigInteger.valueOf(borrow),
        Uint.WAD,
        Uint.WAD,
        Fraction.parse(factor).times(Fraction.of(Uint.WAD)).floor());
  }
}
