package trimtab.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.math.BigInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.testkit.Seeded;

class WideTest {
  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithBigIntegerOrRefuses(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Wide a = drawn(seeded);
      Wide b = drawn(seeded);
      long factor = seeded.edgy();
      BigInteger x = a.toBigInteger();
      BigInteger y = b.toBigInteger();
      check(() -> a.plus(b), x.add(y));
      check(() -> a.minus(b), x.subtract(y));
      check(() -> a.times(factor), x.multiply(BigInteger.valueOf(factor)));
      assertThat(a.compareTo(b)).isEqualTo(x.compareTo(y));
      assertThat(a.signum()).isEqualTo(x.signum());
      assertThat(a.isNegative()).isEqualTo(x.signum() < 0);
      assertThat(a.fitsLong()).isEqualTo(x.bitLength() < 64);
      assertThat(a).hasToString(x.toString());
      check(a::negate, x.negate());
      assertThat(Wide.of(x)).isEqualTo(a);
      long other = seeded.edgy();
      assertThat(Wide.product(factor, other).toBigInteger())
          .isEqualTo(BigInteger.valueOf(factor).multiply(BigInteger.valueOf(other)));
      assertThat(Integer.signum(Wide.compareProducts(a, b, b, Wide.of(factor))))
          .isEqualTo(x.multiply(y).compareTo(y.multiply(BigInteger.valueOf(factor))));
    }
  }

  /// Of one, two or three limbs, each often near the edge of its range.
  private static Wide drawn(Seeded seeded) {
    long low = seeded.edgy();
    long middle = seeded.chance(0.3) ? low >> 63 : seeded.edgy() >> (seeded.chance(0.3) ? 40 : 0);
    long top = seeded.chance(0.4) ? middle >> 63 : seeded.edgy() >> (seeded.chance(0.5) ? 40 : 0);
    return new Wide(top, middle, low);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void dividesInTheNamedDirection(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      long value = seeded.edgy() >> 1;
      long factor = seeded.between(1, 2_000_000);
      long divisor = seeded.between(1, 1L << 40);
      BigInteger product = BigInteger.valueOf(value).multiply(BigInteger.valueOf(factor));
      BigInteger[] parts = product.divideAndRemainder(BigInteger.valueOf(divisor));
      BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
      BigInteger ceil = parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
      if (floor.bitLength() < 63 && ceil.bitLength() < 63) {
        assertThat(Rounding.mulDivFloor(value, factor, divisor)).isEqualTo(floor.longValue());
        assertThat(Rounding.mulDivCeil(value, factor, divisor)).isEqualTo(ceil.longValue());
      }
    }
  }

  /// Divisions on machine words against those of BigInteger, at every width and near every edge:
  /// the same quotient, or both refuse.
  @ParameterizedTest
  @ValueSource(longs = {8, 9, 10})
  void dividesAsBigIntegerDoesOrRefuses(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Wide value = drawn(seeded);
      Wide factor = seeded.chance(0.3) ? Wide.of(seeded.edgy()) : drawn(seeded);
      Wide divisor = positive(seeded.chance(0.3) ? value : drawn(seeded));
      long word = positive(Wide.of(seeded.edgy())).divFloor(1);
      BigInteger product = value.toBigInteger().multiply(factor.toBigInteger());
      check(() -> value.mulDivFloor(factor, divisor), floor(product, divisor.toBigInteger()));
      check(() -> value.divFloor(divisor), floor(value.toBigInteger(), divisor.toBigInteger()));
      BigInteger by = BigInteger.valueOf(word);
      checkLong(() -> value.divFloor(word), floor(value.toBigInteger(), by));
      checkLong(() -> value.divCeil(word), ceil(value.toBigInteger(), by));
      long one = seeded.edgy();
      long other = seeded.edgy();
      BigInteger both = BigInteger.valueOf(one).multiply(BigInteger.valueOf(other));
      checkLong(() -> Rounding.mulDivFloor(one, other, word), floor(both, by));
      checkLong(() -> Rounding.mulDivCeil(one, other, word), ceil(both, by));
    }
  }

  /// Operands for which the first guess of a digit is too high: Knuth's rare step back.
  @Test
  void dividesWhereADigitIsGuessedTooHigh() {
    BigInteger digit = BigInteger.ONE.shiftLeft(32);
    for (long top : new long[] {0x8000_0000L, 0x8000_0001L, 0xffff_ffffL}) {
      for (long next : new long[] {0, 1, 0xffff_fffeL, 0xffff_ffffL}) {
        for (long last : new long[] {0, 1, 0xffff_ffffL}) {
          BigInteger divisor =
              BigInteger.valueOf(top)
                  .multiply(digit)
                  .add(BigInteger.valueOf(next))
                  .multiply(digit)
                  .add(BigInteger.valueOf(last));
          for (long quotient : new long[] {1, 2, 0x7fff_ffffL, 0xffff_ffffL, 0x1_0000_0001L}) {
            for (long rest : new long[] {-1, 0, 1}) {
              BigInteger value =
                  divisor.multiply(BigInteger.valueOf(quotient)).add(BigInteger.valueOf(rest));
              Wide by = Wide.of(divisor);
              check(() -> Wide.of(value).divFloor(by), floor(value, divisor));
              check(() -> Wide.of(value).negate().divFloor(by), floor(value.negate(), divisor));
            }
          }
        }
      }
    }
  }

  private static Wide positive(Wide drawn) {
    if (drawn.signum() == 0 || drawn.equals(new Wide(Long.MIN_VALUE, 0, 0))) {
      return Wide.of(1);
    }
    Wide size = drawn.abs();
    return size.equals(Wide.of(Long.MIN_VALUE).negate()) ? Wide.of(Long.MAX_VALUE) : size;
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 9})
  void dividesAndComparesAtAnyWidthAsBigIntegersDo(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Wide a = drawnOrLong(seeded);
      Wide b = drawnOrLong(seeded);
      Wide c = drawnOrLong(seeded);
      Wide d = drawnOrLong(seeded);
      BigInteger x = a.toBigInteger();
      BigInteger y = b.toBigInteger();
      BigInteger z = c.toBigInteger();
      assertThat(a.max(b).toBigInteger()).isEqualTo(x.max(y));
      assertThat(a.min(b).toBigInteger()).isEqualTo(x.min(y));
      check(a::abs, x.abs());
      assertThat(Integer.signum(Wide.compareProducts(a, b, c, d)))
          .isEqualTo(x.multiply(y).compareTo(z.multiply(d.toBigInteger())));
      if (z.signum() > 0) {
        check(() -> a.divFloor(c), floor(x, z));
        check(() -> a.mulDivFloor(b, c), floor(x.multiply(y), z));
      }
      long divisor = seeded.edgy() >>> 1 | 1;
      BigInteger by = BigInteger.valueOf(divisor);
      checkLong(() -> a.divFloor(divisor), floor(x, by));
      checkLong(() -> a.divCeil(divisor), floor(x.negate(), by).negate());
      checkLong(a::toLongExact, x);
    }
  }

  private static Wide drawnOrLong(Seeded seeded) {
    return seeded.chance(0.5) ? Wide.of(seeded.edgy()) : drawn(seeded);
  }

  private static BigInteger floor(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  private static BigInteger ceil(BigInteger dividend, BigInteger divisor) {
    return floor(dividend.negate(), divisor).negate();
  }

  private static void checkLong(LongSupplier actual, BigInteger expected) {
    if (expected.bitLength() > 63) {
      assertThatThrownBy(actual::getAsLong).isInstanceOf(ArithmeticException.class);
    } else {
      assertThat(actual.getAsLong()).isEqualTo(expected.longValue());
    }
  }

  @Test
  void theRangeEndsAtTheLeastAndTheLargestOf192Bits() {
    Wide least = new Wide(Long.MIN_VALUE, 0, 0);
    Wide half = new Wide(1L << 62, 0, 0);
    assertThat(least.times(1)).isEqualTo(least);
    assertThat(half.times(-2)).isEqualTo(least);
    assertThat(half.negate().times(2)).isEqualTo(least);
    assertThatThrownBy(() -> half.times(2)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> least.times(-1)).isInstanceOf(ArithmeticException.class);
    Wide besideHalf = new Wide(1L << 62, 0, 1);
    assertThatThrownBy(() -> besideHalf.times(-2)).isInstanceOf(ArithmeticException.class);
    Wide aboveHalf = new Wide(1L << 62, 1, 0);
    assertThatThrownBy(() -> aboveHalf.times(-2)).isInstanceOf(ArithmeticException.class);
    BigInteger end = BigInteger.TWO.pow(191);
    assertThat(Wide.of(end.negate())).isEqualTo(least);
    assertThat(Wide.of(end.subtract(BigInteger.ONE))).isEqualTo(new Wide(Long.MAX_VALUE, -1, -1));
    assertThatThrownBy(() -> Wide.of(end)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void refusesADivisorThatIsNotPositive() {
    assertThatThrownBy(() -> Wide.of(1).divFloor(0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("divisor must be positive: 0");
    assertThatThrownBy(() -> new Wide(0, 1, 0).divCeil(-3))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("divisor must be positive: -3");
    assertThatThrownBy(() -> Wide.of(1).divCeil(0)).hasMessage("divisor must be positive: 0");
    assertThatThrownBy(() -> Wide.of(1).mulDivFloor(Wide.of(1), Wide.ZERO))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("divisor must be positive: 0");
    assertThatThrownBy(() -> Wide.of(1).divFloor(Wide.ZERO))
        .hasMessage("divisor must be positive: 0");
    assertThatThrownBy(() -> Wide.of(1).divFloor(Wide.of(-2)))
        .hasMessage("divisor must be positive: -2");
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void theDoubleIsNear(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Wide wide = drawn(seeded);
      double nearest = wide.toBigInteger().doubleValue();
      assertThat(wide.toDouble()).isCloseTo(nearest, offset(Math.abs(nearest) * 0x1p-51));
      assertThat(Math.signum(wide.toDouble())).isEqualTo(wide.signum());
    }
    assertThat(Wide.of(-1).toDouble()).isEqualTo(-1);
    assertThat(Wide.of(Long.MIN_VALUE).toDouble()).isEqualTo(-0x1p63);
    // The nearest double, which adding up halves would miss.
    assertThat(Wide.of((1L << 54) + 3).toDouble()).isEqualTo(0x1p54 + 4);
  }

  private static void check(Supplier<Wide> actual, BigInteger expected) {
    if (expected.bitLength() > 191) {
      assertThatThrownBy(actual::get).isInstanceOf(ArithmeticException.class);
    } else {
      assertThat(actual.get().toBigInteger()).isEqualTo(expected);
    }
  }
}
