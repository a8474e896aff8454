package trimtab.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import trimtab.core.money.Wide;
import trimtab.core.plan.Failing.Point;
import trimtab.core.plan.Failing.Segment;

/// The least admissible quantity of one leg that restores the target, and the proof that every
/// smaller one fails.
///
/// The restoring sizes form one interval that need not contain the whole leg, or several; so the
/// search enumerates the pieces between break-points in order, settles each by its ends, and
/// decides with exact integers, lot by lot, only where rounding matters. It never bisects across
/// pieces.
record LegSearch(OptionalLong quantity, Failing failing) {
  /// Single lots looked at where the unrounded excess has turned but the exact one has not yet.
  /// Rounding costs a few value units and a lot frees thousands, so a handful is the rule.
  static final int POINTS_MAX = 4096;

  /// @param cap no quantity above it is looked at
  static LegSearch least(LegLine line, long cap) {
    long decided =
        switch (line) {
          case PositionLine position ->
              position
                  .decision()
                  .map(decision -> decision.least(cap, position.terms()))
                  .orElse(SingleLegDecision.UNDECIDED);
          case PairLine _ -> SingleLegDecision.UNDECIDED;
        };
    return new Search(line, cap, decided).run();
  }

  /// The same without the decision on plain numbers: its twin.
  static LegSearch withoutDecision(LegLine line, long cap) {
    return new Search(line, cap, SingleLegDecision.UNDECIDED).run();
  }

  private static final class Search {
    private final LegLine line;
    private final long lot;
    private final long first;
    private final long last;
    private final long positiveUpTo;
    private final long cap;

    /// The answer, where it is known before the proof is written.
    private final long decided;

    private final List<Segment> segments = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();

    Search(LegLine line, long cap, long decided) {
      this.line = line;
      this.decided = decided;
      this.lot = line.lot();
      this.cap = Math.min(cap, line.curve().capacity());
      this.first = line.terms().minimum() / lot;
      this.last = Math.min(line.terms().maximumPartial(), this.cap) / lot;
      this.positiveUpTo = line.settlementPositiveUpTo();
    }

    LegSearch run() {
      long from = 1;
      for (long end : ends()) {
        OptionalLong found = inPiece(from, end);
        if (found.isPresent()) {
          return result(found);
        }
        from = end + 1;
      }
      boolean whole = cap >= line.size() && !line.excess(line.size()).isNegative();
      OptionalLong size = whole ? OptionalLong.of(line.size()) : OptionalLong.empty();
      return result(size);
    }

    private LegSearch result(OptionalLong quantity) {
      return new LegSearch(quantity, new Failing(segments, points));
    }

    /// The ends of the pieces, with the crossing and the size.
    private long[] ends() {
      long[] breaks = line.pieceEnds();
      long crossing = positiveUpTo;
      boolean splits = crossing > 0 && crossing < line.size();
      long[] ends = new long[breaks.length + 2];
      int count = 0;
      for (long end : breaks) {
        if (splits && crossing <= end) {
          splits = false;
          if (crossing < end) {
            ends[count++] = crossing;
          }
        }
        ends[count++] = end;
      }
      if (splits) {
        ends[count++] = crossing;
      }
      ends[count++] = line.size();
      return Arrays.copyOf(ends, count);
    }

    /// Looks at the lots of one piece, in lots.
    private OptionalLong inPiece(long from, long to) {
      long low = Math.max(first, Math.ceilDiv(from, lot));
      long high = Math.min(last, to / lot);
      if (low > high) {
        return OptionalLong.empty();
      }
      boolean positive = high * lot <= positiveUpTo;
      Wide boundLow = line.upperBound(low * lot, positive);
      if (decided > low * lot && decided <= high * lot && boundLow.isNegative()) {
        return before(decided / lot, low, positive, boundLow);
      }
      Wide boundHigh = line.upperBound(high * lot, positive);
      if (boundLow.isNegative() && boundHigh.isNegative()) {
        segments.add(new Segment(low * lot, high * lot, positive, boundLow, boundHigh));
        return OptionalLong.empty();
      }
      long start = low;
      if (boundLow.isNegative()) {
        start = crossing(low, high, positive);
        Wide boundBefore = line.upperBound((start - 1) * lot, positive);
        segments.add(new Segment(low * lot, (start - 1) * lot, positive, boundLow, boundBefore));
      }
      return exactly(start, high, positive, boundHigh);
    }

    /// Proves that what is before the decided lot in its piece fails: `low` by its bound.
    private OptionalLong before(long decidedLots, long low, boolean positive, Wide boundLow) {
      int place = points.size();
      long lots = decidedLots - 1;
      Wide bound = line.upperBound(lots * lot, positive);
      while (!bound.isNegative()) {
        points.add(place, new Point(lots * lot, line.excess(lots * lot)));
        lots--;
        bound = line.upperBound(lots * lot, positive);
      }
      segments.add(new Segment(low * lot, lots * lot, positive, boundLow, bound));
      return OptionalLong.of(decided);
    }

    /// The first lot whose bound is not negative; the bound of `low` is, that of `high` is not. The
    /// bound is linear up to a unit of rounding, so the straight line between the ends names the
    /// place and a few steps of bisection settle it.
    private long crossing(long low, long high, boolean positive) {
      long below = low;
      long above = high;
      double boundBelow = line.upperBound(low * lot, positive).toDouble();
      double boundAbove = line.upperBound(high * lot, positive).toDouble();
      double share = boundBelow / (boundBelow - boundAbove);
      long guess = below + (long) (share * (above - below));
      for (long radius = 1; above - below > 1; radius *= 4) {
        long left = Math.clamp(guess - radius, below + 1, above - 1);
        long right = Math.clamp(guess + radius, below + 1, above - 1);
        boolean leftNegative = line.upperBound(left * lot, positive).isNegative();
        boolean rightNegative = line.upperBound(right * lot, positive).isNegative();
        if (leftNegative && !rightNegative) {
          return bisect(left, right, positive);
        }
        if (leftNegative) {
          below = right;
        } else {
          above = left;
        }
        if (radius > (above - below)) {
          return bisect(below, above, positive);
        }
      }
      return above;
    }

    private long bisect(long negative, long positiveEnd, boolean positive) {
      long below = negative;
      long above = positiveEnd;
      while (above - below > 1) {
        long middle = (below + above) >>> 1;
        if (line.upperBound(middle * lot, positive).isNegative()) {
          below = middle;
        } else {
          above = middle;
        }
      }
      return above;
    }

    private OptionalLong exactly(long start, long high, boolean positive, Wide boundHigh) {
      for (long lots = start; lots <= high; lots++) {
        long quantity = lots * lot;
        Wide excess = line.excess(quantity);
        if (!excess.isNegative()) {
          return OptionalLong.of(quantity);
        }
        Wide bound = line.upperBound(quantity, positive);
        if (bound.isNegative() && boundHigh.isNegative()) {
          segments.add(new Segment(quantity, high * lot, positive, bound, boundHigh));
          return OptionalLong.empty();
        }
        if (points.size() >= POINTS_MAX) {
          // Undecided: larger sizes are looked at, and the checker will find the proof incomplete.
          return OptionalLong.empty();
        }
        points.add(new Point(quantity, excess));
      }
      return OptionalLong.empty();
    }
  }
}
