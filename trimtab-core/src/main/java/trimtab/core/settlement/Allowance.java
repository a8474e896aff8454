package trimtab.core.settlement;

import trimtab.core.account.AccountView;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;

/// What closing positions may cost, every fee included, without lowering equity over requirement:
/// `floor(E (R - R') / R)`, and nothing when `E <= 0`.
///
/// A loss counts once as far as the settlement currency's net covers it, and at the debt weight
/// beyond.
///
/// @param equity E, weighted
/// @param requirement R, before
/// @param covered the settlement currency's net, at least 0, value units
/// @param debtWeightPpm the settlement currency's
record Allowance(Wide equity, Wide requirement, long covered, long debtWeightPpm) {
  /// Of an account without equity.
  static final Allowance NONE = new Allowance(Wide.ZERO, Wide.ZERO, 0, Ppm.ONE);

  static Allowance of(HealthModel model, AccountView account, Marks marks) {
    Health health = model.assess(account, marks);
    Wide equity = health.backing().minus(health.obligation()).plus(health.requirement());
    return new Allowance(
        equity,
        health.requirement(),
        Math.max(0, model.net(account, marks, 0)),
        model.listing().settlement().debtWeightPpm());
  }

  /// The allowed loss of a closing that leaves `requirementAfter`, rounded down.
  long downTo(Wide requirementAfter) {
    if (equity.signum() <= 0 || requirement.signum() == 0) {
      return 0;
    }
    Wide freed = requirement.minus(requirementAfter);
    long weighted = equity.mulDivFloor(freed, requirement).divFloor(Ppm.ONE);
    return weighted <= covered
        ? weighted
        : covered + Rounding.mulDivFloor(weighted - covered, Ppm.ONE, debtWeightPpm);
  }
}
