package trimtab.core.certificate.check;

import java.math.BigInteger;
import trimtab.core.certificate.Certificate.Terms;

/// Figures of an account as a whole, from which rates and shares follow.
///
/// @param equity unweighted, rounded down to value units, in exact units
/// @param shortfall from the threshold, value units x parts per million squared
/// @param requirement R, value units x parts per million
/// @param obligation O, in the same
record Standard(
    BigInteger equity, BigInteger shortfall, BigInteger requirement, BigInteger obligation) {
  static Standard of(AccountState state, Terms terms) {
    BigInteger requirement = state.requirement();
    BigInteger obligation = state.backing().subtract(state.weightedEquity()).add(requirement);
    return new Standard(
        state.equity().multiply(state.exactScale()),
        state.excess(Level.threshold(terms)).negate(),
        requirement,
        obligation);
  }

  /// `shortfall / (shortfall + equity)` in parts per million, rounded down.
  long severityPpm() {
    if (equity.signum() <= 0) {
      return Level.MILLION.longValue();
    }
    if (shortfall.signum() <= 0) {
      return 0;
    }
    BigInteger way = shortfall.add(equity.multiply(Level.MILLION).multiply(Level.MILLION));
    return shortfall.multiply(Level.MILLION).divide(way).longValueExact();
  }

  /// `ppm x equity / amount`, rounded down, at least 0 and below 1, of a weighted amount.
  BigInteger shareOfEquity(BigInteger ppm, BigInteger amount) {
    if (equity.signum() <= 0 || amount.signum() <= 0) {
      return BigInteger.ZERO;
    }
    BigInteger share = equity.multiply(ppm).multiply(Level.MILLION).divide(amount);
    return share.min(Level.MILLION.subtract(BigInteger.ONE));
  }

  /// `from + floor((to - from) x part / whole)`.
  static BigInteger between(long from, long to, BigInteger part, BigInteger whole) {
    BigInteger change = BigInteger.valueOf(to).subtract(BigInteger.valueOf(from));
    return BigInteger.valueOf(from).add(Rational.floorDivide(change.multiply(part), whole));
  }
}
