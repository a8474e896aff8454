package trimtab.core.certificate.check;

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
  static AdmissibleSizes of(Stage stage, long size, long unitValue) {
    long least = Math.max(1, Math.ceilDiv(stage.minimumOrderValue(), unitValue));
    long remainder = Math.max(1, Math.ceilDiv(stage.dustValue(), unitValue));
    long largest = Math.max(0, size - remainder);
    return new AdmissibleSizes(
        size, stage.lot(), ceilingToLot(least, stage.lot()), largest - largest % stage.lot());
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
