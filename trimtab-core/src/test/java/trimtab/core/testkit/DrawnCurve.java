package trimtab.core.testkit;

import java.util.TreeSet;
import trimtab.core.cost.CostCurve;

/// Cost curves of every shape that is allowed: flat and steep pieces, convex and concave bends,
/// jumps.
public final class DrawnCurve {
  private DrawnCurve() {}

  /// @param pieces at most
  /// @param capacity at most
  /// @param cost of the whole capacity, in order of magnitude
  public static CostCurve of(Seeded seeded, int pieces, long capacity, long cost) {
    TreeSet<Long> drawn = new TreeSet<>();
    for (int i = 0; i < pieces; i++) {
      drawn.add(seeded.between(1, capacity));
    }
    long[] knots = drawn.stream().mapToLong(Long::longValue).toArray();
    long[] starts = new long[knots.length];
    long[] ends = new long[knots.length];
    long sum = 0;
    for (int i = 0; i < knots.length; i++) {
      starts[i] = sum + (seeded.chance(0.3) ? (long) seeded.logUniform(1, 1 + cost / 3.0) : 0);
      ends[i] = starts[i] + (seeded.chance(0.8) ? seeded.between(0, 2 * cost / knots.length) : 0);
      sum = ends[i];
    }
    return CostCurve.of(knots, starts, ends);
  }
}
