package trimtab.core.plan;

import trimtab.core.account.Leg;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.money.Wide;

/// The excess over the target as a function of how much of one leg is closed: `g(q)`, every cost
/// included, the penalty at its uncapped rate.
///
/// The uncapped rate loses nothing: where the cap would bind, the closing costs all of its limit,
/// the health factor has not risen (but by the value unit the limit is rounded to), and an account
/// in breach is not restored.
sealed interface LegLine permits PositionLine, PairLine {
  Leg leg();

  /// Side of the order at the market.
  Side side();

  /// What decides which quantities are admissible and what they cost.
  LegTerms terms();

  /// The whole leg, in its units.
  default long size() {
    return terms().size();
  }

  default long lot() {
    return terms().lot();
  }

  default CostCurve curve() {
    return terms().curve();
  }

  /// The penalty at its uncapped rate, rounded up.
  long penalty(long quantity);

  /// All-in loss at the planned cost: cost, and the penalty at its uncapped rate.
  default long loss(long quantity) {
    return terms().cost(quantity) + penalty(quantity);
  }

  /// The exact excess after closing `quantity` at a given cost, every rounding included.
  Wide excessAtCost(long quantity, long cost);

  /// An upper bound of the excess after closing `quantity`: without any rounding up, and the
  /// settlement currency's net at the weight of one branch whatever its sign. Within one `piece` it
  /// bounds a linear (or convex) function, so negative bounds at both ends of a range prove that
  /// the range fails.
  Wide upperBound(long quantity, boolean settlementPositive);

  /// Last quantity of each linear piece inside (0, size), ascending.
  long[] pieceEnds();

  /// The quantity up to which the settlement currency's net stays positive along the leg.
  long settlementPositiveUpTo();

  /// The exact excess at the planned cost.
  default Wide excess(long quantity) {
    return excessAtCost(quantity, terms().cost(quantity));
  }
}
