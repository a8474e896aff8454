package trimtab.market.impact;

/// Parameters of the bucket law of price impact, see [BucketImpact].
///
/// @param c displacement of the mark by a first order of 1 USD, as a fraction; an order of Q moves
///   it by `c sqrt(Q)`
/// @param fastShare share of the impact that decays, from 0 to 1; the rest lasts for ever
/// @param fastHalfLifeMinutes minutes in which the flow behind the fast share halves; above 0
public record ImpactParameters(double c, double fastShare, double fastHalfLifeMinutes) {
  /// Share of the impact that decays: an assumption, not a measurement.
  public static final double DEFAULT_FAST_SHARE = 0.7;

  /// Half-life of the fast bucket in minutes: an assumption, not a measurement.
  public static final double DEFAULT_FAST_HALF_LIFE_MINUTES = 10;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a parameter is out of its range
  public ImpactParameters {
    if (!(c >= 0 && c < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("c must be a finite number from 0, not " + c);
    }
    if (!(fastShare >= 0 && fastShare <= 1)) {
      throw new IllegalArgumentException("fastShare must lie in 0..1, not " + fastShare);
    }
    if (!(fastHalfLifeMinutes > 0 && fastHalfLifeMinutes < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "fastHalfLifeMinutes must be a finite number above 0, not " + fastHalfLifeMinutes);
    }
  }

  /// The default shares and half-life with this c.
  public static ImpactParameters withC(double c) {
    return new ImpactParameters(c, DEFAULT_FAST_SHARE, DEFAULT_FAST_HALF_LIFE_MINUTES);
  }
}
