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
/// @param bar excess from which on an account counts as being at the level: 0, or negative where a
///   part of the shortfall may be left
record Level(BigInteger ppm, String base, BigInteger bar) {
  static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  static final String OBLIGATION = "obligation";
  static final String REQUIREMENT = "requirement";
  static final String AUTO = "auto";

  static Level threshold(Terms terms) {
    return of(terms.thresholdPpm(), terms);
  }

  static Level target(Terms terms) {
    return of(terms.targetPpm(), terms);
  }

  static Level of(long ppm, Terms terms) {
    return new Level(BigInteger.valueOf(ppm), terms.base(), BigInteger.ZERO);
  }

  Level withBar(BigInteger lower) {
    return new Level(ppm, base, lower);
  }

  /// What multiplies a weighted debt: the level when debts are part of the base, else 10^6.
  BigInteger debtFactor(boolean hasRequirement) {
    return debtsAreBase(hasRequirement) ? ppm : MILLION;
  }

  /// Whether the obligation is what the level is measured against.
  boolean debtsAreBase(boolean hasRequirement) {
    return base.equals(OBLIGATION) || (base.equals(AUTO) && !hasRequirement);
  }
}
