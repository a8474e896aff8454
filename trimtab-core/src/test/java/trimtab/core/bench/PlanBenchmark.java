package trimtab.core.bench;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import trimtab.core.certificate.Certificate;
import trimtab.core.plan.Certificates;
import trimtab.core.plan.Plan;
import trimtab.core.testkit.World;

/// The plan of an account with its certificate.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
public class PlanBenchmark {
  /// What the account has: perpetuals, or perpetuals and pairs of two debts and two collaterals.
  @Param({"1", "2", "4", "8", "4+4 pairs"})
  public String legs = "1";

  /// What trading costs.
  @Param public CurveShape curve = CurveShape.FREE;

  private List<World> worlds = List.of();
  private int next;

  @Setup
  public void draw() {
    worlds =
        legs.endsWith("pairs")
            ? BenchWorlds.mixed(4, 2, curve)
            : BenchWorlds.positions(Integer.parseInt(legs), curve);
    BenchWorlds.warm(legs, this::planWithCertificate);
  }

  @Benchmark
  public Object planWithCertificate() {
    next = (next + 1) % BenchWorlds.COUNT;
    World world = worlds.get(next);
    Plan plan = BenchWorlds.plan(world);
    return plan instanceof Plan.Close close ? certificate(world, close) : plan;
  }

  private static Certificate certificate(World world, Plan.Close close) {
    return Certificates.of(
        world.listing(), world.account(), world.marks(), world.rulebook(), close);
  }
}
