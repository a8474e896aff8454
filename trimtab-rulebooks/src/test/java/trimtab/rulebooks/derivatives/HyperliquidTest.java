package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.Hyperliquid.Counterparty;
import trimtab.rulebooks.derivatives.Hyperliquid.Order;
import trimtab.rulebooks.derivatives.Hyperliquid.Parameters;
import trimtab.rulebooks.derivatives.Hyperliquid.Position;
import trimtab.rulebooks.derivatives.Hyperliquid.State;
import trimtab.rulebooks.derivatives.Hyperliquid.Tier;
import trimtab.rulebooks.number.Fraction;

class HyperliquidTest {
  private static final Parameters DOCUMENTED = Parameters.DOCUMENTED;
  private static final List<Tier> TIERS =
      List.of(new Tier(Fraction.ZERO, 40), new Tier(Fraction.of(150_000_000), 20));

  private static Fraction f(String text) {
    return Fraction.parse(text);
  }

  private static Position position(String size, String price) {
    return new Position(f(size), f(price), TIERS);
  }

  @Test
  void equalityIsOnTheBetterSideOfEachBound() {
    assertThat(state("300")).isEqualTo(State.HEALTHY);
    assertThat(state("299.999")).isEqualTo(State.LIQUIDATABLE);
    assertThat(state("200")).isEqualTo(State.LIQUIDATABLE);
    assertThat(state("199.999")).isEqualTo(State.BACKSTOP);
    assertThat(state("0")).isEqualTo(State.BACKSTOP);
    assertThat(state("-0.001")).isEqualTo(State.DELEVERAGE);
  }

  private static State state(String value) {
    return Hyperliquid.state(DOCUMENTED, f(value), f("300"));
  }

  @Test
  void maintenanceIsHalfTheInitialMarginAtTheLargestLeverage() {
    assertThat(Hyperliquid.maintenance(position("-2", "50000"))).isEqualTo(f("1250"));
    assertThat(new Tier(Fraction.ZERO, 3).rate()).isEqualTo(f("1/6"));
    assertThat(Hyperliquid.maintenance(List.of(position("2", "50000"), position("-1", "50000"))))
        .isEqualTo(f("1875"));
  }

  @Test
  void theRequirementIsContinuousWhereATierBegins() {
    assertThat(Hyperliquid.maintenance(position("150000000", "1"))).isEqualTo(f("1875000"));
    assertThat(Hyperliquid.maintenance(position("149999999", "1"))).isEqualTo(f("1874999.9875"));
    assertThat(Hyperliquid.maintenance(position("150000001", "1"))).isEqualTo(f("1875000.025"));
  }

  @Test
  void onlyPositionsAboveAHundredThousandAreClosedInPart() {
    assertThat(order("2", "50000", -1)).isEqualTo(new Order(f("-2"), false));
    assertThat(order("-2", "50000.01", -1)).isEqualTo(new Order(f("0.4"), true));
    assertThat(order("2", "50000.01", 0)).isEqualTo(new Order(f("-2"), false));
    assertThat(order("2", "50000.01", 29_999_999_999L)).isEqualTo(new Order(f("-2"), false));
    assertThat(order("2", "50000.01", 30_000_000_000L)).isEqualTo(new Order(f("-0.4"), true));
  }

  @Test
  void aPartIsRoundedUpToALot() {
    assertThat(order("2.00001", "60000", -1)).isEqualTo(new Order(f("-0.401"), true));
    Position one = position("1", "200000");
    assertThat(Hyperliquid.order(DOCUMENTED, one, -1, f("1"))).isEqualTo(new Order(f("-1"), false));
  }

  private static Order order(String size, String price, long nanos) {
    return Hyperliquid.order(DOCUMENTED, position(size, price), nanos, f("0.001"));
  }

  /// At the liquidation price the account's value equals its requirement.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theLiquidationPriceIsWhereTheRequirementIsJustMet(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      long size = random.nextLong(1, 1_000) * (random.nextBoolean() ? 1 : -1);
      Fraction mark = Fraction.of(random.nextLong(1, 100_000));
      List<Tier> tiers = List.of(new Tier(Fraction.ZERO, random.nextLong(3, 51)));
      Position position = new Position(Fraction.of(size), mark, tiers);
      Fraction value =
          position.notional().times(Fraction.of(random.nextLong(-10, 60))).over(f("100"));
      Fraction available = value.minus(Hyperliquid.maintenance(position));
      Fraction price = Hyperliquid.liquidationPrice(position, available);
      Fraction then = value.plus(Fraction.of(size).times(price.minus(mark)));
      Fraction requirement =
          price.times(Fraction.of(Math.abs(size))).times(tiers.getFirst().rate());
      assertThat(then).isEqualTo(requirement);
      boolean isSafe = available.signum() >= 0;
      int towards = mark.minus(price).signum() * Long.signum(size);
      assertThat(towards >= 0).isEqualTo(isSafe);
    }
  }

  @Test
  void accountsAreDeleveragedByTheirIndex() {
    Counterparty low = new Counterparty("a", f("110"), f("100"), f("1000"), f("1000"));
    Counterparty high = new Counterparty("c", f("110"), f("100"), f("1000"), f("500"));
    Counterparty same = new Counterparty("b", f("110"), f("100"), f("2000"), f("1000"));
    assertThat(low.index()).isEqualTo(f("1.1"));
    assertThat(Hyperliquid.deleveragingOrder(List.of(low, high, same)))
        .containsExactly(same, high, low);
  }
}
