package trimtab.core.plan;

import java.util.Arrays;

/// The least of a measure that some of several legs together can free a needed relief for: below
/// every combination of them, as each is taken by its convex envelope.
///
/// With the legs of a search in an order, one curve for each tail of the order; a tail's curve is
/// its first leg's steps merged into the curve of the rest, cheapest first.
final class LaterLegs {
  private static final double[] NOTHING = {0};

  private final double[][][] reliefs = new double[LegTable.BRANCHES][][];
  private final double[][][] values = new double[LegTable.BRANCHES][][];
  private final boolean isOneBranch;

  private LaterLegs(int levels, boolean isOneBranch) {
    this.isOneBranch = isOneBranch;
    for (int branch = 0; branch < LegTable.BRANCHES; branch++) {
      reliefs[branch] = new double[levels + 1][];
      values[branch] = new double[levels + 1][];
    }
  }

  /// @param order legs by level
  /// @param needed the two reliefs that a combination needs; alike where the two branches are
  static LaterLegs of(LegTable[] tables, int[] order, Measure measure, double[] needed) {
    boolean oneBranch =
        needed[LegTable.HELD] == needed[LegTable.OWED]
            && Arrays.stream(tables).allMatch(LegTable::isOneBranch);
    LaterLegs later = new LaterLegs(order.length, oneBranch);
    for (int branch = 0; branch < (oneBranch ? 1 : LegTable.BRANCHES); branch++) {
      later.reliefs[branch][order.length] = NOTHING;
      later.values[branch][order.length] = NOTHING;
      // The search decides about the first leg: its tail is never asked for.
      for (int level = order.length - 1; level > 0; level--) {
        later.merge(branch, level, Envelope.of(tables[order[level]], measure, branch));
      }
    }
    return later;
  }

  private void merge(int branch, int level, Envelope leg) {
    double[] relief = reliefs[branch][level + 1];
    double[] value = values[branch][level + 1];
    int count = relief.length + leg.size() - 1;
    double[] merged = new double[count];
    double[] mergedValue = new double[count];
    int left = 1;
    int right = 1;
    for (int i = 1; i < count; i++) {
      boolean fromLeg =
          left == relief.length
              || (right < leg.size() && leg.price(right) < price(relief, value, left));
      merged[i] = merged[i - 1] + (fromLeg ? leg.step(right) : relief[left] - relief[left - 1]);
      mergedValue[i] =
          mergedValue[i - 1]
              + (fromLeg ? leg.value(right) - leg.value(right - 1) : value[left] - value[left - 1]);
      if (fromLeg) {
        right++;
      } else {
        left++;
      }
    }
    reliefs[branch][level] = merged;
    values[branch][level] = mergedValue;
  }

  private static double price(double[] relief, double[] value, int vertex) {
    return (value[vertex] - value[vertex - 1]) / (relief[vertex] - relief[vertex - 1]);
  }

  /// A lower bound of what the legs from a level on count if they free what is needed at either
  /// weight of the settlement currency; infinite where they cannot.
  ///
  /// @param level 1 to the number of legs
  double least(int level, double held, double owed) {
    double least = least(reliefs[LegTable.HELD][level], values[LegTable.HELD][level], held);
    return isOneBranch
        ? least
        : Math.max(least, least(reliefs[LegTable.OWED][level], values[LegTable.OWED][level], owed));
  }

  /// Whether the legs from a level on can free what is needed at a branch.
  boolean reaches(int level, int branch, double needed) {
    double[] relief = reliefs[isOneBranch ? LegTable.HELD : branch][level];
    return relief[relief.length - 1] >= needed;
  }

  private static double least(double[] relief, double[] value, double needed) {
    if (needed <= 0) {
      return 0;
    }
    int high = relief.length - 1;
    if (relief[high] < needed) {
      return Double.POSITIVE_INFINITY;
    }
    int low = 0;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (relief[middle] < needed) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double share = (needed - relief[low]) / (relief[high] - relief[low]);
    return value[low] + share * (value[high] - value[low]);
  }
}
