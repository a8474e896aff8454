package trimtab.market.data;

import java.util.Arrays;

/// The minute bars of one market as columns, in time order.
///
/// A price is the integer `price x 10^priceDecimals`, exact as printed in the file. The volume is a
/// `double` in coins: an estimate that feeds statistics, never a decision on money.
public final class MinuteBars {
  /// Length of a bar, and the grid on which bars open, in milliseconds.
  public static final long MILLIS_PER_MINUTE = 60_000;

  /// Most digits of a price as a scaled integer: what a `long` always holds.
  public static final int MAX_PRICE_DIGITS = 18;

  private static final long MAX_SCALED_PRICE = 999_999_999_999_999_999L;

  private final String symbol;
  private final int priceDecimals;
  private final long[] openTimeMillis;
  private final long[] open;
  private final long[] high;
  private final long[] low;
  private final long[] close;
  private final double[] volumeBase;

  /// Bars from their columns, which are copied.
  ///
  /// @param symbol name of the market, such as `ETHUSDT`
  /// @param priceDecimals decimals of the scaled prices, 0 to 18
  /// @param openTimeMillis UTC time at which each bar opens; whole minutes, strictly increasing
  /// @param open first price of each bar, scaled
  /// @param high highest price, scaled; not below `open` and `close`
  /// @param low lowest price, scaled and above 0; not above `open` and `close`
  /// @param close last price, scaled
  /// @param volumeBase traded coins; finite, not negative
  /// @throws IllegalArgumentException if a column breaks one of these rules, or has another length
  public MinuteBars(
      String symbol,
      int priceDecimals,
      long[] openTimeMillis,
      long[] open,
      long[] high,
      long[] low,
      long[] close,
      double[] volumeBase) {
    this.symbol = symbol;
    this.priceDecimals = priceDecimals;
    this.openTimeMillis = openTimeMillis.clone();
    this.open = open.clone();
    this.high = high.clone();
    this.low = low.clone();
    this.close = close.clone();
    this.volumeBase = volumeBase.clone();
    requireSound();
  }

  private void requireSound() {
    require(!symbol.isEmpty(), "a market needs a symbol");
    require(
        priceDecimals >= 0 && priceDecimals <= MAX_PRICE_DIGITS,
        "price decimals out of range: " + priceDecimals);
    int bars = openTimeMillis.length;
    require(
        bars > 0
            && open.length == bars
            && high.length == bars
            && low.length == bars
            && close.length == bars
            && volumeBase.length == bars,
        "columns must have one length above 0");
    for (int bar = 0; bar < bars; bar++) {
      requireSound(bar);
    }
  }

  private void requireSound(int bar) {
    long time = openTimeMillis[bar];
    require(
        time >= 0 && time % MILLIS_PER_MINUTE == 0 && (bar == 0 || time > openTimeMillis[bar - 1]),
        "bar " + bar + ": time is off the minute or out of order: " + time);
    require(
        low[bar] > 0
            && low[bar] <= Math.min(open[bar], close[bar])
            && high[bar] >= Math.max(open[bar], close[bar])
            && high[bar] <= MAX_SCALED_PRICE,
        "bar " + bar + ": prices are not 0 < low <= open, close <= high");
    require(
        Double.isFinite(volumeBase[bar]) && volumeBase[bar] >= 0,
        "bar " + bar + ": volume is not a number from 0: " + volumeBase[bar]);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /// The bars at the given positions, in that order, which must be increasing.
  MinuteBars select(int[] bars) {
    return new MinuteBars(
        symbol,
        priceDecimals,
        pick(openTimeMillis, bars),
        pick(open, bars),
        pick(high, bars),
        pick(low, bars),
        pick(close, bars),
        Arrays.stream(bars).mapToDouble(bar -> volumeBase[bar]).toArray());
  }

  private static long[] pick(long[] column, int[] bars) {
    return Arrays.stream(bars).mapToLong(bar -> column[bar]).toArray();
  }

  /// Name of the market, such as `ETHUSDT`.
  public String symbol() {
    return symbol;
  }

  /// Number of bars.
  public int size() {
    return openTimeMillis.length;
  }

  /// Decimals of the scaled prices: a price of 12345 with 2 decimals is 123.45.
  public int priceDecimals() {
    return priceDecimals;
  }

  /// UTC time at which the bar opens, in milliseconds since 1970.
  public long openTimeMillis(int bar) {
    return openTimeMillis[bar];
  }

  /// First price of the bar, scaled.
  public long open(int bar) {
    return open[bar];
  }

  /// Highest price of the bar, scaled.
  public long high(int bar) {
    return high[bar];
  }

  /// Lowest price of the bar, scaled.
  public long low(int bar) {
    return low[bar];
  }

  /// Last price of the bar, scaled.
  public long close(int bar) {
    return close[bar];
  }

  /// Coins traded in the bar: for statistics only.
  public double volumeBase(int bar) {
    return volumeBase[bar];
  }

  @Override
  public String toString() {
    return symbol + ", " + size() + " minute bars, " + priceDecimals + " price decimals";
  }
}
