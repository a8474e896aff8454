package trimtab.core.rulebook;

import java.util.List;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;

/// How much Trimtab's own rules close.
public sealed interface CloseRule {
  /// The binary rule of the first generation: everything.
  record Full() implements CloseRule {}

  /// A fixed share of every leg.
  record FixedFraction(long sharePpm) implements CloseRule {
    /// Checks the share.
    ///
    /// @throws IllegalArgumentException unless it is above 0 and at most 1
    public FixedFraction {
      requireShare("fraction", sharePpm);
    }
  }

  /// The least that restores the target.
  ///
  /// @param maximumSharePpm close factor: no more than this share of a leg in one slice
  record TargetHealth(long maximumSharePpm) implements CloseRule {
    /// Checks the share.
    ///
    /// @throws IllegalArgumentException unless it is above 0 and at most 1
    public TargetHealth {
      requireShare("closeFactor", maximumSharePpm);
    }
  }

  /// A share of every leg by health: that of the first row whose level health lies below.
  ///
  /// @param rows ascending in their levels; the last one's level is that of the breach, so every
  ///   account in breach has a row
  record Stepped(List<Row> rows) implements CloseRule {
    /// Rows of a table.
    public static final int ROWS_MAX = 32;

    /// One step of the table.
    ///
    /// @param belowPpm health level
    /// @param sharePpm of every leg, for an account below it
    public record Row(long belowPpm, long sharePpm) {
      /// Checks the share.
      ///
      /// @throws IllegalArgumentException unless it is above 0 and at most 1
      public Row {
        requireShare("share", sharePpm);
      }
    }

    /// Checks and copies the rows.
    ///
    /// @throws IllegalArgumentException unless there are 1 to [#ROWS_MAX] with rising levels
    public Stepped {
      rows = List.copyOf(rows);
      if (rows.isEmpty() || rows.size() > ROWS_MAX) {
        throw new IllegalArgumentException("a table of steps has 1 to %d rows".formatted(ROWS_MAX));
      }
      for (int i = 1; i < rows.size(); i++) {
        if (rows.get(i).belowPpm() <= rows.get(i - 1).belowPpm()) {
          throw new IllegalArgumentException("the levels of the steps must rise");
        }
      }
    }
  }

  /// A share of every leg, straight in severity.
  ///
  /// @param firstSharePpm at the threshold
  /// @param lastSharePpm in bankruptcy
  record Ramp(long firstSharePpm, long lastSharePpm) implements CloseRule {
    /// Checks the shares.
    ///
    /// @throws IllegalArgumentException unless they are above 0 and at most 1
    public Ramp {
      requireShare("firstShare", firstSharePpm);
      requireShare("lastShare", lastSharePpm);
    }
  }

  /// The least that removes a share of the shortfall, a share that grows while the episode lasts.
  ///
  /// @param initialSharePpm when the episode opens
  /// @param growthPpm per second
  record TimeSliced(long initialSharePpm, long growthPpm) implements CloseRule {
    /// Checks share and growth.
    ///
    /// @throws IllegalArgumentException unless the share is above 0 and at most 1 and the growth
    ///   not negative
    public TimeSliced {
      requireShare("initialShare", initialSharePpm);
      if (growthPpm < 0) {
        throw new IllegalArgumentException("the growth must not be negative");
      }
    }

    /// The share after a time, rounded down, at most 1.
    public long sharePpm(long elapsedNanos) {
      Wide grown = Wide.product(growthPpm, Math.max(0, elapsedNanos));
      Wide share = Wide.of(initialSharePpm).times(NANOS).plus(grown);
      return share.min(Wide.product(Ppm.ONE, NANOS)).divFloor(NANOS);
    }

    private static final long NANOS = 1_000_000_000;
  }

  private static void requireShare(String name, long ppm) {
    if (ppm <= 0 || ppm > Ppm.ONE) {
      throw new IllegalArgumentException(
          "%s must be above 0 and at most 1, not %s".formatted(name, Ppm.format(ppm)));
    }
  }
}
