package trimtab.core.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.cost.SquareRootLaw;
import trimtab.core.health.LegSum;
import trimtab.core.plan.Plan;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.testkit.ChoiceWorld;
import trimtab.core.testkit.World;

/// Drawn accounts in breach, not bankrupt, that benchmarks take one after the other.
final class BenchWorlds {
  /// Accounts per benchmark.
  static final int COUNT = 64;

  private static final int LOTS = 20_000;
  private static final int CALLS_OF_ONE_LEG = 50_000;
  private static final int CALLS_OF_MORE = 3_000;

  private BenchWorlds() {}

  /// Accounts with perpetuals only.
  static List<World> positions(int legs, CurveShape shape) {
    return drawn(shape, seed -> ChoiceWorld.positions(seed, legs, LOTS));
  }

  /// Accounts with perpetuals, two debts and collaterals: as many legs as the product says.
  static List<World> mixed(int positions, int collaterals, CurveShape shape) {
    return drawn(shape, seed -> ChoiceWorld.mixed(seed, positions, collaterals, 2, LOTS));
  }

  private static List<World> drawn(CurveShape shape, LongFunction<World> family) {
    List<World> worlds = new ArrayList<>();
    for (long seed = 0; worlds.size() < COUNT; seed++) {
      World world = World.breached(seed, family);
      if (!world.health().isBankrupt()) {
        worlds.add(world.with(curves(world, shape)));
      }
    }
    return worlds;
  }

  static Plan plan(World world) {
    return new Planner(world.listing(), new LegSum(world.listing()))
        .plan(
            world.account(),
            world.marks(),
            world.rulebook(),
            world.curves(),
            EpisodeState.opened(0),
            MarketState.fresh(0));
  }

  /// Calls a plan until it is compiled: so often, not so long, as on a busy machine a second may be
  /// a tenth of one.
  static void warm(String legs, Supplier<?> call) {
    int calls = legs.equals("1") ? CALLS_OF_ONE_LEG : CALLS_OF_MORE;
    int answers = 0;
    for (int i = 0; i < calls; i++) {
      answers += call.get() == null ? 0 : 1;
    }
    if (answers != calls) {
      throw new IllegalStateException("a plan has no answer");
    }
  }

  private static CostCurves curves(World world, CurveShape shape) {
    List<CostCurve> contracts =
        world.listing().contracts().stream()
            .map(contract ->
                curve(
                    shape,
                    contract.lot() * LOTS,
                    world.marks().unitValue(world.listing(), contract)))
            .toList();
    List<CostCurve> assets =
        world.listing().assets().stream()
            .map(asset ->
                curve(shape, asset.lot() * LOTS, world.marks().unitValue(world.listing(), asset)))
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

  private static CostCurve curve(CurveShape shape, long capacity, long unit) {
    return switch (shape) {
      case FREE -> CostCurve.FREE;
      case LEVELS_10 -> levels(10, capacity, unit);
      case SQUARE_ROOT_64 -> SquareRootLaw.curve(1, 0.05, capacity * 20.0, unit, capacity);
    };
  }

  /// A book whose levels lie one basis point apart.
  private static CostCurve levels(int count, long capacity, long unitValue) {
    long[] knots = new long[count];
    long[] costs = new long[count];
    long cost = 0;
    for (int i = 0; i < count; i++) {
      knots[i] = capacity * (i + 1) / count;
      long quantity = knots[i] - (i == 0 ? 0 : knots[i - 1]);
      cost += (long) (quantity * (double) unitValue * (i + 1) / 10_000);
      costs[i] = cost;
    }
    return CostCurve.through(knots, costs);
  }
}
