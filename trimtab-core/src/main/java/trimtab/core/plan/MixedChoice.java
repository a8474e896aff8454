package trimtab.core.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import trimtab.core.account.Leg;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.plan.Walk.Path;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;

/// The best combination of legs where some are pairs. Pairs share what they repay, what they sell
/// and its depth, so each is sized at the state the legs before left, positions first, in the order
/// of the listing; the last pair follows as the least that restores. Bounds leave the sharing out,
/// which keeps them bounds: debts and holdings are taken as if for each pair alone, and depth that
/// is shared at the convex hull of its curve.
final class MixedChoice {
  /// What a step that settles a pair counts beside one that only adds up.
  private static final int PAIR_STEP = 4;

  private final Standing start;
  private final LegSettlement settlement;
  private final long capSharePpm;
  private final LegLine[] lines;
  private final LegTable[] tables;
  private final int positions;
  private final boolean keepsExposure;
  private final BestChoice best;
  private final double[][] mostLater;
  private final long[] quantities;

  private MixedChoice(
      Standing standing, List<LegLine> legs, long capSharePpm, Measure measure, boolean keeps) {
    this.start = standing.uncapped();
    this.settlement = new LegSettlement(start.model(), start.terms());
    this.capSharePpm = capSharePpm;
    this.lines = legs.toArray(LegLine[]::new);
    this.keepsExposure = keeps;
    this.tables = LegTables.of(start, legs, capSharePpm);
    this.positions = (int) legs.stream().filter(PositionLine.class::isInstance).count();
    this.best = new BestChoice(start, tables, measure, LegChoice.PAIR_NODES_MAX);
    this.mostLater = new double[LegTable.BRANCHES][lines.length + 1];
    for (int branch = 0; branch < LegTable.BRANCHES; branch++) {
      for (int level = lines.length - 1; level >= 0; level--) {
        mostLater[branch][level] = mostLater[branch][level + 1] + tables[level].mostRelief(branch);
      }
    }
    this.quantities = new long[lines.length];
  }

  /// @param legs at the state before anything is closed: positions, then pairs
  /// @param capSharePpm no more than this share of each is closed
  /// @param keeps whether no net exposure may grow
  /// @param greedy legs whole in their order until one suffices, a first candidate
  static Optional<LegChoice> best(
      Standing standing,
      List<LegLine> legs,
      long capSharePpm,
      Measure measure,
      boolean keeps,
      Supplier<Path> greedy) {
    MixedChoice search = new MixedChoice(standing, legs, capSharePpm, measure, keeps);
    if (!search.best.byFirst().reachable()) {
      return Optional.empty();
    }
    if (!keeps && capSharePpm == Ppm.ONE && OnePairChoice.fits(legs)) {
      boolean all =
          OnePairChoice.search(search.start, legs, search.tables, search.best, search::tryChain);
      if (all) {
        return search.best.found() ? Optional.of(search.best.result(true)) : Optional.empty();
      }
    }
    search.seed(greedy.get());
    search.descend(0, search.start, new Sum(0, 0, 0, 0, 0, 0));
    if (!search.best.found()) {
      return Optional.empty();
    }
    boolean exhausted = !search.best.isOver() && !keeps;
    if (!exhausted) {
      search.reduce();
    }
    return Optional.of(search.best.result(exhausted));
  }

  /// What the legs so far add up to: both measures, what they exceed their least reduced values by,
  /// and upper bounds of what they free.
  private record Sum(
      long first, long second, double exceeded, double exceededSecond, double held, double owed) {}

  private void seed(Path greedy) {
    long[] sizes = new long[lines.length];
    for (int leg = 0; leg < lines.length; leg++) {
      long cap = lines[leg].terms().share(capSharePpm);
      long alone = LegSearch.least(lines[leg], cap).quantity().orElse(0);
      sizes[leg] = alone;
      tryChain(sizes);
      sizes[leg] = 0;
    }
    if (greedy.restored()) {
      for (Stage stage : greedy.stages()) {
        int leg = index(stage.closing().leg());
        if (leg >= 0) {
          sizes[leg] = stage.closing().quantity();
        }
      }
      tryChain(sizes);
    }
    Relaxation relaxed = best.byFirst();
    for (int leg = 0; leg < lines.length; leg++) {
      long wanted = leg == relaxed.critical() ? relaxed.criticalNext() : relaxed.quantity(leg);
      LegTerms terms = lines[leg].terms();
      sizes[leg] =
          wanted == 0 ? 0 : Math.min(terms.size(), Rounding.ceilToStep(wanted, terms.lot()));
    }
    tryChain(sizes);
    if (best.found()) {
      reduce();
    }
  }

  private int index(Leg leg) {
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].leg().equals(leg)) {
        return i;
      }
    }
    return -1;
  }

  /// Makes every leg of the best combination smaller as long as it still restores, by halving steps
  /// down to one lot.
  private void reduce() {
    boolean smaller = true;
    for (int round = 0; smaller && round < REDUCTIONS_MAX; round++) {
      smaller = false;
      for (int leg = 0; leg < lines.length; leg++) {
        long lots = best.quantity(leg) / lines[leg].lot();
        for (long step = Long.highestOneBit(Math.max(1, lots)); step > 0; step >>= 1) {
          smaller |= reduce(leg, step * lines[leg].lot());
        }
        smaller |= reduceTo(leg, 0);
      }
      smaller |= reduceByOne();
    }
  }

  /// The next admissible size of a leg may be further away than a lot, and depends on what the legs
  /// before it do.
  private boolean reduceByOne() {
    long[] chosen = new long[lines.length];
    for (int leg = 0; leg < chosen.length; leg++) {
      chosen[leg] = best.quantity(leg);
    }
    return new SmallerChoice(start, List.of(lines), capSharePpm, keepsExposure)
        .of(chosen)
        .map(this::tryChain)
        .orElse(false);
  }

  /// Rounds in which the legs are made smaller one by one.
  private static final int REDUCTIONS_MAX = 16;

  private boolean reduce(int leg, long by) {
    long quantity = best.quantity(leg);
    long lot = lines[leg].lot();
    if (quantity < by) {
      return false;
    }
    long left = quantity - by + (quantity % lot == 0 ? 0 : lot - 1);
    return reduceTo(leg, Rounding.floorToStep(left, lot));
  }

  private boolean reduceTo(int leg, long quantity) {
    if (quantity >= best.quantity(leg)) {
      return false;
    }
    long[] sizes = new long[lines.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i == leg ? quantity : best.quantity(i);
    }
    return tryChain(sizes);
  }

  /// Takes a combination if each size is admissible where it is closed, and it restores and is
  /// better than the best.
  private boolean tryChain(long[] sizes) {
    Standing state = start;
    long first = 0;
    long second = 0;
    for (int leg = 0; leg < lines.length; leg++) {
      if (sizes[leg] == 0) {
        continue;
      }
      Optional<LegLine> line = LegSequence.line(state, lines[leg].leg());
      if (line.isEmpty() || !isAdmissible(line.get(), sizes[leg])) {
        return false;
      }
      first += best.first().of(line.get(), sizes[leg]);
      second += best.second().of(line.get(), sizes[leg]);
      state = closed(state, line.get(), sizes[leg]);
    }
    if (!best.isBetter(first, second, sizes) || !restores(state)) {
      return false;
    }
    best.take(first, second, sizes);
    return true;
  }

  private boolean isAdmissible(LegLine line, long quantity) {
    long cap = Math.min(line.terms().share(capSharePpm), line.curve().capacity());
    return quantity <= cap && line.terms().largestAdmissible(quantity) == quantity;
  }

  private Standing closed(Standing state, LegLine line, long quantity) {
    Closing closing =
        settlement.close(
            state.account(), state.marks(), line.leg(), quantity, line.terms().cost(quantity));
    return state.after(closing);
  }

  private boolean restores(Standing state) {
    return state.health().isAtLeast(start.targetPpm())
        && !LegSequence.isOver(state)
        && (!keepsExposure
            || NetExposure.isKept(NetExposure.byFeed(start), NetExposure.byFeed(state)));
  }

  private void descend(int level, Standing state, Sum sum) {
    best.step(level < positions ? 1 : PAIR_STEP);
    double left = sum.exceeded - best.byFirst().least(level);
    double leftSecond = sum.exceededSecond - best.bySecond().least(level);
    boolean last = level == lines.length - 1;
    boolean needed =
        sum.held + mostLater[0][level + 1] < best.need(0)
            || sum.owed + mostLater[1][level + 1] < best.need(1);
    if (!needed && !best.isHopelessBy(left, leftSecond)) {
      quantities[level] = 0;
      Sum same = new Sum(sum.first, sum.second, left, leftSecond, sum.held, sum.owed);
      if (last) {
        take(state, same);
      } else {
        descend(level + 1, state, same);
      }
    }
    Optional<LegLine> line = LegSequence.line(state, lines[level].leg());
    if (line.isEmpty()) {
      return;
    }
    if (last) {
      finish(state, line.get(), sum);
      return;
    }
    LegTerms terms = line.get().terms();
    long cap = Math.min(terms.share(capSharePpm), terms.curve().capacity());
    long most = Math.min(cap, terms.maximumPartial());
    for (int piece = 0; piece < tables[level].pieces() && !best.isOver(); piece++) {
      descend(level, state, line.get(), piece, most, sum);
    }
    if (cap >= terms.size() && !best.isOver()) {
      descend(level, state, line.get(), terms.size(), sum);
    }
  }

  /// The lots of one piece of a leg that is not the last, those that could be part of a better
  /// combination.
  private void descend(int level, Standing state, LegLine line, int piece, long most, Sum sum) {
    LegTable table = tables[level];
    LegTerms terms = line.terms();
    double left = sum.exceeded - best.byFirst().least(level);
    long within = Math.max(terms.minimum(), best.firstWithin(table, piece, left, 1));
    long to = Math.min(most, table.to(piece));
    boolean rising =
        best.byFirst().reduced(table, piece, true) >= best.byFirst().reduced(table, piece, false);
    for (long q = Rounding.ceilToStep(within, terms.lot());
        q <= to && !best.isOver();
        q += terms.lot()) {
      if (rising && left + best.byFirst().reducedAt(table, piece, q) > best.budget()) {
        return;
      }
      descend(level, state, line, q, sum);
    }
  }

  /// One quantity of a leg that is not the last.
  private void descend(int level, Standing state, LegLine line, long quantity, Sum sum) {
    LegTable table = tables[level];
    int piece = table.piece(quantity);
    double exceeded =
        sum.exceeded
            - best.byFirst().least(level)
            + best.byFirst().reducedAt(table, piece, quantity);
    double exceededSecond =
        sum.exceededSecond
            - best.bySecond().least(level)
            + best.bySecond().reducedAt(table, piece, quantity);
    best.step(1);
    if (best.isHopelessBy(exceeded, exceededSecond)) {
      return;
    }
    double held = sum.held + table.reliefAt(LegTable.HELD, piece, quantity);
    double owed = sum.owed + table.reliefAt(LegTable.OWED, piece, quantity);
    if (held + mostLater[0][level + 1] < best.need(0)
        || owed + mostLater[1][level + 1] < best.need(1)) {
      return;
    }
    long first = sum.first + best.first().of(line, quantity);
    if (level + 2 == lines.length && first + leastOfLast(held, owed) > best.bestFirst()) {
      return;
    }
    quantities[level] = quantity;
    long second = sum.second + best.second().of(line, quantity);
    descend(
        level + 1,
        closed(state, line, quantity),
        new Sum(first, second, exceeded, exceededSecond, held, owed));
  }

  /// A lower bound of what the last leg counts when the others free so much: at the first quantity
  /// whose largest relief is enough.
  private double leastOfLast(double held, double owed) {
    LegTable table = tables[tables.length - 1];
    double needHeld = best.need(LegTable.HELD) - held;
    double needOwed = best.need(LegTable.OWED) - owed;
    if (needHeld <= 0 && needOwed <= 0) {
      return 0;
    }
    for (int piece = 0; piece < table.pieces(); piece++) {
      long quantity = LotSteps.first(table, piece, needHeld, needOwed, 0, 1);
      if (quantity <= table.to(piece)) {
        double value = table.valueAt(best.first(), piece, quantity);
        return value - 1 - Math.abs(value) * Relaxation.ROUNDING;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private void finish(Standing state, LegLine line, Sum sum) {
    int level = lines.length - 1;
    if (sum.first + leastOfLast(sum.held, sum.owed) > best.bestFirst()) {
      return;
    }
    LegSearch search = LegSearch.least(line, line.terms().share(capSharePpm));
    if (search.quantity().isPresent()) {
      long quantity = search.quantity().getAsLong();
      quantities[level] = quantity;
      long first = sum.first + best.first().of(line, quantity);
      long second = sum.second + best.second().of(line, quantity);
      if (best.isBetter(first, second, quantities)) {
        take(closed(state, line, quantity), new Sum(first, second, 0, 0, 0, 0));
      }
    }
  }

  private void take(Standing state, Sum sum) {
    if (best.isBetter(sum.first, sum.second, quantities) && restores(state)) {
      best.take(sum.first, sum.second, quantities);
    }
  }
}
