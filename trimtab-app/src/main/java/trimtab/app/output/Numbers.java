package trimtab.app.output;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers for people: a comma between thousands, a point before decimals, in every locale; a real
/// minus sign where the output can show it. Values are computed exactly and rounded once, here;
/// programs read the JSON instead.
///
/// @param unicode whether U+2212 may be used for minus
public record Numbers(boolean unicode) {
  private static final int GROUP = 3;
  private static final int FIGURE_DIGITS = 3;
  private static final String[] FIGURE_UNITS = {"", "k", "M", "B"};

  /// What does not apply.
  public String nothing() {
    return unicode ? "\u2013" : "-";
  }

  /// A price or quantity with all its decimals: `format(1234500, 3)` is `1,234.500`.
  ///
  /// @param units integer in units of `10^-decimals`
  public String exact(long units, int decimals) {
    return text(BigDecimal.valueOf(units, decimals));
  }

  /// A price or quantity without trailing zeros, but with at least `least` decimals: those of the
  /// market's tick or lot.
  public String exact(long units, int decimals, int least) {
    BigDecimal value = BigDecimal.valueOf(units, decimals);
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return text(
        stripped.setScale(Math.clamp(stripped.scale(), Math.min(least, decimals), decimals)));
  }

  /// An amount of money in cents, rounded half even. An amount too small for cents shows its first
  /// digit, so that only a true zero reads as zero.
  ///
  /// @param valueUnits integer in units of `10^-valueDecimals`
  public String money(long valueUnits, int valueDecimals) {
    BigDecimal value = BigDecimal.valueOf(valueUnits, valueDecimals);
    BigDecimal cents = value.setScale(2, RoundingMode.HALF_EVEN);
    if (cents.signum() == 0 && value.signum() != 0) {
      return text(value.round(new java.math.MathContext(1, RoundingMode.HALF_EVEN)));
    }
    return text(cents);
  }

  /// A figure of three digits with k, M or B: `64.2M`.
  public String figure(BigDecimal value) {
    BigDecimal rest = value;
    int unit = 0;
    while (unit + 1 < FIGURE_UNITS.length && rest.abs().compareTo(BigDecimal.valueOf(999.5)) >= 0) {
      rest = rest.movePointLeft(GROUP);
      unit++;
    }
    int whole = Math.max(1, rest.precision() - rest.scale());
    int decimals = Math.clamp(FIGURE_DIGITS - (long) whole, 0, 2);
    return text(rest.setScale(decimals, RoundingMode.HALF_EVEN)) + FIGURE_UNITS[unit];
  }

  /// A share as percent with one decimal: `10.6%`.
  public String percent(BigDecimal part, BigDecimal whole) {
    return text(ratio(part.movePointRight(2), whole, 1)) + "%";
  }

  /// A share in basis points with one decimal: `7.1 bp`.
  public String basisPoints(BigDecimal part, BigDecimal whole) {
    return text(ratio(part.movePointRight(4), whole, 1)) + " bp";
  }

  /// A change, with its sign; zero has none.
  public String signed(BigDecimal value) {
    return value.signum() > 0 ? "+" + text(value) : text(value);
  }

  /// The digits as they are, grouped.
  public String text(BigDecimal value) {
    String plain = value.abs().toPlainString();
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    StringBuilder text = new StringBuilder();
    if (value.signum() < 0) {
      text.append(unicode ? "\u2212" : "-");
    }
    for (int i = 0; i < whole.length(); i++) {
      if (i > 0 && (whole.length() - i) % GROUP == 0) {
        text.append(',');
      }
      text.append(whole.charAt(i));
    }
    return point < 0 ? text.toString() : text.append(plain, point, plain.length()).toString();
  }

  private static BigDecimal ratio(BigDecimal part, BigDecimal whole, int decimals) {
    return whole.signum() == 0
        ? BigDecimal.ZERO.setScale(decimals)
        : part.divide(whole, decimals, RoundingMode.HALF_EVEN);
  }
}
