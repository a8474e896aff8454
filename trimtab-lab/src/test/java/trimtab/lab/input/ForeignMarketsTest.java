package trimtab.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.instrument.CollateralTiers;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.Payoff;
import trimtab.core.instrument.Term;

/// Markets beyond linear perpetuals, weights by size and fine prices, from the keys of a file.
class ForeignMarketsTest {
  private static final String INVERSE =
      """
      account:
        collateral: {BTC: 1}
        perps: {BTCUSD: {quantity: 700, entry: 63000}}
      marks: {BTCUSD: 60000.0}
      assets: {BTC: {price: BTCUSD, assetWeight: 0.95}}
      markets:
        BTCUSD: {payoff: inverse, faceValue: 100, settlement: BTC, maintenance: 0.01}
      """;

  @TempDir Path folder;

  private PlanFile read(String text) {
    return PlanFile.read(InputProblems.write(folder, "p.yaml", text));
  }

  private List<String> problems(String text) {
    return InputProblems.of(folder, () -> read(text));
  }

  @Test
  void anInverseContractIsCountedWholeAndCostsItsCoinRoundedUp() {
    PlanFile plan = read(INVERSE);
    Contract contract = plan.listing().contracts().getFirst();
    assertThat(contract.payoff()).isEqualTo(new Payoff.Inverse(1_000));
    assertThat(contract.quantityDecimals()).isZero();
    assertThat(contract.lot()).isOne();
    assertThat(plan.listing().assets().get(contract.settlement()).symbol()).isEqualTo("BTC");
    assertThat(plan.listing().assets().get(1).decimals()).isEqualTo(8);
    // 70,000 / 63,000 BTC = 1.111111111...
    assertThat(plan.account().positions()).containsExactly(new Position(0, 700, 111_111_112));
    Position shorted = read(INVERSE.replace("700", "-700")).account().positions().getFirst();
    assertThat(shorted.cost()).isEqualTo(-111_111_111);
  }

  /// 10 contracts sold 600 USD lower lose 1,000 / 59,400 - 1,000 / 60,000 BTC, 10.10101... USD; a
  /// purchase 600 higher loses 1,000 / 60,000 - 1,000 / 60,600, 9.90099... USD.
  @Test
  void levelsOfAnInverseBookLoseWhatTheCoinSays() {
    PlanFile plan =
        read(
            INVERSE
                + """
                depth: {BTCUSD: {bids: [[59400, 10]], asks: [[59000, 5], [60600, 10]]}}
                """);
    assertThat(plan.curves().contract(0, Side.SELL).cost(10)).isEqualTo(1_010_101_011);
    assertThat(plan.curves().contract(0, Side.BUY).cost(5)).isZero();
    assertThat(plan.curves().contract(0, Side.BUY).cost(15)).isEqualTo(990_099_010);
  }

  /// 2/3 x 1 x 0.03 x sqrt(700 / 70,000) = 0.002 of 70,000 USD.
  @Test
  void theImpactOfAnInverseMarketIsAShareOfItsNotional() {
    PlanFile plan =
        read(
            INVERSE
                + "depth: {BTCUSD: {impact: {y: 1, dailyVolatility: 0.03, dailyVolume: 70000}}}\n");
    assertThat(plan.curves().contract(0, Side.SELL).cost(700))
        .isBetween(13_999_999_999L, 14_000_000_002L);
  }

  @Test
  void rowsThatAddUpToNothingPayInTheirCoin() {
    String header = "account,kind,instrument,quantity,price\n";
    Path book =
        InputProblems.write(
            folder, "b.csv", header + "a,perp,BTCUSD,700,63000\na,perp,BTCUSD,-700,60000\n");
    PlanFile plan = read(INVERSE);
    // Bought for 1.11111112 BTC, sold for 1.16666666: a long of an inverse contract loses that.
    assertThat(BookFile.read(book, plan.listing(), plan.marks()).getFirst().balances())
        .containsExactly(new Balance(1, -5_555_554, 0));
  }

  @Test
  void aTokenOfTwelveDecimalsAndFiftyBillionDollarsFitOneListing() {
    PlanFile plan =
        read(
            """
            account:
              collateral: {USD: 50000000000.01}
              perps: {PEPEUSDT: {quantity: 1000000, entry: 0.000012345679}}
            marks: {PEPEUSDT: 0.000012345678}
            """);
    assertThat(plan.listing().valueDecimals()).isEqualTo(8);
    assertThat(plan.listing().exactDecimals()).isEqualTo(12);
    assertThat(plan.account().balances())
        .containsExactly(new Balance(0, 5_000_000_000_001_000_000L, 0));
    assertThat(plan.account().positions().getFirst().cost()).isEqualTo(12_345_679_000_000L);
  }

  @Test
  void aPositionTooLargeToBeExactIsRefusedWithTheFigure() {
    assertThat(
            problems(
                """
                account: {perps: {PEPEUSDT: {quantity: 1e12, entry: 0.000012345679}}}
                marks: {PEPEUSDT: 0.000012345678}
                """))
        .containsExactly(
            "p.yaml:1: account.perps.PEPEUSDT.entry: the position comes to 12345679, more than the"
                + " largest that fits, 9223372.036854775807; use fewer decimals");
  }

  @Test
  void aDatedContractWithWeightsByKindAndSize() {
    Listing listing =
        read("""
        account: {collateral: {ETH: 1}}
        marks: {ETHUSDT: 3000, SOLETH: 0.05}
        asOf: 2026-10-01T00:00:00Z
        assets:
          ETH: {assetWeight: 0.9, debtWeight: 1.1, initialAssetWeight: 0.8}
          stETH:
            price: ETHUSDT
            decimals: 2
            lot: 0.01
            assetWeight: [{from: 0, weight: 0.9}, {from: 10.5, weight: 0.7}]
            initialDebtWeight: 1.2
        markets:
          SOLETH:
            {settlement: ETH, expiry: 2026-12-25T08:00:00Z, pnlWeight: 0.5, maintenance: 0.03}
        """)
            .listing();
    Contract contract = listing.contracts().get(1);
    assertThat(contract.term()).isEqualTo(new Term.Dated(1_798_185_600_000_000_000L));
    assertThat(contract.pnlWeightPpm()).isEqualTo(500_000);
    var eth = listing.asset("ETH").orElseThrow();
    assertThat(eth.initial().holding()).isEqualTo(CollateralTiers.flat(800_000));
    assertThat(eth.initial().debtPpm()).isEqualTo(1_100_000);
    var staked = listing.asset("stETH").orElseThrow();
    assertThat(staked.maintenance().holding().tiers())
        .containsExactly(
            new CollateralTiers.Tier(0, 900_000), new CollateralTiers.Tier(1_050, 700_000));
    assertThat(staked.initial().holding()).isEqualTo(staked.maintenance().holding());
    assertThat(staked.initial().debtPpm()).isEqualTo(1_200_000);
  }

  @Test
  void whatDoesNotFitTogetherIsNamedWithItsRemedy() {
    String dated = INVERSE.replace("maintenance:", "expiry: 2026-12-25T08:00:00Z, maintenance:");
    assertThat(problems(dated))
        .containsExactly(
            "p.yaml: BTCUSD expires; say of when the marks are, as in asOf: 2025-10-10T21:20:00Z");
    assertThat(problems(INVERSE.replace(", settlement: BTC", "")))
        .containsExactly(
            "p.yaml:7: markets.BTCUSD: an inverse contract pays in its coin; name it, as in"
                + " settlement: BTC");
    assertThat(problems(INVERSE.replace("payoff: inverse, ", "")))
        .containsExactly(
            "p.yaml:7: markets.BTCUSD.faceValue: only an inverse contract has a face value; write"
                + " payoff: inverse, or leave it out");
    assertThat(problems(INVERSE.replace("settlement: BTC", "settlement: SOL")))
        .containsExactly(
            "p.yaml:7: markets.BTCUSD: BTCUSD settles in SOL, which nothing prices; give the price"
                + " of SOLUSD and an entry in assets");
    assertThat(problems(INVERSE.replace("0.01", "0.01, expiry: soon, pnlWeight: 2")))
        .containsExactly(
            "p.yaml:7: markets.BTCUSD.expiry: 'soon' is no instant; write it as"
                + " 2025-10-10T21:20:00Z",
            "p.yaml:7: markets.BTCUSD.pnlWeight: must be between 0 and 1");
  }

  private static String ethInverse(String market) {
    return """
    account: {collateral: {BTC: 1}}
    marks: {BTCUSDT: 60000.0, MARKET: 3000}
    assets: {BTC: {assetWeight: 0.95}}
    markets:
      MARKET: {payoff: inverse, faceValue: 10, settlement: BTC, maintenance: 0.01}
    """
        .replace("MARKET", market);
  }

  @Test
  void anInverseContractPaysInTheCoinThatItsPricePrices() {
    assertThat(problems(ethInverse("ETHUSD")))
        .containsExactly(
            "p.yaml:5: markets.ETHUSD: ETHUSD is inverse and would pay in BTC, but an inverse"
                + " contract pays in the coin that its own price prices; settle it in that coin, or"
                + " if BTC is that coin, say assets: BTC: {price: ETHUSD}");
    assertThat(problems(ethInverse("BTCDOMUSD"))).singleElement().asString().contains("would pay");
    for (String own : List.of("BTCUSD", "BTCUSDT_261225", "BTC-PERP")) {
      assertThat(read(ethInverse(own)).listing().contracts()).hasSize(2);
    }
    String renamed = ethInverse("XBTUSD").replace("{assetWeight", "{price: XBTUSD, assetWeight");
    assertThat(read(renamed).listing().contracts().get(1).settlement()).isOne();
  }

  @Test
  void theEngineIsGivenPlainContractsAlone() {
    MarketsFile file =
        MarketsFile.read(
            InputProblems.write(folder, "m.yaml", INVERSE.substring(INVERSE.indexOf("assets:"))));
    List<FeedSpec> feeds = List.of(new FeedSpec("BTCUSD", 1, 600_000));
    assertThat(InputProblems.of(folder, () -> file.plainListing(feeds)))
        .containsExactly(
            "m.yaml:3: markets.BTCUSD: BTCUSD is inverse, dated, settled in another asset or has a"
                + " pnlWeight, and the engine settles linear perpetuals in USD; leave it out, or"
                + " use plan for single accounts");
  }
}
