package trimtab.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.account.Leg;
import trimtab.core.certificate.Claim;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.plan.Walk.Path;
import trimtab.core.rulebook.Prescription;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;

/// Turns the stages of a path into a plan: limit prices, restoring prices, and why other legs were
/// left.
///
/// @param start state of the breach
/// @param grounds what the rule came to
/// @param path what is closed
/// @param claim what it proves
/// @param stated what the rule states itself, with limits of its own
record PlanWriter(
    Standing start, Grounds grounds, Path path, Claim claim, List<Prescription.Piece> stated) {
  /// For a rule whose limits are ours.
  PlanWriter(Standing start, Grounds grounds, Path path, Claim claim) {
    this(start, grounds, path, claim, List.of());
  }

  Plan.Close write(OptionalLong leastNotional) {
    List<PlannedClosing> closings = new ArrayList<>();
    for (Stage stage : path.stages()) {
      closings.add(planned(stage));
    }
    return new Plan.Close(
        start.health(),
        path.end().health(),
        closings,
        claim,
        leastNotional,
        rejected(),
        exposures(),
        claim instanceof Claim.RestoresMinimal ? path.choice() : Optional.empty(),
        unreachable(),
        grounds);
  }

  private List<Exposure> exposures() {
    long[] before = NetExposure.byFeed(start);
    long[] after = NetExposure.byFeed(path.end());
    List<Exposure> exposures = new ArrayList<>();
    for (int feed = 0; feed < before.length; feed++) {
      if (before[feed] != 0 || after[feed] != 0) {
        exposures.add(new Exposure(feed, before[feed], after[feed]));
      }
    }
    return exposures;
  }

  /// Legs that the path wanted to close and could not, as their depth is below their least order.
  private List<PlannedClosing> unreachable() {
    boolean provesReach =
        claim instanceof Claim.RulePrescribed
            || claim instanceof Claim.VenuePrescribed
            || claim.equals(new Claim.Capped(Claim.Capped.DEPTH));
    if (!path.depthTooThin() || !provesReach) {
      return List.of();
    }
    List<Leg> closed = path.stages().stream().map(stage -> stage.line().leg()).toList();
    return LegSequence.lines(path.end()).stream()
        .filter(line -> !closed.contains(line.leg()))
        .filter(line -> line.terms().largestAdmissible(line.curve().capacity()) == 0)
        .map(this::unreachable)
        .toList();
  }

  private PlannedClosing unreachable(LegLine line) {
    return new PlannedClosing(
        new Closing(line.leg(), 0, 0, 0, 0, 0, path.end().account()),
        line.side(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        line.terms(),
        Failing.NONE,
        path.capSharePpm(),
        LimitTable.NONE);
  }

  private PlannedClosing planned(Stage stage) {
    LimitTable limits = limits(stage);
    return new PlannedClosing(
        stage.closing(),
        stage.line().side(),
        limits.strictest(stage.line().side()),
        restoringPrice(stage),
        stage.line().terms(),
        stage.failing(),
        path.capSharePpm(),
        limits);
  }

  private LimitTable limits(Stage stage) {
    if (claim instanceof Claim.VenuePrescribed) {
      return statedLimit(stage);
    }
    OptionalLong whole = limitPrice(stage);
    if (whole.isEmpty() || !(stage.line() instanceof PositionLine line)) {
      return LimitTable.NONE;
    }
    boolean jumps = start.listing().contracts().get(line.market()).maintenance().jumps();
    return jumps
        ? LimitTable.of(
            stage,
            (quantity, loss) -> line.priceLosing(quantity, loss).orElse(Marks.PRICE_MAX),
            whole.getAsLong())
        : LimitTable.single(stage.closing().quantity(), whole.getAsLong());
  }

  private LimitTable statedLimit(Stage stage) {
    OptionalLong price =
        stated.stream()
            .filter(piece -> piece.leg().equals(stage.line().leg()))
            .map(Prescription.Piece::limitPrice)
            .findFirst()
            .orElse(OptionalLong.empty());
    return price.isEmpty()
        ? LimitTable.NONE
        : LimitTable.single(stage.closing().quantity(), price.getAsLong());
  }

  /// The worst average price that lowers neither equity over requirement nor, on the way, anything
  /// the penalty is capped by: mark minus the allowed loss after the exchange fee, per unit.
  private OptionalLong limitPrice(Stage stage) {
    if (Plan.closesEverything(claim) || !(stage.line() instanceof PositionLine line)) {
      return OptionalLong.empty();
    }
    Standing standing = stage.standing();
    Closing closing = stage.closing();
    LegSettlement settlement = new LegSettlement(standing.model(), standing.terms());
    long allowed =
        settlement.allowedLoss(
            standing.account(),
            standing.marks(),
            standing.health(),
            line.market(),
            closing.quantity());
    if (allowed == 0) {
      return OptionalLong.empty();
    }
    return line.priceLosing(closing.quantity(), allowed - line.terms().fee(closing.quantity()));
  }

  /// The worst average price at which the quantity still restores, the legs before it closed as
  /// planned.
  private OptionalLong restoringPrice(Stage stage) {
    boolean last = stage.equals(path.stages().getLast());
    if (!last
        || !(claim instanceof Claim.RestoresMinimal)
        || !(stage.line() instanceof PositionLine line)) {
      return OptionalLong.empty();
    }
    long quantity = stage.closing().quantity();
    long cost = line.terms().cost(quantity);
    long bearable =
        line.mostBearable(quantity, cost).orElseGet(() -> mostBearable(line, quantity, cost));
    return line.priceLosing(quantity, bearable - line.terms().fee(quantity));
  }

  /// The largest cost at which the excess is still not negative, found by doubling and bisection:
  /// the excess falls with the cost.
  private static long mostBearable(LegLine line, long quantity, long cost) {
    long step = 1;
    while (step < Long.MAX_VALUE >> 3 && !line.excessAtCost(quantity, cost + step).isNegative()) {
      step <<= 1;
    }
    long low = cost + (step >> 1);
    long high = cost + step;
    while (high - low > 1) {
      long middle = low + ((high - low) >> 1);
      if (line.excessAtCost(quantity, middle).isNegative()) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return line.excessAtCost(quantity, low).isNegative() ? cost : low;
  }

  private List<Plan.Rejected> rejected() {
    List<Leg> closed = new ArrayList<>();
    path.stages().forEach(stage -> closed.add(stage.line().leg()));
    List<Plan.Rejected> rejected = new ArrayList<>();
    for (LegLine line : start.lines()) {
      if (!closed.contains(line.leg())) {
        rejected.add(new Plan.Rejected(line.leg(), reason(line)));
      }
    }
    return rejected;
  }

  private String reason(LegLine line) {
    if (!LegSequence.helps(line)) {
      return "closing it costs more than the requirement or debt it frees";
    }
    long cap = Rounding.mulDivFloor(line.size(), path.capSharePpm(), Ppm.ONE);
    if (!path.restored() && line.terms().largestAdmissible(cap) == 0) {
      return "no admissible quantity is within the close factor";
    }
    return line.terms().largestAdmissible(line.curve().capacity()) == 0
        ? "the depth is smaller than the smallest admissible order"
        : "not needed";
  }
}
