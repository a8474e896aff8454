package trimtab.core.plan;

import java.util.OptionalLong;
import trimtab.core.cost.CostCurve;
import trimtab.core.health.Base;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;

/// The excess over the target along closing a plain position (linear, settled in the settlement
/// currency, gains in full, value units exact), as exact 128-bit integers in two longs, without
/// allocation: `g(q) = rest + weight x (cash - loss(q)) - target x R(q)`, with everything that does
/// not move along the leg in `rest`.
///
/// Filled anew for each account. Numbers beyond the budget that keeps every sum below 2^127 are
/// refused, so that a result is exact or absent.
final class PlainLeg {
  /// Bound of the notional, of the cash and of the curve's cost, value units.
  static final long VALUE_MAX = 1L << 59;

  /// Bound of a cost that is tried.
  static final long COST_MAX = 1L << 61;

  private static final long WEIGHT_MAX = 1L << 44;
  private static final long TARGET_MAX = 1L << 22;

  /// Bound of the upper half of `rest`.
  private static final long REST_MAX = 1L << 56;

  private boolean marketFits;
  private long unitValue;
  private boolean stepped;
  private int tiers;
  private long[] fromUnits = new long[0];
  private long[] rate = new long[0];
  private long[] offsetHigh = new long[0];
  private long[] offsetLow = new long[0];

  private CostCurve curve = CostCurve.FREE;
  private long feePpm;
  private long penaltyPpm;
  private long targetPpm;
  private Base base = Base.AUTO;
  private long debtWeightPpm;

  private long size;
  private long cash;
  private boolean othersRequire;
  private long held;
  private long owed;
  private long restHigh;
  private long restLow;
  private long wholeOwed;
  private long wholeRestHigh;
  private long wholeRestLow;

  private int lastPiece;

  /// The last result, signed.
  private long high;

  private long low;

  /// @param value value units per unit of quantity at the mark
  void market(long value, MarginTiers margin, CostCurve costs, long takerFeePpm) {
    unitValue = value;
    lastPiece = 0;
    curve = costs;
    feePpm = takerFeePpm;
    stepped = margin.kind() == MarginTiers.Kind.STEPPED;
    tiers = margin.tiers().size();
    if (tiers > rate.length) {
      fromUnits = new long[tiers];
      rate = new long[tiers];
      offsetHigh = new long[tiers];
      offsetLow = new long[tiers];
    }
    int pieces = costs.pieces();
    marketFits =
        takerFeePpm >= 0
            && takerFeePpm <= Ppm.ONE
            && (pieces == 0 || costs.end(pieces - 1) <= VALUE_MAX);
    high = 0;
    low = 0;
    long below = 0;
    for (int tier = 0; tier < tiers; tier++) {
      MarginTiers.Tier terms = margin.tiers().get(tier);
      fromUnits[tier] = terms.fromValue() / value;
      rate[tier] = terms.ratePpm();
      if (!stepped) {
        addProduct(terms.fromValue(), terms.ratePpm() - below);
      }
      below = terms.ratePpm();
      offsetHigh[tier] = high;
      offsetLow[tier] = low;
    }
  }

  void rule(Base measure, long target, long penalty, long debtWeight) {
    base = measure;
    targetPpm = target;
    penaltyPpm = penalty;
    debtWeightPpm = debtWeight;
  }

  /// Takes an account whose other assets and positions are summed up.
  ///
  /// @param quantity size of the position
  /// @param settlement net settlement currency with the profit of the position, value units
  /// @param backing weighted value of other assets, value units x parts per million
  /// @param obligation weighted debt in other assets
  /// @param required by other positions
  /// @param bar excess from which on the account counts as restored
  /// @return whether the numbers are within the budget
  boolean account(
      long quantity, long settlement, Wide backing, Wide obligation, Wide required, Wide bar) {
    if (!fits(quantity, settlement)) {
      return false;
    }
    othersRequire = required.signum() > 0;
    Wide rest = rest(base.resolve(true), backing, obligation, required).minus(bar);
    Wide whole = rest(base.resolve(othersRequire), backing, obligation, required).minus(bar);
    restHigh = rest.middle();
    restLow = rest.low();
    wholeRestHigh = whole.middle();
    wholeRestLow = whole.low();
    return isShort(rest) && isShort(whole);
  }

  private Wide rest(Base measure, Wide backing, Wide obligation, Wide required) {
    return measure == Base.OBLIGATION
        ? backing.times(Ppm.ONE).minus(obligation.plus(required).times(targetPpm))
        : backing.minus(obligation).times(Ppm.ONE).minus(required.times(targetPpm));
  }

  private static boolean isShort(Wide number) {
    return number.top() == number.middle() >> 63 && isSmall(number.middle());
  }

  private static boolean isSmall(long upper) {
    return upper > -REST_MAX && upper < REST_MAX;
  }

  /// The same for an account of one position that owes nothing but settlement currency.
  ///
  /// @param backingHigh upper half of the weighted value of other assets, value units x parts per
  ///   million
  /// @param backingLow lower half
  boolean account(long quantity, long settlement, long backingHigh, long backingLow) {
    if (!fits(quantity, settlement) || backingHigh < 0 || backingHigh >= REST_MAX >> 20) {
      return false;
    }
    othersRequire = false;
    restHigh = Math.unsignedMultiplyHigh(backingLow, Ppm.ONE) + backingHigh * Ppm.ONE;
    restLow = backingLow * Ppm.ONE;
    wholeRestHigh = restHigh;
    wholeRestLow = restLow;
    return true;
  }

  private boolean fits(long quantity, long settlement) {
    size = quantity;
    cash = settlement;
    held = Ppm.ONE * Ppm.ONE;
    boolean fits =
        marketFits
            && targetPpm <= TARGET_MAX
            && debtWeightPpm <= WEIGHT_MAX >> 22
            && penaltyPpm >= 0
            && penaltyPpm <= Ppm.ONE
            && Math.multiplyHigh(quantity, unitValue) == 0
            && quantity * unitValue >= 0
            && quantity * unitValue <= VALUE_MAX
            && settlement >= -VALUE_MAX
            && settlement <= VALUE_MAX;
    owed = debtWeightPpm * (base.resolve(true) == Base.OBLIGATION ? targetPpm : Ppm.ONE);
    wholeOwed = debtWeightPpm * (base.resolve(false) == Base.OBLIGATION ? targetPpm : Ppm.ONE);
    return fits;
  }

  long size() {
    return size;
  }

  CostCurve curve() {
    return curve;
  }

  /// Whether a value unit counts the same, held or owed.
  boolean countsAlike() {
    return held == owed;
  }

  /// The tier of what is left after closing a quantity below the size.
  int tierAfter(long closed) {
    int tier = tiers - 1;
    while (tier > 0 && size - closed <= fromUnits[tier]) {
      tier--;
    }
    return tier;
  }

  /// The last quantity closed that leaves more than the start of a tier.
  long lastAbove(int tier) {
    return size - fromUnits[tier] - 1;
  }

  /// Fee and penalty, each rounded down.
  long chargesFloor(long closed) {
    long notional = closed * unitValue;
    return shareFloor(notional, feePpm) + shareFloor(notional, penaltyPpm);
  }

  private static long shareFloor(long value, long ppm) {
    return value / Ppm.ONE * ppm + value % Ppm.ONE * ppm / Ppm.ONE;
  }

  private static long shareCeil(long value, long ppm) {
    return value / Ppm.ONE * ppm + (value % Ppm.ONE * ppm + (Ppm.ONE - 1)) / Ppm.ONE;
  }

  /// A lower bound of what closing a quantity of a piece costs on the curve, unrounded.
  long curveFloor(int piece, long closed) {
    long start = curve.start(piece);
    long end = curve.end(piece);
    long knot = curve.knot(piece);
    long from = piece == 0 ? 0 : curve.knot(piece - 1);
    if (closed == from || start == end) {
      return start;
    }
    return closed == knot
        ? end
        : start + Rounding.mulDivFloor(end - start, closed - from, knot - from);
  }

  private long curveCeil(int piece, long closed) {
    long from = piece == 0 ? 0 : curve.knot(piece - 1);
    long rise = curve.end(piece) - curve.start(piece);
    return curve.start(piece) + Rounding.mulDivCeil(rise, closed - from, curve.knot(piece) - from);
  }

  /// An upper bound of the settlement currency left after closing a quantity.
  ///
  /// @param curveCost at most what the curve takes
  long netCeiling(long closed, long curveCost) {
    return cash - curveCost - chargesFloor(closed);
  }

  /// The same on a piece of the curve.
  long netCeilingOn(int piece, long closed) {
    return netCeiling(closed, curveFloor(piece, closed));
  }

  /// Computes an upper bound of the excess on one linear piece; see [LegLine#upperBound].
  ///
  /// @param net an upper bound of the settlement currency left
  void bound(int tier, long closed, long net, boolean positive) {
    sum(restHigh, restLow, positive ? held : owed, net, tier, closed);
  }

  /// Computes the exact excess on a piece of the curve, below the whole size.
  void exact(int tier, int piece, long closed) {
    exactAtCost(tier, closed, curveCeil(piece, closed));
  }

  private void exactAtCost(int tier, long closed, long curveCost) {
    long notional = closed * unitValue;
    long fee = shareCeil(notional, feePpm);
    excess(tier, closed, curveCost + fee, shareCeil(notional, penaltyPpm));
  }

  private void excess(int tier, long closed, long paid, long penalty) {
    long net = cash - paid - penalty;
    if (closed == size && !othersRequire) {
      sum(wholeRestHigh, wholeRestLow, net < 0 ? wholeOwed : held, net, tier, closed);
    } else {
      sum(restHigh, restLow, net < 0 ? owed : held, net, tier, closed);
    }
  }

  /// Computes the exact excess after closing the whole leg.
  void exactWhole() {
    exactAtCost(0, size, curve.cost(size));
  }

  /// The exact excess after closing a quantity at a cost.
  Wide excessAtCost(long closed, long paid) {
    excess(tierAfter(closed), closed, paid, shareCeil(closed * unitValue, penaltyPpm));
    return result();
  }

  /// The largest cost of closing a quantity, from `cost` on, at which the excess is not negative.
  ///
  /// @return `cost` if it is negative there; empty where that is beyond [#COST_MAX]
  OptionalLong mostBearable(long closed, long cost) {
    boolean whole = closed == size && !othersRequire;
    Wide excess = excessAtCost(closed, cost);
    if (excess.isNegative()) {
      return OptionalLong.of(cost);
    }
    long net = cash - cost - shareCeil(closed * unitValue, penaltyPpm);
    long more = 0;
    if (net > 0) {
      Wide left = excess.minus(Wide.product(held, net));
      if (left.isNegative()) {
        return bearable(cost, excess.divFloor(Wide.of(held)));
      }
      excess = left;
      more = net;
    }
    Wide beyond = excess.divFloor(Wide.of(whole ? wholeOwed : owed));
    return bearable(cost, beyond.plus(Wide.of(more)));
  }

  private static OptionalLong bearable(long cost, Wide more) {
    Wide sum = more.plus(Wide.of(cost));
    return sum.compareTo(Wide.of(COST_MAX >> 1)) < 0
        ? OptionalLong.of(sum.low())
        : OptionalLong.empty();
  }

  /// An upper bound of the excess after closing a quantity.
  Wide upperBound(long closed, boolean positive) {
    long net = netCeiling(closed);
    if (closed == size && !othersRequire) {
      sum(wholeRestHigh, wholeRestLow, positive ? held : wholeOwed, net, 0, closed);
    } else {
      bound(tierAfter(closed), closed, net, positive);
    }
    return result();
  }

  /// An upper bound of the settlement currency left after closing a quantity.
  long netCeiling(long closed) {
    return closed == 0 ? cash : netCeilingOn(pieceOf(closed), closed);
  }

  /// The piece of the curve that a quantity lies on, often that of the last call or the next.
  private int pieceOf(long closed) {
    int piece = Math.min(lastPiece, curve.pieces() - 1);
    if (piece > 0 && curve.knot(piece - 1) >= closed) {
      piece = 0;
    }
    while (curve.knot(piece) < closed) {
      piece++;
    }
    lastPiece = piece;
    return piece;
  }

  private void sum(long fromHigh, long fromLow, long weight, long net, int tier, long closed) {
    high = fromHigh;
    low = fromLow;
    addProduct(weight, net);
    addProduct(-targetPpm * rate[tier], (size - closed) * unitValue);
    addMultiple(offsetHigh[tier], offsetLow[tier], targetPpm);
  }

  private void addProduct(long left, long right) {
    long product = left * right;
    low += product;
    high += Math.multiplyHigh(left, right) + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
  }

  /// Adds a multiple of a number that is not negative.
  private void addMultiple(long upper, long lower, long factor) {
    long product = lower * factor;
    low += product;
    high +=
        Math.unsignedMultiplyHigh(lower, factor)
            + upper * factor
            + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
  }

  /// Whether the last result is below zero.
  boolean isNegative() {
    return high < 0;
  }

  /// The last result, near enough to search by.
  double nearly() {
    return high * 0x1p64 + ((low >>> 1) * 2.0 + (low & 1));
  }

  private Wide result() {
    return new Wide(high >> 63, high, low);
  }

  /// Whether the account lies at or above a level before anything is closed; for one position.
  boolean isAtLeast(long levelPpm) {
    boolean obligation = base.resolve(true) == Base.OBLIGATION;
    long factor = obligation ? levelPpm : Ppm.ONE;
    high = restHigh;
    low = restLow;
    addProduct(cash < 0 ? debtWeightPpm * factor : held, cash);
    int tier = tierAfter(0);
    addProduct(-levelPpm * rate[tier], size * unitValue);
    addMultiple(offsetHigh[tier], offsetLow[tier], levelPpm);
    return high >= 0;
  }
}
