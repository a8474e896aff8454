package trimtab.core.settlement;

import trimtab.core.account.AccountView;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Asset;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;

/// What closing positions may cost, every fee included, without lowering equity over requirement:
/// `floor(E (R - R') / R)`, and nothing when `E <= 0`.
///
/// A loss counts once as far as the net of the asset it is paid in covers it, and at that asset's
/// debt weight beyond.
///
/// @param equity E, weighted, exact units x parts per million
/// @param requirement R, before
/// @param exactScale exact units per value unit
/// @param covered net of the asset that pays, at least 0, value units
/// @param debtWeightPpm of that asset
/// @param unitValue of one unit of that asset in value units, rounded up, by which a charge may be
///   rounded up; 0 for the settlement currency
record Allowance(
    Wide equity,
    Wide requirement,
    long exactScale,
    long covered,
    long debtWeightPpm,
    long unitValue) {
  /// Of an account without equity.
  static final Allowance NONE = new Allowance(Wide.ZERO, Wide.ZERO, 1, 0, Ppm.ONE, 0);

  /// @param asset index of the asset that pays
  static Allowance of(HealthModel model, AccountView account, Marks marks, int asset) {
    Health health = model.assess(account, marks);
    Wide equity = health.backing().minus(health.obligation()).plus(health.requirement());
    long scale = model.listing().exactScale();
    Asset terms = model.listing().assets().get(asset);
    Wide cash = model.cash(account, marks, asset);
    return new Allowance(
        equity,
        health.requirement(),
        scale,
        cash.max(Wide.ZERO).divFloor(scale),
        terms.debtWeightPpm(),
        terms.isSettlement() ? 0 : Math.ceilDiv(marks.unitValue(model.listing(), terms), scale));
  }

  /// The allowed loss of a closing that leaves `requirementAfter`, rounded down.
  long downTo(Wide requirementAfter) {
    if (equity.signum() <= 0 || requirement.signum() == 0) {
      return 0;
    }
    Wide freed = requirement.minus(requirementAfter);
    Wide scale = Wide.product(Ppm.ONE, exactScale);
    long weighted = equity.mulDivFloor(freed, requirement).divFloor(scale).toLongExact();
    long allowed =
        weighted <= covered
            ? weighted
            : covered + Rounding.mulDivFloor(weighted - covered, Ppm.ONE, debtWeightPpm);
    return allowed - unitValue;
  }
}
