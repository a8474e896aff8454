package trimtab.core.certificate.check;

import java.math.BigInteger;
import trimtab.core.certificate.Certificate.Terms;

/// A health level and what it is measured against.
///
/// With weights in parts per million, the excess `(B - O) x 10^6 - (level - 10^6) x base` is a sum
/// over what an account has: positive nets count `assetWeight x 10^6`, negative ones `debtWeight x
/// debtFactor`, the requirement `-level`, whichever the base is.
///
/// @param ppm the level
/// @param base name of the base
record Level(BigInteger ppm, String base) {
  static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  static final String OBLIGATION = "obligation";
  static final String REQUIREMENT = "requirement";
  static final String AUTO = "auto";

  static Level threshold(Terms terms) {
    return new Level(BigInteger.valueOf(terms.thresholdPpm()), terms.base());
  }

  static Level target(Terms terms) {
    return new Level(BigInteger.valueOf(terms.targetPpm()), terms.base());
  }

  /// What multiplies a weighted debt: the level when debts are part of the base, else 10^6.
  BigInteger debtFactor(boolean hasRequirement) {
    boolean debtsAreBase = base.equals(OBLIGATION) || (base.equals(AUTO) && !hasRequirement);
    return debtsAreBase ? ppm : MILLION;
  }
}
