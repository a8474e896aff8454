package trimtab.core.plan;

import trimtab.core.cost.CostCurve;
import trimtab.core.health.Base;
import trimtab.core.instrument.Contract;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;

/// The decision about an account with one plain position (linear, settled in the settlement
/// currency, gains in full, on a listing whose exact unit is the value unit), on plain numbers:
/// healthy, the least quantity that restores the target, only the whole position, or nothing that
/// restores. Exact, in 128 bits, and without allocation; one object decides for one account after
/// the other, in one thread.
///
/// Pieces between break-points (tiers, knots of the curve) are looked at in order. A piece is given
/// up where an upper bound of the excess is negative at both its ends, which holds for steps, jumps
/// and every shape of curve; the first that is not is settled lot by lot.
public final class SingleLegDecision {
  /// What is to be done.
  public enum Verdict {
    /// At or above the threshold.
    HEALTHY,
    /// A part restores the target: [#quantity()] is the least that does.
    PART,
    /// No part restores the target, the whole position does.
    WHOLE,
    /// Nothing is left to protect, or nothing restores the target.
    ESCALATE,
    /// The numbers leave the 128 bits, or too many single lots are undecided: the planner decides.
    BEYOND_BUDGET
  }

  /// Nothing restores.
  static final long NONE = -1;

  /// Not decided here.
  static final long UNDECIDED = -2;

  private final PlainLeg leg;
  private long lot = 1;
  private long minimumUnits = 1;
  private long dustUnits = 1;
  private long thresholdPpm = Ppm.ONE;

  private long firstLot;
  private long lastLot;
  private int points;
  private long quantity;

  /// A decision to be filled.
  public SingleLegDecision() {
    this(new PlainLeg());
  }

  SingleLegDecision(PlainLeg leg) {
    this.leg = leg;
  }

  /// @param contract a plain one
  /// @param unitValue value units per unit of its quantity, at the mark
  /// @param curve what closing costs
  public void market(Contract contract, long unitValue, CostCurve curve) {
    leg.market(unitValue, contract.maintenance(), curve, contract.takerFeePpm());
    long least = Math.ceilDiv(Math.max(1, contract.minimumOrderValue()), unitValue);
    orders(contract.lot(), least, Math.ceilDiv(contract.dustValue(), unitValue));
  }

  /// @param least quantity worth a partial closing
  /// @param dust least quantity that may be left
  private void orders(long step, long least, long dust) {
    lot = step;
    minimumUnits = Math.max(1, least);
    dustUnits = Math.max(1, dust);
  }

  /// @param base what levels are measured against
  /// @param threshold breach below this level, parts per million
  /// @param target level to be restored
  /// @param penalty rate on the notional that is closed
  /// @param debtWeight of the settlement currency
  public void rule(Base base, long threshold, long target, long penalty, long debtWeight) {
    thresholdPpm = threshold;
    leg.rule(base, target, penalty, debtWeight);
  }

  /// Decides, by the market and rule that were set.
  ///
  /// @param size of the position, quantity units
  /// @param cash net settlement currency with the profit of the position, value units
  /// @param weightedHigh upper half of what all other assets back, value units x parts per million
  /// @param weightedLow lower half
  /// @param equity unweighted, value units
  public Verdict decide(long size, long cash, long weightedHigh, long weightedLow, long equity) {
    boolean fits = leg.account(size, cash, weightedHigh, weightedLow);
    if (!fits || thresholdPpm > PlainLeg.COST_MAX >> 40) {
      return Verdict.BEYOND_BUDGET;
    }
    if (leg.isAtLeast(thresholdPpm)) {
      return Verdict.HEALTHY;
    }
    if (equity <= 0) {
      return Verdict.ESCALATE;
    }
    quantity = least(size);
    if (quantity == UNDECIDED) {
      return Verdict.BEYOND_BUDGET;
    }
    return quantity == NONE ? Verdict.ESCALATE : quantity == size ? Verdict.WHOLE : Verdict.PART;
  }

  /// The least restoring quantity, after [Verdict#PART] or [Verdict#WHOLE].
  public long quantity() {
    return quantity;
  }

  /// The least admissible quantity that restores, for a leg that was filled; `NONE` or `UNDECIDED`.
  ///
  /// @param cap no quantity above it is looked at
  long least(long cap, LegTerms terms) {
    long minimum = terms.minimum();
    lot = terms.lot();
    return least(cap, minimum, terms.maximumPartial());
  }

  private long least(long cap) {
    long minimum = Rounding.ceilToStep(minimumUnits, lot);
    long size = leg.size();
    long partial = dustUnits >= size ? 0 : Rounding.floorToStep(size - dustUnits, lot);
    return least(cap, minimum, partial);
  }

  private long least(long cap, long minimum, long maximumPartial) {
    CostCurve curve = leg.curve();
    long reach = Math.min(cap, curve.capacity());
    firstLot = minimum / lot;
    lastLot = Math.min(maximumPartial, reach) / lot;
    points = 0;
    long found = firstLot <= lastLot ? leastPart(curve) : NONE;
    if (found != NONE || reach < leg.size()) {
      return found;
    }
    leg.exactWhole();
    return leg.isNegative() ? NONE : leg.size();
  }

  private long leastPart(CostCurve curve) {
    long stop = lastLot * lot;
    long from = firstLot * lot - 1;
    boolean positive = true;
    int piece = 0;
    int tier = leg.tierAfter(from + 1);
    while (from < stop) {
      while (curve.knot(piece) <= from) {
        piece++;
      }
      while (tier > 0 && leg.lastAbove(tier) <= from) {
        tier--;
      }
      long end = Math.min(stop, curve.knot(piece));
      end = tier > 0 ? Math.min(end, leg.lastAbove(tier)) : end;
      if (positive && !leg.countsAlike() && leg.netCeilingOn(piece, end) < 0) {
        // Linear up to where the settlement currency is used up, and again from there.
        positive = false;
        end = lastPositive(piece, from, end);
        if (end == from) {
          continue;
        }
        long found = inPiece(piece, tier, from, end, true);
        if (found != NONE) {
          return found;
        }
      } else {
        long found = inPiece(piece, tier, from, end, positive);
        if (found != NONE) {
          return found;
        }
      }
      from = end;
    }
    return NONE;
  }

  /// The last quantity of a piece up to which settlement currency is left; `from` if there is none.
  private long lastPositive(int piece, long from, long end) {
    long below = from;
    long above = end;
    while (above - below > 1) {
      long middle = (below + above) >>> 1;
      if (leg.netCeilingOn(piece, middle) < 0) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return below;
  }

  /// Looks at the lots above `from` up to `end`, all of one linear piece.
  private long inPiece(int piece, int tier, long from, long end, boolean positive) {
    if (isNegative(piece, tier, from, positive) && isNegative(piece, tier, end, positive)) {
      return NONE;
    }
    long first = Math.max(firstLot, from / lot + 1);
    long last = end / lot;
    if (first > last) {
      return NONE;
    }
    boolean lastNegative = isNegative(piece, tier, last * lot, positive);
    long start = first;
    if (isNegative(piece, tier, first * lot, positive)) {
      if (lastNegative) {
        return NONE;
      }
      start = turn(piece, tier, first, last, positive);
    }
    return exactly(piece, tier, start, last, positive, lastNegative);
  }

  private boolean isNegative(int piece, int tier, long closed, boolean positive) {
    leg.bound(tier, closed, leg.netCeilingOn(piece, closed), positive);
    return leg.isNegative();
  }

  /// The first lot whose bound is not negative; that of `first` is, that of `last` is not. A bound
  /// is linear up to rounding, so the straight line names the place.
  private long turn(int piece, int tier, long first, long last, boolean positive) {
    isNegative(piece, tier, first * lot, positive);
    double low = leg.nearly();
    isNegative(piece, tier, last * lot, positive);
    double share = low / (low - leg.nearly());
    long guess = first + (long) (share * (last - first));
    long below = first;
    long above = last;
    for (long radius = 1; above - below > 1; radius *= 4) {
      long left = Math.clamp(guess - radius, below, above);
      long right = Math.clamp(guess + radius, below, above);
      if (left > below && isNegative(piece, tier, left * lot, positive)) {
        below = left;
      } else if (left > below) {
        above = left;
      }
      if (right < above && right > below) {
        if (isNegative(piece, tier, right * lot, positive)) {
          below = right;
        } else {
          above = right;
        }
      }
      if (above - below <= 2 * radius) {
        return bisect(piece, tier, below, above, positive);
      }
    }
    return above;
  }

  private long bisect(int piece, int tier, long negative, long other, boolean positive) {
    long below = negative;
    long above = other;
    while (above - below > 1) {
      long middle = (below + above) >>> 1;
      if (isNegative(piece, tier, middle * lot, positive)) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return above;
  }

  private long exactly(
      int piece, int tier, long start, long last, boolean positive, boolean lastNegative) {
    for (long lots = start; lots <= last; lots++) {
      long closed = lots * lot;
      leg.exact(tier, piece, closed);
      if (!leg.isNegative()) {
        return closed;
      }
      if (lastNegative && isNegative(piece, tier, closed, positive)) {
        return NONE;
      }
      points++;
      if (points > LegSearch.POINTS_MAX) {
        return UNDECIDED;
      }
    }
    return NONE;
  }
}
