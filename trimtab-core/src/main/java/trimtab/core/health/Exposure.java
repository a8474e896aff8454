package trimtab.core.health;

import java.util.ArrayList;
import java.util.List;
import trimtab.core.account.AccountView;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.mark.PositionValue;

/// What an account has at stake on prices, in value units at the mark.
///
/// @param gross absolute notional of all positions plus the absolute net value of all assets but
///   the value currency
/// @param equity everything held minus everything owed, unweighted
/// @param deltas signed, one per feed that something of the account depends on, in the order of the
///   feeds
public record Exposure(long gross, long equity, List<Delta> deltas) {
  /// Copies the list.
  public Exposure {
    deltas = List.copyOf(deltas);
  }

  /// What the equity gains when a price doubles, were it to go on as it does now: the signed
  /// notional of the positions on a feed plus the net value of the assets on it.
  ///
  /// @param feed index of the price
  /// @param value signed
  public record Delta(int feed, long value) {}

  /// The exposure of an account.
  ///
  /// @throws ArithmeticException if a sum leaves the range of a long
  public static Exposure of(HealthModel model, AccountView account, Marks marks) {
    Listing listing = model.listing();
    long[] byFeed = new long[listing.feeds().size()];
    boolean[] touched = new boolean[byFeed.length];
    long gross = 0;
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = listing.contracts().get(account.market(i));
      long quantity = account.quantity(i);
      long size =
          PositionValue.of(listing, contract, marks)
              .notional(Math.absExact(quantity))
              .divFloor(listing.exactScale());
      long notional = Long.signum(quantity) * size;
      byFeed[contract.feed()] = Math.addExact(byFeed[contract.feed()], notional);
      touched[contract.feed()] = true;
      gross = Math.addExact(gross, Math.absExact(notional));
    }
    for (int index : model.assets(account)) {
      Asset asset = listing.assets().get(index);
      if (!asset.isSettlement()) {
        long net = model.net(account, marks, index).divFloor(listing.exactScale());
        byFeed[asset.feed()] = Math.addExact(byFeed[asset.feed()], net);
        touched[asset.feed()] = true;
        gross = Math.addExact(gross, Math.absExact(net));
      }
    }
    List<Delta> deltas = new ArrayList<>();
    for (int feed = 0; feed < byFeed.length; feed++) {
      if (touched[feed]) {
        deltas.add(new Delta(feed, byFeed[feed]));
      }
    }
    return new Exposure(gross, model.assess(account, marks).equity(), deltas);
  }

  /// The delta of one feed; 0 where nothing depends on it.
  public long delta(int feed) {
    return deltas.stream().filter(delta -> delta.feed() == feed).mapToLong(Delta::value).sum();
  }
}
