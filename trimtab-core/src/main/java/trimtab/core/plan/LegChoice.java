package trimtab.core.plan;

/// A combination of legs that restores the target, and how good it is proven to be.
///
/// @param quantities what is closed of each leg, in the order of the listing; 0 for a leg that is
///   left
/// @param measure what was made small first
/// @param value of that measure, value units
/// @param bound solved relaxation: no combination counts less than its bound
/// @param exhausted whether every combination that could count less was looked at, so that this one
///   is the best there is
/// @param nodes steps the search took
record LegChoice(
    long[] quantities,
    Measure measure,
    long value,
    Relaxation bound,
    boolean exhausted,
    int nodes) {

  /// Combinations a search looks at where it is to be exact.
  static final int NODES_MAX = 1 << 14;

  /// Legs up to which a search is to be exact.
  static final int EXACT_LEGS_MAX = 4;

  /// Combinations a search of more legs looks at.
  static final int MANY_LEGS_NODES_MAX = 1 << 9;

  static int nodesMax(int legs) {
    return legs <= EXACT_LEGS_MAX ? NODES_MAX : MANY_LEGS_NODES_MAX;
  }
}
