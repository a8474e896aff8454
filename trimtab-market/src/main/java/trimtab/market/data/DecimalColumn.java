package trimtab.market.data;

import java.util.Arrays;

/// A growing column of positive decimals, kept exactly as their digits and their decimals.
///
/// The common scale is known only at the end of a file, so the values are brought to it then.
final class DecimalColumn {
  private static final int FIRST_CAPACITY = 8_192;

  private long[] unscaled = new long[FIRST_CAPACITY];
  private byte[] decimals = new byte[FIRST_CAPACITY];
  private int size;
  private int maxDecimals;

  /// Appends a decimal that has the form `digits[.digits]`.
  ///
  /// @return what is wrong with the text, or an empty string if it was appended
  String append(String text) {
    int point = text.indexOf('.');
    int decimalsHere = point < 0 ? 0 : text.length() - point - 1;
    if (!isPlainDecimal(text, point)) {
      return text.startsWith("-") ? "is negative" : "is not a plain decimal number";
    }
    String digits = point < 0 ? text : text.substring(0, point) + text.substring(point + 1);
    int firstDigit = 0;
    while (firstDigit < digits.length() - 1 && digits.charAt(firstDigit) == '0') {
      firstDigit++;
    }
    if (digits.length() - firstDigit > MinuteBars.MAX_PRICE_DIGITS
        || decimalsHere > MinuteBars.MAX_PRICE_DIGITS) {
      return "has more than " + MinuteBars.MAX_PRICE_DIGITS + " digits";
    }
    long value = Long.parseLong(digits, firstDigit, digits.length(), 10);
    if (value == 0) {
      return "is zero";
    }
    push(value, decimalsHere);
    return "";
  }

  private static boolean isPlainDecimal(String text, int point) {
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (at != point && (character < '0' || character > '9')) {
        return false;
      }
    }
    return !text.isEmpty() && point != 0 && point != text.length() - 1;
  }

  private void push(long value, int decimalsHere) {
    if (size == unscaled.length) {
      unscaled = Arrays.copyOf(unscaled, size * 2);
      decimals = Arrays.copyOf(decimals, size * 2);
    }
    unscaled[size] = value;
    decimals[size] = (byte) decimalsHere;
    size++;
    maxDecimals = Math.max(maxDecimals, decimalsHere);
  }

  int size() {
    return size;
  }

  /// Largest number of decimals of a value so far.
  int maxDecimals() {
    return maxDecimals;
  }

  /// Compares two values of one row, in whatever decimals each was written.
  static int compare(DecimalColumn left, DecimalColumn right, int row) {
    int common = Math.max(left.decimals[row], right.decimals[row]);
    return Long.compare(left.scaled(row, common), right.scaled(row, common));
  }

  /// Whether the value of a row still has at most 18 digits in the given decimals.
  boolean fits(int row, int commonDecimals) {
    return scaled(row, commonDecimals) != Long.MAX_VALUE;
  }

  /// All values in the given decimals; each must fit.
  long[] scaled(int commonDecimals) {
    long[] values = new long[size];
    for (int row = 0; row < size; row++) {
      values[row] = scaled(row, commonDecimals);
    }
    return values;
  }

  /// The value in the given decimals, or `Long.MAX_VALUE` if that takes more than 18 digits.
  private long scaled(int row, int commonDecimals) {
    long value = unscaled[row];
    for (int shift = commonDecimals - decimals[row]; shift > 0; shift--) {
      if (value > 99_999_999_999_999_999L) {
        return Long.MAX_VALUE;
      }
      value *= 10;
    }
    return value;
  }
}
