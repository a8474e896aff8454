package trimtab.core.mark;

import java.util.Arrays;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;

/// The prices of one instant, one per feed: an atomic batch, so each account is judged once per
/// instant and never on half of a move.
public final class Marks {
  /// Prices stay below 2^50 price units: part of the bit budget of a verdict.
  public static final long PRICE_MAX = 1L << 50;

  private final long asOfNanos;
  private final long[] prices;

  private Marks(long asOfNanos, long[] prices) {
    this.asOfNanos = asOfNanos;
    this.prices = prices;
  }

  /// The prices of an instant; the array is copied.
  ///
  /// @param asOfNanos instant of the prices, nanoseconds since the epoch
  /// @param prices by feed, in the feed's price units; positive
  /// @throws IllegalArgumentException if a price is not positive
  public static Marks of(long asOfNanos, long... prices) {
    for (int feed = 0; feed < prices.length; feed++) {
      if (prices[feed] <= 0) {
        throw new IllegalArgumentException(
            "mark of feed %d must be positive, not %d".formatted(feed, prices[feed]));
      }
      if (prices[feed] >= PRICE_MAX) {
        throw new IllegalArgumentException(
            "mark of feed %d, %d, must be below 2^50; use fewer decimals"
                .formatted(feed, prices[feed]));
      }
    }
    return new Marks(asOfNanos, prices.clone());
  }

  /// Instant of the prices, nanoseconds since the epoch.
  public long asOfNanos() {
    return asOfNanos;
  }

  /// The same instant with another price of one feed: what would be, all else equal.
  ///
  /// @throws IllegalArgumentException if the price is not positive
  public Marks with(int feed, long price) {
    long[] changed = prices.clone();
    changed[feed] = price;
    return of(asOfNanos, changed);
  }

  /// How many feeds have a price: those of the listing.
  public int feedCount() {
    return prices.length;
  }

  /// The price of a feed, in its price units; positive.
  public long price(int feed) {
    return prices[feed];
  }

  /// All prices by feed, in a copy.
  public long[] prices() {
    return prices.clone();
  }

  /// Exact units per unit of the asset.
  public long unitValue(Listing listing, Asset asset) {
    return listing.unitValue(asset, asset.isSettlement() ? 1 : prices[asset.feed()]);
  }

  /// Exact units per unit of the contract's quantity; see [Listing#unitValue(Contract, long)].
  public long unitValue(Listing listing, Contract contract) {
    return listing.unitValue(contract, prices[contract.feed()]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Marks marks
        && marks.asOfNanos == asOfNanos
        && Arrays.equals(marks.prices, prices);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(asOfNanos) + Arrays.hashCode(prices);
  }

  @Override
  public String toString() {
    return "Marks" + Arrays.toString(prices) + "@" + asOfNanos;
  }
}
