package trimtab.rulebooks.adapter;

import java.util.List;
import java.util.SplittableRandom;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.plan.Certificates;
import trimtab.core.plan.Plan;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.VenueRulebook;

/// Accounts around breach on a listing of two perpetuals and two tokens beside the settlement
/// currency, of eight decimals. Perpetuals have 5 % maintenance and 10 % initial margin.
///
/// @param account as drawn
/// @param marks prices of ETH, 0.01 each, and of BTC, 0.1 each
record CrossDraw(Account account, Marks marks) {
  static final int ETH = 0;
  static final int BTC = 1;
  static final int USD = 0;
  static final int ETHER = 1;

  /// Quantities in 0.0001 ETH, lots of ten; in 0.00001 BTC, lots of one hundred; ether in its
  /// millionths.
  static final Listing LISTING =
      new Listing(
          8,
          List.of(new Feed("ETHUSD", 2, 1), new Feed("BTCUSD", 1, 1)),
          List.of(
              new Asset("USD", Asset.SETTLEMENT, 8, Ppm.ONE, Ppm.ONE, 1, 0, 0, 0),
              asset("ETH", 0, 800_000, 1_100_000),
              asset("BTC", 1, 900_000, 1_050_000)),
          List.of(contract("ETHUSD", 0, 4, 10), contract("BTCUSD", 1, 5, 100)));

  private static final LegSum REQUIREMENTS = new LegSum(LISTING);

  private static Asset asset(String symbol, int feed, long weight, long debtWeight) {
    return new Asset(symbol, feed, 6, weight, debtWeight, 1, 0, 0, 0);
  }

  private static Contract contract(String symbol, int feed, int decimals, long lot) {
    return new Contract(
        symbol + "T",
        feed,
        decimals,
        lot,
        0,
        0,
        MarginTiers.flat(100_000),
        MarginTiers.flat(50_000),
        500);
  }

  /// One or two perpetuals; equity is from -10 % to 120 % of the requirement.
  static CrossDraw perps(SplittableRandom random) {
    Marks marks = marks(random);
    long eth = sign(random) * 10 * random.nextLong(1, 50_000);
    long btc = random.nextBoolean() ? 0 : sign(random) * 100 * random.nextLong(1, 5_000);
    long ethValue = eth * marks.price(ETH) * 100;
    long btcValue = btc * marks.price(BTC) * 100;
    long ethCost = ethValue / 100 * random.nextLong(90, 111);
    long btcCost = btcValue / 100 * random.nextLong(90, 111);
    long requirement = (Math.abs(ethValue) + Math.abs(btcValue)) / 20;
    long equity = requirement / 1_000 * random.nextLong(-100, 1_200);
    long cash = equity - (ethValue - ethCost) - (btcValue - btcCost);
    List<Position> positions =
        btc == 0
            ? List.of(new Position(ETH, eth, ethCost))
            : List.of(new Position(ETH, eth, ethCost), new Position(BTC, btc, btcCost));
    return new CrossDraw(
        new Account("drawn", List.of(new Balance(USD, cash, 0)), positions), marks);
  }

  /// Ether behind dollars, or dollars behind ether; backing is from 85 % to 105 % of the
  /// obligation.
  static CrossDraw loan(SplittableRandom random) {
    Marks marks = marks(random);
    long amount = random.nextLong(100_000, 100_000_000_000L);
    long value = amount * marks.price(ETH);
    long level = random.nextLong(85, 106);
    Balance usd;
    Balance ether;
    if (random.nextBoolean()) {
      ether = new Balance(ETHER, amount, 0);
      usd = new Balance(USD, 0, value / 100 * 80 / level);
    } else {
      ether = new Balance(ETHER, 0, amount);
      usd = new Balance(USD, value / 1_000 * 11 * level / 100 * 100, 0);
    }
    return new CrossDraw(new Account("drawn", List.of(usd, ether), List.of()), marks);
  }

  private static Marks marks(SplittableRandom random) {
    return Marks.of(0, random.nextLong(50_000, 500_000), random.nextLong(200_000, 1_500_000));
  }

  private static long sign(SplittableRandom random) {
    return random.nextBoolean() ? 1 : -1;
  }

  CrossDraw at(long nowNanos) {
    return new CrossDraw(account, Marks.of(nowNanos, marks.price(ETH), marks.price(BTC)));
  }

  Situation situation(VenueRulebook rulebook) {
    return situation(rulebook, EpisodeState.opened(0));
  }

  Situation situation(VenueRulebook rulebook, EpisodeState episode) {
    HealthModel model = new HealthModel(LISTING, REQUIREMENTS, rulebook.base());
    return new Situation(
        account, marks, model, model.assess(account, marks), episode, MarketState.fresh(0));
  }

  /// What the planner makes of it, its certificate checked.
  Plan plan(VenueRulebook rulebook) {
    Plan plan =
        new Planner(LISTING, REQUIREMENTS)
            .plan(
                account,
                marks,
                rulebook,
                CostCurves.FREE,
                EpisodeState.opened(0),
                MarketState.fresh(0));
    if (plan instanceof Plan.Close close) {
      CheckResult result =
          CertificateChecker.check(Certificates.of(LISTING, account, marks, rulebook, close));
      if (result instanceof CheckResult.Fails) {
        throw new AssertionError(result + " of " + this);
      }
    }
    return plan;
  }
}
