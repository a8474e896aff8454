package trimtab.core.settlement;

import trimtab.core.account.AccountView;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Asset;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;

/// What closing positions may cost, every fee included, without lowering equity over requirement:
/// `E (R - R') / R`, rounded down, and nothing of it when `E <= 0`.
///
/// Closing at the mark may raise E by itself, where a gain counts for more once it is realised; so
/// much more may be lost, whatever E is. A loss counts at the asset weight of the asset it is paid
/// in as far as its cash covers it, and at its debt weight beyond.
///
/// @param equity E, weighted, exact units x parts per million
/// @param requirement R, before
/// @param exactScale exact units per value unit
/// @param cash of the asset that pays, before, exact units
/// @param assetWeightPpm of that asset
/// @param debtWeightPpm of that asset
/// @param unitValue exact units per unit of that asset: charges are whole units
record Allowance(
    Wide equity,
    Wide requirement,
    long exactScale,
    Wide cash,
    long assetWeightPpm,
    long debtWeightPpm,
    long unitValue) {
  /// Of an account without equity.
  static final Allowance NONE =
      new Allowance(Wide.ZERO, Wide.ZERO, 1, Wide.ZERO, Ppm.ONE, Ppm.ONE, 1);

  /// @param asset index of the asset that pays
  static Allowance of(HealthModel model, AccountView account, Marks marks, int asset) {
    return of(model, account, marks, model.assess(account, marks), asset);
  }

  /// @param health of the account
  static Allowance of(
      HealthModel model, AccountView account, Marks marks, Health health, int asset) {
    Asset terms = model.listing().assets().get(asset);
    return new Allowance(
        health.backing().minus(health.obligation()).plus(health.requirement()),
        health.requirement(),
        model.listing().exactScale(),
        model.cash(account, marks, asset),
        terms.assetWeightPpm(),
        terms.debtWeightPpm(),
        marks.unitValue(model.listing(), terms));
  }

  /// The allowed loss in value units of a closing that leaves `requirementAfter`, rounded down.
  ///
  /// @param uplift by which closing at the mark raises the cash as it counts, exact units
  long downTo(Wide requirementAfter, Wide uplift) {
    if (requirement.signum() == 0) {
      return 0;
    }
    Wide freed =
        equity.signum() <= 0
            ? Wide.ZERO
            : equity.mulDivFloor(requirement.minus(requirementAfter), requirement);
    Wide after = cash.plus(uplift);
    Wide weighted = freed.plus(weighted(after)).minus(weighted(cash)).max(Wide.ZERO);
    Wide loss = loss(after.max(Wide.ZERO), weighted);
    Wide whole = loss.divFloor(Wide.of(unitValue)).times(unitValue);
    return whole.divFloor(exactScale);
  }

  private Wide weighted(Wide amount) {
    return amount.times(amount.isNegative() ? debtWeightPpm : assetWeightPpm);
  }

  /// The loss that takes a weighted amount away from cash.
  private Wide loss(Wide covered, Wide weighted) {
    Wide beyond = weighted.minus(covered.times(assetWeightPpm));
    return beyond.isNegative()
        ? weighted.divFloor(Wide.of(assetWeightPpm))
        : covered.plus(beyond.divFloor(Wide.of(debtWeightPpm)));
  }

  /// By how many value units the allowed loss may be rounded down.
  long roundedBy() {
    return 2 + Math.ceilDiv(unitValue, exactScale);
  }
}
