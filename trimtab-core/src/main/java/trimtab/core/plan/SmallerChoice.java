package trimtab.core.plan;

import java.util.List;
import java.util.Optional;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;

/// Looks for a combination that closes a step less of one leg and still restores with all penalties
/// at their full rate: where there is one, the combination is not the one to close, and no
/// certificate would hold that says it is.
///
/// A search does not rule this out by itself. One that is cut short may stop above, and a capped
/// penalty leaves less of a debt than the search counted with, so that less is closed of a pair
/// than was chosen.
///
/// @param start state before anything is closed, no penalty capped
/// @param lines the legs, in the order of the listing
/// @param capSharePpm no more than this share of a leg is closed
/// @param keepsExposure whether a smaller combination counts only if no net exposure grows
record SmallerChoice(Standing start, List<LegLine> lines, long capSharePpm, boolean keepsExposure) {
  /// @param quantities what is closed of each leg, 0 for one that is left
  /// @return the first that restores with the next smaller quantity of one leg; legs that are
  ///   closed last are made smaller first
  Optional<long[]> of(long[] quantities) {
    for (int leg = quantities.length - 1; leg >= 0; leg--) {
      if (quantities[leg] > 0) {
        Optional<long[]> smaller = withLess(quantities, leg);
        if (smaller.isPresent()) {
          return smaller;
        }
      }
    }
    return Optional.empty();
  }

  /// With the next smaller quantity of one leg that is admissible at the state the legs before it
  /// leave; empty where that does not restore, or a quantity behind it is no longer admissible.
  private Optional<long[]> withLess(long[] quantities, int reduced) {
    LegSettlement settlement = new LegSettlement(start.model(), start.terms());
    long[] smaller = quantities.clone();
    Standing state = start;
    for (int leg = 0; leg < smaller.length; leg++) {
      if (smaller[leg] == 0) {
        continue;
      }
      Optional<LegLine> found = LegSequence.line(state, lines.get(leg).leg());
      if (leg == reduced) {
        smaller[leg] = found.map(line -> within(line, quantities[reduced] - 1)).orElse(0L);
      } else if (found.isEmpty() || within(found.get(), smaller[leg]) != smaller[leg]) {
        return Optional.empty();
      }
      if (smaller[leg] > 0) {
        LegLine line = found.orElseThrow();
        long cost = line.terms().cost(smaller[leg]);
        Closing closing =
            settlement.close(state.account(), state.marks(), line.leg(), smaller[leg], cost);
        state = state.after(closing);
      }
    }
    boolean restores =
        state.health().isAtLeast(start.targetPpm())
            && (!keepsExposure
                || NetExposure.isKept(NetExposure.byFeed(start), NetExposure.byFeed(state)));
    return restores ? Optional.of(smaller) : Optional.empty();
  }

  /// The largest admissible quantity within close factor and depth that is not above `most`.
  private long within(LegLine line, long most) {
    long cap = Math.min(line.terms().share(capSharePpm), line.curve().capacity());
    return line.terms().largestAdmissible(Math.min(most, cap));
  }
}
