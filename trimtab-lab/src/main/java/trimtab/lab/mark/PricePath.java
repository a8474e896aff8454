package trimtab.lab.mark;

import java.util.Arrays;
import java.util.List;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Decimals;
import trimtab.market.data.MinuteBars;
import trimtab.market.data.PriceWindow;

/// The exogenous prices of a window: the close of every minute bar, by feed of a listing, in the
/// feed's price units. This is the market as it was, before any impact.
///
/// A close with more decimals than its feed is rounded half up; otherwise it is exact.
public final class PricePath {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String window;
  private final long[] closeNanos;
  private final long[][] prices;
  private final long[] highest;

  private PricePath(String window, long[] closeNanos, long[][] prices) {
    this.window = window;
    this.closeNanos = closeNanos;
    this.prices = prices;
    this.highest =
        Arrays.stream(prices).mapToLong(feed -> Arrays.stream(feed).max().orElseThrow()).toArray();
  }

  /// @param listing each of its feeds is named as one of the window's symbols
  /// @throws IllegalArgumentException if a feed has no such symbol, or a close rounds to nothing
  public static PricePath of(PriceWindow window, Listing listing) {
    long[] closeNanos = new long[window.size()];
    for (int bar = 0; bar < closeNanos.length; bar++) {
      long closeMillis = window.openTimeMillis(bar) + MinuteBars.MILLIS_PER_MINUTE;
      closeNanos[bar] = Math.multiplyExact(closeMillis, NANOS_PER_MILLI);
    }
    List<Feed> feeds = listing.feeds();
    long[][] prices = new long[feeds.size()][];
    for (int feed = 0; feed < prices.length; feed++) {
      int market = window.symbols().indexOf(feeds.get(feed).name());
      if (market < 0) {
        throw new IllegalArgumentException(
            "window %s has no prices for %s; it has %s"
                .formatted(window.name(), feeds.get(feed).name(), window.symbols()));
      }
      prices[feed] = closes(window.markets().get(market), feeds.get(feed));
    }
    return new PricePath(window.name(), closeNanos, prices);
  }

  private static long[] closes(MinuteBars bars, Feed feed) {
    int added = feed.priceDecimals() - bars.priceDecimals();
    long scale = Decimals.powerOfTen(Math.abs(added));
    long[] closes = new long[bars.size()];
    for (int bar = 0; bar < closes.length; bar++) {
      long close = bars.close(bar);
      closes[bar] =
          added >= 0 ? Math.multiplyExact(close, scale) : Math.floorDiv(close + scale / 2, scale);
      if (closes[bar] <= 0) {
        throw new IllegalArgumentException(
            "%s: the close of bar %d is below the smallest price of %d decimals; use more"
                .formatted(feed.name(), bar, feed.priceDecimals()));
      }
    }
    return closes;
  }

  /// Name of the window.
  public String window() {
    return window;
  }

  public int bars() {
    return closeNanos.length;
  }

  public int feeds() {
    return prices.length;
  }

  /// The instant at which a bar closes, nanoseconds since the epoch.
  public long closeNanos(int bar) {
    return closeNanos[bar];
  }

  /// Close of a bar, in the feed's price units.
  public long price(int feed, int bar) {
    return prices[feed][bar];
  }

  /// The highest close of the window: what a bit budget must hold.
  public long highest(int feed) {
    return highest[feed];
  }

  /// The undisturbed marks at the close of a bar.
  public Marks marks(int bar) {
    long[] batch = new long[prices.length];
    for (int feed = 0; feed < batch.length; feed++) {
      batch[feed] = prices[feed][bar];
    }
    return Marks.of(closeNanos[bar], batch);
  }

  /// The last bar that closed at or before an instant; bar 0 before the first close.
  public int barAt(long nanos) {
    int found = Arrays.binarySearch(closeNanos, nanos);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }
}
