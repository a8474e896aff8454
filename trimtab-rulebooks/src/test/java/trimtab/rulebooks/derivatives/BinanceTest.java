package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.Binance.Bracket;
import trimtab.rulebooks.derivatives.Binance.Parameters;
import trimtab.rulebooks.derivatives.Binance.Position;
import trimtab.rulebooks.derivatives.Binance.Rate;
import trimtab.rulebooks.number.Fraction;

class BinanceTest {
  private static final List<Bracket> BRACKETS =
      Binance.brackets(
          List.of(
              new Rate(f("0"), f("0.004")),
              new Rate(f("50000"), f("0.005")),
              new Rate(f("250000"), f("0.01")),
              new Rate(f("1000000"), f("0.025"))));

  private static Fraction f(String text) {
    return Fraction.parse(text);
  }

  /// The document's example: 250,000 x (1 % - 0.5 %) + 50 = 1,300.
  @Test
  void maintenanceAmountsAreThoseOfTheDocument() {
    assertThat(BRACKETS.get(1).amount()).isEqualTo(f("50"));
    assertThat(BRACKETS.get(2).amount()).isEqualTo(f("1300"));
    assertThat(BRACKETS.get(3).amount()).isEqualTo(f("16300"));
    assertThat(Binance.maintenance(BRACKETS, f("500000"))).isEqualTo(f("3700"));
    assertThatThrownBy(() -> Binance.brackets(List.of(new Rate(f("1"), f("0.01")))))
        .isInstanceOf(IllegalArgumentException.class);
    for (Bracket each : BRACKETS) {
      assertThat(each.maintenance(each.floor()))
          .isEqualTo(Binance.maintenance(BRACKETS, each.floor()));
    }
  }

  @Test
  void equalityLiquidatesOnlyIfSoSet() {
    assertThat(Binance.isTriggered(f("5"), f("5"), Parameters.DOCUMENTED)).isFalse();
    assertThat(Binance.isTriggered(f("4.999"), f("5"), Parameters.DOCUMENTED)).isTrue();
    assertThat(Binance.isTriggered(f("5"), f("5"), new Parameters(f("0.005"), true))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void collateralEqualsTheRequirementAtTheLiquidationPrice(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int found = 0;
    for (int i = 0; i < 300; i++) {
      Fraction size = Fraction.of((random.nextBoolean() ? 1 : -1) * random.nextLong(1, 50));
      Fraction entry = Fraction.of(random.nextLong(1_000, 50_000));
      Bracket bracket = BRACKETS.get(random.nextInt(4));
      Fraction balance = Fraction.of(random.nextLong(1, 500_000));
      Fraction other = Fraction.of(random.nextLong(0, 100));
      Fraction profit = Fraction.of(random.nextLong(-100, 100));
      Optional<Fraction> price =
          Binance.liquidationPrice(
              balance, other, profit, List.of(new Position(size, entry, bracket)));
      if (price.isPresent()) {
        found++;
        Fraction collateral =
            balance.plus(profit).plus(size.times(price.orElseThrow().minus(entry)));
        assertThat(collateral)
            .isEqualTo(other.plus(bracket.maintenance(size.abs().times(price.orElseThrow()))));
      }
      Optional<Fraction> coin =
          Binance.coinLiquidationPrice(
              f("0.3"), f("0"), f("0"), new Position(size, entry, BRACKETS.getFirst()), f("100"));
      if (coin.isPresent()) {
        Fraction contracts = size.times(f("100"));
        Fraction equity =
            f("0.3").plus(contracts.over(entry)).minus(contracts.over(coin.orElseThrow()));
        assertThat(equity).isEqualTo(contracts.abs().over(coin.orElseThrow()).times(f("0.004")));
      }
    }
    assertThat(found).isGreaterThan(100);
  }

  @Test
  void hedgedPositionsShareOnePrice() {
    Position longs = new Position(f("3"), f("100"), BRACKETS.getFirst());
    Position shorts = new Position(f("-1"), f("110"), BRACKETS.getFirst());
    Fraction price =
        Binance.liquidationPrice(f("20"), f("0"), f("0"), List.of(longs, shorts)).orElseThrow();
    Fraction collateral =
        f("20").plus(f("3").times(price.minus(f("100")))).minus(price.minus(f("110")));
    assertThat(collateral).isEqualTo(f("0.016").times(price));
    assertThat(
            Binance.liquidationPrice(
                f("900"),
                f("0"),
                f("0"),
                List.of(new Position(f("3"), f("100"), BRACKETS.getFirst()))))
        .isEmpty();
  }

  /// Against every multiple of the lot.
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void theCompliantQuantityIsTheLeast(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int partial = 0;
    int none = 0;
    for (int i = 0; i < 60; i++) {
      Fraction size = Fraction.of(random.nextLong(10, 150));
      Fraction mark = Fraction.of(random.nextLong(5_000, 15_000));
      Fraction maintenance = Binance.maintenance(BRACKETS, size.times(mark));
      Fraction equity = maintenance.times(Fraction.of(random.nextLong(100, 1_020))).over(f("1000"));
      Parameters parameters = random.nextBoolean() ? Parameters.DOCUMENTED : Parameters.BTCUSDT;
      Optional<Fraction> least = Optional.empty();
      for (long lots = 0; lots < 2 * size.truncate().longValueExact() && least.isEmpty(); lots++) {
        Fraction quantity = Fraction.of(lots).over(f("2"));
        Fraction after = equity.minus(Binance.clearanceFee(quantity.times(mark), parameters));
        Fraction required = Binance.maintenance(BRACKETS, size.minus(quantity).times(mark));
        if (!Binance.isTriggered(after, required, parameters)) {
          least = Optional.of(quantity);
        }
      }
      Optional<Fraction> found =
          Binance.compliantQuantity(
              BRACKETS, size, mark, equity, Fraction.ZERO, f("0.5"), parameters);
      assertThat(found.filter(each -> each.compareTo(size) < 0)).isEqualTo(least);
      partial += least.isPresent() && least.orElseThrow().signum() > 0 ? 1 : 0;
      none += least.isEmpty() ? 1 : 0;
    }
    assertThat(partial).isPositive();
    assertThat(none).isPositive();
  }

  @Test
  void pricesFeesAndRanks() {
    assertThat(Binance.bankruptcyPrice(f("2"), f("100"), f("10"))).isEqualTo(f("95"));
    assertThat(Binance.bankruptcyPrice(f("-2"), f("100"), f("10"))).isEqualTo(f("105"));
    assertThat(Binance.clearanceFee(f("1000"), Parameters.BTCUSDT)).isEqualTo(f("3"));
    assertThat(Binance.fundPays(f("-7"))).isEqualTo(f("7"));
    assertThat(Binance.fundPays(f("7"))).isEqualTo(f("0"));
    assertThat(Binance.deleveragingRank(f("0.5"), f("4"))).isEqualTo(f("2"));
    assertThat(Binance.deleveragingRank(f("-0.5"), f("4"))).isEqualTo(f("-0.125"));
  }
}
