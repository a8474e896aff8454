package trimtab.core.plan;

import java.util.Arrays;
import trimtab.core.account.Account;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Wide;

/// The net exposures to prices that a choice must not let grow: none, or those of an account.
///
/// The exposure to a feed is the value at the mark of everything that moves with it: positions,
/// assets held and assets owed, each with its sign.
final class NetExposure {
  /// No limit.
  static final NetExposure FREE = new NetExposure(new long[0], new int[0], new long[0]);

  private final long[] before;
  private final int[] feeds;
  private final long[] signedUnits;

  private NetExposure(long[] before, int[] feeds, long[] signedUnits) {
    this.before = before;
    this.feeds = feeds;
    this.signedUnits = signedUnits;
  }

  /// The limits of an account whose legs are all its positions, in their order.
  static NetExposure of(Standing standing) {
    Account account = standing.account();
    int count = account.positionCount();
    int[] feeds = new int[count];
    long[] signedUnits = new long[count];
    for (int i = 0; i < count; i++) {
      Contract contract = standing.listing().contracts().get(account.market(i));
      feeds[i] = contract.feed();
      signedUnits[i] =
          Long.signum(account.quantity(i))
              * standing.marks().unitValue(standing.listing(), contract);
    }
    return new NetExposure(byFeed(standing), feeds, signedUnits);
  }

  /// Net exposure by feed, value units; one that does not fit is cut to the largest that does.
  static long[] byFeed(Standing standing) {
    Account account = standing.account();
    Listing listing = standing.listing();
    Wide[] sums = new Wide[listing.feeds().size()];
    Arrays.fill(sums, Wide.ZERO);
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = listing.contracts().get(account.market(i));
      long unitValue = standing.marks().unitValue(listing, contract);
      sums[contract.feed()] =
          sums[contract.feed()].plus(Wide.product(account.quantity(i), unitValue));
    }
    for (int i = 0; i < account.balanceCount(); i++) {
      Asset asset = listing.assets().get(account.asset(i));
      if (!asset.isSettlement()) {
        long amount = Math.subtractExact(account.amount(i), account.debt(i));
        long unitValue = standing.marks().unitValue(listing, asset);
        sums[asset.feed()] = sums[asset.feed()].plus(Wide.product(amount, unitValue));
      }
    }
    return Arrays.stream(sums).mapToLong(NetExposure::cut).toArray();
  }

  private static long cut(Wide sum) {
    return sum.max(Wide.of(-Long.MAX_VALUE)).min(Wide.of(Long.MAX_VALUE)).divFloor(1);
  }

  /// Whether no net exposure of a later state is larger than that of an earlier one.
  static boolean isKept(long[] before, long[] after) {
    for (int feed = 0; feed < before.length; feed++) {
      if (Math.abs(after[feed]) > Math.abs(before[feed])) {
        return false;
      }
    }
    return true;
  }

  /// Whether the quantities of all legs but one keep the exposures to all feeds but that leg's.
  boolean allows(long[] quantities, int except) {
    if (before.length == 0) {
      return true;
    }
    for (int leg = 0; leg < quantities.length; leg++) {
      int feed = feeds[leg];
      if (feed != feeds[except] && Math.abs(after(quantities, feed, -1)) > Math.abs(before[feed])) {
        return false;
      }
    }
    return true;
  }

  private long after(long[] quantities, int feed, int except) {
    long sum = before[feed];
    for (int leg = 0; leg < quantities.length; leg++) {
      if (feeds[leg] == feed && leg != except) {
        sum -= quantities[leg] * signedUnits[leg];
      }
    }
    return sum;
  }

  /// With the others as given, the least quantity of a leg that keeps the exposure to its feed.
  long least(long[] quantities, int leg) {
    if (before.length == 0) {
      return 0;
    }
    long limit = Math.abs(before[feeds[leg]]);
    long open = after(quantities, feeds[leg], leg) * Long.signum(signedUnits[leg]);
    return open <= limit ? 0 : Math.ceilDiv(open - limit, Math.abs(signedUnits[leg]));
  }

  /// With the others as given, the largest quantity of a leg that keeps the exposure to its feed;
  /// below 0 if there is none.
  long most(long[] quantities, int leg) {
    if (before.length == 0) {
      return Long.MAX_VALUE;
    }
    long limit = Math.abs(before[feeds[leg]]);
    long open = after(quantities, feeds[leg], leg) * Long.signum(signedUnits[leg]);
    return Math.floorDiv(open + limit, Math.abs(signedUnits[leg]));
  }
}
