package trimtab.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import trimtab.core.money.Ppm;
import trimtab.core.testkit.ChoiceWorld;
import trimtab.core.testkit.World;

/// The relaxation's value against a linear program that a library solves: mixtures of the ends of
/// all pieces, at most one whole leg of each, that free what is needed at least value.
class RelaxationTest {
  static LongStream batches() {
    return LongStream.range(0, 8);
  }

  @ParameterizedTest
  @MethodSource("batches")
  void theBoundIsTheValueOfTheLinearProgram(long batch) {
    int compared = 0;
    for (long seed = batch * 15; seed < (batch + 1) * 15; seed++) {
      int legs = 2 + (int) (seed % 7);
      World world = World.breached(seed, each -> ChoiceWorld.positions(each, legs, 5_000));
      Standing start = LegLineTest.standing(world);
      LegTable[] tables = LegTables.of(start, LegSequence.lines(start), Ppm.ONE);
      double[] need = Relaxation.need(start);
      for (Measure measure : Measure.values()) {
        Relaxation relaxation = Relaxation.of(tables, measure, need);
        double held = linearProgram(tables, measure, LegTable.HELD, need);
        double owed = linearProgram(tables, measure, LegTable.OWED, need);
        double most = Math.max(held, owed);
        assertThat(relaxation.reachable()).isEqualTo(!Double.isInfinite(most));
        if (relaxation.reachable()) {
          assertThat(relaxation.bound())
              .as("seed %d", seed)
              .isCloseTo(most, within(1 + most / 1e6));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(10);
  }

  /// @return infinite where what is needed cannot be freed
  private static double linearProgram(
      LegTable[] tables, Measure measure, int branch, double[] need) {
    if (need[branch] <= 0) {
      return 0;
    }
    // The solver wants figures of about one.
    double scale = 1;
    for (LegTable table : tables) {
      scale = Math.max(scale, mostValue(table, measure));
    }
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    Expression freed = model.addExpression("freed").lower(1);
    for (LegTable table : List.of(tables)) {
      Expression whole = model.addExpression("whole" + model.countExpressions()).upper(1);
      for (int end = 0; end < 2 * table.pieces(); end++) {
        int piece = end >> 1;
        boolean last = (end & 1) == 1;
        Variable share =
            model
                .addVariable("end" + model.countVariables())
                .lower(0)
                .weight(table.value(measure, piece, last) / scale);
        freed.set(share, table.relief(branch, piece, last) / need[branch]);
        whole.set(share, 1);
      }
    }
    Optimisation.Result result = model.minimise();
    return result.getState().isFeasible() ? result.getValue() * scale : Double.POSITIVE_INFINITY;
  }

  private static double mostValue(LegTable table, Measure measure) {
    double most = 0;
    for (int piece = 0; piece < table.pieces(); piece++) {
      most = Math.max(most, table.value(measure, piece, true));
    }
    return most;
  }
}
