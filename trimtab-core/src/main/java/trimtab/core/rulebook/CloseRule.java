package trimtab.core.rulebook;

import trimtab.core.money.Ppm;

/// How much Trimtab's own rules close.
public sealed interface CloseRule {
  /// The binary rule of the first generation: everything.
  record Full() implements CloseRule {}

  /// A fixed share of every leg.
  record FixedFraction(long sharePpm) implements CloseRule {
    public FixedFraction {
      requireShare("fraction", sharePpm);
    }
  }

  /// The least that restores the target.
  ///
  /// @param maximumSharePpm close factor: no more than this share of a leg in one slice
  record TargetHealth(long maximumSharePpm) implements CloseRule {
    public TargetHealth {
      requireShare("closeFactor", maximumSharePpm);
    }
  }

  private static void requireShare(String name, long ppm) {
    if (ppm <= 0 || ppm > Ppm.ONE) {
      throw new IllegalArgumentException(
          "%s must be above 0 and at most 1, not %s".formatted(name, Ppm.format(ppm)));
    }
  }
}
