package trimtab.lab.stress;

import trimtab.core.cost.CostCurve;

/// A cost curve with its straight pieces as doubles: to search on, and the exact one to decide.
final class QuickCurve {
  final CostCurve exact;
  final long capacity;
  private final double[] knots;
  private final double[] costs;
  private final double[] slopes;

  QuickCurve(CostCurve exact) {
    this.exact = exact;
    this.capacity = exact.capacity();
    int pieces = exact.pieces();
    this.knots = new double[pieces + 1];
    this.costs = new double[pieces + 1];
    this.slopes = new double[pieces];
    for (int piece = 0; piece < pieces; piece++) {
      knots[piece + 1] = exact.knot(piece);
      costs[piece + 1] = exact.end(piece);
      slopes[piece] = (exact.end(piece) - exact.start(piece)) / (knots[piece + 1] - knots[piece]);
    }
  }

  /// The piece that goes on from a quantity.
  int pieceFrom(double quantity) {
    int low = 0;
    int high = slopes.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (quantity < knots[middle + 1]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /// The unrounded cost on a piece.
  double cost(int piece, double quantity) {
    return costs[piece] + slopes[piece] * (quantity - knots[piece]);
  }

  double slope(int piece) {
    return slopes[piece];
  }
}
