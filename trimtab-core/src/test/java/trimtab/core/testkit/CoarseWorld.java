package trimtab.core.testkit;

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
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;

/// Worlds in which a value unit is large: prices of a few units, costs and penalties of a few more,
/// so that every rounding decides. The penalty has no cap, as that is rounded too and sizes are
/// judged without it.
public final class CoarseWorld {
  private final Seeded seeded;
  private final long size;
  private final long price;

  private CoarseWorld(long seed) {
    this.seeded = new Seeded(seed);
    this.size = seeded.between(1, 400);
    this.price = seeded.between(1, 12);
  }

  /// One perpetual.
  public static World contract(long seed) {
    CoarseWorld drawn = new CoarseWorld(seed);
    long sign = drawn.seeded.chance(0.5) ? 1 : -1;
    long entry = sign * drawn.size * drawn.price;
    long required = entry * sign / 25;
    long cash = drawn.seeded.between(1, 2 + required);
    return drawn.world(
        List.of(new Balance(0, cash, 0)), List.of(new Position(0, sign * drawn.size, entry)));
  }

  /// One debt, in cash or in another asset, and one collateral.
  public static World pair(long seed) {
    CoarseWorld drawn = new CoarseWorld(seed);
    long worth = drawn.size * drawn.price;
    long owed = 1 + (long) (worth * drawn.seeded.uniform(0.5, 1));
    Balance held = new Balance(1, drawn.size, 0);
    return drawn.seeded.chance(0.5)
        ? drawn.world(List.of(new Balance(0, 0, owed), held), List.of())
        : drawn.world(
            List.of(
                new Balance(0, drawn.seeded.between(-20, 5), 0),
                held,
                new Balance(2, 0, 1 + owed / 7)),
            List.of());
  }

  private World world(List<Balance> balances, List<Position> positions) {
    Listing listing =
        new Listing(
            0,
            List.of(new Feed("A", 0, 1), new Feed("B", 0, 1)),
            List.of(asset("USD", Asset.SETTLEMENT, Ppm.ONE), asset("A", 0, 800_000), owedAsset()),
            List.of(contract()));
    OwnRulebook rulebook =
        new OwnRulebook(
            "coarse",
            new CloseRule.TargetHealth(Ppm.ONE),
            Base.AUTO,
            Ppm.ONE,
            Ppm.ONE + seeded.between(0, 100_000),
            new PenaltyTerms(seeded.between(0, 20_000), seeded.between(0, 90_000), Cap.NONE, 0),
            OnHarmfulClose.ESCALATE,
            0);
    CostCurve curve = curve();
    CostCurves curves =
        new CostCurves() {
          @Override
          public CostCurve contract(int market, Side side) {
            return curve;
          }

          @Override
          public CostCurve asset(int asset, Side side) {
            return curve;
          }
        };
    Account account = new Account("coarse", balances, positions);
    return new World(listing, Marks.of(0, price, 7), account, rulebook, curves);
  }

  private Asset owedAsset() {
    return asset("B", 1, 500_000);
  }

  private Asset asset(String symbol, int feed, long weight) {
    return new Asset(
        symbol,
        feed,
        0,
        weight,
        seeded.chance(0.5) ? Ppm.ONE : seeded.between(Ppm.ONE, 1_300_000),
        seeded.between(1, 4),
        seeded.between(0, 20),
        seeded.between(0, 20),
        seeded.between(0, 5_000));
  }

  private Contract contract() {
    MarginTiers margin =
        new MarginTiers(
            List.of(
                new Tier(0, seeded.between(10_000, 40_000)),
                new Tier(seeded.between(1, 500), 40_000),
                new Tier(seeded.between(501, 2_000), 80_000)));
    return new Contract(
        "A-PERP",
        0,
        0,
        seeded.between(1, 4),
        seeded.between(0, 20),
        seeded.between(0, 20),
        margin,
        margin,
        seeded.between(0, 5_000));
  }

  private CostCurve curve() {
    return seeded.chance(0.2)
        ? CostCurve.FREE
        : DrawnCurve.of(seeded, 6, size * 2, 1 + size * price / seeded.between(10, 200));
  }
}
