package trimtab.core.money;

/// Rates, weights, shares and levels are integers in parts per million: 5 % is 50,000, a health
/// factor of 1.05 is 1,050,000.
public final class Ppm {
  /// Decimals of a rate in parts per million.
  public static final int DECIMALS = 6;

  /// One, in parts per million.
  public static final long ONE = 1_000_000;

  private Ppm() {}

  /// Reads a fraction such as `0.05`.
  ///
  /// @throws NumberFormatException see [Decimals#parse(String, int)]
  public static long parse(String fraction) {
    return Decimals.parse(fraction, DECIMALS);
  }

  /// Writes a fraction such as `0.05`.
  public static String format(long ppm) {
    return Decimals.formatShort(ppm, DECIMALS);
  }
}
