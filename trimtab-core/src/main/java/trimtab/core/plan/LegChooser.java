package trimtab.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.core.account.Leg;
import trimtab.core.plan.Walk.Path;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;

/// Chooses among the legs of an account that has several: which are closed, and how much of each.
///
/// Legs are those that are there at the breach. Those that appear on the way (a loss realised into
/// a debt that collateral can repay) come into play only where no combination of these restores.
///
/// @param start state of the breach
/// @param lines its legs, in the order of the listing
/// @param capSharePpm no more than this share of a leg is closed
record LegChooser(Standing start, List<LegLine> lines, long capSharePpm) {
  static LegChooser of(Standing start, long capSharePpm) {
    return new LegChooser(start, LegSequence.lines(start), capSharePpm);
  }

  /// Whether there is something to choose, under a requirement that is a sum over legs.
  boolean hasChoice() {
    return lines.size() > 1 && start.model().requirements().isSeparable();
  }

  /// The combination that restores at the least of a measure.
  ///
  /// @param keepsExposure whether no net exposure to a price may grow
  /// @param greedy legs whole in their order until one suffices
  /// @return empty where no combination that leaves something open restores
  Optional<Path> least(Measure measure, boolean keepsExposure, Path greedy) {
    Optional<LegChoice> choice =
        lines.stream().allMatch(PositionLine.class::isInstance)
            ? PositionChoice.best(
                start,
                lines,
                capSharePpm,
                measure,
                keepsExposure ? NetExposure.of(start) : NetExposure.FREE)
            : MixedChoice.best(start, lines, capSharePpm, measure, keepsExposure, greedy);
    return choice.flatMap(this::path);
  }

  /// Closes what was chosen, each leg from the state the one before left, with the penalty as it is
  /// taken. A capped penalty leaves less of a debt than the choice counted with; what was to repay
  /// all of it then repays what there is.
  private Optional<Path> path(LegChoice choice) {
    List<Stage> stages = new ArrayList<>();
    LegSettlement settlement = new LegSettlement(start.model(), start.terms());
    Standing state = start;
    for (int i = 0; i < lines.size(); i++) {
      if (choice.quantities()[i] == 0) {
        continue;
      }
      Leg leg = lines.get(i).leg();
      Optional<LegLine> found =
          stages.isEmpty() ? Optional.of(lines.get(i)) : LegSequence.line(state, leg);
      if (found.isEmpty()) {
        continue;
      }
      LegLine line = found.get();
      long quantity =
          line.terms().leastAdmissible(Math.min(choice.quantities()[i], line.terms().size()));
      Closing closing =
          settlement.close(
              state.account(), state.marks(), leg, quantity, line.terms().cost(quantity));
      stages.add(new Stage(line, state, closing, Failing.NONE));
      state = state.after(closing);
    }
    if (!state.health().isAtLeast(start.targetPpm())) {
      return Optional.empty();
    }
    if (stages.size() == 1) {
      stages.set(0, withProof(stages.getFirst()));
    }
    return Optional.of(new Path(stages, state, true, capSharePpm, false, Optional.of(choice)));
  }

  /// Where one leg alone is closed, every smaller size of it fails, and the search says why.
  private Stage withProof(Stage only) {
    LegSearch search = LegSearch.least(only.line(), only.line().terms().share(capSharePpm));
    return new Stage(only.line(), only.standing(), only.closing(), search.failing());
  }
}
