package trimtab.core.plan;

import trimtab.core.cost.CostCurve;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;

/// One leg as a search over several legs sees it: per linear piece the quantities at which it
/// begins and ends, a lower bound of the all-in loss and two upper bounds of the relief there.
///
/// Relief is the rise of the excess over the target, with the settlement currency's net counted at
/// its asset weight ([#HELD]) or at its debt weight ([#OWED]) whatever its sign. Either is an upper
/// bound, and with one of the two the excess after closing several legs is at most the excess
/// before plus the sum of their reliefs. The figures are doubles: they guide and prune a search
/// whose candidates are decided by integers, and state a bound that the certificate's checker
/// proves in exact fractions.
final class LegTable {
  /// The settlement currency's net counts at its asset weight.
  static final int HELD = 0;

  /// The settlement currency's net counts at its debt weight.
  static final int OWED = 1;

  static final int BRANCHES = 2;

  private final LegLine line;
  private final double unitValue;
  private final long[] from;
  private final long[] to;
  private final double[] lossFrom;
  private final double[] lossTo;
  private final double[][] reliefFrom;
  private final double[][] reliefTo;
  private final double[] weights;
  private int pieces;

  private LegTable(LegLine line, int capacity, double[] weights) {
    this.line = line;
    this.unitValue = line.terms().notional(1);
    this.from = new long[capacity];
    this.to = new long[capacity];
    this.lossFrom = new double[capacity];
    this.lossTo = new double[capacity];
    this.reliefFrom = new double[BRANCHES][capacity];
    this.reliefTo = new double[BRANCHES][capacity];
    this.weights = weights;
  }

  /// Whether a settlement net counts the same held or owed, so that one branch says all.
  boolean isOneBranch() {
    return weights[HELD] == weights[OWED];
  }

  /// A position: its admissible quantities up to `cap`, in lots, then the whole.
  static LegTable of(PositionLine line, long cap) {
    LegTerms terms = line.terms();
    long limit = Math.min(cap, line.curve().capacity());
    long first = terms.minimum();
    long last = Rounding.floorToStep(Math.min(terms.maximumPartial(), limit), terms.lot());
    long[] ends = line.pieceEnds();
    double[] weights = {line.settlementWeight(HELD), line.settlementWeight(OWED)};
    LegTable table = new LegTable(line, ends.length + 2, weights);
    long begin = 0;
    for (int i = 0; i <= ends.length && begin < last; i++) {
      long end = i < ends.length ? ends[i] : terms.size() - 1;
      long low = Math.max(first, Rounding.ceilToStep(begin + 1, terms.lot()));
      long high = Math.min(last, Rounding.floorToStep(end, terms.lot()));
      if (low <= high) {
        table.add(line, low, high);
      }
      begin = end;
    }
    if (limit >= terms.size()) {
      table.add(line, terms.size(), terms.size());
    }
    return table;
  }

  private void add(PositionLine line, long low, long high) {
    from[pieces] = low;
    to[pieces] = high;
    lossFrom[pieces] = line.lossFloor(low);
    lossTo[pieces] = high == low ? lossFrom[pieces] : line.lossFloor(high);
    double freedFrom = line.freed(low).toDouble() * line.requirementWeight();
    double freedTo =
        high == low ? freedFrom : line.freed(high).toDouble() * line.requirementWeight();
    for (int branch = 0; branch < BRANCHES; branch++) {
      double weight = weights[branch];
      reliefFrom[branch][pieces] = freedFrom - weight * lossFrom[pieces];
      reliefTo[branch][pieces] = freedTo - weight * lossTo[pieces];
    }
    pieces++;
  }

  /// A pair: every quantity of what is held up to `cap`, as the size depends on what other legs do.
  ///
  /// @param line at the state before anything is closed; where several pairs sell its collateral,
  ///   on the convex hull of the curve
  static LegTable of(PairLine line, long cap) {
    CostCurve curve = line.curve();
    long limit = Math.min(cap, curve.capacity());
    double[] weights = {line.settlementWeight(HELD), line.settlementWeight(OWED)};
    LegTable table = new LegTable(line, curve.pieces() + 1, weights);
    Wide[] base = {line.upperBound(0, true), line.upperBound(0, false)};
    long begin = 0;
    for (int i = 0; i < curve.pieces() && begin < limit; i++) {
      long end = Math.min(limit, curve.knot(i));
      table.add(line, begin + 1, end, base);
      begin = end;
    }
    return table;
  }

  /// The only pair of an account, in lots up to all that is held: nothing but positions changes
  /// what is owed, and they only raise it.
  ///
  /// @param whole of quantities that repay the whole debt; else of those that repay all they can
  /// @param most no quantity above it but all that is held
  static LegTable ofOnly(PairLine line, boolean whole, long most) {
    LegTerms terms = line.terms();
    CostCurve curve = line.curve();
    long lot = terms.lot();
    long limit = Math.min(Math.min(most, line.held() - 1), curve.capacity());
    double[] weights = {line.settlementWeight(HELD), line.settlementWeight(OWED)};
    LegTable table = new LegTable(line, curve.pieces() + 1, weights);
    Wide[] base = {line.upperBound(0, true), line.upperBound(0, false)};
    long last = Rounding.floorToStep(limit, lot);
    long begin = (whole ? terms.size() : terms.minimum()) - 1;
    for (int i = 0; i < curve.pieces() && begin < last; i++) {
      long low = Rounding.ceilToStep(begin + 1, lot);
      long high = Rounding.floorToStep(Math.min(last, curve.knot(i)), lot);
      if (low <= high) {
        table.addOnly(line, low, high, base, whole);
      }
      begin = Math.max(begin, curve.knot(i));
    }
    boolean sellsAll = line.owesSettlement() || terms.size() == line.held();
    if (sellsAll && line.held() <= curve.capacity()) {
      table.addOnly(line, line.held(), line.held(), base, whole);
    }
    return table;
  }

  private void addOnly(PairLine line, long low, long high, Wide[] base, boolean whole) {
    from[pieces] = low;
    to[pieces] = high;
    lossFrom[pieces] = line.lossFloor(low, whole);
    lossTo[pieces] = line.lossFloor(high, whole);
    for (int branch = 0; branch < BRANCHES; branch++) {
      boolean held = branch == HELD;
      double slack = line.rounding(held) - base[branch].toDouble();
      reliefFrom[branch][pieces] = bound(line, low, held, whole) + slack;
      reliefTo[branch][pieces] = bound(line, high, held, whole) + slack;
    }
    pieces++;
  }

  private static double bound(PairLine line, long quantity, boolean held, boolean whole) {
    Wide bound = whole ? line.upperBoundWhole(quantity, held) : line.upperBound(quantity, held);
    return bound.toDouble();
  }

  /// The same leg where each unit that it loses loses more beside it.
  ///
  /// @param factor what is lost for each unit in all
  LegTable losing(double factor) {
    LegTable table = new LegTable(line, pieces, weights);
    table.pieces = pieces;
    System.arraycopy(from, 0, table.from, 0, pieces);
    System.arraycopy(to, 0, table.to, 0, pieces);
    for (int i = 0; i < pieces; i++) {
      table.lossFrom[i] = lossFrom[i] * factor;
      table.lossTo[i] = lossTo[i] * factor;
      for (int branch = 0; branch < BRANCHES; branch++) {
        double more = weights[branch] * (factor - 1);
        table.reliefFrom[branch][i] = reliefFrom[branch][i] - more * lossFrom[i];
        table.reliefTo[branch][i] = reliefTo[branch][i] - more * lossTo[i];
      }
    }
    return table;
  }

  private void add(PairLine line, long low, long high, Wide[] base) {
    from[pieces] = low;
    to[pieces] = high;
    lossFrom[pieces] = line.leastLoss(low);
    lossTo[pieces] = line.leastLoss(high);
    for (int branch = 0; branch < BRANCHES; branch++) {
      boolean held = branch == HELD;
      double slack = line.overshoot(held);
      reliefFrom[branch][pieces] =
          line.upperBound(low, held).minus(base[branch]).toDouble() + slack;
      reliefTo[branch][pieces] = line.upperBound(high, held).minus(base[branch]).toDouble() + slack;
    }
    pieces++;
  }

  LegLine line() {
    return line;
  }

  int pieces() {
    return pieces;
  }

  /// First quantity of a piece.
  long from(int piece) {
    return from[piece];
  }

  /// Last quantity of a piece.
  long to(int piece) {
    return to[piece];
  }

  /// Lower bound of what a measure counts at an end of a piece.
  double value(Measure measure, int piece, boolean end) {
    return switch (measure) {
      case LOSS -> end ? lossTo[piece] : lossFrom[piece];
      case NOTIONAL -> unitValue * (end ? to[piece] : from[piece]);
    };
  }

  double relief(int branch, int piece, boolean end) {
    return end ? reliefTo[branch][piece] : reliefFrom[branch][piece];
  }

  /// Whether a quantity lies in a piece.
  boolean contains(long quantity) {
    int piece = piece(quantity);
    return from[piece] <= quantity && quantity <= to[piece];
  }

  /// By how much the relief rises along a piece.
  double rise(int branch, int piece) {
    return reliefTo[branch][piece] - reliefFrom[branch][piece];
  }

  /// Whether an end of a piece reaches a needed relief.
  boolean reaches(int branch, int piece, double needed) {
    return reliefTo[branch][piece] >= needed || reliefFrom[branch][piece] >= needed;
  }

  /// Upper bound of the relief of a quantity inside a piece.
  double reliefAt(int branch, int piece, long quantity) {
    return between(piece, quantity, reliefFrom[branch][piece], reliefTo[branch][piece]);
  }

  double valueAt(Measure measure, int piece, long quantity) {
    return switch (measure) {
      case LOSS -> between(piece, quantity, lossFrom[piece], lossTo[piece]);
      case NOTIONAL -> unitValue * quantity;
    };
  }

  private double between(int piece, long quantity, double low, double high) {
    return quantity == from[piece]
        ? low
        : low + (high - low) * ((double) (quantity - from[piece]) / (to[piece] - from[piece]));
  }

  /// The piece in which a quantity lies, the nearest one above where it lies in none; the last one
  /// above all.
  int piece(long quantity) {
    int piece = 0;
    while (piece + 1 < pieces && to[piece] < quantity) {
      piece++;
    }
    return piece;
  }

  /// The largest relief of any quantity, at least 0.
  double mostRelief(int branch) {
    double most = 0;
    for (int piece = 0; piece < pieces; piece++) {
      most = Math.max(most, Math.max(reliefFrom[branch][piece], reliefTo[branch][piece]));
    }
    return most;
  }

  /// The largest relief of any quantity from `low` to `high`, 0 among them where `low` is.
  double mostRelief(int branch, long low, long high) {
    double most = low == 0 ? 0 : Double.NEGATIVE_INFINITY;
    for (int piece = 0; piece < pieces; piece++) {
      long begin = Math.max(low, from[piece]);
      long end = Math.min(high, to[piece]);
      if (begin <= end) {
        most = Math.max(most, reliefAt(branch, piece, begin));
        most = Math.max(most, reliefAt(branch, piece, end));
      }
    }
    return most;
  }
}
