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
record Standing(
    Account account,
    Marks marks,
    HealthModel model,
    PenaltyTerms terms,
    CostCurves curves,
    long targetPpm) {

  /// The state that a closing leaves, depth included.
  Standing after(Closing closing) {
    CostCurves left = UsedDepth.after(closing, curves);
    return new Standing(closing.account(), marks, model, terms, left, targetPpm);
  }

  Standing with(PenaltyTerms other) {
    return new Standing(account, marks, model, other, curves, targetPpm);
  }

  Standing with(CostCurves other) {
    return new Standing(account, marks, model, terms, other, targetPpm);
  }

  Health health() {
    return model.assess(account, marks);
  }

  Listing listing() {
    return model.listing();
  }

  long net(int asset) {
    return model.net(account, marks, asset);
  }

  long unitValue(int asset) {
    return marks.unitValue(listing(), listing().assets().get(asset));
  }

  /// Weighted contribution of the assets that a leg does not touch: backing minus obligation is
  /// kept apart because a level multiplies the obligation only.
  Sums others(int... touched) {
    Wide backing = Wide.ZERO;
    Wide obligation = Wide.ZERO;
    for (int i = 0; i < account.balanceCount(); i++) {
      int index = account.asset(i);
      if (contains(touched, index)) {
        continue;
      }
      long net = net(index);
      Asset asset = listing().assets().get(index);
      if (net >= 0) {
        backing = backing.plus(Wide.product(net, asset.assetWeightPpm()));
      } else {
        obligation = obligation.plus(Wide.product(-net, asset.debtWeightPpm()));
      }
    }
    return new Sums(backing, obligation);
  }

  /// The excess over the target; see [Health#excess(long)].
  Wide excess(Sums sums, Wide requirement) {
    Wide obligation = sums.obligation().plus(requirement);
    Base base = model.base().resolve(requirement.signum() > 0);
    Wide amount = base == Base.OBLIGATION ? obligation : requirement;
    Wide distance = sums.backing().minus(obligation).times(Ppm.ONE);
    return distance.minus(amount.times(targetPpm - Ppm.ONE));
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

  /// Weighted sums, value units x parts per million.
  record Sums(Wide backing, Wide obligation) {
    /// Adds an asset's net value at the weight of its sign.
    Sums plus(Asset asset, long net) {
      return plus(asset, net, net >= 0);
    }

    /// Adds an asset's net value at its asset weight or at its debt weight, whatever its sign: as
    /// asset weights are at most 1 and debt weights at least 1, either is an upper bound of the
    /// true contribution, and linear.
    Sums plus(Asset asset, long net, boolean atAssetWeight) {
      return atAssetWeight
          ? new Sums(backing.plus(Wide.product(net, asset.assetWeightPpm())), obligation)
          : new Sums(backing, obligation.minus(Wide.product(net, asset.debtWeightPpm())));
    }
  }
}
