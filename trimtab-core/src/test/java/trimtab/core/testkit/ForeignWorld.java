package trimtab.core.testkit;

import java.util.ArrayList;
import java.util.List;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.cost.SquareRootLaw;
import trimtab.core.health.Base;
import trimtab.core.health.Netting;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Asset.Weights;
import trimtab.core.instrument.CollateralTiers;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Kind;
import trimtab.core.instrument.Payoff;
import trimtab.core.instrument.Term;
import trimtab.core.mark.Marks;
import trimtab.core.mark.PositionValue;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;

/// Worlds beyond plain contracts: a token of twelve price decimals, an inverse contract paid in
/// bitcoin, one quoted and paid in ether, gains that count in part, stepped tiers, collateral that
/// counts for less the more there is, holdings that are not set off. Legs are a few hundred lots.
public final class ForeignWorld {
  private static final long USD = 100_000_000L;
  private static final int BTC = 1;
  private static final int ETH = 2;

  private final Seeded seeded;
  private final List<Feed> feeds =
      List.of(
          new Feed("BTCUSD", 1, 5),
          new Feed("ETHUSD", 2, 1),
          new Feed("TOKENUSD", 12, 1),
          new Feed("SOLETH", 6, 10));

  private ForeignWorld(long seed) {
    this.seeded = new Seeded(seed);
  }

  /// One position in any of the contracts.
  public static World position(long seed) {
    ForeignWorld drawn = new ForeignWorld(seed);
    return drawn.world(List.of((int) drawn.seeded.between(0, 4)), false);
  }

  /// Up to three positions, holdings and debts.
  public static World mixed(long seed) {
    ForeignWorld drawn = new ForeignWorld(seed);
    List<Integer> markets = new ArrayList<>();
    for (int market = 0; market < 5; market++) {
      if (drawn.seeded.chance(0.4) && markets.size() < 3) {
        markets.add(market);
      }
    }
    return drawn.world(markets, true);
  }

  private World world(List<Integer> markets, boolean holdings) {
    Marks marks =
        Marks.of(
            0,
            seeded.between(100_000, 1_200_000),
            seeded.between(80_000, 480_000),
            seeded.between(9_000_000, 13_000_000),
            seeded.between(30_000, 80_000));
    Listing listing = new Listing(8, feeds, assets(), contracts());
    OwnRulebook rulebook = rulebook();
    List<Balance> balances = new ArrayList<>();
    for (int asset = 0; asset <= ETH; asset++) {
      balances.add(new Balance(asset, 0, 0));
    }
    if (holdings) {
      balances.set(BTC, drawnBalance(listing, BTC));
      balances.set(ETH, drawnBalance(listing, ETH));
    }
    List<Position> positions = markets.stream().map(m -> position(listing, marks, m)).toList();
    World draft =
        new World(listing, marks, account(balances, positions), rulebook, curves(listing, marks));
    // Cash that brings the account close to its threshold.
    var health = draft.health();
    Wide ppm = Wide.product(Ppm.ONE, listing.exactScale());
    Wide excess = health.excess(rulebook.thresholdPpm());
    long missing = Math.negateExact(excess.divFloor(ppm).divFloor(Ppm.ONE));
    long requirement = health.requirement().divFloor(ppm).toLongExact();
    long room = Math.max(usdOf(1), requirement + Math.abs(missing) / 20);
    long cash = missing - (long) (room * seeded.uniform(0, 0.9));
    boolean owed = cash < 0 && seeded.chance(0.5);
    balances.set(0, owed ? new Balance(0, 0, -cash) : new Balance(0, cash, 0));
    return draft.with(account(balances, positions));
  }

  private static long usdOf(long dollars) {
    return dollars * USD;
  }

  private static Account account(List<Balance> balances, List<Position> positions) {
    return new Account("foreign", balances, positions);
  }

  private Balance drawnBalance(Listing listing, int asset) {
    long lot = listing.assets().get(asset).lot();
    long held = seeded.chance(0.7) ? lot * seeded.between(1, 200) + seeded.between(0, 3) : 0;
    long owed = seeded.chance(0.4) ? lot * seeded.between(1, 200) + seeded.between(0, 3) : 0;
    return new Balance(asset, held, owed);
  }

  private Position position(Listing listing, Marks marks, int market) {
    Contract contract = listing.contracts().get(market);
    long sign = seeded.chance(0.5) ? 1 : -1;
    long quantity = sign * (contract.lot() * seeded.between(1, 250) + seeded.between(0, 2));
    long amount = PositionValue.of(listing, contract, marks).amount(quantity);
    return new Position(market, quantity, (long) (amount * seeded.uniform(0.9, 1.1)));
  }

  private List<Asset> assets() {
    return List.of(
        asset("USD", Asset.SETTLEMENT, 8, Weights.flat(Ppm.ONE, debtWeight()), usdOf(50)),
        asset("BTC", 0, 8, Weights.flat(seeded.between(800_000, 1_000_000), debtWeight()), 900_000),
        asset(
            "ETH",
            1,
            8,
            Weights.flat(seeded.between(800_000, 1_000_000), debtWeight()),
            9_000_000));
  }

  private long debtWeight() {
    return seeded.chance(0.5) ? Ppm.ONE : seeded.between(Ppm.ONE, 1_200_000);
  }

  private Asset asset(String symbol, int feed, int decimals, Weights weights, long lot) {
    return new Asset(symbol, feed, decimals, weights, weights, lot, minimum(), minimum(), fee());
  }

  private long minimum() {
    return seeded.chance(0.5) ? 0 : usdOf(seeded.between(1, 300));
  }

  private long fee() {
    return seeded.chance(0.5) ? 0 : seeded.between(0, 1_000);
  }

  private List<Contract> contracts() {
    long lots = seeded.between(1, 40);
    return List.of(
        contract("TOKENUSD", new Payoff.Linear(), 0, 2, 0, 5_000_000 * lots),
        contract("BTCUSD", new Payoff.Inverse(1_000), BTC, 0, 0, 20 * lots),
        contract("SOLETH", new Payoff.Linear(), ETH, 3, 2, 10 * lots),
        contract("ETHUSD", new Payoff.Linear(), 0, 1, 5, 3_000 * lots),
        contract("ETHUSDI", new Payoff.Inverse(1_000), ETH, 1, 1, 170 * lots));
  }

  private Contract contract(
      String symbol, Payoff payoff, int settlement, int feed, int decimals, long lot) {
    List<MarginTiers.Tier> tiers = new ArrayList<>();
    long rate = seeded.between(5_000, 60_000);
    long from = 0;
    while (tiers.isEmpty() || (seeded.chance(0.6) && tiers.size() < 4)) {
      tiers.add(new MarginTiers.Tier(from, rate));
      from += usdOf(seeded.between(500, 60_000));
      rate += seeded.between(0, 30_000);
    }
    Kind kind = seeded.chance(0.4) ? Kind.STEPPED : Kind.CONTINUOUS;
    MarginTiers margin = new MarginTiers(kind, tiers);
    return new Contract(
        symbol,
        payoff,
        seeded.chance(0.5) ? new Term.Perpetual() : new Term.Dated(seeded.between(0, 6)),
        settlement,
        feed,
        decimals,
        lot,
        minimum(),
        minimum(),
        margin,
        margin,
        fee(),
        seeded.chance(0.5) ? Ppm.ONE : seeded.between(0, Ppm.ONE));
  }

  private OwnRulebook rulebook() {
    long threshold = seeded.chance(0.7) ? Ppm.ONE : seeded.between(Ppm.ONE, 1_100_000);
    PenaltyTerms penalty =
        new PenaltyTerms(
            seeded.between(0, 20_000),
            seeded.between(0, 90_000),
            seeded.chance(0.8) ? Cap.IMPROVEMENT : Cap.NONE,
            500_000);
    return new OwnRulebook(
            "foreign",
            new CloseRule.TargetHealth(Ppm.ONE),
            seeded.oneOf(Base.AUTO, Base.AUTO, Base.OBLIGATION),
            threshold,
            threshold + seeded.between(0, 300_000),
            penalty,
            OnHarmfulClose.ESCALATE,
            0)
        .with(seeded.chance(0.7) ? Netting.PER_ASSET : Netting.NONE);
  }

  private CostCurves curves(Listing listing, Marks marks) {
    if (seeded.chance(0.4)) {
      return CostCurves.FREE;
    }
    double volume = seeded.logUniform(1e4, 1e9);
    return new CostCurves() {
      @Override
      public CostCurve contract(int market, Side side) {
        PositionValue value = PositionValue.of(listing, listing.contracts().get(market), marks);
        double unit = value.unitValue().numerator().toDouble() / value.unitValue().denominator();
        return curve(unit / listing.exactScale());
      }

      @Override
      public CostCurve asset(int asset, Side side) {
        Asset terms = listing.assets().get(asset);
        return curve((double) marks.unitValue(listing, terms) / listing.exactScale());
      }

      private CostCurve curve(double unitValue) {
        long capacity = (long) Math.max(10, 5e13 / unitValue);
        long scaled = Math.max(1, (long) unitValue);
        CostCurve law = SquareRootLaw.curve(1, 0.05, volume * 1e3 / unitValue, scaled, capacity);
        return law;
      }
    };
  }

  /// Collateral that counts for less the more there is of it, against a debt.
  public static World tieredCollateral(long seed) {
    Seeded seeded = new Seeded(seed);
    World plain = World.onePair(seed);
    Balance held = plain.account().balances().get(1);
    List<CollateralTiers.Tier> tiers = new ArrayList<>();
    long weight = plain.listing().assets().get(1).assetWeightPpm();
    long from = 0;
    while (tiers.isEmpty() || (seeded.chance(0.8) && tiers.size() < 5)) {
      tiers.add(new CollateralTiers.Tier(from, weight));
      from += 1 + seeded.between(0, held.amount() / 2);
      weight = (long) (weight * seeded.uniform(0.8, 1));
    }
    List<Asset> assets = new ArrayList<>(plain.listing().assets());
    Asset old = assets.get(1);
    Weights weights = new Weights(new CollateralTiers(tiers), old.debtWeightPpm());
    assets.set(
        1,
        new Asset(
            old.symbol(),
            old.feed(),
            old.decimals(),
            weights,
            weights,
            old.lot(),
            old.minimumOrderValue(),
            old.dustValue(),
            old.takerFeePpm()));
    Listing listing =
        new Listing(
            plain.listing().valueDecimals(),
            plain.listing().feeds(),
            assets,
            plain.listing().contracts());
    return plain.with(listing);
  }
}
