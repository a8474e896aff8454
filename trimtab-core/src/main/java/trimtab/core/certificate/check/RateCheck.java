package trimtab.core.certificate.check;

import java.math.BigInteger;
import trimtab.core.certificate.Certificate.RateSource;
import trimtab.core.certificate.Certificate.RateSource.Computed;
import trimtab.core.certificate.Certificate.Terms;

/// Whether the penalty rates follow from what they are said to follow from.
///
/// @param terms the rates
/// @param standard the account before anything is closed
/// @param asOfNanos instant of the marks
/// @param findings where it says what is wrong
record RateCheck(Terms terms, Standard standard, long asOfNanos, Findings findings) {
  void check() {
    switch (terms.rateSource()) {
      case RateSource.Given() -> {}
      case Computed source -> {
        BigInteger position =
            measured(
                source,
                along(source, source.fromPositionPpm(), source.toPositionPpm()),
                standard.requirement());
        BigInteger pair =
            measured(
                    source,
                    along(source, source.fromPairPpm(), source.toPairPpm()),
                    standard.obligation())
                .min(solvency(source));
        requireRate("perpetuals", cut(source, position), terms.positionPenaltyPpm());
        requireRate("pairs", cut(source, pair), terms.pairPenaltyPpm());
      }
    }
  }

  private BigInteger along(Computed source, long from, long to) {
    return switch (source.course()) {
      case Computed.SEVERITY ->
          Standard.between(from, to, BigInteger.valueOf(standard.severityPpm()), Level.MILLION);
      case Computed.AUCTION ->
          Standard.between(from, to, elapsed(source), BigInteger.valueOf(source.durationNanos()));
      default -> BigInteger.valueOf(from);
    };
  }

  private BigInteger elapsed(Computed source) {
    return BigInteger.valueOf(asOfNanos)
        .subtract(BigInteger.valueOf(source.openedNanos()))
        .max(BigInteger.ZERO)
        .min(BigInteger.valueOf(source.durationNanos()));
  }

  private BigInteger measured(Computed source, BigInteger rate, BigInteger amount) {
    return switch (source.measure()) {
      case Computed.BONUS ->
          rate.multiply(BigInteger.valueOf(source.bonusPpm())).divide(Level.MILLION);
      case Computed.PORTFOLIO -> standard.shareOfEquity(rate, amount);
      default -> rate;
    };
  }

  private BigInteger solvency(Computed source) {
    BigInteger owed = standard.obligation().subtract(standard.requirement());
    return source.solvencySharePpm() == 0 || owed.signum() <= 0
        ? Level.MILLION
        : standard.shareOfEquity(BigInteger.valueOf(source.solvencySharePpm()), owed);
  }

  private static BigInteger cut(Computed source, BigInteger rate) {
    return rate.min(BigInteger.valueOf(source.maximumPpm()))
        .min(BigInteger.valueOf(source.ceilingPpm()));
  }

  private void requireRate(String legs, BigInteger exact, long stated) {
    findings.require(
        exact.equals(BigInteger.valueOf(stated)),
        "the penalty of %s is %s parts per million by the rule, not %d",
        legs,
        exact,
        stated);
  }
}
