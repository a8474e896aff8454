package trimtab.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.testkit.Seeded;

class RoundingTest {
  private static final int ROUNDS = 5_000;

  @ParameterizedTest
  @CsvSource({
    "7, 1, 2, 3, 4",
    "-7, 1, 2, -4, -3",
    "8, 1, 2, 4, 4",
    "0, 5, 3, 0, 0",
    "1, 1, 1000000, 0, 1",
    "-1, 1, 1000000, -1, 0",
    "9223372036854775807, 1000000, 1000000, 9223372036854775807, 9223372036854775807",
    "-9223372036854775808, 3, 3, -9223372036854775808, -9223372036854775808",
    "4611686018427387905, 2, 4, 2305843009213693952, 2305843009213693953",
  })
  void namesItsDirection(long value, long factor, long divisor, long floor, long ceil) {
    assertThat(Rounding.mulDivFloor(value, factor, divisor)).isEqualTo(floor);
    assertThat(Rounding.mulDivCeil(value, factor, divisor)).isEqualTo(ceil);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesWithBigIntegerOrRefuses(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      long value = seeded.edgy();
      long factor = seeded.edgy();
      long divisor = Math.max(1, seeded.edgy());
      BigInteger product = BigInteger.valueOf(value).multiply(BigInteger.valueOf(factor));
      BigInteger[] parts = product.divideAndRemainder(BigInteger.valueOf(divisor));
      BigInteger down = BigInteger.valueOf(parts[1].signum() < 0 ? 1 : 0);
      BigInteger up = BigInteger.valueOf(parts[1].signum() > 0 ? 1 : 0);
      check(() -> Rounding.mulDivFloor(value, factor, divisor), parts[0].subtract(down));
      check(() -> Rounding.mulDivCeil(value, factor, divisor), parts[0].add(up));
    }
  }

  private static void check(LongSupplier actual, BigInteger expected) {
    if (expected.bitLength() > 63) {
      assertThatThrownBy(actual::getAsLong).isInstanceOf(ArithmeticException.class);
    } else {
      assertThat(actual.getAsLong()).isEqualTo(expected.longValue());
    }
  }

  @Test
  void refusesAQuotientJustAboveALong() {
    // 2^62 x 4 / 2 = 2^63, one more than the largest long
    assertThatThrownBy(() -> Rounding.mulDivFloor(1L << 62, 4, 2))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Rounding.mulDivCeil(1L << 62, 4, 2))
        .isInstanceOf(ArithmeticException.class);
    assertThat(Rounding.mulDivCeil(1L << 62, -4, 2)).isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 0, 0",
    "1, 5, 0, 5",
    "5, 5, 5, 5",
    "14, 5, 10, 15",
    "7, 1, 7, 7",
    "9223372036854775807, 2, 9223372036854775806, -1",
  })
  void stepsAreMultiples(long value, long step, long floor, long ceil) {
    assertThat(Rounding.floorToStep(value, step)).isEqualTo(floor);
    if (ceil >= 0) {
      assertThat(Rounding.ceilToStep(value, step)).isEqualTo(ceil);
    } else {
      assertThatThrownBy(() -> Rounding.ceilToStep(value, step))
          .isInstanceOf(ArithmeticException.class);
    }
  }
}
