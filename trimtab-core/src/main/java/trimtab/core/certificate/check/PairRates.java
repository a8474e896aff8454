package trimtab.core.certificate.check;

import java.math.BigInteger;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.Terms;

/// The penalty rates of a pair; one of them is 0.
///
/// @param repaidPpm on the value repaid
/// @param soldPpm on the value of the collateral sold
record PairRates(long repaidPpm, long soldPpm) {
  static PairRates of(Terms terms, BalanceLine debt) {
    long rate = terms.pairPenaltyPpm();
    return switch (terms.pairPenaltyBase()) {
      case Terms.SEIZED -> new PairRates(0, rate);
      case Terms.OBLIGATION -> {
        BigInteger weight = BigInteger.valueOf(debt.debtWeightPpm());
        BigInteger weighted = BigInteger.valueOf(rate).multiply(weight).divide(Level.MILLION);
        yield new PairRates(weighted.longValueExact(), 0);
      }
      default -> new PairRates(rate, 0);
    };
  }

  BigInteger onePlusRepaid() {
    return Level.MILLION.add(BigInteger.valueOf(repaidPpm));
  }

  BigInteger lessSold() {
    return Level.MILLION.subtract(BigInteger.valueOf(soldPpm));
  }

  /// The penalty on what is sold, rounded up.
  BigInteger sold(BigInteger value) {
    return ClosingLeg.partRoundedUp(value, soldPpm);
  }

  /// What is sold less that penalty, unrounded.
  Rational afterSold(BigInteger value) {
    return new Rational(value.multiply(lessSold()), Level.MILLION);
  }

  /// What proceeds can repay, rounded down.
  BigInteger repayable(BigInteger value, BigInteger proceeds) {
    BigInteger left = proceeds.subtract(sold(value)).max(BigInteger.ZERO);
    return left.multiply(Level.MILLION).divide(onePlusRepaid());
  }

  /// The whole penalty, each part rounded up.
  BigInteger penalty(BigInteger value, BigInteger repaid) {
    return sold(value).add(ClosingLeg.partRoundedUp(repaid, repaidPpm));
  }
}
