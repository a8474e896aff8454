package trimtab.market.impact;

/// How far forced orders have moved the mark of one market: square-root impact in two buckets.
///
/// Each bucket receives the whole signed flow x in USD (buying above 0, selling below). The fast
/// one decays with a half-life, the lasting one never. With `s(x) = sign(x) sqrt(|x|)`
///
/// ```
/// impact = c (fastShare s(fast) + (1 - fastShare) s(lasting))
/// ```
///
/// is the displacement of the mark as a fraction of the undisturbed price, so a first order of Q
/// moves it by exactly `c sqrt(Q)`. The root is taken of the netted flow: cutting an order into
/// slices changes nothing. Selling without limit displaces by less than -1, a price below 0: the
/// caller says what happens then.
///
/// State of one market for one thread. Equal calls in equal order give equal bits on every machine.
public final class BucketImpact {
  private final ImpactParameters parameters;
  private double fastUsd;
  private double lastingUsd;

  /// An undisturbed market.
  public BucketImpact(ImpactParameters parameters) {
    this.parameters = parameters;
  }

  /// Lets time pass: the fast bucket is multiplied by `2^(-minutes / half-life)`.
  ///
  /// @throws IllegalArgumentException if minutes is negative or not finite
  public void decay(double minutes) {
    if (!(minutes >= 0 && minutes < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("minutes must be a finite number from 0, not " + minutes);
    }
    fastUsd *= StrictMath.pow(0.5, minutes / parameters.fastHalfLifeMinutes());
  }

  /// Displacement of the mark now, as a fraction of the undisturbed price.
  public double impact() {
    return combine(signedRoot(fastUsd), signedRoot(lastingUsd));
  }

  /// Mean displacement along the walk of a fill, as a fraction of the undisturbed price.
  ///
  /// A fill of flow x pays on average `1/x` times the integral of the impact from 0 to x, and the
  /// integral of `s` is `2/3 |u|^(3/2)`. The state does not change. Without flow it is [#impact()].
  ///
  /// @param flowUsd signed size of the fill: buying above 0, selling below
  /// @throws IllegalArgumentException if the flow is not finite
  public double meanAlong(double flowUsd) {
    requireFinite(flowUsd);
    return combine(meanRoot(fastUsd, flowUsd), meanRoot(lastingUsd, flowUsd));
  }

  /// Adds a fill to both buckets.
  ///
  /// @param flowUsd signed size of the fill: buying above 0, selling below
  /// @throws IllegalArgumentException if the flow is not finite
  public void apply(double flowUsd) {
    requireFinite(flowUsd);
    fastUsd += flowUsd;
    lastingUsd += flowUsd;
  }

  /// Netted flow that has not decayed yet, in USD.
  public double fastUsd() {
    return fastUsd;
  }

  /// Netted flow since the start, in USD.
  public double lastingUsd() {
    return lastingUsd;
  }

  /// The parameters of the law.
  public ImpactParameters parameters() {
    return parameters;
  }

  /// Written so that equal roots give exactly `c` times the root, whatever the share.
  private double combine(double fast, double lasting) {
    return parameters.c() * (lasting + parameters.fastShare() * (fast - lasting));
  }

  private static double signedRoot(double x) {
    return Math.copySign(StrictMath.sqrt(Math.abs(x)), x);
  }

  /// Mean of `s` between `from` and `from + flow`.
  ///
  /// With the roots a and b of both ends, `2/3 (b^3 - a^3) / (b^2 - a^2)` is `2/3 (a^2 + a b + b^2)
  /// / (a + b)` on one side of 0, and divided by `a^2 + b^2` instead of the difference when the
  /// walk crosses 0. Neither form loses digits when the flow is small.
  private static double meanRoot(double from, double flow) {
    double to = from + flow;
    double a = StrictMath.sqrt(Math.abs(from));
    double b = StrictMath.sqrt(Math.abs(to));
    if (a + b == 0) {
      return 0;
    }
    double squares = a * a + a * b + b * b;
    if ((from >= 0) == (to >= 0)) {
      return Math.copySign(2.0 / 3.0 * squares / (a + b), a > b ? from : to);
    }
    return Math.copySign(2.0 / 3.0, flow) * (b - a) * squares / (a * a + b * b);
  }

  private static void requireFinite(double flowUsd) {
    if (!Double.isFinite(flowUsd)) {
      throw new IllegalArgumentException("flow must be a finite number, not " + flowUsd);
    }
  }
}
