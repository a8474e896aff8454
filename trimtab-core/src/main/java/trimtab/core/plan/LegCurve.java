package trimtab.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import trimtab.core.account.Account;
import trimtab.core.account.Leg;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.mark.Marks;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;

/// The picture of one leg of a plan: `g(q)`, the excess over the target after closing `q` of it,
/// from the planner's own line, with the chosen size and the next smaller one. Built on demand from
/// what the plan was made of; nothing here decides.
///
/// Excesses are in value units x parts per million squared, as [Health#excess(long)] gives them,
/// every cost included and the penalty at its uncapped rate. Healths are those of the account as it
/// would be settled, the cap of the penalty included.
///
/// @param leg what is closed
/// @param terms its lot, minimum, cost curve
/// @param targetPpm the level that `g(q) >= 0` reaches, parts per million
/// @param now nothing of this leg closed, the legs before it closed as planned
/// @param pieces where `g` is a straight line up to rounding, ascending, from 1 to the last lot
///   below the whole leg or to the end of the depth; between two pieces it may jump
/// @param whole the whole leg closed; empty where the depth ends before
/// @param chosen the size of the plan
/// @param smaller the next smaller admissible size; empty if there is none
public record LegCurve(
    Leg leg,
    LegTerms terms,
    long targetPpm,
    Point now,
    List<Piece> pieces,
    Optional<Point> whole,
    Point chosen,
    Optional<Point> smaller) {
  /// Copies the list.
  public LegCurve {
    pieces = List.copyOf(pieces);
  }

  /// One size.
  ///
  /// @param quantity closed, in the leg's units
  /// @param excess `g(quantity)`
  /// @param health of the account afterwards
  public record Point(long quantity, Wide excess, Health health) {}

  /// A range of quantities without a break inside.
  ///
  /// @param excessFrom `g(from)`
  /// @param excessTo `g(to)`
  public record Piece(long from, long to, Wide excessFrom, Wide excessTo) {}

  /// The curve of one leg of a plan, at the state that the legs before it leave.
  ///
  /// @param model health of the account
  /// @param account before anything is closed
  /// @param marks of the plan
  /// @param targetPpm level to be restored
  /// @param penalty rates in force when it was decided
  /// @param curves of the plan
  /// @param closings of the plan, in order
  /// @param index which of them
  /// @throws IllegalArgumentException if the plan was not made of these
  public static LegCurve of(
      HealthModel model,
      Account account,
      Marks marks,
      long targetPpm,
      PenaltyTerms penalty,
      CostCurves curves,
      List<PlannedClosing> closings,
      int index) {
    Standing standing = new Standing(account, marks, model, penalty, curves, targetPpm);
    for (PlannedClosing before : closings.subList(0, index)) {
      standing = standing.after(before.closing());
    }
    Closing closing = closings.get(index).closing();
    LegLine line = line(standing, closing.leg());
    return new Builder(standing, line).curve(closing.quantity());
  }

  private static LegLine line(Standing standing, Leg leg) {
    for (LegLine line : LegSequence.lines(standing)) {
      if (line.leg().equals(leg)) {
        return line;
      }
    }
    throw new IllegalArgumentException("the account has no leg " + leg + " at this point");
  }

  private record Builder(Standing standing, LegLine line) {
    LegCurve curve(long quantity) {
      LegTerms terms = line.terms();
      boolean reachable = terms.curve().capacity() >= terms.size();
      return new LegCurve(
          line.leg(),
          terms,
          standing.targetPpm(),
          new Point(0, line.excessAtCost(0, 0), standing.health()),
          pieces(),
          reachable ? Optional.of(point(terms.size())) : Optional.empty(),
          point(quantity),
          smaller(quantity).stream().mapToObj(this::point).findFirst());
    }

    private Point point(long quantity) {
      long cost = line.terms().cost(quantity);
      Closing closing =
          new LegSettlement(standing.model(), standing.terms())
              .close(standing.account(), standing.marks(), line.leg(), quantity, cost);
      Health health = standing.model().assess(closing.account(), standing.marks());
      return new Point(quantity, line.excess(quantity), health);
    }

    private OptionalLong smaller(long quantity) {
      LegTerms terms = line.terms();
      long below =
          Math.min(terms.maximumPartial(), Rounding.floorToStep(quantity - 1, terms.lot()));
      return below >= terms.minimum() ? OptionalLong.of(below) : OptionalLong.empty();
    }

    private List<Piece> pieces() {
      long lastLot = Rounding.floorToStep(line.size() - 1, line.lot());
      long last = Math.min(lastLot, line.curve().capacity());
      TreeSet<Long> ends = new TreeSet<>();
      for (long end : line.pieceEnds()) {
        ends.add(end);
      }
      ends.add(line.settlementPositiveUpTo());
      ends.add(last);
      if (line instanceof PairLine) {
        ends.addAll(turns(ends));
      }
      List<Piece> pieces = new ArrayList<>();
      long from = 1;
      for (long end : ends) {
        if (end >= from && end <= last) {
          pieces.add(new Piece(from, end, line.excess(from), line.excess(end)));
          from = end + 1;
        }
      }
      return pieces;
    }

    /// Where a range turns from sizes whose sale costs more than it brings, so that it repays
    /// nothing, to others, or back: inside a range the proceeds are a straight line.
    private List<Long> turns(TreeSet<Long> ends) {
      List<Long> found = new ArrayList<>();
      long from = 1;
      for (long end : ends) {
        if (from < end && bringsSomething(from) != bringsSomething(end)) {
          found.add(lastLike(from, end));
        }
        from = Math.max(from, end + 1);
      }
      return found;
    }

    private long lastLike(long from, long end) {
      boolean brings = bringsSomething(from);
      long low = from;
      long high = end;
      while (high - low > 1) {
        long middle = (low + high) >>> 1;
        if (bringsSomething(middle) == brings) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private boolean bringsSomething(long quantity) {
      return line.terms().notional(quantity) > line.terms().cost(quantity);
    }
  }
}
