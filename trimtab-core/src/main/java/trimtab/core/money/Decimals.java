package trimtab.core.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// Decimal text to scaled integers and back, exactly: the only way in and out of the core's
/// numbers.
public final class Decimals {
  /// Decimals that a scale may have; 10^18 is the largest power of ten in a long.
  public static final int DECIMALS_MAX = 18;

  /// Length of a decimal number's text that is still read.
  public static final int TEXT_LENGTH_MAX = 60;

  private static final Pattern PLAIN =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,2})?");

  private Decimals() {}

  /// Reads decimal text into units of `10^-decimals`.
  ///
  /// @throws NumberFormatException with one clear sentence if the text is not a plain decimal
  ///   number, has more digits after the point than `decimals` (trailing zeros do not count), or
  ///   does not fit a long
  public static long parse(String text, int decimals) {
    BigDecimal stripped = plain(text).stripTrailingZeros();
    if (stripped.scale() > decimals) {
      throw new NumberFormatException(
          "'%s' has more than %d decimals; the smallest step here is %s"
              .formatted(text, decimals, format(1, decimals)));
    }
    BigInteger units = stripped.setScale(decimals).unscaledValue();
    if (units.bitLength() > 63) {
      throw new NumberFormatException(
          "'%s' is too large; at most %s fits".formatted(text, format(Long.MAX_VALUE, decimals)));
    }
    return units.longValue();
  }

  /// Digits after the decimal point that the text needs; trailing zeros do not count.
  ///
  /// @throws NumberFormatException if the text is not a plain decimal number
  public static int decimalsOf(String text) {
    return Math.max(0, plain(text).stripTrailingZeros().scale());
  }

  /// Writes units of `10^-decimals` with all their decimals: `format(1050000, 6)` is `1.050000`.
  public static String format(long units, int decimals) {
    return BigDecimal.valueOf(units, decimals).toPlainString();
  }

  /// Like [#format(long, int)] without trailing zeros: `1.05`.
  public static String formatShort(long units, int decimals) {
    return BigDecimal.valueOf(units, decimals).stripTrailingZeros().toPlainString();
  }

  private static final long[] POWERS =
      LongStream.iterate(1, power -> power * 10).limit(DECIMALS_MAX + 1).toArray();

  /// `10^exponent`.
  ///
  /// @throws IllegalArgumentException outside 0..18
  public static long powerOfTen(int exponent) {
    if (exponent < 0 || exponent > DECIMALS_MAX) {
      throw new IllegalArgumentException("10^" + exponent + " does not fit a long");
    }
    return POWERS[exponent];
  }

  private static BigDecimal plain(String text) {
    String trimmed = text.trim();
    boolean plain = trimmed.length() <= TEXT_LENGTH_MAX;
    plain &= PLAIN.matcher(trimmed).matches();
    if (!plain) {
      String hint =
          trimmed.matches("[+-]?[0-9]+,[0-9]+") ? "; write " + trimmed.replace(',', '.') : "";
      throw new NumberFormatException("'%s' is not a decimal number%s".formatted(text, hint));
    }
    return new BigDecimal(trimmed);
  }
}
