package trimtab.lab.book;

/// What a generated book looks like. The shipped values and their reasons are in
/// `book-parameters.yaml`.
///
/// @param loanShare probability that an account is a loan; otherwise it trades perpetuals
/// @param equity own money of an account at its entry, USD: a Pareto law between two bounds
/// @param perp accounts that trade perpetuals
/// @param loan accounts that owe USD against a coin
/// @param entry part of the window over which entries are spread, 0 its first bar, 1 its last
public record BookParameters(double loanShare, Pareto equity, Perp perp, Loan loan, Range entry) {

  /// Bounded Pareto law: `P(X > x)` falls as `x^-tailExponent` between the bounds.
  public record Pareto(double minimum, double maximum, double tailExponent) {
    public Pareto {
      require("minimum", minimum > 0, "above 0");
      require("maximum", maximum > minimum && maximum <= 1e9, "above minimum, at most 1e9");
      require("tailExponent", tailExponent > 0 && tailExponent <= 10, "above 0, at most 10");
    }

    double at(double uniform) {
      double floor = StrictMath.pow(minimum / maximum, tailExponent);
      return minimum * StrictMath.pow(1 - uniform * (1 - floor), -1 / tailExponent);
    }
  }

  /// Lognormal law, cut: a draw outside the bounds becomes the bound.
  public record LogNormal(double median, double sigma, double minimum, double maximum) {
    public LogNormal {
      require("median", median > 0, "above 0");
      require("sigma", sigma >= 0 && sigma <= 5, "0 to 5");
      require("minimum", minimum > 0, "above 0");
      require("maximum", maximum >= minimum, "at least minimum");
    }

    double at(double normal) {
      return Math.clamp(median * StrictMath.exp(sigma * normal), minimum, maximum);
    }
  }

  /// An interval from which values are drawn with equal probability.
  public record Range(double minimum, double maximum) {
    public Range {
      require("minimum", minimum >= 0, "at least 0");
      require("maximum", maximum >= minimum && maximum <= 1, "from minimum to 1");
    }
  }

  /// @param leverage notional over equity, cut further where the initial margin asks for it
  /// @param longShare probability that a leg is long, each leg on its own
  /// @param twoMarketsShare probability that an account is in two markets of the window
  /// @param coinAccountShare probability that part of the collateral is a coin
  /// @param coinPortion part of the equity held in that coin
  public record Perp(
      LogNormal leverage,
      double longShare,
      double twoMarketsShare,
      double coinAccountShare,
      Range coinPortion) {
    public Perp {
      requireShare("longShare", longShare);
      requireShare("twoMarketsShare", twoMarketsShare);
      requireShare("coinAccountShare", coinAccountShare);
      require("leverage.minimum", leverage.maximum <= 1000, "at most 1000");
    }
  }

  /// @param healthExcess health factor at entry minus one
  public record Loan(LogNormal healthExcess) {}

  public BookParameters {
    requireShare("loanShare", loanShare);
  }

  private static void requireShare(String name, double share) {
    require(name, share >= 0 && share <= 1, "0 to 1");
  }

  private static void require(String name, boolean holds, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + range);
    }
  }
}
