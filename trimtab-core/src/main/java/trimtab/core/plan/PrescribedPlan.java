package trimtab.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.certificate.Claim;
import trimtab.core.money.Ppm;
import trimtab.core.plan.Planner.Asked;
import trimtab.core.plan.Walk.Path;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.Prescription;

/// The plan of a rule that states quantities of its own. What it states is done, harmful or not,
/// and the plan says so; depth comes before the rule.
///
/// @param start state of the breach
/// @param asked of the planner
/// @param prescription what the rule states
record PrescribedPlan(Standing start, Asked asked, Prescription prescription) {
  Plan plan() {
    Walk walk = new Walk(start, asked.order(), asked.rulebook().levy());
    List<Long> quantities = new ArrayList<>();
    for (Prescription.Piece piece : prescription.pieces()) {
      Optional<LegLine> line = walk.line(piece.leg());
      if (line.isPresent()) {
        long wanted = Math.min(piece.quantity(), line.get().size());
        if (walk.closeUpTo(line.get(), wanted, Failing.NONE)) {
          quantities.add(piece.quantity());
        }
      }
    }
    Path path = walk.path(false);
    if (path.stages().isEmpty()) {
      return new Plan.Nothing(start.health(), "the rule closes nothing: " + prescription.formula());
    }
    boolean harmful = path.end().health().compareRatio(start.health()) <= 0;
    Asked grounds = harmful ? asked.because(Escalation.PROCEEDS) : asked;
    Claim claim = new Claim.VenuePrescribed(prescription.formula(), quantities);
    return new PlanWriter(start, grounds.grounds(), path, claim, prescription.pieces())
        .write(leastNotional());
  }

  private OptionalLong leastNotional() {
    Path least = yardstick();
    return Planner.partialRestores(least)
        ? OptionalLong.of(least.notional())
        : OptionalLong.empty();
  }

  /// The least restoring close, by which over-liquidation is measured.
  private Path yardstick() {
    return start.health().isBankrupt()
        ? Planner.whole(start, asked.order())
        : Planner.least(
            start, asked.order(), Ppm.ONE, LegOrder.LEAST_COST, asked.rulebook().objective());
  }
}
