package trimtab.rulebooks.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class I80F48Test {
  private static final Fraction UNIT = new Fraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(48));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void productsRoundDownAndQuotientsTowardZero(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      I80F48 left = new I80F48(BigInteger.valueOf(random.nextLong()));
      I80F48 right = new I80F48(BigInteger.valueOf(random.nextLong() | 1));

      Fraction lostByProduct =
          left.fraction().times(right.fraction()).minus(left.times(right).fraction());
      assertThat(lostByProduct).isBetween(Fraction.ZERO, UNIT).isNotEqualTo(UNIT);

      Fraction exact = left.fraction().over(right.fraction());
      Fraction lostByQuotient = exact.abs().minus(left.over(right).fraction().abs());
      assertThat(lostByQuotient).isBetween(Fraction.ZERO, UNIT).isNotEqualTo(UNIT);
    }
  }

  @Test
  void signsDoNotCancelInProducts() {
    I80F48 third = I80F48.of(Fraction.parse("1/3"));

    assertThat(third.negate().times(third).negate()).isGreaterThan(third.times(third));
  }

  @Test
  void decimalsAreTheNearestTiesToEven() {
    assertThat(I80F48.of(Fraction.parse("0.5")).bits()).isEqualTo(BigInteger.ONE.shiftLeft(47));
    assertThat(I80F48.of(Fraction.parse("0.8")).bits())
        .isEqualTo(new BigInteger("225179981368525"));
    assertThat(I80F48.of(UNIT.over(Fraction.of(2))).bits()).isEqualTo(BigInteger.ZERO);
    assertThat(I80F48.of(UNIT.times(Fraction.parse("3/2"))).bits()).isEqualTo(BigInteger.TWO);
    assertThat(I80F48.of(UNIT.times(Fraction.parse("-3/2"))).bits())
        .isEqualTo(BigInteger.TWO.negate());
  }

  @Test
  void roundsToIntegersEitherWay() {
    I80F48 number = I80F48.of(Fraction.parse("-2.5"));

    assertThat(number.floor()).isEqualTo(-3);
    assertThat(number.ceil()).isEqualTo(-2);
    assertThat(I80F48.of(7).ceil()).isEqualTo(7);
  }

  @Test
  void whatDoesNotFitIsAnError() {
    assertThatThrownBy(() -> I80F48.MAX.plus(I80F48.ONE)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> I80F48.MAX.times(I80F48.of(2)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> I80F48.ONE.over(I80F48.ZERO)).isInstanceOf(ArithmeticException.class);
  }
}
