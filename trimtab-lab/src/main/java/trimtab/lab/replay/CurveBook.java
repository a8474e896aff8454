package trimtab.lab.replay;

import java.util.ArrayList;
import java.util.List;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.instrument.Listing;
import trimtab.engine.command.MarketSide;
import trimtab.lab.book.Book;

/// Which cost curves a book can need, and up to which quantity: all that the accounts of a book
/// could ever close on one side of one market.
///
/// @param curves in the order of the listing
record CurveBook(List<Wanted> curves) {
  /// @param key what the engine calls it
  /// @param market what trades on it
  /// @param capacity units
  record Wanted(MarketSide key, TradedInstrument market, long capacity) {}

  /// A book's total may exceed the largest value of a leg; a curve does not.
  private static final long VALUE_MAX = 1L << 61;

  CurveBook {
    curves = List.copyOf(curves);
  }

  /// @param highestPrices by feed: what the value of a capacity must fit at
  static CurveBook of(Listing listing, Book book, long[] highestPrices) {
    long[] longs = new long[listing.contracts().size()];
    long[] shorts = new long[longs.length];
    long[] held = new long[listing.assets().size()];
    long[] owed = new long[held.length];
    for (Book.Opening opening : book.openings()) {
      Account account = opening.account();
      for (Position position : account.positions()) {
        long[] side = position.quantity() > 0 ? longs : shorts;
        side[position.market()] = saturated(side[position.market()], position.quantity());
      }
      for (Balance balance : account.balances()) {
        held[balance.asset()] = saturated(held[balance.asset()], balance.amount());
        owed[balance.asset()] = saturated(owed[balance.asset()], balance.debt());
      }
    }
    List<Wanted> wanted = new ArrayList<>();
    for (int market = 0; market < longs.length; market++) {
      TradedInstrument traded = TradedInstrument.of(listing, listing.contracts().get(market));
      long highest = highestPrices[traded.feed()];
      add(wanted, MarketSide.contract(market, Side.BUY), traded, shorts[market], highest);
      add(wanted, MarketSide.contract(market, Side.SELL), traded, longs[market], highest);
    }
    for (int asset = 1; asset < held.length; asset++) {
      TradedInstrument traded = TradedInstrument.of(listing, listing.assets().get(asset));
      long highest = highestPrices[traded.feed()];
      add(wanted, MarketSide.asset(asset, Side.BUY), traded, owed[asset], highest);
      add(wanted, MarketSide.asset(asset, Side.SELL), traded, held[asset], highest);
    }
    return new CurveBook(wanted);
  }

  private static long saturated(long sum, long quantity) {
    long next = sum + Math.abs(quantity);
    return next < 0 ? Long.MAX_VALUE : next;
  }

  private static void add(
      List<Wanted> wanted, MarketSide key, TradedInstrument traded, long sum, long highest) {
    long capacity = Math.min(sum, VALUE_MAX / traded.unitValue(highest));
    if (capacity > 0) {
      wanted.add(new Wanted(key, traded, capacity));
    }
  }
}
