package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.Okx.Close;
import trimtab.rulebooks.derivatives.Okx.CostTier;
import trimtab.rulebooks.derivatives.Okx.Parameters;
import trimtab.rulebooks.derivatives.Okx.Tier;
import trimtab.rulebooks.number.Fraction;

class OkxTest {
  private static final List<Tier> TIERS =
      List.of(
          tier(2_000, "0.005"), tier(12_000, "0.01"), tier(22_000, "0.02"), tier(32_000, "0.03"));

  private static Tier tier(long max, String rate) {
    return new Tier(Fraction.of(max), f(rate));
  }

  private static Fraction f(String text) {
    return Fraction.parse(text);
  }

  private static Close close(String contracts, String equity) {
    return Okx.close(TIERS, f(contracts), f("1000000"), f(equity), Parameters.DOCUMENTED);
  }

  @Test
  void equalityLiquidatesNowButDidNot() {
    assertThat(Okx.isTriggered(f("11"), f("10"), f("1"))).isTrue();
    assertThat(Okx.isTriggered(f("11.01"), f("10"), f("1"))).isFalse();
    assertThat(Okx.isTriggeredLegacy(f("0.02"), f("0.02"))).isFalse();
    assertThat(Okx.isTriggeredLegacy(f("0.0199"), f("0.02"))).isTrue();
  }

  @Test
  void twoTiersAreDroppedFromTheThirdOn() {
    assertThat(close("15000", "20000")).isEqualTo(new Close(f("13000"), false));
    assertThat(close("12001", "20000")).isEqualTo(new Close(f("10001"), false));
    assertThat(close("12000", "20000")).isEqualTo(new Close(f("12000"), true));
    assertThat(close("30000", "20000")).isEqualTo(new Close(f("18000"), false));
    assertThat(close("50000", "20000")).isEqualTo(new Close(f("38000"), false));
  }

  @Test
  void atTheLowestTiersRequirementAllIsTakenOver() {
    assertThat(close("15000", "5500")).isEqualTo(new Close(f("15000"), true));
    assertThat(close("15000", "5500.01")).isEqualTo(new Close(f("13000"), false));
    assertThat(Okx.bankruptcyPrice(f("4"), f("100"), f("8"))).isEqualTo(f("98"));
    assertThat(Okx.bankruptcyPrice(f("-4"), f("100"), f("8"))).isEqualTo(f("102"));
  }

  @Test
  void theLegacyRuleWentToTheFirstTier() {
    assertThat(Okx.contractsToFirstTier(f("15000"), f("12001"), f("2000"))).isEqualTo(f("13000"));
    assertThat(Okx.contractsToFirstTier(f("12001"), f("12001"), f("2000"))).isEqualTo(f("10001"));
    assertThat(Okx.contractsToFirstTier(f("12000"), f("12001"), f("2000"))).isEqualTo(f("12000"));
    assertThat(Okx.hedgedContracts(f("7"), f("3"))).isEqualTo(f("3"));
  }

  @Test
  void incrementsAloneAreScaled() {
    assertThat(scaled("30000")).isEqualTo(f("50000"));
    assertThat(scaled("0")).isEqualTo(f("0"));
    assertThat(scaled("10000")).isEqualTo(f("10000"));
    assertThat(scaled("70000")).isEqualTo(f("130000"));
    assertThat(scaled("170001")).isEqualTo(f("530006"));
    assertThat(scaled("800000")).isEqualTo(f("6170000"));
    assertThat(Okx.portfolioRisk(f("1"), f("5"), f("2"), f("3"), f("4"), f("2")))
        .isEqualTo(f("14"));
    assertThat(Okx.portfolioMaintenance(f("40000"), f("50000"))).isEqualTo(f("50000"));
    assertThatThrownBy(() -> Okx.scaledCost(List.of(), f("1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLastMultiplierHoldsBeyondTheLastTier() {
    List<CostTier> two =
        List.of(new CostTier(f("10000"), f("1")), new CostTier(f("70000"), f("2")));
    assertThat(Okx.scaledCost(two, f("100000"))).isEqualTo(f("190000"));
  }

  private static Fraction scaled(String raw) {
    return Okx.scaledCost(Okx.BTC_COST_TIERS, f(raw));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theScaledCostIsContinuousAndConvex(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      Fraction raw = Fraction.of(random.nextLong(1, 900_000));
      Fraction here = Okx.scaledCost(Okx.BTC_COST_TIERS, raw);
      Fraction next = Okx.scaledCost(Okx.BTC_COST_TIERS, raw.plus(Fraction.ONE));
      Fraction last = Okx.scaledCost(Okx.BTC_COST_TIERS, raw.minus(Fraction.ONE));
      assertThat(next.minus(here)).isBetween(here.minus(last), f("12"));
      assertThat(here.minus(last).compareTo(Fraction.ONE)).isNotNegative();
    }
  }

  @Test
  void winnersPayInProportionAtMostTheirProfit() {
    assertThat(Okx.clawback(f("100"), f("40"), f("30"), f("300"))).isEqualTo(f("6"));
    assertThat(Okx.clawback(f("100"), f("400"), f("30"), f("300"))).isEqualTo(f("0"));
    assertThat(Okx.clawback(f("1000"), f("0"), f("30"), f("300"))).isEqualTo(f("30"));
  }
}
