package trimtab.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.instrument.Asset.Weights;
import trimtab.core.money.Ppm;

class ListingTest {
  private static final Feed ETHUSDT = new Feed("ETHUSDT", 2, 1);
  private static final Asset USD = asset("USD", Asset.SETTLEMENT, 8);
  private static final Asset ETH = asset("ETH", 0, 5);
  private static final Contract PERPETUAL = contract("ETHUSDT", 0, 3);

  private static Asset asset(String symbol, int feed, int decimals) {
    return new Asset(symbol, feed, decimals, Ppm.ONE, Ppm.ONE, 1, 0, 0, 0);
  }

  private static Contract contract(String symbol, int feed, int decimals) {
    MarginTiers margin = MarginTiers.flat(20_000);
    return new Contract(symbol, feed, decimals, 1, 0, 0, margin, margin, 0);
  }

  private static Listing listing() {
    return new Listing(8, List.of(ETHUSDT), List.of(USD, ETH), List.of(PERPETUAL));
  }

  @Test
  void aUnitIsWorthItsPriceInValueUnits() {
    Listing listing = listing();
    // 2,000.00 is 200,000 price units; 10^-5 ETH is worth 0.02, 10^-3 of the perpetual 2 dollars
    assertThat(listing.unitValue(ETH, 200_000)).isEqualTo(2_000_000);
    assertThat(listing.unitValue(PERPETUAL, 200_000)).isEqualTo(200_000_000);
    assertThat(listing.unitValue(USD, 200_000)).isEqualTo(1);
    assertThat(listing.settlement()).isEqualTo(USD);
  }

  @Test
  void findsBySymbol() {
    Listing listing = listing();
    assertThat(listing.asset("ETH")).contains(ETH);
    assertThat(listing.assetIndex("ETH")).isEqualTo(1);
    assertThat(listing.contract("ETHUSDT")).contains(PERPETUAL);
    assertThat(listing.contractIndex("ETHUSDT")).isZero();
    assertThat(listing.asset("ETHUSDT")).isEmpty();
    assertThat(listing.assetIndex("ETHUSDT")).isEqualTo(-1);
    assertThat(listing.contract("ETH")).isEmpty();
    assertThat(listing.contractIndex("ETH")).isEqualTo(-1);
  }

  @Test
  void refusesASymbolTwiceOfWhateverKind() {
    refuses(List.of(USD, ETH, ETH), List.of(), "'ETH' is listed twice");
    refuses(List.of(USD), List.of(PERPETUAL, PERPETUAL), "'ETHUSDT' is listed twice");
    refuses(List.of(USD, ETH), List.of(contract("ETH", 0, 3)), "'ETH' is listed twice");
  }

  @Test
  void refusesAFeedThatIsNotThere() {
    refuses(List.of(USD, asset("BTC", 1, 5)), List.of(), "BTC: no feed number 1");
    refuses(List.of(USD), List.of(contract("BTCUSDT", -2, 3)), "BTCUSDT: no feed number -2");
  }

  @Test
  void refusesASecondSettlementCurrency() {
    refuses(
        List.of(USD, asset("USDC", Asset.SETTLEMENT, 8)),
        List.of(),
        "USDC: the first asset, and no other, is the settlement currency");
  }

  @Test
  void theExactUnitIsAsFineAsTheFinestInstrumentNeeds() {
    Asset ether = asset("ETH", 0, 7);
    Listing listing = new Listing(8, List.of(ETHUSDT), List.of(USD, ether), List.of());
    assertThat(listing.exactDecimals()).isEqualTo(9);
    assertThat(listing.exactScale()).isEqualTo(10);
    assertThat(listing.unitValue(ether, 3)).isEqualTo(3);
    assertThat(listing.unitValue(USD, 1)).isEqualTo(10);
    assertThat(new Listing(8, List.of(ETHUSDT), List.of(USD), List.of()).exactScale()).isOne();
  }

  @Test
  void refusesScalesThatDoNotFitTheBitBudgetTogether() {
    Feed fine = new Feed("TOKENUSDT", 12, 1);
    Contract token = contract("TOKENUSDT", 1, 0);
    Asset coarse = asset("ETH", 0, 1);
    assertThatThrownBy(
            () -> new Listing(8, List.of(ETHUSDT, fine), List.of(USD, coarse), List.of(token)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ETH: price and amount have 3 decimals together, the finest instrument 12; at most 8"
                + " apart fit the bit budget");
  }

  @Test
  void aTokenOfManyDecimalsIsListedBesideABalanceOfFiftyBillion() {
    Feed fine = new Feed("TOKENUSDT", 12, 1);
    Listing listing =
        new Listing(
            8,
            List.of(ETHUSDT, fine),
            List.of(USD, asset("ETH", 0, 5)),
            List.of(contract("TOKENUSDT", 1, 0)));
    assertThat(listing.exactDecimals()).isEqualTo(12);
    assertThat(listing.costDecimals(listing.contracts().getFirst())).isEqualTo(12);
    // 50 billion USD at 8 decimals.
    assertThatCode(
            () -> listing.requireBudget("USD", 5_000_000_000_000_000_000L, listing.exactScale()))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAListingWithoutASettlementCurrencyAtItsHead() {
    String sentence =
        "asset 0 must be the settlement currency, with asset weight 1 and the valueDecimals";
    Asset discounted = new Asset("USD", Asset.SETTLEMENT, 8, 999_999, Ppm.ONE, 1, 0, 0, 0);
    refuses(List.of(), List.of(), sentence);
    refuses(
        List.of(ETH, USD),
        List.of(),
        "ETH: the first asset, and no other, is the settlement currency");
    refuses(List.of(asset("USD", Asset.SETTLEMENT, 6)), List.of(), sentence);
    refuses(List.of(discounted), List.of(), sentence);
  }

  @Test
  void refusesMoreInstrumentsThanThereAreIndexesFor() {
    List<Feed> feeds = Collections.nCopies(Listing.INSTRUMENTS_MAX + 1, ETHUSDT);
    assertThatThrownBy(() -> new Listing(8, feeds, List.of(USD), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at most 4096 instruments of a kind");
  }

  private static void refuses(List<Asset> assets, List<Contract> contracts, String sentence) {
    assertThatThrownBy(() -> new Listing(8, List.of(ETHUSDT), assets, contracts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void theBitBudgetOfALegNamesTheFigure() {
    Listing listing = listing();
    long largest = Long.MAX_VALUE;
    assertThatCode(() -> listing.requireBudget("ETHUSDT", -largest, 1)).doesNotThrowAnyException();
    refusesBudget(1L << 62, 2, "92233720368.54775808");
    refusesBudget(-(1L << 61), 4, "92233720368.54775808");
    refusesBudget(Long.MAX_VALUE, 1_000_000_000, "92233720368547758070.00000000");
  }

  private static void refusesBudget(long quantity, long unitValue, String worth) {
    assertThatThrownBy(() -> listing().requireBudget("ETHUSDT", quantity, unitValue))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ETHUSDT: a leg worth %s exceeds the largest that fits, 92233720368.54775807;"
                    .formatted(worth)
                + " use fewer decimals");
  }

  @Test
  void refusesTermsWithoutMeaning() {
    assertThatThrownBy(() -> new Feed("ETHUSDT", 19, 1))
        .hasMessage("ETHUSDT: priceDecimals must be 0 to 18");
    assertThatThrownBy(() -> new Feed("ETHUSDT", 2, 0))
        .hasMessage("ETHUSDT: tick must be positive");
    assertThatThrownBy(() -> new Asset("ETH", 0, 5, 1_000_001, Ppm.ONE, 1, 0, 0, 0))
        .hasMessage(
            "ETH: assetWeight must be 0 to 1 and debtWeight at least 1; got 1.000001 and 1");
    assertThatThrownBy(() -> new Asset("ETH", 0, 5, Ppm.ONE, 999_999, 1, 0, 0, 0))
        .hasMessage(
            "ETH: assetWeight must be 0 to 1 and debtWeight at least 1; got 1 and 0.999999");
    String lot = ": lot must be positive, minimum order, dust and fee not negative";
    assertThatThrownBy(() -> new Asset("ETH", 0, 5, Ppm.ONE, Ppm.ONE, 0, 0, 0, 0))
        .hasMessage("ETH" + lot);
    assertThatThrownBy(() -> new Asset("ETH", 0, 5, Ppm.ONE, Ppm.ONE, 1, 0, 0, -1))
        .hasMessage("ETH" + lot);
    assertThat(new Asset("ETH", 0, 5, 0, Ppm.ONE, 1, 0, 0, 0).assetWeightPpm()).isZero();
    Weights full = Weights.flat(Ppm.ONE, 1_200_000);
    Weights less = Weights.flat(Ppm.ONE, 999_999);
    assertThat(new Asset("ETH", 0, 5, full, full, 1, 0, 0, 0).debtWeightPpm()).isEqualTo(1_200_000);
    String debt = "ETH: debtWeight must be at least 1, not 0.999999";
    assertThatThrownBy(() -> new Asset("ETH", 0, 5, less, full, 1, 0, 0, 0)).hasMessage(debt);
    assertThatThrownBy(() -> new Asset("ETH", 0, 5, full, less, 1, 0, 0, 0)).hasMessage(debt);
    assertThat(new Feed("ETHUSDT", 0, 1).priceDecimals()).isZero();
    assertThat(new Feed("ETHUSDT", 18, 1).priceDecimals()).isEqualTo(18);
    MarginTiers margin = MarginTiers.flat(1);
    assertThatThrownBy(() -> new Contract("X", 0, 0, 1, -1, 0, margin, margin, 0))
        .hasMessage("X" + lot);
    assertThatThrownBy(() -> new Contract("X", 0, 0, 1, 0, -1, margin, margin, 0))
        .hasMessage("X" + lot);
  }
}
