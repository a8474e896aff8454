package trimtab.core.bench;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import trimtab.core.plan.Plan;
import trimtab.core.testkit.World;

/// The plan of an account with perpetuals, without its certificate.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
public class BarePlanBenchmark {
  /// Perpetuals.
  @Param({"1", "8"})
  public String legs = "1";

  /// What trading costs.
  @Param public CurveShape curve = CurveShape.FREE;

  private List<World> worlds = List.of();
  private int next;

  @Setup
  public void draw() {
    worlds = BenchWorlds.positions(Integer.parseInt(legs), curve);
    BenchWorlds.warm(legs, this::plan);
  }

  @Benchmark
  public Plan plan() {
    next = (next + 1) % BenchWorlds.COUNT;
    return BenchWorlds.plan(worlds.get(next));
  }
}
