package trimtab.core.health;

import trimtab.core.account.AccountView;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Wide;

/// Health of an account: balances are netted per asset first, unrealised profit and loss into the
/// settlement currency; then positive nets count at the asset weight as backing, negative ones at
/// the debt weight as obligation, beside the maintenance requirement.
///
/// @param listing scales and weights
/// @param requirements how positions require margin
/// @param base what levels are measured against
public record HealthModel(Listing listing, RequirementModel requirements, Base base) {
  public Health assess(AccountView account, Marks marks) {
    Wide backing = Wide.ZERO;
    Wide obligation = Wide.ZERO;
    long settlementNet = unrealised(account, marks);
    long equity = 0;
    for (int i = 0; i < account.balanceCount(); i++) {
      Asset asset = listing.assets().get(account.asset(i));
      long amount = Math.subtractExact(account.amount(i), account.debt(i));
      long net = Math.multiplyExact(amount, marks.unitValue(listing, asset));
      if (asset.isSettlement()) {
        settlementNet = Math.addExact(settlementNet, net);
        continue;
      }
      equity = Math.addExact(equity, net);
      if (net >= 0) {
        backing = backing.plus(Wide.product(net, asset.assetWeightPpm()));
      } else {
        obligation = obligation.plus(Wide.product(-net, asset.debtWeightPpm()));
      }
    }
    Asset settlement = listing.settlement();
    if (settlementNet >= 0) {
      backing = backing.plus(Wide.product(settlementNet, settlement.assetWeightPpm()));
    } else {
      obligation = obligation.plus(Wide.product(-settlementNet, settlement.debtWeightPpm()));
    }
    Wide requirement = requirements.requirement(account, marks, MarginKind.MAINTENANCE);
    return new Health(
        backing,
        obligation.plus(requirement),
        requirement,
        base.resolve(requirement.signum() > 0),
        Math.addExact(equity, settlementNet));
  }

  /// Net value of one asset, positive or negative, in value units; for the settlement currency with
  /// the unrealised profit and loss of all positions.
  public long net(AccountView account, Marks marks, int asset) {
    Asset terms = listing.assets().get(asset);
    long sum = terms.isSettlement() ? unrealised(account, marks) : 0;
    for (int i = 0; i < account.balanceCount(); i++) {
      if (account.asset(i) == asset) {
        long amount = Math.subtractExact(account.amount(i), account.debt(i));
        sum = Math.addExact(sum, Math.multiplyExact(amount, marks.unitValue(listing, terms)));
      }
    }
    return sum;
  }

  private long unrealised(AccountView account, Marks marks) {
    long sum = 0;
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = listing.contracts().get(account.market(i));
      long unitValue = marks.unitValue(listing, contract);
      long value = Math.multiplyExact(account.quantity(i), unitValue);
      sum = Math.addExact(sum, Math.subtractExact(value, account.cost(i)));
    }
    return sum;
  }
}
