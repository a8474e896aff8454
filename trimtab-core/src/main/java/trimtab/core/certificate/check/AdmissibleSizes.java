package trimtab.core.certificate.check;

import java.math.BigInteger;
import trimtab.core.certificate.Certificate.Stage;

/// Which quantities of a leg may be closed: the multiples of the lot from `minimum` to
/// `maximumPartial`, and the whole leg.
///
/// @param size the whole leg
/// @param lot step
/// @param minimum least partial closing, a multiple of the lot
/// @param maximumPartial largest partial closing, a multiple of the lot below `size`; less than
///   `minimum` when only the whole leg is admissible
record AdmissibleSizes(long size, long lot, long minimum, long maximumPartial) {
  /// @param worth value units per unit of quantity
  static AdmissibleSizes of(Stage stage, long size, Rational worth) {
    long least = leastWorth(stage.minimumOrderValue(), worth);
    long remainder = leastWorth(stage.dustValue(), worth);
    long largest = Math.max(0, size - remainder);
    return new AdmissibleSizes(
        size, stage.lot(), ceilingToLot(least, stage.lot()), largest - largest % stage.lot());
  }

  private static long leastWorth(long value, Rational worth) {
    BigInteger needed = BigInteger.valueOf(value).multiply(worth.denominator());
    return Math.max(1, Rational.ceilingDivide(needed, worth.numerator()).longValueExact());
  }

  boolean contains(long quantity) {
    boolean partial = quantity % lot == 0 && quantity >= minimum && quantity <= maximumPartial;
    return partial || quantity == size;
  }

  /// The least admissible quantity that is not below another.
  long leastFrom(long quantity) {
    if (Math.max(quantity, minimum) > maximumPartial) {
      return size;
    }
    return ceilingToLot(Math.max(quantity, minimum), lot);
  }

  /// The largest admissible quantity that is not above a cap; 0 if there is none.
  long largestTo(long cap) {
    if (cap >= size) {
      return size;
    }
    long partial = Math.min(cap, maximumPartial);
    partial -= partial % lot;
    return partial >= minimum ? partial : 0;
  }

  static long ceilingToLot(long quantity, long lot) {
    return Math.multiplyExact(Math.ceilDiv(quantity, lot), lot);
  }
}
