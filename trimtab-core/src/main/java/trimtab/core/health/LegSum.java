package trimtab.core.health;

import trimtab.core.account.AccountView;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.money.Wide;

/// The separable model: each position requires margin by the tiers of its own market.
///
/// @param listing where the tiers are
public record LegSum(Listing listing) implements RequirementModel {
  @Override
  public Wide requirement(AccountView account, Marks marks, MarginKind kind) {
    Wide sum = Wide.ZERO;
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = listing.contracts().get(account.market(i));
      long unitValue = marks.unitValue(listing, contract);
      long notional = Math.multiplyExact(Math.absExact(account.quantity(i)), unitValue);
      sum = sum.plus(tiers(contract, kind).requirement(notional));
    }
    return sum;
  }

  @Override
  public RequirementLine along(AccountView account, Marks marks, int position) {
    Contract contract = listing.contracts().get(account.market(position));
    long unitValue = marks.unitValue(listing, contract);
    long size = Math.absExact(account.quantity(position));
    MarginTiers tiers = contract.maintenance();
    Wide whole = requirement(account, marks, MarginKind.MAINTENANCE);
    Wide others = whole.minus(tiers.requirement(Math.multiplyExact(size, unitValue)));
    return new TierLine(others, tiers, unitValue, size);
  }

  @Override
  public boolean isSeparable() {
    return true;
  }

  @Override
  public long maximumRatePpm(int market) {
    return listing.contracts().get(market).maintenance().maximumRatePpm();
  }

  private static MarginTiers tiers(Contract contract, MarginKind kind) {
    return switch (kind) {
      case INITIAL -> contract.initial();
      case MAINTENANCE -> contract.maintenance();
    };
  }

  private record TierLine(Wide others, MarginTiers tiers, long unitValue, long size)
      implements RequirementLine {
    @Override
    public Wide at(long closed) {
      return others.plus(tiers.requirement(Math.multiplyExact(size - closed, unitValue)));
    }

    @Override
    public long[] breakPoints() {
      // A remaining notional equal to a tier's start is below the tier: the last quantity closed
      // that leaves more than the start.
      return tiers.tiers().stream()
          .skip(1)
          .mapToLong(tier -> size - tier.fromValue() / unitValue - 1)
          .filter(closed -> closed > 0 && closed < size)
          .sorted()
          .toArray();
    }
  }
}
