package trimtab.core.health;

import trimtab.core.account.AccountView;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.mark.Marks;
import trimtab.core.mark.PositionValue;
import trimtab.core.money.UnitValue;
import trimtab.core.money.Wide;

/// The separable model: each position requires margin by the tiers of its own market. Contracts
/// that were delivered require none.
///
/// @param listing where the tiers are
public record LegSum(Listing listing) implements RequirementModel {
  @Override
  public Wide requirement(AccountView account, Marks marks, MarginKind kind) {
    Wide sum = Wide.ZERO;
    for (int i = 0; i < account.positionCount(); i++) {
      sum = sum.plus(ofPosition(account, marks, kind, i));
    }
    return sum;
  }

  private Wide ofPosition(AccountView account, Marks marks, MarginKind kind, int position) {
    Contract contract = listing.contracts().get(account.market(position));
    if (contract.isExpired(marks.asOfNanos())) {
      return Wide.ZERO;
    }
    long size = Math.absExact(account.quantity(position));
    Wide notional = PositionValue.of(listing, contract, marks).notional(size);
    return tiers(contract, kind).requirement(notional, listing.exactScale());
  }

  @Override
  public RequirementLine along(AccountView account, Marks marks, int position) {
    Contract contract = listing.contracts().get(account.market(position));
    Wide others = Wide.ZERO;
    for (int i = 0; i < account.positionCount(); i++) {
      if (i != position) {
        others = others.plus(ofPosition(account, marks, MarginKind.MAINTENANCE, i));
      }
    }
    return new TierLine(
        others,
        contract.maintenance(),
        PositionValue.of(listing, contract, marks).unitValue(),
        listing.exactScale(),
        Math.absExact(account.quantity(position)));
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

  private record TierLine(
      Wide others, MarginTiers tiers, UnitValue unitValue, long exactScale, long size)
      implements RequirementLine {
    @Override
    public Wide at(long closed) {
      return others.plus(tiers.requirement(unitValue.ceil(size - closed), exactScale));
    }

    @Override
    public Wide floor(long closed) {
      return others.plus(tiers.requirement(unitValue.floor(size - closed), exactScale));
    }

    @Override
    public long[] breakPoints() {
      // A remaining notional equal to a tier's start is below the tier: the last quantity closed
      // that leaves more than the start.
      return tiers.tiers().stream()
          .skip(1)
          .mapToLong(this::lastAbove)
          .filter(closed -> closed > 0 && closed < size)
          .sorted()
          .toArray();
    }

    private long lastAbove(Tier tier) {
      Wide start = Wide.product(tier.fromValue(), exactScale);
      return start.compareTo(unitValue.floor(size)) >= 0
          ? 0
          : size - unitValue.quantityWithin(start) - 1;
    }
  }
}
