package trimtab.core.plan;

import trimtab.core.account.Account;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.settlement.Closing;

/// Where an account stands while it is being planned: everything that does not change along a leg.
///
/// @param account the account before the next closing
/// @param marks prices
/// @param model health
/// @param terms penalty
/// @param curves what trading costs
/// @param targetPpm level to be restored
/// @param bar excess over the target from which on it counts as restored: 0, or negative where only
///   a share of the shortfall is to be removed
record Standing(
    Account account,
    Marks marks,
    HealthModel model,
    PenaltyTerms terms,
    CostCurves curves,
    long targetPpm,
    Wide bar) {

  Standing(
      Account account,
      Marks marks,
      HealthModel model,
      PenaltyTerms terms,
      CostCurves curves,
      long targetPpm) {
    this(account, marks, model, terms, curves, targetPpm, Wide.ZERO);
  }

  /// The same state where less is enough.
  Standing withBar(Wide lower) {
    return new Standing(account, marks, model, terms, curves, targetPpm, lower);
  }

  /// The same state at another penalty.
  Standing withTerms(PenaltyTerms other) {
    return new Standing(account, marks, model, other, curves, targetPpm, bar);
  }

  /// The state that a closing leaves, depth included.
  Standing after(Closing closing) {
    CostCurves left = UsedDepth.after(closing, curves);
    return new Standing(closing.account(), marks, model, terms, left, targetPpm, bar);
  }

  /// The same state where no penalty is capped: as sizes are judged.
  Standing uncapped() {
    return withTerms(
        new PenaltyTerms(
            terms.positionPpm(),
            terms.pairPpm(),
            terms.positionBase(),
            terms.pairBase(),
            PenaltyTerms.Cap.NONE,
            terms.split()));
  }

  Standing with(CostCurves other) {
    return new Standing(account, marks, model, terms, other, targetPpm, bar);
  }

  Health health() {
    return model.assess(account, marks);
  }

  Listing listing() {
    return model.listing();
  }

  /// See [HealthModel#cash(trimtab.core.account.AccountView, Marks, int)].
  Wide cash(int asset) {
    return model.cash(account, marks, asset);
  }

  /// See [HealthModel#fixedDebt(trimtab.core.account.AccountView, Marks, int)].
  Wide fixedDebt(int asset) {
    return model.fixedDebt(account, marks, asset);
  }

  /// See [HealthModel#owed(trimtab.core.account.AccountView, Marks, int)].
  Wide owed(int asset) {
    return model.owed(account, marks, asset);
  }

  /// Exact units per unit of an asset.
  long unitValue(int asset) {
    return marks.unitValue(listing(), listing().assets().get(asset));
  }

  /// See [HealthModel#assets(trimtab.core.account.AccountView)].
  int[] assets() {
    return model.assets(account);
  }

  /// Weighted contribution of the assets that a leg does not touch: backing minus obligation is
  /// kept apart because a level multiplies the obligation only.
  Sums others(int... touched) {
    Sums sums = new Sums(Wide.ZERO, Wide.ZERO);
    for (int index : assets()) {
      if (!contains(touched, index)) {
        Asset asset = listing().assets().get(index);
        sums = sums.plus(asset, cash(index), unitValue(index)).plusDebt(asset, fixedDebt(index));
      }
    }
    return sums;
  }

  /// The excess over the target; see [Health#excess(long)].
  Wide excess(Sums sums, Wide requirement) {
    Wide obligation = sums.obligation().plus(requirement);
    Base base = model.base().resolve(requirement.signum() > 0);
    Wide amount = base == Base.OBLIGATION ? obligation : requirement;
    Wide distance = sums.backing().minus(obligation).times(Ppm.ONE);
    return distance.minus(amount.times(targetPpm - Ppm.ONE)).minus(bar);
  }

  /// By how much a value unit of an asset raises the excess, held or owed, in parts per million
  /// squared.
  double weight(int asset, boolean held) {
    Asset terms = listing().assets().get(asset);
    if (held) {
      return (double) terms.assetWeightPpm() * Ppm.ONE;
    }
    // Every position requires margin, at a rate above zero.
    boolean obligation = model.base().resolve(account.positionCount() > 0) == Base.OBLIGATION;
    return (double) terms.debtWeightPpm() * (obligation ? targetPpm : Ppm.ONE);
  }

  private static boolean contains(int[] values, int value) {
    for (int candidate : values) {
      if (candidate == value) {
        return true;
      }
    }
    return false;
  }

  /// Weighted sums, exact units x parts per million.
  record Sums(Wide backing, Wide obligation) {
    /// Adds what an asset's cash counts for, by its sign.
    Sums plus(Asset asset, Wide cash, long unitValue) {
      return cash.isNegative()
          ? plusDebt(asset, cash.negate())
          : new Sums(
              backing.plus(asset.maintenance().holding().weighted(cash, unitValue)), obligation);
    }

    /// Adds a debt.
    Sums plusDebt(Asset asset, Wide debt) {
      return new Sums(backing, obligation.plus(debt.times(asset.debtWeightPpm())));
    }

    /// Adds cash at the weight of a holding or at that of a debt, whatever its sign: as asset
    /// weights are at most 1 and debt weights at least 1, either is an upper bound of the true
    /// contribution, and linear.
    Sums plusAt(Asset asset, Wide cash, boolean atAssetWeight) {
      return atAssetWeight
          ? new Sums(backing.plus(cash.times(asset.assetWeightPpm())), obligation)
          : plusDebt(asset, cash.negate());
    }
  }
}
