package trimtab.core.plan;

/// The best combination of legs that a search found.
final class LegChoice {
  /// Steps of a search that is to be exact.
  static final int NODES_MAX = 1 << 12;

  /// Legs up to which a search is to be exact.
  static final int EXACT_LEGS_MAX = 4;

  /// Steps of a search over more legs.
  static final int MANY_LEGS_NODES_MAX = 1 << 7;

  /// Steps of a search in which legs are pairs: each settles legs anew, at some hundred times the
  /// price of a step that only adds up.
  static final int PAIR_NODES_MAX = 1 << 11;

  private final long[] quantities;
  private final Relaxation bound;
  private final boolean exhausted;

  /// @param quantities what is closed of each leg, in the order of the listing; 0 for a leg that is
  ///   left
  /// @param bound solved relaxation: no combination counts less than its bound
  /// @param exhausted whether every combination that could count less was looked at, so that this
  ///   one is the best there is
  LegChoice(long[] quantities, Relaxation bound, boolean exhausted) {
    this.quantities = quantities;
    this.bound = bound;
    this.exhausted = exhausted;
  }

  static int nodesMax(int legs) {
    return legs <= EXACT_LEGS_MAX ? NODES_MAX : MANY_LEGS_NODES_MAX;
  }

  long[] quantities() {
    return quantities;
  }

  Relaxation bound() {
    return bound;
  }

  boolean exhausted() {
    return exhausted;
  }
}
