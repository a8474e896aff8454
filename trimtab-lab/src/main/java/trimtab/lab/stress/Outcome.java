package trimtab.lab.stress;

import java.util.Arrays;

/// What one step does to one account in breach: filled anew for each.
final class Outcome {
  long toClose;
  long cost;
  long penalty;

  /// What a venue's fund makes up of the fills, a loss that it bears.
  long madeUp;

  long equityAfter;

  /// Nothing is left that closing could turn into repaid debt.
  boolean closedOut;

  /// At the threshold or above it.
  boolean restored;

  /// What is sold and bought of each feed, value units: `2 x feed` sells, `2 x feed + 1` buys.
  final long[] traded;

  Outcome(int feeds) {
    this.traded = new long[2 * feeds];
  }

  void clear() {
    toClose = 0;
    cost = 0;
    penalty = 0;
    madeUp = 0;
    equityAfter = 0;
    closedOut = false;
    restored = false;
    Arrays.fill(traded, 0);
  }
}
