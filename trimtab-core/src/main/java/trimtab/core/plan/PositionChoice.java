package trimtab.core.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.money.Wide;
import trimtab.core.plan.Standing.Sums;

/// The best combination of positions that restores the target.
///
/// Under a requirement that is a sum over legs, closing positions only adds up: the settlement
/// currency's net falls by the sum of the losses and the requirement by the sum of what each frees,
/// in whatever order. So a combination is decided by two exact sums, and the search is branch and
/// bound over the lots of all legs but one, whose least quantity follows: see [Descent].
final class PositionChoice implements Descent.Legs {
  /// Lots of the last leg that are tried one by one where roundings decide.
  private static final int ROUNDED_LOTS_MAX = 4096;

  /// Rounds in which the legs are made smaller one by one.
  private static final int REDUCTIONS_MAX = 16;

  private final Standing standing;
  private final long capSharePpm;
  private final PositionLine[] lines;
  private final LegTable[] tables;
  private final Measure first;
  private final Measure second;
  private final NetExposure exposure;
  private final BestChoice best;
  private final Relaxation byFirst;
  private final Sums others;
  private final Wide settlementNet;
  private final Wide requirement;
  private final int[] order;
  private final long[] quantities;
  private final long[] losses;
  private final double[][] reliefs;

  /// Whether no last leg was given up because roundings decided over too many of its lots.
  private boolean complete = true;

  private PositionChoice(
      Standing standing,
      List<LegLine> legs,
      long capSharePpm,
      Measure measure,
      NetExposure exposure) {
    int count = legs.size();
    this.standing = standing;
    this.capSharePpm = capSharePpm;
    this.exposure = exposure;
    this.lines = new PositionLine[count];
    this.tables = new LegTable[count];
    for (int leg = 0; leg < count; leg++) {
      lines[leg] = (PositionLine) legs.get(leg);
      tables[leg] = LegTable.of(lines[leg], lines[leg].terms().share(capSharePpm));
    }
    this.best = new BestChoice(standing, tables, measure, LegChoice.NODES_MAX);
    this.first = best.first();
    this.second = best.second();
    this.byFirst = best.byFirst();
    this.others = standing.others(0);
    this.settlementNet = standing.cash(0);
    this.requirement = lines[0].requirement();
    this.order = order(tables);
    this.quantities = new long[count];
    this.losses = new long[count];
    this.reliefs = new double[LegTable.BRANCHES][count];
  }

  /// @param legs at the state before anything is closed: positions, at least two
  /// @param capSharePpm no more than this share of each is closed
  /// @param exposure the net exposures that must not grow
  /// @return empty when no combination that leaves something open was found to restore
  static Optional<LegChoice> best(
      Standing standing,
      List<LegLine> legs,
      long capSharePpm,
      Measure measure,
      NetExposure exposure) {
    PositionChoice search = new PositionChoice(standing, legs, capSharePpm, measure, exposure);
    return search.byFirst.reachable() ? search.run() : Optional.empty();
  }

  /// The leg with the most lots last: its quantity follows from the others'.
  private static int[] order(LegTable[] tables) {
    int[] order = new int[tables.length];
    int last = 0;
    for (int leg = 1; leg < tables.length; leg++) {
      if (lots(tables[leg]) > lots(tables[last])) {
        last = leg;
      }
    }
    int level = 0;
    for (int leg = 0; leg < tables.length; leg++) {
      if (leg != last) {
        order[level++] = leg;
      }
    }
    order[level] = last;
    return order;
  }

  private static long lots(LegTable table) {
    return table.line().size() / table.line().lot();
  }

  private Optional<LegChoice> run() {
    seed();
    if (keepsExposure()) {
      seedHedged();
    }
    int nodesMax = LegChoice.nodesMax(lines.length);
    boolean all = new Descent(tables, order, best, byFirst, this, nodesMax).run();
    if (!best.found()) {
      return Optional.empty();
    }
    boolean exhausted = complete && all;
    if (!exhausted) {
      improve();
    }
    return Optional.of(best.result(exhausted));
  }

  /// First candidates: the relaxation's solution and the largest reliefs, each leg in turn made as
  /// small as the others allow.
  private void seed() {
    int count = lines.length;
    for (int turn = 0; turn < count; turn++) {
      for (int leg = 0; leg < count; leg++) {
        choose(leg, byFirst.quantity(leg));
      }
      finish(turn);
      if (byFirst.critical() >= 0 && byFirst.critical() != turn) {
        choose(byFirst.critical(), byFirst.criticalNext());
        finish(turn);
      }
    }
    if (!best.found()) {
      for (int leg = 0; leg < count; leg++) {
        choose(leg, largest(tables[leg]));
      }
      for (int turn = 0; turn < count; turn++) {
        finish(turn);
        choose(turn, largest(tables[turn]));
      }
    }
    if (best.found()) {
      reduce();
    }
  }

  private boolean keepsExposure() {
    return exposure != NetExposure.FREE;
  }

  /// The same share of every leg lets no exposure grow but by its lots, which one leg makes good.
  private void seedHedged() {
    OptionalLong share = ShareSearch.least(standing, List.of(lines), capSharePpm, first);
    if (share.isEmpty()) {
      return;
    }
    for (int turn = 0; turn < lines.length; turn++) {
      for (int leg = 0; leg < lines.length; leg++) {
        choose(leg, ShareSearch.quantity(lines[leg], share.getAsLong(), capSharePpm));
      }
      finish(turn);
    }
    if (best.found()) {
      improve();
    }
  }

  /// What a search that was cut short left to find nearby: more of one leg and less of another, in
  /// halving steps, then every leg as small as it can be.
  private void improve() {
    if (lines.length <= LegChoice.EXACT_LEGS_MAX || keepsExposure()) {
      for (int leg = 0; leg < lines.length; leg++) {
        for (int other = 0; other < lines.length; other++) {
          if (other != leg) {
            exchange(leg, other);
          }
        }
      }
    }
    reduce();
  }

  private void exchange(int leg, int other) {
    long lots = Math.max(1, lines[leg].size() / lines[leg].lot());
    for (long step = Long.highestOneBit(lots); step > 0; step >>= 1) {
      for (int sign = -1; sign <= 1; sign += 2) {
        long changed = best.quantity(leg) + sign * step * lines[leg].lot();
        LegTerms terms = lines[leg].terms();
        if (changed >= 0 && changed <= terms.share(capSharePpm)) {
          for (int each = 0; each < lines.length; each++) {
            choose(each, best.quantity(each));
          }
          choose(leg, terms.largestAdmissible(Math.min(changed, terms.curve().capacity())));
          finish(other);
        }
      }
    }
  }

  private long largest(LegTable table) {
    long quantity = 0;
    double most = 0;
    int branch = byFirst.branch();
    for (int end = 0; end < 2 * table.pieces(); end++) {
      double relief = table.relief(branch, end >> 1, (end & 1) == 1);
      if (relief > most) {
        most = relief;
        quantity = (end & 1) == 1 ? table.to(end >> 1) : table.from(end >> 1);
      }
    }
    return quantity;
  }

  /// Makes every leg of the best combination as small as the others allow, until none can be.
  private void reduce() {
    for (int round = 0; round < REDUCTIONS_MAX; round++) {
      long before = best.bestFirst();
      long beforeSecond = best.bestSecond();
      for (int leg = 0; leg < lines.length; leg++) {
        for (int other = 0; other < lines.length; other++) {
          choose(other, best.quantity(other));
        }
        finish(leg);
      }
      if (best.bestFirst() == before && best.bestSecond() == beforeSecond) {
        return;
      }
    }
  }

  @Override
  public void choose(int leg, long quantity) {
    quantities[leg] = quantity;
    losses[leg] = quantity == 0 ? 0 : lines[leg].loss(quantity);
    if (quantity == 0) {
      reliefs[LegTable.HELD][leg] = 0;
      reliefs[LegTable.OWED][leg] = 0;
      return;
    }
    int piece = tables[leg].piece(quantity);
    reliefs[LegTable.HELD][leg] = tables[leg].reliefAt(LegTable.HELD, piece, quantity);
    reliefs[LegTable.OWED][leg] = tables[leg].reliefAt(LegTable.OWED, piece, quantity);
  }

  /// With the other legs as chosen, the least quantity of one leg that restores.
  @Override
  public void finish(int leg) {
    double held = best.need(LegTable.HELD);
    double owed = best.need(LegTable.OWED);
    long sumFirst = 0;
    long sumSecond = 0;
    for (int other = 0; other < lines.length; other++) {
      if (other != leg && quantities[other] > 0) {
        held -= reliefs[LegTable.HELD][other];
        owed -= reliefs[LegTable.OWED][other];
        sumFirst += value(first, other);
        sumSecond += value(second, other);
      }
    }
    if (!exposure.allows(quantities, leg)) {
      return;
    }
    long least = exposure.least(quantities, leg);
    long most = exposure.most(quantities, leg);
    if (held <= 0 && owed <= 0 && least <= 0 && most >= 0) {
      choose(leg, 0);
      if (best.isBetter(sumFirst, sumSecond, quantities) && restores()) {
        best.take(sumFirst, sumSecond, quantities);
        return;
      }
    }
    LegTable table = tables[leg];
    for (int piece = 0; piece < table.pieces() && table.from(piece) <= most; piece++) {
      if (sumFirst + first.of(lines[leg], table.from(piece)) > best.bestFirst()) {
        return;
      }
      long start = LotSteps.first(table, piece, held, owed, least, lines[leg].lot());
      if (finish(leg, start, Math.min(most, table.to(piece)), sumFirst, sumSecond)) {
        return;
      }
    }
  }

  /// @return whether the search of the leg is over
  private boolean finish(int leg, long start, long to, long sumFirst, long sumSecond) {
    long lot = lines[leg].lot();
    int tries = 0;
    for (long quantity = start; quantity <= to && tries < ROUNDED_LOTS_MAX; quantity += lot) {
      tries++;
      choose(leg, quantity);
      long valueFirst = sumFirst + value(first, leg);
      long valueSecond = sumSecond + value(second, leg);
      if (!best.isBetter(valueFirst, valueSecond, quantities)) {
        if (valueFirst > best.bestFirst()) {
          return true;
        }
        continue;
      }
      if (restores()) {
        best.take(valueFirst, valueSecond, quantities);
        return true;
      }
    }
    complete &= tries < ROUNDED_LOTS_MAX;
    return false;
  }

  private long value(Measure measure, int leg) {
    return measure == Measure.LOSS
        ? losses[leg]
        : quantities[leg] == 0 ? 0 : lines[leg].terms().notional(quantities[leg]);
  }

  /// Whether what is chosen restores, exactly, and leaves something open.
  private boolean restores() {
    long lost = 0;
    Wide required = requirement;
    boolean open = false;
    for (int leg = 0; leg < lines.length; leg++) {
      open |= quantities[leg] < lines[leg].size();
      if (quantities[leg] > 0) {
        lost = Math.addExact(lost, losses[leg]);
        required = required.minus(lines[leg].freed(quantities[leg]));
      }
    }
    Wide net = settlementNet.minus(Wide.of(lost));
    Sums sums = others.plus(standing.listing().settlement(), net, 1);
    return open && !standing.excess(sums, required).isNegative();
  }
}
