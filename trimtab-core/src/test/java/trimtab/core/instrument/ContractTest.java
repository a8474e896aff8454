package trimtab.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.instrument.Asset.Weights;
import trimtab.core.money.Ppm;

/// Contracts that are not linear, perpetual or settled in the settlement currency, and what a
/// listing asks of them.
class ContractTest {
  private static final MarginTiers MARGIN = MarginTiers.flat(20_000);
  private static final Payoff LINEAR = new Payoff.Linear();
  private static final Payoff INVERSE = new Payoff.Inverse(10_000);
  private static final Term PERPETUAL = new Term.Perpetual();
  private static final List<Feed> FEEDS =
      List.of(new Feed("ETHUSDT", 2, 1), new Feed("TOKENUSDT", 6, 1));
  private static final Asset USD = asset("USD", Asset.SETTLEMENT, 8);
  private static final Asset ETH = asset("ETH", 0, 5);

  private static Asset asset(String symbol, int feed, int decimals) {
    return new Asset(symbol, feed, decimals, Ppm.ONE, Ppm.ONE, 1, 0, 0, 0);
  }

  private static Contract contract(
      Payoff payoff, Term term, int settlement, int decimals, long pnlWeightPpm) {
    return new Contract(
        "X", payoff, term, settlement, 1, decimals, 1, 0, 0, MARGIN, MARGIN, 0, pnlWeightPpm);
  }

  @Test
  void isPlainWhenNothingIsSpecialAboutIt() {
    assertThat(contract(LINEAR, PERPETUAL, 0, 2, Ppm.ONE).isPlain()).isTrue();
    assertThat(contract(INVERSE, PERPETUAL, 0, 2, Ppm.ONE).isPlain()).isFalse();
    assertThat(contract(LINEAR, new Term.Dated(9), 0, 2, Ppm.ONE).isPlain()).isFalse();
    assertThat(contract(LINEAR, PERPETUAL, 1, 2, Ppm.ONE).isPlain()).isFalse();
    assertThat(contract(LINEAR, PERPETUAL, 0, 2, 999_999).isPlain()).isFalse();
    assertThat(contract(LINEAR, PERPETUAL, 0, 2, Ppm.ONE).isInverse()).isFalse();
    assertThat(contract(INVERSE, PERPETUAL, 0, 2, Ppm.ONE).isInverse()).isTrue();
  }

  @Test
  void aListingIsPlainWhenAllContractsAreAndItsUnitIsTheValueUnit() {
    Contract plain = contract(LINEAR, PERPETUAL, 0, 2, Ppm.ONE);
    assertThat(listing(8, 8, USD, ETH, plain).isPlain()).isTrue();
    assertThat(listing(8, 9, USD, ETH, plain).isPlain()).isFalse();
    Contract dated = contract(LINEAR, new Term.Dated(9), 0, 2, Ppm.ONE);
    assertThat(listing(8, 8, USD, ETH, dated).isPlain()).isFalse();
  }

  private static Listing listing(
      int valueDecimals, int exactDecimals, Asset first, Asset second, Contract contract) {
    return new Listing(
        valueDecimals, exactDecimals, FEEDS, List.of(first, second), List.of(contract));
  }

  @Test
  void isDeliveredAtItsInstant() {
    Contract dated = contract(LINEAR, new Term.Dated(100), 0, 2, Ppm.ONE);
    assertThat(dated.isExpired(99)).isFalse();
    assertThat(dated.isExpired(100)).isTrue();
    assertThat(contract(LINEAR, PERPETUAL, 0, 2, Ppm.ONE).isExpired(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void refusesTermsWithoutMeaning() {
    String weight = "X: pnlWeight must be 0 to 1, not ";
    assertThatThrownBy(() -> contract(LINEAR, PERPETUAL, 0, 2, -1))
        .hasMessage(weight + "-0.000001");
    assertThatThrownBy(() -> contract(LINEAR, PERPETUAL, 0, 2, 1_000_001))
        .hasMessage(weight + "1.000001");
    assertThat(contract(LINEAR, PERPETUAL, 0, 2, 0).pnlWeightPpm()).isZero();
    assertThatThrownBy(() -> new Payoff.Inverse(0))
        .hasMessage("a face value must be positive, not 0");
    String lot = "X: lot must be positive, minimum order, dust and fee not negative";
    assertThatThrownBy(() -> new Contract("X", 0, 0, 0, 0, 0, MARGIN, MARGIN, 0)).hasMessage(lot);
    assertThatThrownBy(() -> new Contract("X", 0, 0, 1, 0, 0, MARGIN, MARGIN, -1)).hasMessage(lot);
  }

  @Test
  void refusesASettlementThatIsNotListed() {
    for (int settlement : new int[] {-1, 2}) {
      Contract contract = contract(LINEAR, PERPETUAL, settlement, 2, Ppm.ONE);
      refuses(() -> listing(8, 8, USD, ETH, contract), "X: no asset number " + settlement);
    }
  }

  @Test
  void settlesOnlyInWhatCountsTheSameAtEverySize() {
    Contract contract = contract(LINEAR, PERPETUAL, 1, 2, Ppm.ONE);
    Weights flat = Weights.flat(Ppm.ONE, Ppm.ONE);
    CollateralTiers falling =
        new CollateralTiers(
            List.of(new CollateralTiers.Tier(0, Ppm.ONE), new CollateralTiers.Tier(1, 500_000)));
    Weights tiered = new Weights(falling, Ppm.ONE);
    String sentence =
        "X: it settles in ETH, whose collateral weight must then be one for every size";
    refuses(() -> listing(8, 13, USD, eth(tiered, flat), contract), sentence);
    refuses(() -> listing(8, 13, USD, eth(flat, tiered), contract), sentence);
    assertThat(listing(8, 13, USD, eth(flat, flat), contract).exactDecimals()).isEqualTo(13);
    Asset tieredUsd = new Asset("USD", Asset.SETTLEMENT, 8, tiered, flat, 1, 0, 0, 0);
    refuses(
        () -> new Listing(8, 8, FEEDS, List.of(tieredUsd), List.of()),
        "asset 0 must be the settlement currency, with asset weight 1 and the valueDecimals");
  }

  private static Asset eth(Weights maintenance, Weights initial) {
    return new Asset("ETH", 0, 5, maintenance, initial, 1, 0, 0, 0);
  }

  @Test
  void anInverseContractNeedsAsManyDecimalsAsItsQuantity() {
    refuses(
        () -> listing(8, 8, USD, ETH, contract(INVERSE, PERPETUAL, 1, 6, Ppm.ONE)),
        "X: a quantity has 6 decimals, ETH only 5; an inverse contract needs as many");
    Contract fits = contract(INVERSE, PERPETUAL, 1, 5, Ppm.ONE);
    assertThat(listing(8, 8, USD, ETH, fits).costDecimals(fits)).isEqualTo(5);
  }

  @Test
  void costHasTheDecimalsOfPriceAndQuantityWhereTheyAreMore() {
    Contract linear = contract(LINEAR, PERPETUAL, 1, 2, Ppm.ONE);
    // Six decimals of the price and two of the quantity; then two of ETH's own price.
    assertThat(listing(8, 10, USD, ETH, linear).costDecimals(linear)).isEqualTo(8);
    assertThat(new Listing(8, FEEDS, List.of(USD, ETH), List.of(linear)).exactDecimals())
        .isEqualTo(10);
    Contract inverse = contract(INVERSE, PERPETUAL, 1, 2, Ppm.ONE);
    assertThat(new Listing(8, FEEDS, List.of(USD, ETH), List.of(inverse)).exactDecimals())
        .isEqualTo(8);
  }

  @Test
  void theExactUnitIsNoCoarserThanTheValueUnitAndNotMuchFinerThanAnything() {
    String sentence = "exact values need %d decimals, the value unit has 8; at most 18 more fit";
    List<Asset> usd = List.of(USD);
    refuses(() -> new Listing(8, 7, FEEDS, usd, List.of()), sentence.formatted(7));
    refuses(() -> new Listing(8, 27, FEEDS, usd, List.of()), sentence.formatted(27));
    assertThat(new Listing(8, 26, FEEDS, usd, List.of()).exactDecimals()).isEqualTo(26);
    List<Asset> both = List.of(USD, ETH);
    assertThat(new Listing(8, 15, FEEDS, both, List.of()).exactDecimals()).isEqualTo(15);
    assertThatThrownBy(() -> new Listing(8, 16, FEEDS, both, List.of()))
        .hasMessageContaining("at most 8 apart fit the bit budget");
  }

  @Test
  void aListingWithAGivenUnitIsCheckedAsOneWithoutIt() {
    refuses(
        () -> new Listing(8, 8, FEEDS, List.of(USD, asset("BTC", 2, 5)), List.of()),
        "BTC: no feed number 2");
    Contract contract = new Contract("Y", 2, 2, 1, 0, 0, MARGIN, MARGIN, 0);
    refuses(() -> listing(8, 8, USD, ETH, contract), "Y: no feed number 2");
    List<Feed> most = Collections.nCopies(Listing.INSTRUMENTS_MAX, FEEDS.getFirst());
    assertThat(new Listing(8, most, List.of(USD), List.of()).feeds()).hasSize(4096);
  }

  private static void refuses(Runnable maker, String sentence) {
    assertThatThrownBy(maker::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
