package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.cost.SquareRootLaw;
import trimtab.core.testkit.ChoiceWorld;
import trimtab.core.testkit.World;

/// How long a plan takes when warm: CPU time of this thread, and what it allocates. Numbers for the
/// machine at hand; no limit is asserted.
@Tag("bench")
class PlannerBench {
  private static final int ROUNDS = 60;

  @Test
  void accountsOfSeveralLegs() {
    for (int legs : new int[] {1, 2, 4, 8, 16}) {
      report("free trading", worlds(legs, CurveShape.FREE));
      report("10 levels of depth", worlds(legs, CurveShape.LEVELS));
      report("square-root law, 64 pieces", worlds(legs, CurveShape.SQUARE_ROOT));
    }
  }

  private enum CurveShape {
    FREE,
    LEVELS,
    SQUARE_ROOT
  }

  private static List<World> worlds(int legs, CurveShape shape) {
    List<World> worlds = new ArrayList<>();
    for (long seed = 0; seed < 64; seed++) {
      World world = World.breached(seed, each -> ChoiceWorld.positions(each, legs, 20_000));
      if (!world.health().isBankrupt()) {
        worlds.add(world.with(curves(world, shape)));
      }
    }
    return worlds;
  }

  private static CostCurves curves(World world, CurveShape shape) {
    List<CostCurve> curves =
        world.listing().contracts().stream()
            .map(contract -> {
              long unit = world.marks().unitValue(world.listing(), contract);
              long capacity = contract.lot() * 20_000;
              return switch (shape) {
                case FREE -> CostCurve.FREE;
                case LEVELS -> levels(10, capacity, unit);
                case SQUARE_ROOT -> SquareRootLaw.curve(1, 0.05, capacity * 20.0, unit, capacity);
              };
            })
            .toList();
    return new CostCurves() {
      @Override
      public CostCurve contract(int market, Side side) {
        return curves.get(market);
      }

      @Override
      public CostCurve asset(int asset, Side side) {
        return CostCurve.FREE;
      }
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

  private static void report(String what, List<World> worlds) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] nanos = new long[worlds.size()];
    long allocated = 0;
    int restoring = 0;
    int exhausted = 0;
    double gap = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < nanos.length; i++) {
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        Plan plan = PlannerTest.plan(worlds.get(i));
        long taken = System.nanoTime() - start;
        if (round == ROUNDS - 1) {
          allocated += threads.getCurrentThreadAllocatedBytes() - bytes;
          if (plan instanceof Plan.Close close && close.choice().isPresent()) {
            Choice choice = close.choice().get();
            restoring++;
            exhausted += choice.exhausted() ? 1 : 0;
            gap = Math.max(gap, choice.gap() / (double) choice.value());
          }
        }
        nanos[i] = round == 0 ? taken : Math.min(nanos[i], taken);
      }
    }
    Arrays.sort(nanos);
    assertThat(nanos).isNotEmpty();
    System.out.printf(
        "%d legs, %s: best of %d rounds, median %.1f us, 90 %% %.1f us; %d KB each;"
            + " %d choices, %d exhausted, largest gap %.4f %%%n",
        worlds.getFirst().account().positionCount(),
        what,
        ROUNDS,
        nanos[nanos.length / 2] / 1e3,
        nanos[nanos.length * 9 / 10] / 1e3,
        allocated / nanos.length / 1024,
        restoring,
        exhausted,
        gap * 100);
  }
}
