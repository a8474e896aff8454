package trimtab.market.impact;

import trimtab.market.data.DataException;
import trimtab.market.data.MinuteBars;

/// Volatility and volume of a market over a window, and the impact constant that follows.
///
/// `c = Y0 sigma / sqrt(V)` is the square-root law of market impact: an order of Q moves the price
/// by `Y0 sigma sqrt(Q / V)`. Y0 = 3.31 was fitted to the forced orders of ETHUSDT futures of 1-24
/// Jan 2021 on spot bars. It is a ceiling: the prices of a crash already contain the real
/// liquidations.
///
/// @param sigmaDaily daily volatility: population standard deviation of the 1-minute log returns of
///   closes times `sqrt(1440)`, as a fraction. A return counts only between two bars one minute
///   apart.
/// @param dailyVolumeUsd mean daily volume: sum of close x volume of all bars, times 1440 and
///   divided by the number of bars
public record ImpactCalibration(double sigmaDaily, double dailyVolumeUsd) {
  /// Dimensionless constant of the square-root law.
  public static final double Y0 = 3.31;

  private static final int MINUTES_PER_DAY = 1_440;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if sigma is not from 0 or the volume not above 0
  public ImpactCalibration {
    if (!(sigmaDaily >= 0 && sigmaDaily < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("sigma must be a finite number from 0: " + sigmaDaily);
    }
    if (!(dailyVolumeUsd > 0 && dailyVolumeUsd < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("volume must be finite and above 0: " + dailyVolumeUsd);
    }
  }

  /// The figures of all bars of a market.
  ///
  /// @throws DataException if no two bars are one minute apart, or nothing was traded
  public static ImpactCalibration of(MinuteBars bars) {
    double volumeUsd = 0;
    double unit = StrictMath.pow(10, bars.priceDecimals());
    for (int bar = 0; bar < bars.size(); bar++) {
      volumeUsd += bars.close(bar) / unit * bars.volumeBase(bar);
    }
    if (!(volumeUsd > 0)) {
      throw new DataException(
          bars.symbol() + ": no bar has a volume, so impact has no scale; set the impact to 0");
    }
    return new ImpactCalibration(
        standardDeviation(bars) * StrictMath.sqrt(MINUTES_PER_DAY),
        volumeUsd / bars.size() * MINUTES_PER_DAY);
  }

  private static double standardDeviation(MinuteBars bars) {
    double sum = 0;
    int returns = 0;
    for (int bar = 1; bar < bars.size(); bar++) {
      if (isMinuteReturn(bars, bar)) {
        sum += logReturn(bars, bar);
        returns++;
      }
    }
    if (returns == 0) {
      throw new DataException(
          bars.symbol()
              + ": no two bars are one minute apart, so impact has no scale;"
              + " give more bars or set the impact to 0");
    }
    double mean = sum / returns;
    double squares = 0;
    for (int bar = 1; bar < bars.size(); bar++) {
      if (isMinuteReturn(bars, bar)) {
        double deviation = logReturn(bars, bar) - mean;
        squares += deviation * deviation;
      }
    }
    return StrictMath.sqrt(squares / returns);
  }

  private static boolean isMinuteReturn(MinuteBars bars, int bar) {
    return bars.openTimeMillis(bar) - bars.openTimeMillis(bar - 1) == MinuteBars.MILLIS_PER_MINUTE;
  }

  private static double logReturn(MinuteBars bars, int bar) {
    return StrictMath.log((double) bars.close(bar) / bars.close(bar - 1));
  }

  /// Displacement of the mark by a first order of 1 USD at full impact (M = 1), as a fraction.
  public double c() {
    return Y0 * sigmaDaily / StrictMath.sqrt(dailyVolumeUsd);
  }

  /// The bucket law at `multiplier` times full impact, with the default shares and half-life.
  ///
  /// @param multiplier M: 0 for no impact, 1 for the ceiling
  /// @throws IllegalArgumentException if the multiplier is negative or not finite
  public ImpactParameters parameters(double multiplier) {
    return ImpactParameters.withC(multiplier * c());
  }
}
