package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.Kraken.MaintenanceBasis;
import trimtab.rulebooks.number.Fraction;

/// Prices of inverse contracts: Bybit and Kraken.
class InversePricesTest {
  private static final Bybit.Parameters BYBIT = Bybit.Parameters.DOCUMENTED;

  private static Fraction f(String text) {
    return Fraction.parse(text);
  }

  private static Bybit.Position bybit(String contracts, String balance) {
    return new Bybit.Position(f(contracts), f("8000"), f(balance), Fraction.ZERO);
  }

  private static Kraken.Position kraken(String contracts) {
    return new Kraken.Position(f(contracts), f("8000"), f("0.01"));
  }

  @Test
  void bybitPrintsItsExampleInTicks() {
    Bybit.Position example = bybit("10000", "0.5");
    assertThat(Bybit.bankruptcyPrice(example, BYBIT.takerFee()).orElseThrow().truncate(2))
        .isEqualTo(f("5718.57"));
    Fraction liquidation = Bybit.liquidationPrice(example, BYBIT).orElseThrow();
    assertThat(liquidation.truncate(2)).isEqualTo(f("5739.08"));
    assertThat(Bybit.toTick(example.contracts(), liquidation, f("0.5"))).isEqualTo(f("5739.5"));
    assertThat(Bybit.toTick(f("-1"), liquidation, f("0.5"))).isEqualTo(f("5739"));
  }

  @Test
  void krakenPrintsItsExampleCutToDollars() {
    Kraken.Position example = kraken("1000");
    Kraken.Parameters parameters =
        new Kraken.Parameters(example.rateOf(f("0.00125")), MaintenanceBasis.MARK);
    assertThat(parameters).isEqualTo(Kraken.Parameters.EXAMPLE);
    assertThat(Kraken.liquidationPrice(example, parameters).orElseThrow().truncate(0))
        .isEqualTo(f("7481"));
    assertThat(Kraken.bankruptcyPrice(example).orElseThrow().truncate(0)).isEqualTo(f("7407"));
    Kraken.Parameters entry = new Kraken.Parameters(f("0.01"), MaintenanceBasis.ENTRY);
    assertThat(Kraken.liquidationPrice(example, entry).orElseThrow().truncate(1))
        .isEqualTo(f("7476.6"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingIsLeftAtTheBankruptcyPriceAndTheRequirementAtTheLiquidationPrice(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int shorts = 0;
    for (int i = 0; i < 300; i++) {
      long sign = random.nextBoolean() ? 1 : -1;
      Fraction contracts = Fraction.of(sign * random.nextLong(1, 1_000_000));
      Fraction entry = Fraction.of(random.nextLong(100, 100_000));
      Fraction value = contracts.abs().over(entry);
      Fraction margin = value.times(Fraction.of(random.nextLong(20, 900))).over(f("1000"));
      shorts += sign < 0 ? 1 : 0;
      Bybit.Position bybit = new Bybit.Position(contracts, entry, margin, Fraction.ZERO);
      Fraction bankruptcy = Bybit.bankruptcyPrice(bybit, BYBIT.takerFee()).orElseThrow();
      assertThat(margin.plus(profit(contracts, entry, bankruptcy)))
          .isEqualTo(contracts.abs().over(bankruptcy).times(BYBIT.takerFee()));
      Fraction liquidation = Bybit.liquidationPrice(bybit, BYBIT).orElseThrow();
      assertThat(margin.plus(profit(contracts, entry, liquidation)))
          .isEqualTo(
              value
                  .times(BYBIT.maintenanceRate())
                  .plus(contracts.abs().over(bankruptcy).times(BYBIT.takerFee())));
      assertThat(liquidation.compareTo(bankruptcy)).isEqualTo((int) sign);
      Kraken.Position kraken = new Kraken.Position(contracts, entry, margin);
      assertThat(Kraken.equity(kraken, Kraken.bankruptcyPrice(kraken).orElseThrow()))
          .isEqualTo(Fraction.ZERO);
      for (MaintenanceBasis basis : MaintenanceBasis.values()) {
        Kraken.Parameters parameters = new Kraken.Parameters(f("0.01"), basis);
        Fraction at = Kraken.liquidationPrice(kraken, parameters).orElseThrow();
        assertThat(Kraken.equity(kraken, at)).isEqualTo(Kraken.maintenance(kraken, at, parameters));
      }
    }
    assertThat(shorts).isBetween(100, 200);
  }

  private static Fraction profit(Fraction contracts, Fraction entry, Fraction price) {
    return contracts.times(Fraction.ONE.over(entry).minus(Fraction.ONE.over(price)));
  }

  @Test
  void coveredShortsHaveNoPrice() {
    assertThat(Bybit.bankruptcyPrice(bybit("-10000", "1.25"), f("0"))).isEmpty();
    assertThat(Bybit.liquidationPrice(bybit("-10000", "1.25"), BYBIT)).isEqualTo(Optional.empty());
    assertThat(Bybit.bankruptcyPrice(bybit("-10000", "1.24"), f("0"))).isPresent();
    assertThat(Kraken.bankruptcyPrice(new Kraken.Position(f("-1000"), f("8000"), f("0.125"))))
        .isEmpty();
    assertThatThrownBy(() -> Kraken.bankruptcyPrice(kraken("0")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isolatedLongsLoseTheirInitialMargin() {
    Bybit.Position isolated = Bybit.Position.isolated(f("10000"), f("8000"), f("50"));
    assertThat(Bybit.bankruptcyPrice(isolated, Fraction.ZERO))
        .contains(f("8000").times(f("50/51")));
    Bybit.Parameters free = new Bybit.Parameters(f("0.005"), Fraction.ZERO);
    assertThat(Bybit.liquidationPrice(isolated, free)).contains(f("400000").over(f("50.75")));
  }

  @Test
  void triggersAreStrictOrNotAsDocumented() {
    assertThat(Bybit.isTriggered(f("1"), f("100"), f("100"))).isTrue();
    assertThat(Bybit.isTriggered(f("1"), f("100.5"), f("100"))).isFalse();
    assertThat(Bybit.isTriggered(f("-1"), f("100"), f("100"))).isTrue();
    assertThat(Bybit.isTriggered(f("-1"), f("99.5"), f("100"))).isFalse();
    assertThat(Kraken.isTriggered(f("1"), f("1"))).isFalse();
    assertThat(Kraken.isTriggered(f("0.999"), f("1"))).isTrue();
  }

  @Test
  void krakenAssignsBeforeItUnwinds() {
    assertThat(Kraken.assign(f("10"), List.of(f("4"), f("-1"), f("3"))))
        .isEqualTo(new Kraken.Assignment(List.of(f("4"), f("0"), f("3")), f("3")));
    assertThat(Kraken.assign(f("2"), List.of(f("4"), f("3"))))
        .isEqualTo(new Kraken.Assignment(List.of(f("2"), f("0")), f("0")));
    assertThat(Kraken.linearBankruptcyPrice(f("-2"), f("100"), f("10"))).isEqualTo(f("105"));
    assertThat(Kraken.netRequirement(f("3"), f("5"))).isEqualTo(f("5"));
    assertThat(
            Kraken.marginEquity(
                List.of(new Kraken.Collateral(f("2"), f("100"), f("0.1"))), f("-30")))
        .isEqualTo(f("150"));
  }
}
