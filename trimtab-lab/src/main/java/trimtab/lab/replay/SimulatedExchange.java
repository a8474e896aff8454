package trimtab.lab.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Decimals;
import trimtab.core.money.Rounding;
import trimtab.lab.mark.PricePath;
import trimtab.market.impact.BucketImpact;
import trimtab.market.impact.ImpactParameters;

/// The markets of a replay: every order is executed at the undisturbed close plus the mean impact
/// along its walk; orders of one instant run one after the other, each from where the one before
/// left the market. What an order did is in the marks from the next bar.
///
/// Impact is kept per feed: a perpetual and the coin on the same price move each other. Prices do
/// not fall below one tick, and nothing sells for less than nothing.
final class SimulatedExchange {
  /// Pieces of a cost curve. Their ends grow geometrically from a millionth of the capacity, so a
  /// chord lies above the law by some percent of a cost of some basis points.
  static final int CURVE_PIECES = 32;

  private static final long CURVE_SPAN = 1_000_000;

  /// An average displacement is an integer of this many parts of the price, rounded against the
  /// trader.
  private static final long PARTS = 1_000_000_000_000L;

  /// More than what rounding to parts, and of doubles, can add to a fraction of a value.
  private static final double ROUNDING = 3e-12;

  private static final double NANOS_PER_MINUTE = 60e9;

  private final Listing listing;
  private final PricePath path;
  private final double valueUnits;
  private final List<BucketImpact> impacts = new ArrayList<>();
  private long nowNanos;

  /// @param impacts law of each feed; a `c` of 0 is a market without impact
  SimulatedExchange(Listing listing, PricePath path, List<ImpactParameters> impacts) {
    this.listing = listing;
    this.path = path;
    this.valueUnits = Decimals.powerOfTen(listing.valueDecimals());
    this.nowNanos = path.closeNanos(0);
    impacts.forEach(parameters -> this.impacts.add(new BucketImpact(parameters)));
  }

  /// Lets time pass; the fast part of the impact decays.
  void advanceTo(long nanos) {
    if (nanos > nowNanos) {
      double minutes = (nanos - nowNanos) / NANOS_PER_MINUTE;
      impacts.forEach(impact -> impact.decay(minutes));
      nowNanos = nanos;
    }
  }

  /// The mark of a feed now: the close of a bar, displaced by the impact and rounded half up to the
  /// tick. Without any impact it is the close itself.
  long mark(int feed, int bar) {
    long close = path.price(feed, bar);
    double impact = impacts.get(feed).impact();
    if (impact == 0) {
      return close;
    }
    Feed terms = listing.feeds().get(feed);
    double ticks = Math.floor(close * (1 + impact) / terms.tick() + 0.5);
    return Math.max(1, (long) ticks) * terms.tick();
  }

  /// Executes an order as far as its limit allows and moves the market.
  ///
  /// @param market what is traded
  /// @param quantity asked for, not negative
  /// @param limitPrice worst average price, feed price units; empty: all of it at any price
  /// @param bar whose close is the undisturbed price
  Execution execute(
      TradedInstrument market, Side side, long quantity, OptionalLong limitPrice, int bar) {
    long filled =
        quantity == 0 || limitPrice.isEmpty()
            ? quantity
            : within(market, side, quantity, limitPrice, bar);
    if (filled == 0) {
      return Execution.none(side);
    }
    Execution execution = walk(market, side, filled, bar);
    impacts.get(market.feed()).apply(flow(side, execution.exogenousValue()));
    return execution;
  }

  /// The largest quantity, in lots or whole, whose average price is not worse than the limit. The
  /// average only gets worse with the quantity.
  private long within(
      TradedInstrument market, Side side, long quantity, OptionalLong limitPrice, int bar) {
    long limitUnitValue = market.unitValue(limitPrice.orElseThrow());
    if (isWithin(market, side, quantity, limitUnitValue, bar)) {
      return quantity;
    }
    long low = 0;
    long high = quantity / market.lot() + 1;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (isWithin(market, side, middle * market.lot(), limitUnitValue, bar)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low * market.lot();
  }

  private boolean isWithin(
      TradedInstrument market, Side side, long quantity, long limitUnitValue, int bar) {
    long limitValue = Math.multiplyExact(quantity, limitUnitValue);
    return walk(market, side, quantity, bar).cost(limitValue) <= 0;
  }

  /// What the walk of a quantity would pay now.
  private Execution walk(TradedInstrument market, Side side, long quantity, int bar) {
    long unitValue = market.unitValue(path.price(market.feed(), bar));
    long value = Math.multiplyExact(quantity, unitValue);
    long parts = (long) Math.ceil(against(market, side, value) * PARTS);
    return new Execution(quantity, side, value, Rounding.mulDivCeil(value, parts, PARTS));
  }

  /// The mean displacement that a trade of a value pays, as a fraction of the undisturbed price.
  private double against(TradedInstrument market, Side side, long value) {
    double mean = impacts.get(market.feed()).meanAlong(flow(side, value));
    return Math.min(1, side == Side.SELL ? -mean : mean);
  }

  private double flow(Side side, long value) {
    return side.sign() * (value / valueUnits);
  }

  /// What trading up to a capacity costs now against a mark: chords of the law, which is convex,
  /// each end at or just above what an execution would cost.
  ///
  /// @param capacity largest quantity, positive
  /// @param mark feed price that costs are measured from
  CostCurve curve(TradedInstrument market, Side side, long capacity, long mark, int bar) {
    long markUnitValue = market.unitValue(mark);
    long unitValue = market.unitValue(path.price(market.feed(), bar));
    long drift = side.sign() * (unitValue - markUnitValue);
    long least = Math.min(capacity, Math.max(market.lot(), capacity / CURVE_SPAN));
    double ratio = StrictMath.pow((double) capacity / least, 1.0 / (CURVE_PIECES - 1));
    long[] knots = new long[CURVE_PIECES];
    long[] costs = new long[CURVE_PIECES];
    int pieces = 0;
    double end = least;
    long knot = 0;
    long cost = 0;
    while (knot < capacity) {
      boolean last = pieces == CURVE_PIECES - 1 || end >= capacity;
      knot = last ? capacity : Math.max(knot + 1, (long) end);
      long value = Math.multiplyExact(knot, unitValue);
      double slippage = Math.ceil(value * (against(market, side, value) + ROUNDING));
      cost = Math.max(cost, Math.addExact(Math.multiplyExact(knot, drift), (long) slippage));
      knots[pieces] = knot;
      costs[pieces] = cost;
      pieces++;
      end *= ratio;
    }
    return CostCurve.through(Arrays.copyOf(knots, pieces), Arrays.copyOf(costs, pieces));
  }
}
