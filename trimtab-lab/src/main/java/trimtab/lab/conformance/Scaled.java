package trimtab.lab.conformance;

import java.math.BigInteger;
import trimtab.rulebooks.number.Fraction;

/// Decimals of a case as whole numbers of a venue's units, and back.
final class Scaled {
  private Scaled() {}

  /// A decimal in units of `10^-decimals`.
  ///
  /// @throws IllegalArgumentException if it is no whole number of them
  static BigInteger of(Inputs inputs, String key, int decimals) {
    Fraction scaled = inputs.number(key).times(one(decimals));
    if (!scaled.denominator().equals(BigInteger.ONE)) {
      throw new IllegalArgumentException(
          "'%s' has more than %d decimals; the venue has no smaller unit".formatted(key, decimals));
    }
    return scaled.numerator();
  }

  /// The same, or a value in those units if it is not there.
  static BigInteger of(Inputs inputs, String key, int decimals, BigInteger otherwise) {
    return inputs.has(key) ? of(inputs, key, decimals) : otherwise;
  }

  /// Units of `10^-decimals` as a decimal.
  static Fraction back(BigInteger units, int decimals) {
    return Fraction.of(units).over(one(decimals));
  }

  private static Fraction one(int decimals) {
    return Fraction.of(BigInteger.TEN.pow(decimals));
  }
}
