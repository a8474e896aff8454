package trimtab.app.plan;

import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;

/// The sums of a plan over its legs, in value units.
///
/// @param notional value at the mark of what is closed
/// @param penalty what the rule takes
/// @param slippage cost of trading without the fee
/// @param fee exchange fee
public record PlanTotals(long notional, long penalty, long slippage, long fee) {
  static PlanTotals of(Plan.Close plan) {
    long penalty = 0;
    long cost = 0;
    long fee = 0;
    for (PlannedClosing planned : plan.closings()) {
      penalty = Math.addExact(penalty, planned.closing().penalty());
      cost = Math.addExact(cost, planned.closing().cost());
      fee = Math.addExact(fee, planned.terms().fee(planned.closing().quantity()));
    }
    return new PlanTotals(plan.notional(), penalty, cost - fee, fee);
  }

  /// What the account loses: its equity falls by so much.
  long cost() {
    return penalty + slippage + fee;
  }
}
