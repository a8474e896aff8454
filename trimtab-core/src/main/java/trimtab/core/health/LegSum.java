package trimtab.core.health;

import trimtab.core.account.AccountView;
import trimtab.core.instrument.LinearPerpetual;
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
      LinearPerpetual perpetual = listing.perpetuals().get(account.market(i));
      long unitValue = marks.unitValue(listing, perpetual);
      long notional = Math.multiplyExact(Math.absExact(account.quantity(i)), unitValue);
      sum = sum.plus(tiers(perpetual, kind).requirement(notional));
    }
    return sum;
  }

  @Override
  public RequirementLine along(AccountView account, Marks marks, int position) {
    LinearPerpetual perpetual = listing.perpetuals().get(account.market(position));
    long unitValue = marks.unitValue(listing, perpetual);
    long size = Math.absExact(account.quantity(position));
    MarginTiers tiers = perpetual.maintenance();
    Wide whole = requirement(account, marks, MarginKind.MAINTENANCE);
    Wide others = whole.minus(tiers.requirement(Math.multiplyExact(size, unitValue)));
    return new TierLine(others, tiers, unitValue, size);
  }

  @Override
  public long maximumRatePpm(int market) {
    return listing.perpetuals().get(market).maintenance().maximumRatePpm();
  }

  private static MarginTiers tiers(LinearPerpetual perpetual, MarginKind kind) {
    return switch (kind) {
      case INITIAL -> perpetual.initial();
      case MAINTENANCE -> perpetual.maintenance();
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
      // The remaining notional falls through a tier's start between the floor and the next integer.
      return tiers.tiers().stream()
          .mapToLong(tier -> size - Math.ceilDiv(tier.fromValue(), unitValue))
          .filter(closed -> closed > 0 && closed < size)
          .sorted()
          .toArray();
    }
  }
}
