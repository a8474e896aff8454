package trimtab.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.money.Ppm;

class MarketsFileTest {
  private static final FeedSpec ETH = new FeedSpec("ETHUSDT", 2, 451_083);
  private static final FeedSpec BTC = new FeedSpec("BTCUSDT", 2, 12_171_402);

  @TempDir Path folder;

  private MarketsFile file(String text) {
    return MarketsFile.read(InputProblems.write(folder, "m.yaml", text));
  }

  private List<String> problems(String text) {
    return InputProblems.of(folder, () -> file(text).listing(List.of(ETH)));
  }

  @Test
  void theShippedFileListsItsMarketsInTheOrderOfTheFeeds() {
    Listing listing = MarketsFile.shipped().listing(List.of(ETH, BTC));
    assertThat(listing.valueDecimals()).isEqualTo(8);
    assertThat(listing.feeds())
        .containsExactly(new Feed("ETHUSDT", 2, 1), new Feed("BTCUSDT", 2, 1));
    assertThat(listing.contracts())
        .extracting(Contract::symbol)
        .containsExactly("ETHUSDT", "BTCUSDT");
    assertThat(listing.assets()).extracting(Asset::symbol).containsExactly("USD", "BTC", "ETH");
    Contract eth = listing.contracts().getFirst();
    assertThat(eth.quantityDecimals()).isEqualTo(6);
    assertThat(eth.lot()).isEqualTo(100);
    assertThat(eth.minimumOrderValue()).isEqualTo(500_000_000);
    assertThat(eth.maintenance().tiers().getFirst().ratePpm()).isEqualTo(10_000);
    assertThat(listing.assets().get(2).feed()).isZero();
    assertThat(listing.assets().get(2).assetWeightPpm()).isEqualTo(830_000);
  }

  @Test
  void theLowestShippedMaintenanceRateExceedsTheBuiltInPenalty() {
    long penalty = RulebookFile.builtIn("target-health").penalty().positionPpm();
    List<FeedSpec> feeds =
        List.of(ETH, BTC, new FeedSpec("SUIUSDT", 4, 35_000), new FeedSpec("XYZUSDT", 2, 100));
    for (Contract contract : MarketsFile.shipped().listing(feeds).contracts()) {
      assertThat(contract.maintenance().tiers().getFirst().ratePpm()).isGreaterThan(penalty);
      assertThat(contract.maintenance().maximumRatePpm()).isEqualTo(100_000);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // symbol's price, its decimals -> tick and lot with their decimals
    "1234, 2, 1, 4, 1, 2",
    "100, 0, 1, 3, 1, 2",
    "101, 0, 1, 3, 1, 3",
    "99, 0, 1, 4, 1, 2",
    "1, 0, 1, 5, 1, 0",
    "1234567, 0, 10, 0, 1, 7",
    "1234, 8, 1, 10, 10000, 0",
  })
  void aMarketNotNamedTakesTickAndLotFromItsFirstPrice(
      long price, int priceDecimals, long tick, int tickDecimals, long lot, int lotDecimals) {
    FeedSpec feed = new FeedSpec("XYZUSDT", priceDecimals, price);
    assertThat(Step.tickFor(feed)).isEqualTo(new Step(tick, tickDecimals));
    assertThat(Step.lotFor(feed)).isEqualTo(new Step(lot, lotDecimals));
    Listing listing = MarketsFile.shipped().listing(List.of(feed));
    Feed listed = listing.feeds().getFirst();
    assertThat(listed.priceDecimals()).isEqualTo(Math.max(priceDecimals, tickDecimals));
    assertThat(listing.contracts().getFirst().maintenance().tiers().getFirst().ratePpm())
        .isEqualTo(50_000);
    assertThat(listing.assets()).extracting(Asset::symbol).containsExactly("USD", "XYZ");
  }

  @Test
  void valueUnitsOfThePlainListingHoldPriceAndQuantityOfTheMostPreciseMarket() {
    Listing listing =
        file("""
        settlement: {asset: USDT}
        assets:
          ETH: {assetWeight: 0.83, debtWeight: 1.1, lot: 1e-3, decimals: 5}
          stETH: {price: ETHUSDT, assetWeight: 0.79}
          DOGE: {price: DOGEUSDT, assetWeight: 0.5}
        markets:
          ETHUSDT: {tick: 0.05, lot: 0.00000001, maintenance: 0.02}
        """)
            .plainListing(List.of(ETH));
    assertThat(listing.valueDecimals()).isEqualTo(10);
    assertThat(listing.settlement().decimals()).isEqualTo(10);
    assertThat(listing.settlement().symbol()).isEqualTo("USDT");
    assertThat(listing.feeds().getFirst().tick()).isEqualTo(5);
    Contract market = listing.contracts().getFirst();
    assertThat(market.quantityDecimals()).isEqualTo(8);
    assertThat(market.lot()).isEqualTo(1);
    assertThat(market.maintenance()).isEqualTo(MarginTiers.flat(20_000));
    assertThat(market.initial()).isEqualTo(market.maintenance());
    assertThat(listing.assets()).extracting(Asset::symbol).containsExactly("USDT", "ETH", "stETH");
    assertThat(listing.assets().get(1).lot()).isEqualTo(100);
    assertThat(listing.assets().get(1).debtWeightPpm()).isEqualTo(1_100_000);
    assertThat(listing.assets().get(2).debtWeightPpm()).isEqualTo(Ppm.ONE);
  }

  @Test
  void moneyIsScaledToValueUnits() {
    Listing listing =
        file("""
        markets:
          ETHUSDT:
            lot: 0.00000001
            minimumOrder: 5.5
            maintenance: [{from: 0, rate: 0.01}, {from: 1000.5, rate: 0.02}]
        """)
            .plainListing(List.of(ETH));
    Contract market = listing.contracts().getFirst();
    assertThat(market.minimumOrderValue()).isEqualTo(55_000_000_000L);
    assertThat(market.maintenance().tiers().get(1))
        .isEqualTo(new Tier(10_005_000_000_000L, 20_000));
  }

  @Test
  void everyProblemOfAFileIsNamedAtOnce() {
    assertThat(
            problems(
                """
                settlement: {currency: USD}
                assets:
                  ETH: {assetWeight: 1.2, debtWeight: 0.9}
                markets:
                  ETHUSDT:
                    tick: 0,01
                    lot: 0
                    takerfee: 0.0005
                    dust: -5
                    maintenance:
                      - {from: 0, rate: 0}
                      - {from: 10, rate: 2%}
                """))
        .containsExactly(
            "m.yaml:1: settlement.currency: unknown key; known: asset",
            "m.yaml:1: settlement: 'asset' is missing",
            "m.yaml:3: assets.ETH.debtWeight: must be at least 1",
            "m.yaml:3: assets.ETH.assetWeight: must be between 0 and 1",
            "m.yaml:6: markets.ETHUSDT.tick: '0,01' is not a decimal number; write 0.01",
            "m.yaml:7: markets.ETHUSDT.lot: '0' must be positive",
            "m.yaml:8: markets.ETHUSDT.takerfee: unknown key; did you mean 'takerFee'?",
            "m.yaml:9: markets.ETHUSDT.dust: must not be negative",
            "m.yaml:11: markets.ETHUSDT.maintenance[0].rate: a margin rate must be above 0 and at"
                + " most 1",
            "m.yaml:12: markets.ETHUSDT.maintenance[1].rate: '2%' is not a decimal number");
  }

  @Test
  void tiersMustRise() {
    assertThat(
            problems(
                """
                markets:
                  ETHUSDT: {maintenance: [{from: 0, rate: 0.02}, {from: 5, rate: 0.01}]}
                """))
        .containsExactly(
            "m.yaml:2: markets.ETHUSDT.maintenance: tiers: 'from' must rise and rates must not"
                + " fall; tier 2 does not");
  }

  @Test
  void aSeriesWithoutAnEntryIsRefused() {
    assertThat(problems("markets:\n  BTCUSDT: {maintenance: 0.02}\n"))
        .containsExactly("m.yaml: markets: no entry for 'ETHUSDT' and none for 'default'; add one");
  }

  @Test
  void aTickAboveThePriceIsRefused() {
    assertThat(problems("markets:\n  ETHUSDT: {tick: 5000, maintenance: 0.02}\n"))
        .containsExactly(
            "m.yaml:2: markets.ETHUSDT: the tick 5000 is above the first price, 4510.83");
  }

  @Test
  void decimalsThatDoNotFitAreRefusedWithTheFigure() {
    assertThat(problems("markets:\n  ETHUSDT: {decimals: 17, maintenance: 0.02}\n"))
        .containsExactly(
            "m.yaml:2: markets.ETHUSDT: price and quantity have 19 decimals together, at most 18"
                + " fit; use fewer");
    assertThat(problems("markets:\n  ETHUSDT: {decimals: 1, lot: 0.001, maintenance: 0.02}\n"))
        .containsExactly("m.yaml:2: markets.ETHUSDT.decimals: the lot alone needs 3 decimals");
  }
}
