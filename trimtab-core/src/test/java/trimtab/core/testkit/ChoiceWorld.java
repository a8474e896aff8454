package trimtab.core.testkit;

import java.util.ArrayList;
import java.util.List;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Base;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Kind;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;

/// Accounts with several legs of few lots each, so that every combination can be tried. Two markets
/// share each feed, so that positions hedge each other; tiers, minimums, dust, fees and curves of
/// every shape are drawn anew, and the need is often about what one leg can free.
public final class ChoiceWorld {
  private static final long USD = 10_000;

  private final Seeded seeded;
  private final int lots;

  private ChoiceWorld(long seed, int lots) {
    this.seeded = new Seeded(seed);
    this.lots = lots;
  }

  /// Perpetuals only.
  ///
  /// @param lots at most, of each leg
  public static World positions(long seed, int count, int lots) {
    return new ChoiceWorld(seed, lots).world(count, 0, 0);
  }

  /// Perpetuals and pairs: debts times collaterals.
  public static World mixed(long seed, int positions, int collaterals, int debts, int lots) {
    return new ChoiceWorld(seed, lots).world(positions, collaterals, debts);
  }

  private World world(int positions, int collaterals, int debts) {
    int feeds = Math.max((positions + 1) / 2, collaterals + debts);
    List<Feed> coordinates = new ArrayList<>();
    long[] prices = new long[feeds];
    for (int i = 0; i < feeds; i++) {
      coordinates.add(new Feed("F" + i, 0, 1));
      prices[i] = seeded.between(5, 400);
    }
    List<Asset> assets = new ArrayList<>(List.of(asset("USD", Asset.SETTLEMENT)));
    for (int i = 0; i < collaterals + debts - 1; i++) {
      assets.add(asset("A" + i, i));
    }
    List<Contract> contracts = new ArrayList<>();
    for (int i = 0; i < positions; i++) {
      contracts.add(contract("P" + i, i / 2));
    }
    Listing listing = new Listing(4, coordinates, assets, contracts);
    Marks marks = Marks.of(0, prices);
    Account account = account(listing, marks, collaterals, debts);
    return new World(listing, marks, account, rulebook(), curves(listing, marks));
  }

  private Asset asset(String symbol, int feed) {
    return new Asset(
        symbol,
        feed,
        feed < 0 ? 4 : 2,
        feed < 0 ? Ppm.ONE : seeded.between(600_000, 950_000),
        seeded.chance(0.6) ? Ppm.ONE : seeded.between(Ppm.ONE, 1_200_000),
        feed < 0 ? 50 * USD : 100 * seeded.between(1, 5),
        seeded.chance(0.7) ? 0 : USD * seeded.between(1, 400),
        seeded.chance(0.7) ? 0 : USD * seeded.between(1, 400),
        seeded.chance(0.5) ? 0 : seeded.between(0, 1_500));
  }

  private Contract contract(String symbol, int feed) {
    List<Tier> tiers = new ArrayList<>(List.of(new Tier(0, seeded.between(8_000, 60_000))));
    while (seeded.chance(0.5) && tiers.size() < 4) {
      long from = tiers.getLast().fromValue() + USD * seeded.between(100, 20_000);
      tiers.add(new Tier(from, tiers.getLast().ratePpm() + seeded.between(0, 60_000)));
    }
    MarginTiers margin =
        new MarginTiers(seeded.chance(0.4) ? Kind.STEPPED : Kind.CONTINUOUS, tiers);
    return new Contract(
        symbol,
        feed,
        2,
        100 * seeded.between(1, 9),
        seeded.chance(0.6) ? 0 : USD * seeded.between(1, 1_500),
        seeded.chance(0.6) ? 0 : USD * seeded.between(1, 1_500),
        margin,
        margin,
        seeded.chance(0.5) ? 0 : seeded.between(0, 1_500));
  }

  private Account account(Listing listing, Marks marks, int collaterals, int debts) {
    List<Position> positions = new ArrayList<>();
    double required = 0;
    for (int market = 0; market < listing.contracts().size(); market++) {
      Contract contract = listing.contracts().get(market);
      long quantity =
          contract.lot() * seeded.between(1, lots)
              + (seeded.chance(0.3) ? seeded.between(1, 9) : 0);
      long sign = seeded.chance(0.5) ? 1 : -1;
      long value = quantity * marks.unitValue(listing, contract);
      positions.add(new Position(market, sign * quantity, sign * value + seeded.between(-9, 9)));
      required += contract.maintenance().requirement(value).toDouble() / 1e6;
    }
    List<Balance> balances = new ArrayList<>();
    double backing = 0;
    for (int i = 1; i <= collaterals; i++) {
      Asset held = listing.assets().get(i);
      long amount = held.lot() * seeded.between(1, lots) + seeded.between(0, 9);
      balances.add(new Balance(i, amount, 0));
      backing += amount * (double) marks.unitValue(listing, held) * held.assetWeightPpm() / 1e6;
    }
    double owed = debts == 0 ? 0 : backing * seeded.uniform(0.3, 1.1);
    for (int i = 1; i < debts; i++) {
      Asset debt = listing.assets().get(collaterals + i);
      double share = seeded.uniform(0.2, 0.6);
      long units = (long) (owed * share / marks.unitValue(listing, debt));
      owed -= units * (double) marks.unitValue(listing, debt);
      balances.add(new Balance(collaterals + i, 0, units));
    }
    long cash = (long) (required * seeded.uniform(0.2, 1) - owed);
    balances.addFirst(new Balance(0, Math.max(0, cash), Math.max(0, -cash)));
    return new Account("choice", balances, positions);
  }

  private OwnRulebook rulebook() {
    PenaltyTerms penalty =
        new PenaltyTerms(
            seeded.chance(0.1) ? 0 : seeded.between(0, 12_000),
            seeded.between(0, 90_000),
            seeded.chance(0.5) ? Cap.IMPROVEMENT : Cap.NONE,
            0);
    return new OwnRulebook(
        "choice",
        new CloseRule.TargetHealth(seeded.chance(0.8) ? Ppm.ONE : seeded.between(200_000, 900_000)),
        seeded.oneOf(Base.AUTO, Base.AUTO, Base.OBLIGATION),
        Ppm.ONE,
        Ppm.ONE + (seeded.chance(0.5) ? 0 : seeded.between(0, 150_000)),
        penalty,
        OnHarmfulClose.ESCALATE,
        0);
  }

  private CostCurves curves(Listing listing, Marks marks) {
    List<CostCurve> contracts =
        listing.contracts().stream()
            .map(c -> curve(c.lot() * lots, marks.unitValue(listing, c)))
            .toList();
    List<CostCurve> assets =
        listing.assets().stream()
            .map(a -> curve(a.lot() * lots, marks.unitValue(listing, a)))
            .toList();
    return new CostCurves() {
      @Override
      public CostCurve contract(int market, Side side) {
        return contracts.get(market);
      }

      @Override
      public CostCurve asset(int asset, Side side) {
        return assets.get(asset);
      }
    };
  }

  private CostCurve curve(long capacity, long unitValue) {
    if (seeded.chance(0.3)) {
      return CostCurve.FREE;
    }
    double value = (double) capacity * unitValue;
    long reach = seeded.chance(0.8) ? 2 * capacity : capacity / 2 + 1;
    return DrawnCurve.of(seeded, 6, reach, 1 + (long) (value * seeded.logUniform(1e-5, 0.03)));
  }
}
