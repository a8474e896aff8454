package trimtab.core.plan;

import java.util.Arrays;
import trimtab.core.instrument.Asset;
import trimtab.core.money.Wide;
import trimtab.core.plan.Standing.Sums;

/// The continuous relaxation of a choice among legs, solved: each leg may be closed in any mixture
/// of its pieces' ends, and the reliefs have to add up to what is needed.
///
/// The least of a measure against relief is per leg the lower convex envelope of its ends; of all
/// legs together the cheapest steps come first, until the need is met. The price of the last step
/// is the multiplier `lambda` of the bound `lambda x need + sum over legs of min(0, value - lambda
/// x relief)`, which holds for every multiplier, and at this one is the relaxation's value.
final class Relaxation {
  private final LegTable[] tables;
  private final Measure measure;
  private final int branch;
  private final double[] least;
  private final long[] quantities;
  private double multiplier;
  private double bound;
  private double scale;
  private int critical = -1;
  private long criticalNext;
  private boolean reachable = true;

  private Relaxation(LegTable[] tables, Measure measure, int branch) {
    this.tables = tables;
    this.measure = measure;
    this.branch = branch;
    this.least = new double[tables.length];
    this.quantities = new long[tables.length];
  }

  /// @param need per branch, by how much the excess has to rise
  /// @return of both branches the one with the larger bound, or one that cannot be met at all
  static Relaxation of(LegTable[] tables, Measure measure, double[] need) {
    Relaxation held = new Relaxation(tables, measure, LegTable.HELD);
    held.solve(need[LegTable.HELD]);
    if (need[LegTable.HELD] == need[LegTable.OWED]
        && Arrays.stream(tables).allMatch(LegTable::isOneBranch)) {
      return held;
    }
    Relaxation owed = new Relaxation(tables, measure, LegTable.OWED);
    owed.solve(need[LegTable.OWED]);
    if (!held.reachable || !owed.reachable) {
      return held.reachable ? owed : held;
    }
    return held.bound >= owed.bound ? held : owed;
  }

  /// Not solved: at the multiplier 0 the bound is 0, which holds, too.
  static Relaxation unsolved(LegTable[] tables, Measure measure) {
    return new Relaxation(tables, measure, LegTable.HELD);
  }

  /// At the state before anything is closed.
  static Relaxation of(Standing standing, LegTable[] tables, Measure measure) {
    return of(tables, measure, need(standing));
  }

  /// By how much the excess has to rise, per branch: minus an upper bound of it.
  static double[] need(Standing standing) {
    Wide requirement = standing.health().requirement();
    Asset settlement = standing.listing().settlement();
    double[] need = new double[LegTable.BRANCHES];
    for (int branch = 0; branch < LegTable.BRANCHES; branch++) {
      Sums sums = standing.others(0).plusAt(settlement, standing.cash(0), branch == LegTable.HELD);
      need[branch] = -standing.excess(sums, requirement).toDouble();
    }
    return need;
  }

  private void solve(double need) {
    if (need <= 0) {
      return;
    }
    int legs = tables.length;
    Envelope[] envelopes = new Envelope[legs];
    int[] next = new int[legs];
    for (int leg = 0; leg < legs; leg++) {
      envelopes[leg] = Envelope.of(tables[leg], measure, branch);
      next[leg] = 1;
    }
    double missing = need;
    while (missing > 0) {
      int cheapest = -1;
      double price = Double.POSITIVE_INFINITY;
      for (int leg = 0; leg < legs; leg++) {
        if (next[leg] < envelopes[leg].size() && envelopes[leg].price(next[leg]) < price) {
          price = envelopes[leg].price(next[leg]);
          cheapest = leg;
        }
      }
      if (cheapest < 0) {
        reachable = missing <= need * ROUNDING;
        return;
      }
      Envelope envelope = envelopes[cheapest];
      missing -= envelope.step(next[cheapest]);
      quantities[cheapest] = envelope.quantity(next[cheapest] - 1);
      if (missing > 0) {
        quantities[cheapest] = envelope.quantity(next[cheapest]);
      }
      criticalNext = envelope.quantity(next[cheapest]);
      critical = cheapest;
      multiplier = Math.max(0, price);
      next[cheapest]++;
    }
    bound = multiplier * need;
    scale = bound;
    for (int leg = 0; leg < legs; leg++) {
      least[leg] = leastReduced(tables[leg]);
      bound += least[leg];
    }
  }

  /// Sums of doubles are right to about this share.
  static final double ROUNDING = 1e-12;

  private double leastReduced(LegTable table) {
    double minimum = 0;
    for (int piece = 0; piece < table.pieces(); piece++) {
      minimum =
          Math.min(minimum, Math.min(reduced(table, piece, false), reduced(table, piece, true)));
    }
    return minimum;
  }

  /// The value of an end of a piece after its relief was paid for at the multiplier.
  double reduced(LegTable table, int piece, boolean end) {
    return table.value(measure, piece, end) - multiplier * table.relief(branch, piece, end);
  }

  double reducedAt(LegTable table, int piece, long quantity) {
    return table.valueAt(measure, piece, quantity)
        - multiplier * table.reliefAt(branch, piece, quantity);
  }

  /// The least reduced value of a leg, at most 0.
  double least(int leg) {
    return least[leg];
  }

  /// The price of a unit of relief.
  double multiplier() {
    return multiplier;
  }

  /// No combination that restores counts less, but for the rounding of doubles.
  double bound() {
    return bound;
  }

  /// The bound rounded down by more than doubles can err, not below 0: what a certificate states.
  long certain() {
    return (long) Math.max(0, Math.floor(bound - 1 - scale * CERTAIN));
  }

  private static final double CERTAIN = 1e-9;

  int branch() {
    return branch;
  }

  /// Whether all legs together can free what is needed.
  boolean reachable() {
    return reachable;
  }

  /// The solution's quantity of a leg before the last step.
  long quantity(int leg) {
    return quantities[leg];
  }

  /// The leg of the last step, -1 where nothing is needed.
  int critical() {
    return critical;
  }

  /// The quantity at the end of the last step.
  long criticalNext() {
    return criticalNext;
  }
}
