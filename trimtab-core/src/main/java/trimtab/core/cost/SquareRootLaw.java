package trimtab.core.cost;

/// A cost curve from the square-root law of market impact: trading Q moves the price by `Y sigma
/// sqrt(Q / V)` and pays two thirds of that on average along its walk (the integral of the square
/// root), so the cost is `2/3 Y sigma Q^1.5 / sqrt(V)`.
///
/// Source: Toth et al. 2011 (Physical Review X 1, 021006); Y is of order one and calibrated by
/// whoever builds the curve.
public final class SquareRootLaw {
  private SquareRootLaw() {}

  /// The curve of what is worth a whole number of value units.
  public static CostCurve curve(
      double y, double dailyVolatility, double dailyVolume, long unitValue, long capacity) {
    return curve(y, dailyVolatility, dailyVolume, (double) unitValue, capacity);
  }

  /// The curve as up to 64 chords of the convex law, so that the integer cost is never below it but
  /// for the rounding of doubles (2^-49 of the cost). It exceeds the law by at most 1/5000 of the
  /// cost of the whole capacity and by less than two units of rounding (one at the knots, one
  /// between).
  ///
  /// Where that comes from: `n` chords with knots at `(i/n)^2` of the capacity lie above `Q^1.5` by
  /// at most `width^2 / 8` times its second derivative, `3 (2n - 1)^2 / (32 (n - 1) n^3)`, which is
  /// 1/10,900; knots at whole units widen the chords, most at a capacity of 66, to 1/5,700.
  ///
  /// @param y dimensionless prefactor
  /// @param dailyVolatility standard deviation of the daily log return
  /// @param dailyVolume in quantity units per day, positive
  /// @param unitValue value units per quantity unit at the mark; need not be whole
  /// @param capacity largest quantity that may be traded, quantity units
  /// @throws IllegalArgumentException if an input is not positive or the cost does not fit
  public static CostCurve curve(
      double y, double dailyVolatility, double dailyVolume, double unitValue, long capacity) {
    boolean positive = dailyVolume > 0 && unitValue > 0 && capacity > 0;
    if (!(y >= 0) || !(dailyVolatility >= 0) || !positive) {
      throw new IllegalArgumentException(
          "the square-root law needs y, volatility >= 0 and volume, unit value, capacity > 0");
    }
    double scale = 2.0 / 3 * y * dailyVolatility * unitValue / Math.sqrt(dailyVolume);
    int pieces = (int) Math.min(CostCurve.PIECES_MAX, capacity);
    long[] knots = new long[pieces];
    long[] costs = new long[pieces];
    for (int i = 0; i < pieces; i++) {
      // Quadratic spacing: a 3/2 power needs its finest chords near zero.
      double share = (i + 1.0) / pieces;
      long knot = i + 1 == pieces ? capacity : (long) Math.floor(capacity * share * share);
      knots[i] = Math.max(knot, i == 0 ? 1 : knots[i - 1] + 1);
      double cost = Math.ceil(scale * knots[i] * Math.sqrt((double) knots[i]));
      if (!(cost < CostCurve.UNLIMITED)) {
        throw new IllegalArgumentException(
            "the cost of the whole capacity does not fit; give a smaller capacity");
      }
      costs[i] = Math.max((long) cost, i == 0 ? 0 : costs[i - 1]);
    }
    return CostCurve.through(knots, costs);
  }
}
