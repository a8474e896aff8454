package trimtab.engine.breach;

import java.util.Arrays;

/// The sides of all safe boxes along one feed: flat arrays, so that a batch reads them at the
/// machine's pace.
///
/// Bounds are prices. Lows are 0 to 2^63 - 1 and highs -1 to 2^63 - 1, so that with a positive
/// price neither difference of the scan can overflow.
final class FeedBoxes {
  /// Sides that are always inside.
  static final long OPEN_LOW = 0;

  static final long OPEN_HIGH = Long.MAX_VALUE;

  /// How many boxes are tested together before anybody asks which.
  private static final int BLOCK = 64;

  private int[] accounts = new int[BLOCK];
  private long[] lows = new long[BLOCK];
  private long[] highs = new long[BLOCK];
  private int count;

  /// Adds an open side for an account.
  ///
  /// @return its place here
  int add(int account) {
    if (count == accounts.length) {
      accounts = Arrays.copyOf(accounts, 2 * count);
      lows = Arrays.copyOf(lows, 2 * count);
      highs = Arrays.copyOf(highs, 2 * count);
    }
    accounts[count] = account;
    lows[count] = OPEN_LOW;
    highs[count] = OPEN_HIGH;
    return count++;
  }

  void set(int place, long low, long high) {
    lows[place] = low;
    highs[place] = high;
  }

  /// Adds to `fired` every account whose side the price has left.
  void collect(long price, AccountSet fired) {
    for (int from = 0; from < count; from += BLOCK) {
      int to = Math.min(from + BLOCK, count);
      long outside = 0;
      for (int i = from; i < to; i++) {
        outside |= (price - lows[i]) | (highs[i] - price);
      }
      if (outside < 0) {
        collect(price, from, to, fired);
      }
    }
  }

  private void collect(long price, int from, int to, AccountSet fired) {
    for (int i = from; i < to; i++) {
      if (price < lows[i] || price > highs[i]) {
        fired.add(accounts[i]);
      }
    }
  }
}
