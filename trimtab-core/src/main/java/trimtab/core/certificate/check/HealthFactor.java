package trimtab.core.certificate.check;

import java.math.BigInteger;

/// A health factor as a fraction; without an obligation it is above every other.
record HealthFactor(BigInteger numerator, BigInteger base) {
  static HealthFactor of(AccountState state, Level level) {
    BigInteger requirement = state.requirement();
    if (!level.debtsAreBase(requirement.signum() > 0)) {
      return new HealthFactor(state.weightedEquity(), requirement);
    }
    BigInteger backing = state.backing();
    BigInteger obligation = backing.subtract(state.weightedEquity()).add(requirement);
    return new HealthFactor(backing, obligation);
  }

  boolean isAbove(HealthFactor other) {
    if (base.signum() == 0 || other.base.signum() == 0) {
      boolean free = base.signum() == 0 && numerator.signum() >= 0;
      boolean otherFree = other.base.signum() == 0 && other.numerator.signum() >= 0;
      return free && !otherFree;
    }
    return numerator.multiply(other.base).compareTo(other.numerator.multiply(base)) > 0;
  }
}
