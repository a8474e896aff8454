package trimtab.core.plan;

/// Branch and bound over the lots of several legs but the last of an order, whose quantity follows
/// from the others'.
///
/// A combination counts at least what its legs so far count and what the envelopes of the later
/// ones ask for the relief that is still needed. Along a piece of a leg that sum is convex, so the
/// lots that could be part of a better combination are one range around its lowest point: the
/// search begins there and goes on to either side while a better combination is possible.
final class Descent {
  private final LegTable[] tables;
  private final int[] order;
  private final BestChoice best;
  private final Relaxation byFirst;
  private final LaterLegs later;
  private final Legs legs;
  private final int nodesMax;
  private int nodes;

  /// The legs of a search.
  interface Legs {
    /// Decides what is closed of a leg.
    void choose(int leg, long quantity);

    /// With the other legs as chosen, looks for the least quantity of the last leg that restores.
    void finish(int leg);

    /// How much the later legs have to lose if so much is closed of a leg, by the measure that
    /// comes first.
    ///
    /// @param before what they had to lose without it
    /// @param value what the leg counts at least
    default double missing(int leg, long quantity, double before, double value) {
      return 0;
    }

    /// How much the later legs may lose, in the same way.
    default double room(int leg, long quantity, double before, double value) {
      return Double.POSITIVE_INFINITY;
    }

    /// Whether a leg can be left as it is.
    default boolean mayLeave(int leg) {
      return true;
    }
  }

  /// @param order legs by level
  /// @param byFirst relaxation of these tables by the measure that comes first
  /// @param nodesMax steps after which the search is over
  Descent(
      LegTable[] tables,
      int[] order,
      BestChoice best,
      Relaxation byFirst,
      Legs legs,
      int nodesMax) {
    this.tables = tables;
    this.order = order;
    this.best = best;
    this.byFirst = byFirst;
    this.legs = legs;
    this.nodesMax = nodesMax;
    double[] need = {best.need(LegTable.HELD), best.need(LegTable.OWED)};
    this.later = LaterLegs.of(tables, order, best.first(), need);
  }

  /// What the legs down to a level add up to.
  ///
  /// @param value lower bound of the first measure
  /// @param exceeded by what they exceed their least reduced values
  /// @param exceededSecond the same by the second measure
  /// @param held upper bound of what they free, at the asset weight
  /// @param owed at the debt weight
  /// @param missing what the later ones have to lose
  /// @param room what they may lose
  private record Sum(
      double value,
      double exceeded,
      double exceededSecond,
      double held,
      double owed,
      double missing,
      double room) {}

  /// @return whether every combination that could be better was looked at
  boolean run() {
    descend(0, new Sum(0, 0, 0, 0, 0, 0, Double.POSITIVE_INFINITY));
    return !isOver();
  }

  private boolean isOver() {
    return nodes >= nodesMax;
  }

  private void descend(int level, Sum sum) {
    int leg = order[level];
    if (level == order.length - 1) {
      nodes++;
      legs.finish(leg);
      return;
    }
    LegTable table = tables[leg];
    double left = sum.exceeded - byFirst.least(leg);
    double leftSecond = sum.exceededSecond - best.bySecond().least(leg);
    Sum without = new Sum(sum.value, left, leftSecond, sum.held, sum.owed, sum.missing, sum.room);
    if (legs.mayLeave(leg) && isPossible(level, without)) {
      legs.choose(leg, 0);
      descend(level + 1, without);
    }
    for (int piece = 0; piece < table.pieces() && !isOver(); piece++) {
      double reduced =
          Math.min(byFirst.reduced(table, piece, false), byFirst.reduced(table, piece, true));
      if (!best.isBeyond(byFirst, left + reduced)) {
        descend(level, piece, without);
      }
    }
  }

  /// The lots of one piece.
  private void descend(int level, int piece, Sum without) {
    LegTable table = tables[order[level]];
    long lot = table.line().lot();
    long steps = (table.to(piece) - table.from(piece)) / lot;
    long lowest = lowest(level, piece, steps, without);
    for (long step = lowest; step <= steps && !isOver(); step++) {
      if (!visit(level, piece, table.from(piece) + step * lot, without)) {
        break;
      }
    }
    for (long step = lowest - 1; step >= 0 && !isOver(); step--) {
      if (!visit(level, piece, table.from(piece) + step * lot, without)) {
        break;
      }
    }
  }

  /// The step at which the lower bound of a combination is least.
  private long lowest(int level, int piece, long steps, Sum without) {
    LegTable table = tables[order[level]];
    long lot = table.line().lot();
    long low = 0;
    long high = steps;
    while (low < high) {
      long middle = (low + high) >>> 1;
      double here = bound(level, piece, table.from(piece) + middle * lot, without);
      boolean goesOn =
          here == Double.POSITIVE_INFINITY
              ? helpsFurther(level, piece, table.from(piece) + middle * lot, without)
              : bound(level, piece, table.from(piece) + (middle + 1) * lot, without) < here;
      if (goesOn) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Whether larger quantities free more of what the later legs cannot.
  private boolean helpsFurther(int level, int piece, long quantity, Sum without) {
    LegTable table = tables[order[level]];
    for (int branch = 0; branch < LegTable.BRANCHES; branch++) {
      double freed = branch == LegTable.HELD ? without.held : without.owed;
      double needed = best.need(branch) - freed - table.reliefAt(branch, piece, quantity);
      if (!later.reaches(level + 1, branch, needed)) {
        return table.rise(branch, piece) > 0;
      }
    }
    return true;
  }

  /// @return whether lots further away could be part of a better combination
  private boolean visit(int level, int piece, long quantity, Sum without) {
    nodes++;
    if (best.isBeyond(bound(level, piece, quantity, without))) {
      return false;
    }
    int leg = order[level];
    LegTable table = tables[leg];
    double value = table.valueAt(best.first(), piece, quantity);
    Sum with =
        new Sum(
            without.value + value,
            without.exceeded + byFirst.reducedAt(table, piece, quantity),
            without.exceededSecond + best.bySecond().reducedAt(table, piece, quantity),
            without.held + table.reliefAt(LegTable.HELD, piece, quantity),
            without.owed + table.reliefAt(LegTable.OWED, piece, quantity),
            legs.missing(leg, quantity, without.missing, value),
            legs.room(leg, quantity, without.room, value));
    if (isPossible(level, with)) {
      legs.choose(leg, quantity);
      descend(level + 1, with);
    }
    return true;
  }

  private double bound(int level, int piece, long quantity, Sum without) {
    int leg = order[level];
    LegTable table = tables[leg];
    double value = table.valueAt(best.first(), piece, quantity);
    return without.value
        + value
        + rest(
            level,
            without.held + table.reliefAt(LegTable.HELD, piece, quantity),
            without.owed + table.reliefAt(LegTable.OWED, piece, quantity),
            legs.missing(leg, quantity, without.missing, value));
  }

  /// What the legs after a level count at least.
  private double rest(int level, double held, double owed, double missing) {
    double relieving =
        later.least(level + 1, best.need(LegTable.HELD) - held, best.need(LegTable.OWED) - owed);
    return Math.max(relieving, missing);
  }

  private boolean isPossible(int level, Sum sum) {
    double rest = rest(level, sum.held, sum.owed, sum.missing);
    double least = sum.value + rest;
    if (rest > sum.room || best.isBeyond(least) || best.isHopeless(least, sum.exceededSecond)) {
      return false;
    }
    return level + 2 < order.length || !best.isBeyond(sum.value + ofLast(sum.held, sum.owed));
  }

  /// What the last leg counts at least, in whole lots: at the first lot whose largest relief is
  /// enough.
  private double ofLast(double held, double owed) {
    double needHeld = best.need(LegTable.HELD) - held;
    double needOwed = best.need(LegTable.OWED) - owed;
    if (needHeld <= 0 && needOwed <= 0) {
      return 0;
    }
    LegTable table = tables[order[order.length - 1]];
    for (int piece = 0; piece < table.pieces(); piece++) {
      if (table.reaches(LegTable.HELD, piece, needHeld)
          && table.reaches(LegTable.OWED, piece, needOwed)) {
        long quantity = LotSteps.first(table, piece, needHeld, needOwed, 0, table.line().lot());
        if (quantity <= table.to(piece)) {
          return table.valueAt(best.first(), piece, quantity);
        }
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
