package trimtab.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import trimtab.core.account.Leg;
import trimtab.core.health.Netting;
import trimtab.core.plan.Choice.Share;
import trimtab.core.plan.Walk.Path;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.PenaltyTerms.PairBase;
import trimtab.core.rulebook.PenaltyTerms.PositionBase;
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
/// @param objective what is made small first
record LegChooser(Standing start, List<LegLine> lines, long capSharePpm, Objective objective) {
  /// Steps by which a combination that was found is made smaller.
  private static final int REDUCTIONS_MAX = 64;

  /// Whether there is something to choose, and what legs do adds up: a requirement that is a sum
  /// over legs, and nothing that is converted, tiered or unrealised between them.
  boolean hasChoice() {
    return lines.size() > 1
        && start.model().requirements().isSeparable()
        && start.model().netting() == Netting.PER_ASSET
        && start.bar().signum() == 0
        && start.terms().positionBase() == PositionBase.NOTIONAL
        && start.terms().pairBase() == PairBase.REPAID
        && hasOneWeightPerAsset()
        && start.account().positionCount() == positions()
        && lines.stream().allMatch(LegChooser::isPlain);
  }

  private boolean hasOneWeightPerAsset() {
    for (int asset : start.assets()) {
      if (!start.listing().assets().get(asset).maintenance().holding().isFlat()) {
        return false;
      }
    }
    return true;
  }

  private long positions() {
    return lines.stream().filter(PositionLine.class::isInstance).count();
  }

  /// Whether closing a leg adds up with closing others.
  private static boolean isPlain(LegLine line) {
    return switch (line) {
      case PositionLine position -> position.isPlain();
      case PairLine pair -> pair.isPlain();
    };
  }

  /// The combination that restores at the least of the objective.
  ///
  /// @param order [LegOrder#LEAST_COST], or [LegOrder#HEDGE_PRESERVING]: of those that let no net
  ///   exposure to a price grow
  /// @param sequence legs whole in their order until one suffices
  /// @return empty where no combination that leaves something open restores
  Optional<Path> least(LegOrder order, Supplier<Path> sequence) {
    Measure measure = Measure.first(objective);
    boolean keeps = order == LegOrder.HEDGE_PRESERVING;
    NetExposure exposure = keeps ? NetExposure.of(start) : NetExposure.FREE;
    Optional<LegChoice> choice =
        hasOnlyPositions()
            ? PositionChoice.best(start, lines, capSharePpm, measure, exposure)
            : MixedChoice.best(start, lines, capSharePpm, measure, keeps, sequence);
    return choice.flatMap(found -> irreducible(order, found));
  }

  /// The same share of every leg, the least that restores.
  Optional<Path> proportional() {
    Measure measure = Measure.first(objective);
    OptionalLong steps = ShareSearch.least(start, lines, capSharePpm, measure);
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    Relaxation bound = Relaxation.of(start, LegTables.of(start, lines, capSharePpm), measure);
    Share share = new Share(steps.getAsLong(), ShareSearch.STEPS);
    return path(LegOrder.PROPORTIONAL, new long[lines.size()], bound, false, share);
  }

  private boolean hasOnlyPositions() {
    return lines.stream().allMatch(PositionLine.class::isInstance);
  }

  /// Closes what was chosen, or less where less restores: a combination of which a step less of one
  /// leg restores is never the plan, so what a search left is taken away here.
  private Optional<Path> irreducible(LegOrder order, LegChoice choice) {
    boolean keeps = order == LegOrder.HEDGE_PRESERVING;
    SmallerChoice smaller = new SmallerChoice(start.uncapped(), lines, capSharePpm, keeps);
    Optional<long[]> next = Optional.of(choice.quantities());
    boolean exhausted = choice.exhausted();
    for (int round = 0; round < REDUCTIONS_MAX && next.isPresent(); round++) {
      Optional<Path> path =
          path(order, next.get(), choice.bound(), exhausted && round == 0, Share.ALL);
      if (path.isEmpty() || (keeps && !keepsExposure(path.get()))) {
        return Optional.empty();
      }
      long[] closed = closed(path.get());
      next = order == LegOrder.LEAST_COST ? leastAlone(path.get()) : Optional.empty();
      next = next.or(() -> smaller.of(closed));
      if (next.isEmpty()) {
        return path;
      }
    }
    return Optional.empty();
  }

  private boolean keepsExposure(Path path) {
    return NetExposure.isKept(NetExposure.byFeed(start), NetExposure.byFeed(path.end()));
  }

  /// What a path closes of each leg.
  private long[] closed(Path path) {
    long[] closed = new long[lines.size()];
    for (Stage stage : path.stages()) {
      closed[index(stage)] = stage.closing().quantity();
    }
    return closed;
  }

  private int index(Stage stage) {
    int index = 0;
    while (!lines.get(index).leg().equals(stage.line().leg())) {
      index++;
    }
    return index;
  }

  /// Where one leg alone is closed, the least of it that restores, if that is less.
  private Optional<long[]> leastAlone(Path path) {
    if (path.stages().size() > 1) {
      return Optional.empty();
    }
    Stage only = path.stages().getFirst();
    LegSearch search = LegSearch.least(only.line(), only.line().terms().share(capSharePpm));
    long least = search.quantity().orElse(only.closing().quantity());
    if (least >= only.closing().quantity()) {
      return Optional.empty();
    }
    long[] quantities = new long[lines.size()];
    quantities[index(only)] = least;
    return Optional.of(quantities);
  }

  /// Closes what was chosen, each leg from the state the one before left, with the penalty as it is
  /// taken. A capped penalty leaves less of a debt than the choice counted with; what was to repay
  /// all of it then repays what there is.
  private Optional<Path> path(
      LegOrder order, long[] quantities, Relaxation bound, boolean exhausted, Share share) {
    List<Stage> stages = new ArrayList<>();
    Standing state = close(order, quantities, share, stages);
    if (stages.isEmpty() || !state.health().isAtLeast(start.targetPpm())) {
      return Optional.empty();
    }
    if (stages.size() == 1 && order == LegOrder.LEAST_COST) {
      stages.set(0, withProof(stages.getFirst()));
    }
    long value = 0;
    for (Stage stage : stages) {
      Closing closing = stage.closing();
      value +=
          objective == Objective.COST ? closing.cost() + closing.penalty() : closing.notional();
    }
    Choice choice =
        new Choice(
            order,
            objective,
            value,
            bound.certain(),
            exhausted,
            share,
            bound.multiplier(),
            bound.branch() == LegTable.HELD,
            capSharePpm,
            lines.stream().map(line -> new Choice.Offer(line.leg(), line.terms())).toList());
    return Optional.of(new Path(stages, state, true, capSharePpm, false, Optional.of(choice)));
  }

  /// @param stages where the closings are put
  /// @return the state they leave
  private Standing close(LegOrder order, long[] quantities, Share share, List<Stage> stages) {
    LegSettlement settlement = new LegSettlement(start.model(), start.terms());
    Standing state = start;
    for (int i = 0; i < lines.size(); i++) {
      if (quantities[i] == 0 && order != LegOrder.PROPORTIONAL) {
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
          order == LegOrder.PROPORTIONAL
              ? ShareSearch.quantity(line, share.numerator(), capSharePpm)
              : line.terms().leastAdmissible(Math.min(quantities[i], line.terms().size()));
      if (quantity == 0) {
        continue;
      }
      Closing closing =
          settlement.close(
              state.account(), state.marks(), leg, quantity, line.terms().cost(quantity));
      stages.add(new Stage(line, state, closing, Failing.NONE));
      state = state.after(closing);
    }
    return state;
  }

  /// Where one leg alone is closed, every smaller size of it fails, and the search says why.
  private Stage withProof(Stage only) {
    LegSearch search = LegSearch.least(only.line(), only.line().terms().share(capSharePpm));
    return new Stage(only.line(), only.standing(), only.closing(), search.failing());
  }
}
