package trimtab.core.cost;

import java.util.Arrays;
import java.util.List;
import trimtab.core.money.Rounding;

/// The least all-in cost of trading a quantity on one market and side, relative to the mark: the
/// only thing the planner sees of liquidity. Depth ladders, pools, the square-root law and the
/// router all build curves.
///
/// Integer and piecewise linear, jumps allowed (the fixed cost of a venue): piece `i` covers the
/// quantities `knots[i] + 1` to `knots[i + 1]` (with `knots[0] = 0`) and runs straight from
/// `starts[i]`, the limit of the cost just above `knots[i]`, to `ends[i]` at `knots[i + 1]`.
/// Between, a cost is rounded up, against the account.
public final class CostCurve {
  /// Pieces a curve may have.
  public static final int PIECES_MAX = 64;

  /// Capacity of a curve that never runs out.
  public static final long UNLIMITED = Long.MAX_VALUE >> 2;

  /// No cost at any size.
  public static final CostCurve FREE =
      new CostCurve(new long[] {UNLIMITED}, new long[] {0}, new long[] {0});

  /// Nothing can be traded any more: capacity 0, no piece.
  public static final CostCurve EXHAUSTED = new CostCurve(new long[0], new long[0], new long[0]);

  private final long[] knots;
  private final long[] starts;
  private final long[] ends;

  /// Knots, starts and ends, once they were asked for; whichever thread makes them, they are equal.
  private List<List<Long>> lists = List.of();

  private CostCurve(long[] knots, long[] starts, long[] ends) {
    this.knots = knots;
    this.starts = starts;
    this.ends = ends;
  }

  /// A curve of pieces that run straight, with jumps between them allowed.
  ///
  /// @param knots last quantity of each piece, ascending, positive
  /// @param starts cost just above the previous knot, value units, not negative
  /// @param ends cost at the knot, value units, not below the start of its piece
  /// @throws IllegalArgumentException if the pieces do not form a non-decreasing curve
  public static CostCurve of(long[] knots, long[] starts, long[] ends) {
    int pieces = knots.length;
    if (pieces == 0 || pieces > PIECES_MAX || starts.length != pieces || ends.length != pieces) {
      throw new IllegalArgumentException(
          "a cost curve has 1 to %d pieces, not %d".formatted(PIECES_MAX, pieces));
    }
    long quantity = 0;
    long cost = 0;
    for (int i = 0; i < pieces; i++) {
      if (knots[i] <= quantity || starts[i] < cost || ends[i] < starts[i]) {
        throw new IllegalArgumentException(
            "piece %d of a cost curve must go on in quantity and not fall in cost".formatted(i));
      }
      quantity = knots[i];
      cost = ends[i];
    }
    return new CostCurve(knots.clone(), starts.clone(), ends.clone());
  }

  /// A continuous curve through points, from (0, 0).
  public static CostCurve through(long[] knots, long[] costs) {
    long[] starts = new long[costs.length];
    System.arraycopy(costs, 0, starts, 1, Math.max(0, costs.length - 1));
    return of(knots, starts, costs);
  }

  /// How many straight pieces the curve has; 0 for [#EXHAUSTED].
  public int pieces() {
    return knots.length;
  }

  /// Last quantity of a piece.
  public long knot(int piece) {
    return knots[piece];
  }

  /// Cost just above the previous knot.
  public long start(int piece) {
    return starts[piece];
  }

  /// Cost at the knot of a piece.
  public long end(int piece) {
    return ends[piece];
  }

  /// Knots, starts and ends of all pieces, each as a list.
  public List<List<Long>> lists() {
    List<List<Long>> made = lists;
    if (made.isEmpty()) {
      made = List.of(listed(knots), listed(starts), listed(ends));
      lists = made;
    }
    return made;
  }

  private static List<Long> listed(long[] values) {
    // A list without nulls, which records take as it is.
    return List.copyOf(Arrays.stream(values).boxed().toList());
  }

  /// The largest quantity that can be traded; 0 for [#EXHAUSTED].
  public long capacity() {
    return knots.length == 0 ? 0 : knots[knots.length - 1];
  }

  /// The cost of a quantity, in value units, rounded up.
  ///
  /// @param quantity 0 to [#capacity()]
  /// @throws IllegalArgumentException beyond the capacity
  public long cost(long quantity) {
    if (quantity == 0) {
      return 0;
    }
    int piece = pieceOf(quantity);
    long from = piece == 0 ? 0 : knots[piece - 1];
    long rise = ends[piece] - starts[piece];
    return starts[piece] + Rounding.mulDivCeil(rise, quantity - from, knots[piece] - from);
  }

  /// The same rounded down: a lower bound of the unrounded cost, for proofs that a size fails.
  public long costFloor(long quantity) {
    if (quantity == 0) {
      return 0;
    }
    int piece = pieceOf(quantity);
    long from = piece == 0 ? 0 : knots[piece - 1];
    long rise = ends[piece] - starts[piece];
    return starts[piece] + Rounding.mulDivFloor(rise, quantity - from, knots[piece] - from);
  }

  /// What is left of the curve after `used` units were traded on it: the cost of the next units. A
  /// fixed cost that was paid is not paid again.
  ///
  /// The rest costs `cost(used + q) - cost(used)`, and up to one value unit more, against the
  /// account, where `used` and `used + q` lie inside one piece: each of the two is rounded up.
  ///
  /// @param used 0 or more
  /// @return the rest, or [#EXHAUSTED] when nothing is left; a curve that ends flat and never runs
  ///   out does not run out
  public CostCurve after(long used) {
    if (used == 0) {
      return this;
    }
    if (used >= capacity()) {
      return EXHAUSTED;
    }
    long spent = cost(used);
    int first = 0;
    while (knots[first] <= used) {
      first++;
    }
    int count = knots.length - first;
    long[] restKnots = new long[count];
    long[] restStarts = new long[count];
    long[] restEnds = new long[count];
    for (int i = 0; i < count; i++) {
      int piece = first + i;
      boolean endless = knots[piece] == UNLIMITED && starts[piece] == ends[piece];
      restKnots[i] = endless ? UNLIMITED : knots[piece] - used;
      // The rest of a piece in which `used` lies goes on from what was paid.
      boolean cut = i == 0 && (piece == 0 || knots[piece - 1] < used);
      restStarts[i] = cut ? 0 : starts[piece] - spent;
      restEnds[i] = ends[piece] - spent;
    }
    return of(restKnots, restStarts, restEnds);
  }

  private int pieceOf(long quantity) {
    if (quantity < 0 || quantity > capacity()) {
      throw new IllegalArgumentException(
          "the cost curve ends at %d; %d was asked".formatted(capacity(), quantity));
    }
    int low = 0;
    int high = knots.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (quantity <= knots[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CostCurve curve
        && Arrays.equals(curve.knots, knots)
        && Arrays.equals(curve.starts, starts)
        && Arrays.equals(curve.ends, ends);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(knots) + Arrays.hashCode(starts)) + Arrays.hashCode(ends);
  }

  @Override
  public String toString() {
    return "CostCurve" + Arrays.toString(knots) + Arrays.toString(ends);
  }
}
