package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.Lighter.Fractions;
import trimtab.rulebooks.derivatives.Lighter.Margin;
import trimtab.rulebooks.derivatives.Lighter.Parameters;
import trimtab.rulebooks.derivatives.Lighter.Position;
import trimtab.rulebooks.derivatives.Lighter.State;
import trimtab.rulebooks.derivatives.Lighter.Step;
import trimtab.rulebooks.number.Fraction;

class LighterTest {
  private static final Fractions FRACTIONS = new Fractions(f("0.1"), f("0.05"), f("0.02"));

  private static Fraction f(String text) {
    return Fraction.parse(text);
  }

  private static Margin margin(String value) {
    return new Margin(f(value), f("100"), f("50"), f("20"));
  }

  @Test
  void equalityIsOnTheBetterSideOfEachBound() {
    assertThat(Lighter.state(margin("100"))).isEqualTo(State.HEALTHY);
    assertThat(Lighter.state(margin("99.9"))).isEqualTo(State.PRE_LIQUIDATION);
    assertThat(Lighter.state(margin("50"))).isEqualTo(State.PRE_LIQUIDATION);
    assertThat(Lighter.state(margin("49.9"))).isEqualTo(State.PARTIAL_LIQUIDATION);
    assertThat(Lighter.state(margin("20"))).isEqualTo(State.PARTIAL_LIQUIDATION);
    assertThat(Lighter.state(margin("19.9"))).isEqualTo(State.FULL_LIQUIDATION);
  }

  @Test
  void theFundTakesOverOrPositionsAreDeleveraged() {
    assertThat(Lighter.step(State.PRE_LIQUIDATION, true)).isEqualTo(Step.NOTHING);
    assertThat(Lighter.step(State.PARTIAL_LIQUIDATION, false))
        .isEqualTo(Step.CLOSE_NEXT_AT_ZERO_PRICE);
    assertThat(Lighter.step(State.FULL_LIQUIDATION, true)).isEqualTo(Step.FUND_TAKES_OVER);
    assertThat(Lighter.step(State.FULL_LIQUIDATION, false)).isEqualTo(Step.DELEVERAGE);
  }

  @Test
  void fractionsRise() {
    assertThatThrownBy(() -> new Fractions(f("0.1"), f("0.05"), f("0.05")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Fractions(f("0.05"), f("0.05"), f("0.02")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// The document's property: a fill at the zero price leaves value over requirement as it is; a
  /// better one raises it, a worse one lowers it.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theZeroPriceKeepsHealth(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      List<Position> positions = new ArrayList<>();
      for (int j = random.nextInt(1, 4); j > 0; j--) {
        positions.add(
            new Position(
                Fraction.of(random.nextLong(1, 100) * (random.nextBoolean() ? 1 : -1)),
                Fraction.of(random.nextLong(1, 1_000)),
                Fraction.of(random.nextLong(1, 1_000)),
                FRACTIONS));
      }
      Fraction collateral = Fraction.of(random.nextLong(-10_000, 100_000));
      Margin before = Lighter.margin(collateral, positions);
      Position first = positions.getFirst();
      Fraction zero = Lighter.zeroPrice(before, first);
      Fraction part = Fraction.of(random.nextLong(1, 101)).over(Fraction.of(100));
      for (int better = -1; better <= 1; better++) {
        Fraction side = Fraction.of(first.size().signum());
        Fraction price = zero.plus(side.times(Fraction.of(better)));
        Fraction closed = first.size().times(part);
        List<Position> rest = new ArrayList<>(positions);
        rest.set(
            0,
            new Position(
                first.size().minus(closed), first.entryPrice(), first.markPrice(), FRACTIONS));
        Margin after =
            Lighter.margin(collateral.plus(closed.times(price.minus(first.entryPrice()))), rest);
        Fraction now = after.value().times(before.maintenance());
        Fraction was = before.value().times(after.maintenance());
        assertThat(now.compareTo(was)).isEqualTo(better);
        if (better == 0 && after.maintenance().signum() == 0) {
          assertThat(after.value()).isEqualTo(Fraction.ZERO);
        }
      }
    }
  }

  @Test
  void theFeeIsTheImprovementUpToOnePercent() {
    assertThat(fee(true, "100", "100.5")).isEqualTo(f("1"));
    assertThat(fee(true, "100", "105")).isEqualTo(f("2.1"));
    assertThat(fee(true, "100", "100")).isEqualTo(f("0"));
    assertThat(fee(true, "100", "99")).isEqualTo(f("0"));
    assertThat(fee(false, "100", "99.5")).isEqualTo(f("1"));
    assertThat(fee(false, "100", "101")).isEqualTo(f("0"));
  }

  private static Fraction fee(boolean closesLong, String zero, String fill) {
    return Lighter.fee(Parameters.DOCUMENTED, closesLong, f(zero), f(fill), f("2"));
  }

  @Test
  void beforeLiquidationPositionsMayNotGrowNorHealthFall() {
    Margin before = margin("80");
    Margin half = new Margin(f("40"), f("50"), f("25"), f("10"));
    Margin worse = new Margin(f("39.9"), f("50"), f("25"), f("10"));
    assertThat(allowed(before, half, "1")).isTrue();
    assertThat(allowed(before, worse, "1")).isFalse();
    assertThat(allowed(before, half, "-2")).isTrue();
    assertThat(allowed(before, half, "2.1")).isFalse();
  }

  private static boolean allowed(Margin before, Margin after, String size) {
    return Lighter.isAllowedBeforeLiquidation(before, after, List.of(f("2")), List.of(f(size)));
  }
}
