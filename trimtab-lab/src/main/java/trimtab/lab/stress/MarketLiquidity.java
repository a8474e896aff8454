package trimtab.lab.stress;

import java.util.Arrays;
import trimtab.core.cost.CostCurve;
import trimtab.core.money.Decimals;
import trimtab.core.money.Ppm;
import trimtab.market.impact.ImpactCalibration;

/// What trading one market costs, before any shock.
///
/// @param calibration daily volatility and volume
/// @param impact multiple M of the square-root law; 0 is no cost
/// @param depthShare of the daily volume that one side takes in one step
public record MarketLiquidity(ImpactCalibration calibration, double impact, double depthShare) {
  /// Pieces of a cost curve, as in a replay. Their ends grow geometrically from a millionth of the
  /// depth, by 56 % each, so a chord lies above the law by less than 3 % of the cost.
  static final int CURVE_PIECES = 32;

  private static final double CURVE_SPAN = 1e6;

  public MarketLiquidity {
    if (!(impact >= 0 && impact < Double.POSITIVE_INFINITY) || !(depthShare > 0)) {
      throw new IllegalArgumentException("impact must be from 0, depth above 0");
    }
  }

  /// The same market after a change of volatility and of daily volume.
  MarketLiquidity shocked(long volatilityPpm, long depthPpm) {
    double sigma = calibration.sigmaDaily() * (Ppm.ONE + volatilityPpm) / Ppm.ONE;
    double volume = calibration.dailyVolumeUsd() * (Ppm.ONE + depthPpm) / Ppm.ONE;
    return new MarketLiquidity(new ImpactCalibration(sigma, volume), impact, depthShare);
  }

  /// The value that one side of the market takes in one step, settlement currency.
  public double depthValue() {
    return depthShare * calibration.dailyVolumeUsd();
  }

  /// The cost of trading up to the depth: `2/3 M c Q^1.5`, as chords between points of the law that
  /// are rounded up. No sale costs more than all that it brings.
  ///
  /// @param unitValue value units per unit of what is traded, at the shocked price
  /// @return [CostCurve#EXHAUSTED] if the depth is below one unit
  CostCurve curve(long unitValue, int valueDecimals) {
    double units = Decimals.powerOfTen(valueDecimals);
    double most = Math.min(depthValue() * units, 0x1p61) / unitValue;
    long capacity = (long) most;
    if (capacity < 1) {
      return CostCurve.EXHAUSTED;
    }
    double c = impact * calibration.c();
    double ratio = StrictMath.pow(CURVE_SPAN, 1.0 / (CURVE_PIECES - 1));
    long[] knots = new long[CURVE_PIECES];
    long[] costs = new long[CURVE_PIECES];
    int pieces = 0;
    double end = capacity / CURVE_SPAN;
    while (pieces == 0 || knots[pieces - 1] < capacity) {
      long before = pieces == 0 ? 0 : knots[pieces - 1];
      boolean last = pieces == CURVE_PIECES - 1 || end >= capacity;
      knots[pieces] = last ? capacity : Math.max(before + 1, (long) end);
      double value = (double) knots[pieces] * unitValue;
      double share = Math.min(1, 2.0 / 3 * c * StrictMath.sqrt(value / units));
      costs[pieces] =
          Math.max(pieces == 0 ? 0 : costs[pieces - 1], (long) Math.ceil(value * share));
      pieces++;
      end *= ratio;
    }
    return CostCurve.through(Arrays.copyOf(knots, pieces), Arrays.copyOf(costs, pieces));
  }
}
