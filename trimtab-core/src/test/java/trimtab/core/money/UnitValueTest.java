package trimtab.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.testkit.Seeded;

class UnitValueTest {
  @Test
  void aThirdByHand() {
    UnitValue third = new UnitValue(Wide.of(1), 3);
    assertThat(third.floor(7)).isEqualTo(Wide.of(2));
    assertThat(third.ceil(7)).isEqualTo(Wide.of(3));
    assertThat(third.ceil(6)).isEqualTo(Wide.of(2));
    assertThat(third.floor(-7)).isEqualTo(Wide.of(-3));
    assertThat(third.quantityWithin(Wide.of(2))).isEqualTo(6);
    assertThat(third.leastQuantity(Wide.of(2))).isEqualTo(6);
    assertThat(UnitValue.of(5)).isEqualTo(new UnitValue(Wide.of(5), 1));
    assertThat(UnitValue.of(5).quantityWithin(Wide.of(14))).isEqualTo(2);
    assertThat(UnitValue.of(5).leastQuantity(Wide.of(14))).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void agreesWithFractions(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < 2_000; i++) {
      Wide numerator = Wide.product(seeded.between(1, 1L << 50), seeded.between(1, 1L << 40));
      long denominator = seeded.chance(0.3) ? 1 : seeded.between(1, 1L << 50);
      UnitValue unit = new UnitValue(numerator, denominator);
      long quantity = seeded.between(-(1L << 40), 1L << 40);
      BigInteger top = numerator.toBigInteger();
      BigInteger bottom = BigInteger.valueOf(denominator);
      BigInteger product = top.multiply(BigInteger.valueOf(quantity));
      assertThat(unit.floor(quantity).toBigInteger()).isEqualTo(floor(product, bottom));
      assertThat(unit.ceil(quantity).toBigInteger())
          .isEqualTo(floor(product.negate(), bottom).negate());
      Wide value = Wide.of(seeded.between(-(1L << 50), 1L << 50));
      BigInteger scaled = value.toBigInteger().multiply(bottom);
      assertThat(BigInteger.valueOf(unit.quantityWithin(value))).isEqualTo(floor(scaled, top));
      assertThat(BigInteger.valueOf(unit.leastQuantity(value)))
          .isEqualTo(floor(scaled.negate(), top).negate());
    }
  }

  private static BigInteger floor(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  @Test
  void isPositive() {
    assertThatThrownBy(() -> UnitValue.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a unit value is positive, not 0 / 1");
    assertThatThrownBy(() -> new UnitValue(Wide.of(1), 0))
        .hasMessage("a unit value is positive, not 1 / 0");
  }
}
