package trimtab.core.plan;

import java.util.List;
import java.util.function.Consumer;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;

/// The best combination of positions and one pair. Positions add up, and change nothing of the pair
/// but what is owed; so with the quantity of the pair given, a combination is decided by two exact
/// sums, and the search runs over the pair first and all positions but the one with the most lots,
/// whose least quantity follows.
///
/// It looks in turn at sizes of the pair that leave some of the debt, which repay all they can, and
/// at those that repay the whole, losses of the positions included: either way all figures are
/// straight lines, and the bounds as good as the roundings let them be.
final class OnePairChoice implements Descent.Legs {
  /// Steps of the search: each adds up, none settles a leg.
  private static final int NODES_MAX = 1 << 12;

  /// Lots of the last leg that are looked at where roundings decide.
  private static final int ROUNDED_LOTS_MAX = 1 << 8;

  private final LegLine[] lines;
  private final PairLine pair;
  private final int pairLeg;
  private final boolean whole;
  private final LegTable[] tables;
  private final BestChoice best;
  private final Consumer<long[]> taking;
  private final int[] order;
  private final Wide requirement;
  private final long[] quantities;
  private final long[] losses;
  private final Wide[] freed;
  private final double[][] reliefs;
  private final double unit;

  /// What an admissible partial closing of the pair leaves at least.
  private final long rest;

  /// Whether no last leg was given up because roundings decided over too many of its lots.
  private boolean complete = true;

  private OnePairChoice(
      Standing start,
      LegTable[] positions,
      List<LegLine> legs,
      boolean whole,
      BestChoice best,
      Consumer<long[]> taking) {
    int count = legs.size();
    this.lines = legs.toArray(LegLine[]::new);
    this.pairLeg = count - 1;
    this.pair = (PairLine) lines[pairLeg];
    this.whole = whole;
    this.best = best;
    this.taking = taking;
    this.tables = new LegTable[count];
    for (int leg = 0; leg < pairLeg; leg++) {
      tables[leg] = whole ? positions[leg].losing(pair.lossFactor()) : positions[leg];
    }
    long large = Rounding.floorToStep(Long.MAX_VALUE >> 2, pair.lot());
    this.rest = large - pair.terms().withSize(large).maximumPartial();
    long most = pair.owesSettlement() ? pair.held() : pair.size();
    tables[pairLeg] = LegTable.ofOnly(pair, whole, whole ? most : most - rest);
    this.order = order();
    this.requirement = ((PositionLine) lines[0]).requirement();
    this.quantities = new long[count];
    this.losses = new long[count];
    this.freed = new Wide[count];
    this.reliefs = new double[LegTable.BRANCHES][count];
    this.unit = Math.max(start.weight(0, true), start.weight(0, false));
    for (int leg = 0; leg < count; leg++) {
      choose(leg, 0);
    }
  }

  /// Whether the legs are positions and one pair whose proceeds rise with the quantity.
  ///
  /// @param legs positions, then pairs
  static boolean fits(List<LegLine> legs) {
    return legs.size() > 1
        && legs.get(legs.size() - 2) instanceof PositionLine
        && legs.getLast() instanceof PairLine pair
        && !pair.collateralIsSettlement()
        && pair.bringsMoreWithSize();
  }

  /// Searches with no leg's share capped.
  ///
  /// @param start state before anything is closed, no penalty capped
  /// @param legs that [#fits(List)], at that state
  /// @param positions tables of those of them that are positions
  /// @param best what is found so far, and where what is found is put
  /// @param taking settles a combination, and takes it as the best if it is admissible, restores
  ///   and is better
  /// @return whether every combination that could be better was looked at
  static boolean search(
      Standing start,
      List<LegLine> legs,
      LegTable[] positions,
      BestChoice best,
      Consumer<long[]> taking) {
    boolean all = new OnePairChoice(start, positions, legs, false, best, taking).run();
    return new OnePairChoice(start, positions, legs, true, best, taking).run() && all;
  }

  private int[] order() {
    int last = 0;
    for (int leg = 1; leg < pairLeg; leg++) {
      if (lines[leg].size() / lines[leg].lot() > lines[last].size() / lines[last].lot()) {
        last = leg;
      }
    }
    int[] levels = new int[lines.length];
    levels[0] = pairLeg;
    int level = 1;
    for (int leg = 0; leg < pairLeg; leg++) {
      if (leg != last) {
        levels[level++] = leg;
      }
    }
    levels[level] = last;
    return levels;
  }

  private boolean run() {
    double[] need = {best.need(LegTable.HELD), best.need(LegTable.OWED)};
    Relaxation relaxed = Relaxation.of(tables, best.first(), need);
    if (!relaxed.reachable() || best.isBeyond(relaxed, 0)) {
      return true;
    }
    seed(relaxed);
    boolean all = new Descent(tables, order, best, relaxed, this, NODES_MAX).run();
    return all && complete;
  }

  /// First candidates: the relaxation's solution, with the lots of the pair to either side of it.
  private void seed(Relaxation relaxed) {
    if (whole) {
      seed(relaxed, pair.size());
      return;
    }
    long wanted =
        relaxed.critical() == pairLeg ? relaxed.criticalNext() : relaxed.quantity(pairLeg);
    long most = Rounding.floorToStep(pair.terms().maximumPartial(), pair.lot());
    seed(relaxed, Math.min(most, wanted));
    seed(relaxed, Math.min(most, relaxed.quantity(pairLeg)));
    seed(relaxed, 0);
  }

  private void seed(Relaxation relaxed, long ofPair) {
    LegTable table = tables[pairLeg];
    if (ofPair != 0 && !(table.pieces() > 0 && table.contains(ofPair))) {
      return;
    }
    choose(pairLeg, ofPair);
    for (int leg = 0; leg < pairLeg; leg++) {
      choose(leg, relaxed.quantity(leg));
    }
    finish(order[order.length - 1]);
  }

  @Override
  public void choose(int leg, long quantity) {
    quantities[leg] = quantity;
    losses[leg] = 0;
    freed[leg] = Wide.ZERO;
    reliefs[LegTable.HELD][leg] = 0;
    reliefs[LegTable.OWED][leg] = 0;
    if (quantity == 0) {
      return;
    }
    if (lines[leg] instanceof PositionLine position) {
      losses[leg] = position.loss(quantity);
      freed[leg] = position.freed(quantity);
    }
    int piece = tables[leg].piece(quantity);
    reliefs[LegTable.HELD][leg] = tables[leg].reliefAt(LegTable.HELD, piece, quantity);
    reliefs[LegTable.OWED][leg] = tables[leg].reliefAt(LegTable.OWED, piece, quantity);
  }

  @Override
  public boolean mayLeave(int leg) {
    return !whole || leg != pairLeg;
  }

  @Override
  public double missing(int leg, long quantity, double before, double value) {
    if (best.first() != Measure.LOSS) {
      return 0;
    }
    return leg == pairLeg ? factor() * lossFrom(quantity) : before - value;
  }

  @Override
  public double room(int leg, long quantity, double before, double value) {
    if (!whole || best.first() != Measure.LOSS) {
      return before;
    }
    return leg == pairLeg ? factor() * lossUpTo(quantity) : before - value;
  }

  private double factor() {
    return whole ? pair.lossFactor() : 1;
  }

  /// The least loss of the positions with which a quantity of the pair is what it is taken for.
  private double lossFrom(long quantity) {
    long loss = whole ? lossBefore(quantity) : lossForRest(quantity);
    return loss == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : loss;
  }

  /// The largest loss of the positions with which a quantity of the pair repays the whole debt.
  private double lossUpTo(long quantity) {
    double room = pair.repayable(quantity) - (double) pair.owed();
    return pair.owesSettlement() || room < 0 ? room : Double.POSITIVE_INFINITY;
  }

  /// The least loss of the positions with which a quantity of the pair is not more than the whole:
  /// all smaller ones must repay less than is owed.
  private long lossBefore(long quantity) {
    if (quantity <= pair.size()) {
      return 0;
    }
    long smaller = Rounding.floorToStep(quantity - 1, pair.lot());
    return Math.max(0, pair.repayable(smaller) + 1 - pair.owed());
  }

  /// The least loss with which a quantity of the pair leaves an admissible rest of the debt, or, as
  /// it is all that is held, repays all it can.
  private long lossForRest(long quantity) {
    if (quantity < pair.held()) {
      long next = Rounding.ceilToStep(quantity + rest, pair.lot());
      return lossBefore(Math.min(pair.held(), next));
    }
    long loss = Math.max(0, pair.repayable(quantity) - pair.owed());
    return loss == 0 || pair.owesSettlement() ? loss : Long.MAX_VALUE;
  }

  /// With the other legs as chosen, the least quantity of the last one that restores and loses so
  /// much that the pair's quantity is what it is taken for.
  @Override
  public void finish(int leg) {
    long ofPair = quantities[pairLeg];
    long loss = ofPair == 0 ? 0 : whole ? lossBefore(ofPair) : lossForRest(ofPair);
    if (loss < Long.MAX_VALUE) {
      finish(leg, loss);
    }
    choose(leg, 0);
  }

  private void finish(int leg, long loss) {
    choose(leg, 0);
    double held = best.need(LegTable.HELD);
    double owed = best.need(LegTable.OWED);
    long lost = 0;
    for (int other = 0; other < lines.length; other++) {
      held -= reliefs[LegTable.HELD][other];
      owed -= reliefs[LegTable.OWED][other];
      lost += losses[other];
    }
    if (held <= 0 && owed <= 0 && lost >= loss && look(leg, 0)) {
      return;
    }
    LegTable table = tables[leg];
    long lot = lines[leg].lot();
    long least = lost >= loss ? 0 : leastLosing(table, lines[leg], factor(), loss - lost);
    for (int piece = 0; piece < table.pieces() && least < Long.MAX_VALUE; piece++) {
      long start = LotSteps.first(table, piece, held, owed, least, lot);
      if (start <= table.to(piece) && look(leg, piece, start)) {
        return;
      }
    }
  }

  /// The lots of a piece from one on. A lot raises the excess by no more than its relief, so those
  /// that cannot make good what is missing are passed over.
  ///
  /// @return whether larger quantities are not better
  private boolean look(int leg, int piece, long start) {
    LegTable table = tables[leg];
    long lot = lines[leg].lot();
    double span = (double) (table.to(piece) - table.from(piece)) / lot;
    double rise = Math.max(table.rise(LegTable.HELD, piece), table.rise(LegTable.OWED, piece));
    long quantity = start;
    for (int tries = 0; quantity <= table.to(piece); tries++) {
      if (tries == ROUNDED_LOTS_MAX) {
        complete = false;
        return true;
      }
      if (look(leg, quantity)) {
        return true;
      }
      double steps = rise > 0 ? (-excess - ROUNDINGS * unit) / rise * span : 1;
      quantity += lot * (long) Math.clamp(steps, 1, span + 1);
    }
    return false;
  }

  /// Value units by which roundings may move an excess.
  private static final int ROUNDINGS = 16;

  /// What the combination looked at last is above the target, 0 where that was not asked.
  private double excess;

  private boolean look(int leg, long quantity) {
    choose(leg, quantity);
    excess = 0;
    long lost = 0;
    for (int each = 0; each < pairLeg; each++) {
      lost += losses[each];
    }
    if (whole && lost > lossUpTo(quantities[pairLeg])) {
      return true;
    }
    long first = value(best.first(), lost);
    if (!best.isBetter(first, value(best.second(), lost), quantities)) {
      return first > best.bestFirst();
    }
    Wide required = requirement;
    for (int each = 0; each < pairLeg; each++) {
      if (quantities[each] > 0) {
        required = required.minus(freed[each]);
      }
    }
    Wide exact = pair.excessAfter(quantities[pairLeg], lost, required);
    if (exact.isNegative()) {
      excess = exact.toDouble();
      return false;
    }
    // What its sums restore may still be inadmissible, or close everything; more of it is, too.
    taking.accept(quantities.clone());
    return true;
  }

  private long value(Measure measure, long lost) {
    long ofPair = quantities[pairLeg];
    if (measure == Measure.LOSS) {
      return ofPair == 0 ? lost : lost + pair.lossAfter(ofPair, lost);
    }
    long notional = 0;
    for (int leg = 0; leg < lines.length; leg++) {
      notional += quantities[leg] == 0 ? 0 : lines[leg].terms().notional(quantities[leg]);
    }
    return notional;
  }

  /// The least lot of a position that loses at least so much; past the table if there is none.
  private static long leastLosing(LegTable table, LegLine line, double factor, long loss) {
    for (int piece = 0; piece < table.pieces(); piece++) {
      // The table's figure lies below the exact one by its roundings.
      double most = table.value(Measure.LOSS, piece, true) / factor;
      if (most + ROUNDINGS >= loss && line.loss(table.to(piece)) >= loss) {
        double least = table.value(Measure.LOSS, piece, false) / factor;
        double share = most > least ? (loss - ROUNDINGS - least) / (most - least) : 0;
        return leastLosing(table, line, piece, loss, Math.max(0, share));
      }
    }
    return Long.MAX_VALUE;
  }

  /// The same within a piece whose last lot loses enough: from where the straight line names, in
  /// steps that double, then by halving.
  private static long leastLosing(
      LegTable table, LegLine line, int piece, long loss, double share) {
    long from = table.from(piece);
    long lot = line.lot();
    long high = (table.to(piece) - from) / lot;
    long low = Math.min(high, (long) (share * high)) - 1;
    for (long step = 1; low >= 0 && line.loss(from + low * lot) >= loss; step *= 2) {
      high = low;
      low = Math.max(-1, low - step);
    }
    long stride = 1;
    while (low + stride < high && line.loss(from + (low + stride) * lot) < loss) {
      low += stride;
      stride *= 2;
    }
    high = Math.min(high, low + stride);
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (line.loss(from + middle * lot) >= loss) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return from + high * lot;
  }
}
