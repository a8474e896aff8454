package trimtab.core.health;

import java.util.Arrays;
import java.util.List;
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
      long size = Math.absExact(account.quantity(i));
      if (kind == MarginKind.INITIAL) {
        size = worst(account, account.market(i), account.quantity(i));
      }
      sum = sum.plus(ofSize(account.market(i), size, marks, kind));
    }
    for (int i = 0; kind == MarginKind.INITIAL && i < account.reserveCount(); i++) {
      int market = account.reservedMarket(i);
      if (!hasPosition(account, market)) {
        sum = sum.plus(ofSize(market, worst(account, market, 0), marks, kind));
      }
    }
    return sum;
  }

  /// The largest size a position would have if all open orders of one side were filled.
  private static long worst(AccountView account, int market, long quantity) {
    long size = Math.absExact(quantity);
    for (int i = 0; i < account.reserveCount(); i++) {
      if (account.reservedMarket(i) == market) {
        long bought = Math.absExact(Math.addExact(quantity, account.reservedBuys(i)));
        long sold = Math.absExact(Math.subtractExact(quantity, account.reservedSells(i)));
        size = Math.max(size, Math.max(bought, sold));
      }
    }
    return size;
  }

  private static boolean hasPosition(AccountView account, int market) {
    for (int i = 0; i < account.positionCount(); i++) {
      if (account.market(i) == market) {
        return true;
      }
    }
    return false;
  }

  private Wide ofSize(int market, long size, Marks marks, MarginKind kind) {
    Contract contract = listing.contracts().get(market);
    if (contract.isExpired(marks.asOfNanos())) {
      return Wide.ZERO;
    }
    Wide notional = PositionValue.of(listing, contract, marks).notional(size);
    return tiers(contract, kind).requirement(notional, listing.exactScale());
  }

  @Override
  public RequirementLine along(AccountView account, Marks marks, int position) {
    Contract contract = listing.contracts().get(account.market(position));
    Wide others = Wide.ZERO;
    for (int i = 0; i < account.positionCount(); i++) {
      if (i != position) {
        long size = Math.absExact(account.quantity(i));
        others = others.plus(ofSize(account.market(i), size, marks, MarginKind.MAINTENANCE));
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
  public long[] notionalLimits(int market) {
    return listing.contracts().get(market).maintenance().limits();
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
      List<Tier> all = tiers.tiers();
      long[] ends = new long[all.size() - 1];
      int count = 0;
      for (int tier = all.size() - 1; tier > 0; tier--) {
        long closed = lastAbove(all.get(tier));
        if (closed > 0 && closed < size) {
          ends[count++] = closed;
        }
      }
      return Arrays.copyOf(ends, count);
    }

    private long lastAbove(Tier tier) {
      Wide start = Wide.product(tier.fromValue(), exactScale);
      return start.compareTo(unitValue.floor(size)) >= 0
          ? 0
          : size - unitValue.quantityWithin(start) - 1;
    }
  }
}
