package trimtab.engine.clearing;

import java.util.OptionalLong;

/// What the insurance fund has and may spend.
///
/// @param capital what it starts with, value units; it pays no deficit that it does not hold.
///   Empty: whatever is needed is paid, and a negative fund shows what is owed
/// @param windowSpendMaximum most that it pays per window, value units
/// @param windowNanos length of the venue's windows
public record FundTerms(OptionalLong capital, long windowSpendMaximum, long windowNanos) {
  /// No bound per window.
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private static final long DAY_NANOS = 86_400_000_000_000L;

  public FundTerms {
    boolean negative = capital.isPresent() && capital.getAsLong() < 0;
    if (negative || windowSpendMaximum < 0 || windowNanos <= 0) {
      throw new IllegalArgumentException(
          "fund: capital and windowSpendMaximum are not negative, windowNanos is positive");
    }
  }

  /// Pays every deficit; a window is a day.
  public static FundTerms unlimited() {
    return new FundTerms(OptionalLong.empty(), UNBOUNDED, DAY_NANOS);
  }

  /// Pays what it holds; a window is a day.
  public static FundTerms ofCapital(long capital) {
    return new FundTerms(OptionalLong.of(capital), UNBOUNDED, DAY_NANOS);
  }
}
