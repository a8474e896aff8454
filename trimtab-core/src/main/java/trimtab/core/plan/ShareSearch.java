package trimtab.core.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.money.Rounding;
import trimtab.core.settlement.LegSettlement;

/// The least share of every leg that restores: of each leg the least admissible quantity that is at
/// least the share, within close factor and depth, at the state the legs before it left.
///
/// A range of shares is given up where even the largest relief that each leg has in it does not add
/// up to what is needed; the rest is halved, the lower half first, down to a single share, which is
/// settled exactly. So every smaller share is known to fail.
final class ShareSearch {
  /// Shares are counted in steps of 2^-40.
  static final long STEPS = 1L << 40;

  /// Ranges looked at.
  static final int RANGES_MAX = 1 << 12;

  private final Standing start;
  private final List<LegLine> lines;
  private final LegTable[] tables;
  private final long capSharePpm;
  private final double[] need;
  private int ranges;

  private ShareSearch(Standing standing, List<LegLine> lines, long capSharePpm, Measure measure) {
    this.start = standing.uncapped();
    this.lines = lines;
    this.capSharePpm = capSharePpm;
    this.tables = LegTables.of(start, lines, capSharePpm);
    BestChoice figures = new BestChoice(start, tables, measure, LegChoice.NODES_MAX);
    this.need = new double[] {figures.need(LegTable.HELD), figures.need(LegTable.OWED)};
  }

  /// @return in steps; empty where no share that leaves something open was found to restore
  static OptionalLong least(
      Standing standing, List<LegLine> lines, long capSharePpm, Measure measure) {
    return new ShareSearch(standing, lines, capSharePpm, measure).least(1, STEPS);
  }

  private OptionalLong least(long from, long to) {
    ranges++;
    if (ranges > RANGES_MAX || !canRestore(from, to)) {
      return OptionalLong.empty();
    }
    if (from == to) {
      return restores(from) ? OptionalLong.of(from) : OptionalLong.empty();
    }
    long middle = (from + to) >>> 1;
    OptionalLong lower = least(from, middle);
    return lower.isPresent() ? lower : least(middle + 1, to);
  }

  private boolean canRestore(long from, long to) {
    for (int branch = 0; branch < LegTable.BRANCHES; branch++) {
      double most = 0;
      for (int leg = 0; leg < tables.length; leg++) {
        most +=
            switch (lines.get(leg)) {
              case PositionLine line ->
                  tables[leg].mostRelief(
                      branch, quantity(line, from, capSharePpm), quantity(line, to, capSharePpm));
              case PairLine line -> tables[leg].mostRelief(branch, 0, largest(line, to));
            };
      }
      if (most < need[branch]) {
        return false;
      }
    }
    return true;
  }

  /// At most so much of a pair is closed at a share, however much of its debt others repaid: the
  /// share of all that is held, or the least order, to the next lot and with a dust that is left.
  private static long largest(PairLine line, long steps) {
    LegTerms terms = line.terms();
    long dust = Math.ceilDiv(terms.dustValue(), terms.notional(1));
    return Math.max(share(line.held(), steps), terms.minimum()) + 2 * terms.lot() + dust;
  }

  private static long share(long size, long steps) {
    return Rounding.mulDivCeil(size, steps, STEPS);
  }

  /// What a share closes of a leg, 0 where nothing admissible is within close factor and depth.
  static long quantity(LegLine line, long steps, long capSharePpm) {
    LegTerms terms = line.terms();
    long wanted = terms.leastAdmissible(Math.max(1, share(terms.size(), steps)));
    long cap = Math.min(terms.share(capSharePpm), line.curve().capacity());
    return terms.largestAdmissible(Math.min(wanted, cap));
  }

  private boolean restores(long steps) {
    LegSettlement settlement = new LegSettlement(start.model(), start.terms());
    Standing state = start;
    for (LegLine known : lines) {
      Optional<LegLine> found = LegSequence.line(state, known.leg());
      if (found.isEmpty()) {
        continue;
      }
      LegLine line = found.get();
      long quantity = quantity(line, steps, capSharePpm);
      if (quantity > 0) {
        long cost = line.terms().cost(quantity);
        state =
            state.after(
                settlement.close(state.account(), state.marks(), line.leg(), quantity, cost));
      }
    }
    return state.health().isAtLeast(start.targetPpm()) && !LegSequence.isOver(state);
  }
}
