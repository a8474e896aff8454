package trimtab.lab.replay;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.account.Leg;
import trimtab.core.account.Side;
import trimtab.core.health.Health;
import trimtab.core.health.Levels;
import trimtab.core.plan.Plan;
import trimtab.engine.event.Event;

/// One decision about an account during a replay, as it was planned; what was executed may be less.
///
/// @param asOfNanos instant of the marks it was decided at
/// @param levels of the rulebook: the threshold it fell below, the target to be restored
/// @param before health at the marks
/// @param after health after all closings at the planned cost
/// @param parts legs in order
/// @param left legs that were looked at and left, with the reason
/// @param notional value at the mark of all parts, value units
/// @param leastNotional of the least restoring close at the same state
/// @param claim kind of the claim of its certificate
/// @param certificateHolds what the independent checker said of it
/// @param planned what it was planned on, where proofs are kept
public record Decided(
    long asOfNanos,
    Levels levels,
    Health before,
    Health after,
    List<Part> parts,
    List<Plan.Rejected> left,
    long notional,
    OptionalLong leastNotional,
    String claim,
    boolean certificateHolds,
    Optional<Event.LiquidationPlanned> planned) {
  public Decided {
    parts = List.copyOf(parts);
    left = List.copyOf(left);
  }

  /// A leg of the plan.
  ///
  /// @param size of the whole leg, in its units
  /// @param quantity to be closed
  /// @param limitPrice in the feed's units
  public record Part(
      Leg leg,
      Side side,
      long size,
      long quantity,
      long notional,
      long penalty,
      long cost,
      OptionalLong limitPrice) {}

  static Decided of(Event.LiquidationPlanned planned, boolean certificateHolds, boolean withProof) {
    Plan.Close plan = planned.plan();
    return new Decided(
        planned.marks().asOfNanos(),
        planned.rulebook().levels(),
        plan.before(),
        plan.after(),
        plan.closings().stream()
            .map(part ->
                new Part(
                    part.closing().leg(),
                    part.side(),
                    part.terms().size(),
                    part.closing().quantity(),
                    part.closing().notional(),
                    part.closing().penalty(),
                    part.closing().cost(),
                    part.limitPrice()))
            .toList(),
        plan.rejected(),
        plan.notional(),
        plan.leastNotional(),
        plan.claim().kind(),
        certificateHolds,
        withProof ? Optional.of(planned) : Optional.empty());
  }
}
