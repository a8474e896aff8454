package trimtab.core.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.cost.SquareRootLaw;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Kind;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;

/// One seeded account with everything around it. Legs are a few hundred lots long, those that sell
/// cash a few thousand, so that brute force over every lot is possible; penalties, fees, tiers,
/// minimums, dust and curves are drawn anew for each seed and often meet inside the leg.
public record World(
    Listing listing, Marks marks, Account account, OwnRulebook rulebook, CostCurves curves) {
  static final int VALUE_DECIMALS = 8;

  public HealthModel model() {
    return new HealthModel(listing, new LegSum(listing), rulebook.base(), rulebook.netting());
  }

  public Health health() {
    return model().assess(account, marks);
  }

  public World with(OwnRulebook changed) {
    return new World(listing, marks, account, changed, curves);
  }

  public World with(Account changed) {
    return new World(listing, marks, changed, rulebook, curves);
  }

  public World with(CostCurves changed) {
    return new World(listing, marks, account, rulebook, changed);
  }

  public World with(Listing changed) {
    return new World(changed, marks, account, rulebook, curves);
  }

  public World with(CloseRule rule, OnHarmfulClose onHarmfulClose) {
    return with(rulebook.with(rule, onHarmfulClose));
  }

  public World with(PenaltyTerms penalty) {
    return with(rulebook.with(penalty, rulebook.schedule(), rulebook.penaltyReduction()));
  }

  /// The same world with another cap on the penalty.
  public World with(Cap cap) {
    return with(rulebook.penalty().boundedBy(cap));
  }

  /// A world with one perpetual leg.
  public static World onePosition(long seed) {
    return new Draw(seed).world(1, 0, false);
  }

  /// A world with one debt and one collateral.
  public static World onePair(long seed) {
    return new Draw(seed).world(0, 1, true);
  }

  /// A world with one debt and two collaterals.
  public static World twoPairs(long seed) {
    return new Draw(seed).world(0, 2, true);
  }

  /// A world with a debt in cash, a debt in ether and one collateral for both.
  public static World twoDebts(long seed) {
    Draw draw = new Draw(seed);
    World world = draw.world(0, 2, true);
    List<Balance> old = world.account.balances();
    long ether = old.get(1).amount() / draw.seeded.between(2, 20);
    List<Balance> balances =
        List.of(old.get(0), new Balance(1, 0, ether), new Balance(2, 3 * old.get(2).amount(), 0));
    Account account = new Account("drawn", balances, List.of());
    return new World(world.listing, world.marks, account, world.rulebook, world.curves);
  }

  /// A world with up to two perpetuals and up to two collaterals, indebted or not.
  public static World mixed(long seed) {
    Draw draw = new Draw(seed);
    return draw.world(
        (int) draw.seeded.between(0, 2), (int) draw.seeded.between(0, 2), draw.seeded.chance(0.6));
  }

  /// The n-th world of a family, from a seed, whose account is in breach.
  public static World breached(long seed, LongFunction<World> family) {
    for (long attempt = 0; attempt < 10_000; attempt++) {
      World world = family.apply(seed * 10_007 + attempt);
      if (!world.health().isAtLeast(world.rulebook().thresholdPpm())) {
        return world;
      }
    }
    throw new IllegalStateException("no breached account near seed " + seed);
  }

  private static final class Draw {
    private final Seeded seeded;
    private final List<Feed> feeds = List.of(new Feed("ETHUSDT", 2, 1), new Feed("BTCUSDT", 1, 5));

    Draw(long seed) {
      this.seeded = new Seeded(seed);
    }

    World world(int contracts, int collaterals, boolean indebted) {
      Listing listing = listing();
      Marks marks = Marks.of(0, seeded.between(80_000, 480_000), seeded.between(60_000, 1_200_000));
      OwnRulebook rulebook = rulebook();
      Account account = account(listing, marks, contracts, collaterals, indebted);
      return new World(listing, marks, account, rulebook, curves(listing, marks));
    }

    private Listing listing() {
      long rate = seeded.between(4_000, 60_000);
      List<Contract> contracts =
          List.of(contract("ETHUSDT", 0, 3, rate), contract("BTCUSDT", 1, 4, rate));
      List<Asset> assets =
          List.of(
              new Asset(
                  "USD",
                  Asset.SETTLEMENT,
                  VALUE_DECIMALS,
                  1_000_000,
                  debtWeight(),
                  usd(seeded.between(20, 200)),
                  0,
                  0,
                  0),
              asset("ETH", 0, 5),
              asset("BTC", 1, 6));
      return new Listing(VALUE_DECIMALS, feeds, assets, contracts);
    }

    private long debtWeight() {
      return seeded.chance(0.6) ? 1_000_000 : seeded.between(1_000_000, 1_200_000);
    }

    private Contract contract(String symbol, int feed, int decimals, long rate) {
      List<Tier> tiers = new ArrayList<>(List.of(new Tier(0, rate)));
      while (seeded.chance(0.6) && tiers.size() < 5) {
        long from = tiers.getLast().fromValue() + usd(seeded.between(500, 300_000));
        tiers.add(new Tier(from, tiers.getLast().ratePpm() + seeded.between(0, 30_000)));
      }
      Kind kind = seeded.chance(0.3) ? Kind.STEPPED : Kind.CONTINUOUS;
      MarginTiers margin = new MarginTiers(kind, tiers);
      return new Contract(
          symbol,
          feed,
          decimals,
          seeded.between(1, 900),
          seeded.chance(0.5) ? 0 : usd(seeded.between(1, 3_000)),
          seeded.chance(0.5) ? 0 : usd(seeded.between(1, 3_000)),
          margin,
          margin,
          seeded.chance(0.5) ? 0 : seeded.between(0, 1_000));
    }

    private Asset asset(String symbol, int feed, int decimals) {
      return new Asset(
          symbol,
          feed,
          decimals,
          seeded.between(500_000, 960_000),
          debtWeight(),
          seeded.between(1_000, 90_000),
          seeded.chance(0.5) ? 0 : usd(seeded.between(1, 500)),
          seeded.chance(0.5) ? 0 : usd(seeded.between(1, 500)),
          seeded.chance(0.5) ? 0 : seeded.between(0, 1_000));
    }

    private OwnRulebook rulebook() {
      long threshold = seeded.chance(0.7) ? 1_000_000 : seeded.between(1_000_000, 1_100_000);
      PenaltyTerms penalty =
          new PenaltyTerms(
              seeded.between(0, 25_000),
              seeded.between(0, 120_000),
              seeded.chance(0.8) ? Cap.IMPROVEMENT : Cap.NONE,
              500_000);
      return new OwnRulebook(
          "drawn",
          new CloseRule.TargetHealth(1_000_000),
          seeded.oneOf(Base.AUTO, Base.AUTO, Base.OBLIGATION),
          threshold,
          threshold + seeded.between(0, 300_000),
          penalty,
          OnHarmfulClose.ESCALATE,
          0);
    }

    private Account account(
        Listing listing, Marks marks, int contracts, int collaterals, boolean indebted) {
      List<Position> positions = new ArrayList<>();
      long margin = 0;
      for (int market = 0; market < contracts; market++) {
        Contract contract = listing.contracts().get(market);
        long quantity = contract.lot() * seeded.between(1, 300) + seeded.between(0, 2);
        long unitValue = marks.unitValue(listing, contract);
        long entry = (long) (quantity * (unitValue * seeded.uniform(0.9, 1.1)));
        long sign = seeded.chance(0.5) ? 1 : -1;
        positions.add(new Position(market, sign * quantity, sign * entry));
        double rate = contract.maintenance().tiers().getFirst().ratePpm() / 1e6;
        margin += (long) (quantity * unitValue * rate * seeded.uniform(-0.2, 1.4));
        margin += sign * (entry - quantity * unitValue);
      }
      List<Balance> balances = new ArrayList<>();
      long backing = 0;
      for (int asset = 1; asset <= collaterals; asset++) {
        Asset terms = listing.assets().get(asset);
        long amount = terms.lot() * seeded.between(1, 300) + seeded.between(0, 5);
        balances.add(new Balance(asset, amount, 0));
        backing +=
            (long)
                (amount * (double) marks.unitValue(listing, terms) * terms.assetWeightPpm() / 1e6);
      }
      long debt = indebted ? Math.max(0, (long) (backing * seeded.uniform(0.9, 1.2))) : 0;
      boolean etherDebt = indebted && collaterals == 0 && contracts == 0;
      balances.addFirst(
          new Balance(
              0, margin - (indebted ? 0 : (long) (backing * seeded.uniform(0, 1.1))), debt));
      if (etherDebt) {
        long owed = seeded.between(1_000, 5_000_000);
        long cash =
            (long)
                (owed
                    * (double) marks.unitValue(listing, listing.assets().get(1))
                    * seeded.uniform(0.95, 1.3));
        balances.set(0, new Balance(0, cash, 0));
        balances.add(new Balance(1, 0, owed));
      }
      return new Account("drawn", balances, positions);
    }

    private CostCurves curves(Listing listing, Marks marks) {
      if (seeded.chance(0.3)) {
        return CostCurves.FREE;
      }
      UnaryOperator<CostCurve> jump = jump();
      LongFunction<CostCurve> shape = seeded.chance(0.15) ? anyShape() : squareRoot();
      List<CostCurve> contract =
          listing.contracts().stream()
              .map(terms -> jump.apply(shape.apply(marks.unitValue(listing, terms))))
              .toList();
      List<CostCurve> spot =
          listing.assets().stream()
              .map(terms -> jump.apply(shape.apply(marks.unitValue(listing, terms))))
              .toList();
      return new CostCurves() {
        @Override
        public CostCurve contract(int market, Side side) {
          return contract.get(market);
        }

        @Override
        public CostCurve asset(int asset, Side side) {
          return spot.get(asset);
        }
      };
    }

    private LongFunction<CostCurve> squareRoot() {
      double y = seeded.uniform(0, 2);
      double volume = seeded.logUniform(1e4, 1e9);
      long capacity = seeded.chance(0.8) ? 50_000_000L : seeded.between(2_000, 3_000_000);
      return unitValue -> SquareRootLaw.curve(y, 0.05, volume, unitValue, capacity);
    }

    /// Steep and jumping, so that selling more may bring less.
    private LongFunction<CostCurve> anyShape() {
      return unitValue -> {
        long capacity = (long) seeded.logUniform(1e4, 5e7);
        double value = (double) capacity * unitValue;
        return DrawnCurve.of(seeded, 12, capacity, (long) (value * seeded.logUniform(1e-3, 0.5)));
      };
    }

    /// A fixed cost from one piece on, as of a venue that is used for larger quantities only.
    private UnaryOperator<CostCurve> jump() {
      if (seeded.chance(0.7)) {
        return UnaryOperator.identity();
      }
      int first = seeded.chance(0.5) ? 0 : (int) seeded.between(1, 30);
      long fixed = usd((long) seeded.logUniform(1, 5_000));
      return curve -> lifted(curve, first, fixed);
    }

    private static CostCurve lifted(CostCurve curve, int first, long fixed) {
      int pieces = curve.pieces();
      long[] knots = new long[pieces];
      long[] starts = new long[pieces];
      long[] ends = new long[pieces];
      for (int i = 0; i < pieces; i++) {
        long lift = i < first ? 0 : fixed;
        knots[i] = curve.knot(i);
        starts[i] = curve.start(i) + lift;
        ends[i] = curve.end(i) + lift;
      }
      return CostCurve.of(knots, starts, ends);
    }

    private static long usd(long dollars) {
      return dollars * 100_000_000L;
    }
  }
}
