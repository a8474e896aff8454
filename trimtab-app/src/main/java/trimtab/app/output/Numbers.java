package trimtab.app.output;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

/// Numbers for people: a comma between thousands, a point before decimals, in every locale; a real
/// minus sign where the output can show it. Values are computed exactly and rounded once, here;
/// programs read the JSON instead.
///
/// @param unicode whether U+2212 may be used for minus
public record Numbers(boolean unicode) {
  private static final int CENTS = 2;
  private static final BigDecimal CENT = new BigDecimal("0.01");
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
    BigDecimal cents = value.setScale(CENTS, RoundingMode.HALF_EVEN);
    if (cents.signum() == 0 && value.signum() != 0) {
      return text(value.round(new MathContext(1, RoundingMode.HALF_EVEN)));
    }
    return text(cents);
  }

  /// Amounts of money and their sum, in cents, such that the printed parts add up to the printed
  /// sum: each is cut, and what is missing goes to those that lost most, the first of equals.
  ///
  /// @param parts not negative, in units of `10^-valueDecimals`
  /// @return the parts, then the sum
  public List<String> moneyParts(int valueDecimals, long... parts) {
    BigDecimal[] cents = new BigDecimal[parts.length];
    BigDecimal exact = BigDecimal.ZERO;
    BigDecimal shown = BigDecimal.ZERO;
    for (int i = 0; i < parts.length; i++) {
      BigDecimal value = BigDecimal.valueOf(parts[i], valueDecimals);
      cents[i] = value.setScale(CENTS, RoundingMode.DOWN);
      exact = exact.add(value);
      shown = shown.add(cents[i]);
    }
    BigDecimal sum = exact.setScale(CENTS, RoundingMode.HALF_EVEN);
    for (; shown.compareTo(sum) < 0; shown = shown.add(CENT)) {
      int most = mostCut(valueDecimals, parts, cents);
      cents[most] = cents[most].add(CENT);
    }
    return Stream.concat(Stream.of(cents), Stream.of(sum)).map(this::text).toList();
  }

  private static int mostCut(int valueDecimals, long[] parts, BigDecimal[] cents) {
    int most = 0;
    for (int i = 1; i < parts.length; i++) {
      BigDecimal cut = BigDecimal.valueOf(parts[i], valueDecimals).subtract(cents[i]);
      BigDecimal mostCut = BigDecimal.valueOf(parts[most], valueDecimals).subtract(cents[most]);
      most = cut.compareTo(mostCut) > 0 ? i : most;
    }
    return most;
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
