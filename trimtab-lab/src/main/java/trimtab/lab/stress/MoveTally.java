package trimtab.lab.stress;

/// Everything that is summed at one move of prices.
///
/// @param breaches by rulebook
/// @param points by rulebook and change of liquidity
@SuppressWarnings("ArrayRecordComponent")
record MoveTally(BreachTally[] breaches, PointTally[][] points) {
  static MoveTally of(int rulebooks, int points, int feeds) {
    MoveTally tally = new MoveTally(new BreachTally[rulebooks], new PointTally[rulebooks][points]);
    for (int rulebook = 0; rulebook < rulebooks; rulebook++) {
      tally.breaches[rulebook] = new BreachTally();
      for (int point = 0; point < points; point++) {
        tally.points[rulebook][point] = new PointTally(feeds);
      }
    }
    return tally;
  }

  void add(MoveTally other) {
    for (int rulebook = 0; rulebook < breaches.length; rulebook++) {
      breaches[rulebook].add(other.breaches[rulebook]);
      for (int point = 0; point < points[rulebook].length; point++) {
        points[rulebook][point].add(other.points[rulebook][point]);
      }
    }
  }
}
