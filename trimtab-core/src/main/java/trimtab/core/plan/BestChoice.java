package trimtab.core.plan;

/// What a search over several legs holds on to: the relaxation's bounds, the best combination so
/// far, and how many it has looked at.
///
/// It prunes by reduced value: with the multiplier of the relaxation, a combination counts at least
/// the bound plus what each of its legs exceeds its least reduced value by.
final class BestChoice {
  private static final double UNIT = 1e-6;

  private final double[] need;
  private final double[] tolerance;
  private final Measure first;
  private final Measure second;
  private final Relaxation byFirst;
  private final Relaxation bySecond;
  private final double slackFirst;
  private final double slackSecond;
  private final long[] quantities;
  private final int nodesMax;
  private boolean found;
  private long bestFirst = Long.MAX_VALUE;
  private long bestSecond = Long.MAX_VALUE;
  private int nodes;

  /// @param nodesMax steps after which a search is over
  BestChoice(Standing standing, LegTable[] tables, Measure measure, int nodesMax) {
    this.first = measure;
    this.second = measure.other();
    this.need = Relaxation.need(standing);
    this.tolerance = new double[LegTable.BRANCHES];
    for (int branch = 0; branch < LegTable.BRANCHES; branch++) {
      double scale = Math.abs(need[branch]);
      for (LegTable table : tables) {
        scale += table.mostRelief(branch);
      }
      tolerance[branch] = scale * Relaxation.ROUNDING;
    }
    this.byFirst = Relaxation.of(tables, first, need);
    // The second measure prunes ties alone; a search that is cut short can do without.
    this.bySecond =
        tables.length <= LegChoice.EXACT_LEGS_MAX
            ? Relaxation.of(tables, second, need)
            : Relaxation.unsolved(tables, second);
    this.slackFirst = UNIT + 4 * Relaxation.ROUNDING * Math.abs(byFirst.bound());
    this.slackSecond = UNIT + 4 * Relaxation.ROUNDING * Math.abs(bySecond.bound());
    this.quantities = new long[tables.length];
    this.nodesMax = Math.min(nodesMax, LegChoice.nodesMax(tables.length));
  }

  /// How much relief is needed at least, at a branch of [LegTable].
  double need(int branch) {
    return need[branch] - tolerance[branch];
  }

  Measure first() {
    return first;
  }

  Measure second() {
    return second;
  }

  Relaxation byFirst() {
    return byFirst;
  }

  Relaxation bySecond() {
    return bySecond;
  }

  boolean found() {
    return found;
  }

  long bestFirst() {
    return bestFirst;
  }

  long bestSecond() {
    return bestSecond;
  }

  /// What is closed of a leg in the best combination.
  long quantity(int leg) {
    return quantities[leg];
  }

  /// Counts steps of the search.
  void step(int weight) {
    nodes += weight;
  }

  boolean isOver() {
    return nodes >= nodesMax;
  }

  /// What legs may exceed their least reduced values by and still be as good as the best.
  double budget() {
    return found ? bestFirst + slackFirst - byFirst.bound() : Double.POSITIVE_INFINITY;
  }

  /// The first lot of a piece whose reduced value is within what is left to the best; past the
  /// piece if there is none.
  long firstWithin(LegTable table, int piece, double left, long lot) {
    double budget = budget() - left;
    double low = byFirst.reduced(table, piece, false);
    double high = byFirst.reduced(table, piece, true);
    if (low <= budget) {
      return table.from(piece);
    }
    if (high > budget) {
      return table.to(piece) + 1;
    }
    double lots = (double) (table.to(piece) - table.from(piece)) / lot;
    long skipped = (long) Math.max(0, Math.floor((low - budget) / (low - high) * lots) - 1);
    return table.from(piece) + skipped * lot;
  }

  /// Whether nothing that exceeds the bounds by so much can be better than the best.
  boolean isHopelessBy(double exceeded, double exceededSecond) {
    return isHopeless(byFirst.bound() + exceeded, exceededSecond);
  }

  /// Whether nothing can be better than the best that counts at least `least` by the first measure
  /// and exceeds the bound of the second by so much.
  boolean isHopeless(double least, double exceededSecond) {
    if (!found) {
      return false;
    }
    double value = certain(least);
    return value > bestFirst
        || (value > bestFirst - 1.0
            && bySecond.bound() + exceededSecond - slackSecond > bestSecond);
  }

  /// Whether nothing that counts at least `least` by the first measure can be as good as the best.
  boolean isBeyond(double least) {
    return least == Double.POSITIVE_INFINITY || (found && certain(least) > bestFirst);
  }

  /// Below by more than doubles can err.
  private static double certain(double least) {
    return least - UNIT - 4 * Relaxation.ROUNDING * Math.abs(least);
  }

  /// Whether nothing that exceeds a relaxation's bound by so much can be as good as the best.
  boolean isBeyond(Relaxation relaxation, double exceeded) {
    return isBeyond(relaxation.bound() + exceeded);
  }

  /// Less by the first measure, then by the second, then more of the legs that are listed first.
  boolean isBetter(long valueFirst, long valueSecond, long[] chosen) {
    if (valueFirst != bestFirst) {
      return valueFirst < bestFirst;
    }
    if (valueSecond != bestSecond) {
      return valueSecond < bestSecond;
    }
    for (int leg = 0; leg < quantities.length; leg++) {
      if (chosen[leg] != quantities[leg]) {
        return chosen[leg] > quantities[leg];
      }
    }
    return false;
  }

  void take(long valueFirst, long valueSecond, long[] chosen) {
    found = true;
    bestFirst = valueFirst;
    bestSecond = valueSecond;
    System.arraycopy(chosen, 0, quantities, 0, quantities.length);
  }

  LegChoice result(boolean exhausted) {
    return new LegChoice(quantities.clone(), byFirst, exhausted);
  }
}
