package trimtab.core.rulebook;

/// Which legs of an account are closed when several could be.
public enum LegOrder {
  /// The combination of legs that restores at the least [Objective].
  LEAST_COST,
  /// The same share of every leg, the least that restores.
  PROPORTIONAL,
  /// As [#LEAST_COST], of the combinations that leave no net exposure to a price larger than it
  /// was, so that one side of a hedge is closed only together with the other.
  HEDGE_PRESERVING
}
