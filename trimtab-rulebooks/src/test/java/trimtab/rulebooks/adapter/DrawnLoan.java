package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.certificate.Certificate;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.plan.Certificates;
import trimtab.core.plan.Plan;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Rulebook;
import trimtab.core.rulebook.Situation;

/// A loan as tests draw it: ETH, and sometimes BTC, hold up USD. Prices are in cents, USD has 8
/// decimals.
///
/// @param coinDecimals of ETH and BTC
/// @param lltvPpm asset weight of both
/// @param bitcoin 0 for none
record DrawnLoan(
    int coinDecimals,
    long lltvPpm,
    long etherPrice,
    long bitcoinPrice,
    long ether,
    long bitcoin,
    long debt) {
  private static final long LOT = 100;

  /// A health of 0.8 to 1.1.
  static DrawnLoan of(long seed, long lltvPpm, boolean withBitcoin) {
    Random random = new Random(seed);
    long etherPrice = 50_000L + random.nextInt(500_000);
    long bitcoinPrice = 1_000_000L + random.nextInt(12_000_000);
    // From about a dollar to millions.
    long ether = 1_000 + (long) (StrictMath.exp(random.nextDouble() * 14) * 1_000);
    long bitcoin = withBitcoin ? 1 + (long) (ether * random.nextDouble() / 20) : 0;
    BigInteger cents =
        BigInteger.valueOf(ether)
            .multiply(BigInteger.valueOf(etherPrice))
            .add(BigInteger.valueOf(bitcoin).multiply(BigInteger.valueOf(bitcoinPrice)));
    long healthPpm = 800_000L + random.nextInt(300_000);
    // Amounts have 6 decimals and prices 2, so the product has the 8 of USD.
    BigInteger debt =
        cents.multiply(BigInteger.valueOf(lltvPpm)).divide(BigInteger.valueOf(healthPpm));
    return new DrawnLoan(
        6, lltvPpm, etherPrice, bitcoinPrice, ether, bitcoin, Math.max(1, debt.longValueExact()));
  }

  /// The same loan in finer units of the coins.
  DrawnLoan finer(int decimals) {
    long scale = BigInteger.TEN.pow(decimals).longValueExact();
    return new DrawnLoan(
        coinDecimals + decimals,
        lltvPpm,
        etherPrice,
        bitcoinPrice,
        ether * scale,
        bitcoin * scale,
        debt);
  }

  /// The same loan with another debt.
  DrawnLoan owing(long otherDebt) {
    return new DrawnLoan(
        coinDecimals, lltvPpm, etherPrice, bitcoinPrice, ether, bitcoin, otherDebt);
  }

  Listing listing() {
    return new Listing(
        8,
        List.of(new Feed("ETHUSDT", 2, 1), new Feed("BTCUSDT", 2, 1)),
        List.of(
            new Asset("USD", Asset.SETTLEMENT, 8, 1_000_000, 1_000_000, 1, 0, 0, 0),
            coin("ETH", 0),
            coin("BTC", 1)),
        List.of());
  }

  /// Lots and dust of a market, which no liquidator asks about.
  private Asset coin(String symbol, int feed) {
    return new Asset(symbol, feed, coinDecimals, lltvPpm, 1_000_000, LOT, 500_000_000, 7, 500);
  }

  Account account() {
    List<Balance> balances =
        bitcoin == 0
            ? List.of(new Balance(0, 0, debt), new Balance(1, ether, 0))
            : List.of(
                new Balance(0, 0, debt), new Balance(1, ether, 0), new Balance(2, bitcoin, 0));
    return new Account("drawn", balances, List.of());
  }

  Marks marks() {
    return Marks.of(0, etherPrice, bitcoinPrice);
  }

  Situation situation(Rulebook rulebook) {
    HealthModel model =
        new HealthModel(listing(), new LegSum(listing()), rulebook.base(), rulebook.netting());
    return new Situation(
        account(),
        marks(),
        model,
        model.assess(account(), marks()),
        EpisodeState.opened(0),
        MarketState.fresh(0));
  }

  Plan plan(Rulebook rulebook) {
    return plan(account(), rulebook);
  }

  /// For another account at the same prices.
  Plan plan(Account account, Rulebook rulebook) {
    return new Planner(listing(), new LegSum(listing()))
        .plan(
            account,
            marks(),
            rulebook,
            CostCurves.FREE,
            EpisodeState.opened(0),
            MarketState.fresh(0));
  }

  Certificate certificate(Rulebook rulebook, Plan.Close plan) {
    return Certificates.of(listing(), account(), marks(), rulebook, plan);
  }

  BigInteger price8(long cents) {
    return BigInteger.valueOf(cents).multiply(BigInteger.TEN.pow(6));
  }
}
