package trimtab.core.bench;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.instrument.Contract;
import trimtab.core.plan.SingleLegDecision;
import trimtab.core.plan.SingleLegDecision.Verdict;
import trimtab.core.testkit.World;

/// The decision about an account with one position on plain numbers: market, rule and account set
/// anew each time.
@State(Scope.Thread)
@BenchmarkMode({Mode.SampleTime, Mode.AverageTime})
public class DecisionBenchmark {
  /// What trading costs.
  @Param public CurveShape curve = CurveShape.FREE;

  private final SingleLegDecision decision = new SingleLegDecision();
  private List<Numbers> accounts = List.of();
  private int next;

  /// An account as it comes to the decision.
  private record Numbers(
      World world, Contract contract, long unitValue, CostCurve curve, long size, long cash) {
    static Numbers of(World world) {
      Account account = world.account();
      Position position = account.positions().getFirst();
      Contract contract = world.listing().contracts().get(position.market());
      return new Numbers(
          world,
          contract,
          world.marks().unitValue(world.listing(), contract),
          world.curves().contract(position.market(), Side.closing(position.quantity())),
          Math.abs(position.quantity()),
          world.model().cash(account, world.marks(), 0).toLongExact());
    }
  }

  @Setup
  public void draw() {
    accounts = BenchWorlds.positions(1, curve).stream().map(Numbers::of).toList();
  }

  @Benchmark
  public Verdict decision() {
    next = (next + 1) % BenchWorlds.COUNT;
    Numbers each = accounts.get(next);
    decision.market(each.contract(), each.unitValue(), each.curve());
    World world = each.world();
    decision.rule(
        world.rulebook().base(),
        world.rulebook().thresholdPpm(),
        world.rulebook().targetPpm(),
        world.rulebook().penalty().positionPpm(),
        world.listing().settlement().debtWeightPpm());
    return decision.decide(each.size(), each.cash(), 0, 0, each.cash());
  }
}
