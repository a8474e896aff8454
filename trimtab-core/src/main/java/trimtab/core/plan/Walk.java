package trimtab.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.core.account.Leg;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.Levy;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;

/// Legs being closed one after the other, each from the state the one before left.
final class Walk {
  private final LegSequence order;
  private final LegSettlement settlement;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Leg> done = new ArrayList<>();
  private final List<Leg> closedWhole = new ArrayList<>();
  private Standing standing;
  private boolean secondRound;
  private boolean depthTooThin;

  Walk(Standing start, LegSequence order) {
    this(start, order, Levy.BY_TERMS);
  }

  /// @param levy the penalty of a rule that states the amount itself
  Walk(Standing start, LegSequence order, Levy levy) {
    this.standing = start;
    this.order = order;
    this.settlement = new LegSettlement(start.model(), start.terms(), levy);
  }

  /// A leg as it stands now; empty where it is gone.
  Optional<LegLine> line(Leg leg) {
    return LegSequence.line(standing, leg);
  }

  /// The next leg, legs that appeared on the way included; at the end, once, pairs that were closed
  /// whole and owe again because a later leg realised a loss.
  Optional<LegLine> next() {
    Optional<LegLine> next = order.next(standing, done, true);
    if (next.isPresent() || secondRound) {
      return next;
    }
    secondRound = true;
    done.removeAll(closedWhole);
    return order.next(standing, done, true);
  }

  /// The next leg of those that were there at the start.
  Optional<LegLine> nextKnown() {
    return order.next(standing, done, false);
  }

  void close(LegLine line, long quantity, Failing failing) {
    long cost = line.terms().cost(quantity);
    Standing before = standing;
    Closing closing =
        settlement.close(
            before.account(), before.marks(), before::health, line.leg(), quantity, cost);
    stages.add(new Stage(line, standing, closing, failing));
    done.add(line.leg());
    if (quantity == line.size()) {
      closedWhole.add(line.leg());
    }
    standing = standing.after(closing);
  }

  /// Leaves a leg as it is.
  void spare(LegLine line) {
    done.add(line.leg());
  }

  /// Closes the largest admissible quantity within `cap` and the depth, if there is one.
  ///
  /// @return whether there is one
  boolean closeUpTo(LegLine line, long cap, Failing failing) {
    long quantity = line.terms().largestAdmissible(Math.min(cap, line.curve().capacity()));
    if (quantity > 0) {
      close(line, quantity, failing);
    } else {
      depthTooThin |= line.terms().largestAdmissible(cap) > 0;
      spare(line);
    }
    return quantity > 0;
  }

  /// Whether closing a leg as far as the depth goes raises health, at the uncapped penalty.
  boolean wouldRaiseHealth(LegLine line) {
    Walk alone = new Walk(standing, order);
    alone.closeUpTo(line, line.size(), Failing.NONE);
    Path path = alone.path(false);
    return !path.stages().isEmpty() && !path.lowersOrKeepsHealth(standing);
  }

  Path path(boolean restored, long capSharePpm) {
    return new Path(stages, standing, restored, capSharePpm, depthTooThin, Optional.empty());
  }

  Path path(boolean restored) {
    return path(restored, Ppm.ONE);
  }

  /// What a walk did.
  ///
  /// @param stages legs closed, in order
  /// @param end state afterwards
  /// @param restored whether the last stage restores the target
  /// @param capSharePpm close factor in force
  /// @param depthTooThin whether a leg was left because its depth is below its least order
  /// @param choice how the legs were chosen where several could have been closed
  record Path(
      List<Stage> stages,
      Standing end,
      boolean restored,
      long capSharePpm,
      boolean depthTooThin,
      Optional<Choice> choice) {
    Path {
      stages = List.copyOf(stages);
    }

    long notional() {
      return stages.stream().mapToLong(stage -> stage.closing().notional()).sum();
    }

    /// Whether nothing is left that could be closed.
    boolean closesEverything() {
      return LegSequence.isOver(end);
    }

    /// Whether a leg could not be closed as far as wanted because the depth ended.
    boolean cutByDepth() {
      return depthTooThin || stages.stream().anyMatch(Path::cutByDepth);
    }

    private static boolean cutByDepth(Stage stage) {
      LegTerms terms = stage.line().terms();
      return terms.curve().capacity() < terms.size()
          && stage.closing().quantity() == terms.largestAdmissible(terms.curve().capacity());
    }

    /// Whether the last stage pays less than the full rate.
    boolean lastPenaltyIsCut() {
      Stage last = stages.getLast();
      Standing before = last.standing();
      Closing closing = last.closing();
      PenaltyTerms uncapped = before.terms().boundedBy(PenaltyTerms.Cap.NONE);
      Closing full =
          new LegSettlement(before.model(), uncapped)
              .close(
                  before.account(),
                  before.marks(),
                  closing.leg(),
                  closing.quantity(),
                  closing.cost());
      return closing.penalty() < full.penalty();
    }

    /// Health would be the same or lower if the penalty were taken at its full rate: the cap would
    /// hide the harm.
    boolean lowersOrKeepsHealth(Standing start) {
      PenaltyTerms uncapped = start.terms().boundedBy(PenaltyTerms.Cap.NONE);
      LegSettlement settlement = new LegSettlement(start.model(), uncapped);
      Standing after = start;
      for (Stage stage : stages) {
        Closing closing = stage.closing();
        Closing harsher =
            settlement.close(
                after.account(), after.marks(), closing.leg(), closing.quantity(), closing.cost());
        after = after.after(harsher);
      }
      return after.health().compareRatio(start.health()) <= 0;
    }
  }
}
