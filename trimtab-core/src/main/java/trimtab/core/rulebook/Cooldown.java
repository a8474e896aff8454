package trimtab.core.rulebook;

import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;

/// The pause after a slice before the next is planned: time for the market to recover, and no
/// shield. It is not started by a fill too small to matter, and does not hold for an account that
/// has gone far towards bankruptcy.
///
/// @param nanos how long
/// @param leastFilledPpm share of an order that must have been filled for the pause to start
/// @param severityPpm from this severity on nothing is waited for; 1,000,000: until bankruptcy
public record Cooldown(long nanos, long leastFilledPpm, long severityPpm) {
  /// Checks pause and bounds.
  ///
  /// @throws IllegalArgumentException if the pause is negative or a bound not 0 to 1
  public Cooldown {
    if (nanos < 0) {
      throw new IllegalArgumentException("cooldown must not be negative");
    }
    if (leastFilledPpm < 0
        || leastFilledPpm > Ppm.ONE
        || severityPpm < 0
        || severityPpm > Ppm.ONE) {
      throw new IllegalArgumentException("the bounds of a cooldown are 0 to 1");
    }
  }

  /// A pause after any order of which half was filled, until half of the way to bankruptcy.
  public Cooldown(long nanos) {
    this(nanos, Ppm.ONE / 2, Ppm.ONE / 2);
  }

  /// The pause that an ended order starts.
  ///
  /// @param filled of the order, in any unit
  /// @param ordered in the same unit
  public long after(long filled, long ordered) {
    return filled >= Rounding.mulDivCeil(ordered, leastFilledPpm, Ppm.ONE) ? nanos : 0;
  }
}
