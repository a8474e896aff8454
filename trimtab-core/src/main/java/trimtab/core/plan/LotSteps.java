package trimtab.core.plan;

/// Where in a piece of a leg a needed relief is reached.
final class LotSteps {
  private LotSteps() {}

  /// The first lot of a piece, at least `least`, whose reliefs reach what is needed; past the piece
  /// where none does. Reliefs are linear along a piece, so the straight line names the place.
  ///
  /// @param held needed relief at the asset weight
  /// @param owed needed relief at the debt weight
  static long first(LegTable table, int piece, double held, double owed, long least, long lot) {
    long past = table.to(piece) + 1;
    long start = table.from(piece);
    if (start < least) {
      start += Math.ceilDiv(least - start, lot) * lot;
    }
    if (start > table.to(piece)) {
      return past;
    }
    start = Math.max(start, rising(table, piece, LegTable.HELD, held, lot));
    start = Math.max(start, rising(table, piece, LegTable.OWED, owed, lot));
    if (start > table.to(piece)
        || table.reliefAt(LegTable.HELD, piece, start) < held
        || table.reliefAt(LegTable.OWED, piece, start) < owed) {
      return past;
    }
    return start;
  }

  /// The first lot that reaches a needed relief where the relief rises; the first of the piece
  /// where it does not.
  private static long rising(LegTable table, int piece, int branch, double needed, long lot) {
    double low = table.relief(branch, piece, false);
    double high = table.relief(branch, piece, true);
    long from = table.from(piece);
    long to = table.to(piece);
    if (low >= needed || high <= low) {
      return from;
    }
    if (high < needed) {
      return to + 1;
    }
    double lots = (double) (to - from) / lot;
    long steps = (long) Math.ceil((needed - low) / (high - low) * lots);
    steps = Math.max(0, Math.min(steps, (to - from) / lot));
    long quantity = from + steps * lot;
    while (quantity > from && table.reliefAt(branch, piece, quantity - lot) >= needed) {
      quantity -= lot;
    }
    while (quantity < to && table.reliefAt(branch, piece, quantity) < needed) {
      quantity += lot;
    }
    return quantity;
  }
}
