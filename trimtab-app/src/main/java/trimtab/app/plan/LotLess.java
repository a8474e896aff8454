package trimtab.app.plan;

import java.util.Optional;
import trimtab.core.account.Account;
import trimtab.core.certificate.Claim;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.money.Rounding;
import trimtab.core.plan.LegTerms;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;
import trimtab.lab.input.PlanFile;

/// The next smaller admissible size of the leg that was sized, settled like the chosen one: the
/// counterfactual that makes a least close visible.
///
/// @param quantity in the leg's units
/// @param health of the account if that were closed
public record LotLess(long quantity, Health health) {
  /// Empty where no smaller size is admissible, and where it is not this leg alone that was sized.
  static Optional<LotLess> of(PlanFile input, HealthModel model, Plan.Close plan) {
    boolean byOrder =
        plan.choice().filter(choice -> choice.order() != LegOrder.LEAST_COST).isPresent();
    if (!(plan.claim() instanceof Claim.RestoresMinimal) || byOrder) {
      return Optional.empty();
    }
    int last = plan.closings().size() - 1;
    PlannedClosing sized = plan.closings().get(last);
    Account before =
        last == 0 ? input.account() : plan.closings().get(last - 1).closing().account();
    LegTerms terms = sized.terms();
    long quantity = nextSmaller(terms, sized.closing().quantity());
    if (quantity < terms.minimum()) {
      return Optional.empty();
    }
    Closing closing =
        new LegSettlement(model, plan.grounds().penalty())
            .close(before, input.marks(), sized.closing().leg(), quantity, terms.cost(quantity));
    Health health = model.assess(closing.account(), input.marks());
    // Sizes of several legs are judged at full penalty rates, which a cap may have cut.
    return health.isAtLeast(input.rulebook().targetPpm())
        ? Optional.empty()
        : Optional.of(new LotLess(quantity, health));
  }

  private static long nextSmaller(LegTerms terms, long quantity) {
    return quantity == terms.size()
        ? Math.min(terms.maximumPartial(), Rounding.floorToStep(quantity - 1, terms.lot()))
        : quantity - terms.lot();
  }
}
