package trimtab.lab.input;

import trimtab.core.money.Decimals;

/// A tick or a lot with the decimals it needs: `units x 10^-decimals`.
record Step(long units, int decimals) {
  /// Reads a step; trailing zeros do not count.
  ///
  /// @throws IllegalArgumentException if it is not a positive decimal number
  static Step parse(String text) {
    int decimals = Decimals.decimalsOf(text);
    if (decimals > Decimals.DECIMALS_MAX) {
      throw new IllegalArgumentException(
          "'%s' has more than %d decimals".formatted(text, Decimals.DECIMALS_MAX));
    }
    long units = Decimals.parse(text, decimals);
    if (units <= 0) {
      throw new IllegalArgumentException("'%s' must be positive".formatted(text));
    }
    return new Step(units, decimals);
  }

  /// The tick of a market that no file describes: the largest power of ten not above `10^-5` of the
  /// price.
  static Step tickFor(FeedSpec feed) {
    return powerOfTen(magnitude(feed.firstPrice()) - feed.priceDecimals() - TICK_DIGITS);
  }

  /// The lot of a market that no file describes: the largest power of ten worth at most one unit of
  /// the settlement currency.
  static Step lotFor(FeedSpec feed) {
    int magnitude = magnitude(feed.firstPrice());
    boolean isPower = feed.firstPrice() == Decimals.powerOfTen(magnitude);
    return powerOfTen(feed.priceDecimals() - magnitude - (isPower ? 0 : 1));
  }

  private static final int TICK_DIGITS = 5;

  private static Step powerOfTen(int exponent) {
    return exponent >= 0 ? new Step(Decimals.powerOfTen(exponent), 0) : small(-exponent);
  }

  private static Step small(int decimals) {
    if (decimals > Decimals.DECIMALS_MAX) {
      throw new IllegalArgumentException("its price is too far from one to derive tick and lot");
    }
    return new Step(1, decimals);
  }

  /// Floor of the decimal logarithm.
  private static int magnitude(long value) {
    return Long.toString(value).length() - 1;
  }

  /// The step in units of `10^-scale`.
  ///
  /// @param scale at least `decimals`
  long at(int scale) {
    return Math.multiplyExact(units, Decimals.powerOfTen(scale - decimals));
  }
}
