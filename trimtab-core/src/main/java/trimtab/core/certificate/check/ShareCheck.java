package trimtab.core.certificate.check;

import java.math.BigInteger;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.Claim.Share;

/// Whether a share follows from what it is said to follow from.
///
/// @param standard the account before anything is closed
/// @param terms levels
/// @param asOfNanos instant of the marks
/// @param findings where it says what is wrong
record ShareCheck(Standard standard, Terms terms, long asOfNanos, Findings findings) {
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  /// A share of every leg.
  void check(Claim.RulePrescribed claim, AccountState start) {
    switch (claim.source()) {
      case Share.Constant() -> {}
      case Share.ByHealth table -> requireShare(byHealth(table, start), claim.sharePpm());
      case Share.BySeverity(long first, long last) ->
          requireShare(
              Standard.between(
                  first, last, BigInteger.valueOf(standard.severityPpm()), Level.MILLION),
              claim.sharePpm());
    }
  }

  private BigInteger byHealth(Share.ByHealth table, AccountState start) {
    for (Share.Row row : table.rows()) {
      if (start.excess(Level.of(row.belowPpm(), terms)).signum() < 0) {
        return BigInteger.valueOf(row.sharePpm());
      }
    }
    return Level.MILLION;
  }

  /// A share of the shortfall.
  void check(Claim.RestoresShare claim) {
    BigInteger elapsed =
        BigInteger.valueOf(asOfNanos)
            .subtract(BigInteger.valueOf(claim.openedNanos()))
            .max(BigInteger.ZERO);
    BigInteger grown = BigInteger.valueOf(claim.growthPpm()).multiply(elapsed).divide(NANOS);
    BigInteger share = BigInteger.valueOf(claim.initialSharePpm()).add(grown);
    requireShare(share, claim.sharePpm());
  }

  /// The excess from which on a share of the shortfall is removed: `(1 - share) x excess`, rounded
  /// up.
  static BigInteger bar(AccountState start, Level target, long sharePpm) {
    BigInteger left = Level.MILLION.subtract(BigInteger.valueOf(sharePpm));
    return Rational.ceilingDivide(start.excess(target).multiply(left), Level.MILLION);
  }

  private void requireShare(BigInteger exact, long stated) {
    findings.require(
        exact.equals(BigInteger.valueOf(stated)),
        "the share is %s parts per million by the rule, not %d",
        exact,
        stated);
  }
}
