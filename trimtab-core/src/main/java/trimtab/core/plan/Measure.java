package trimtab.core.plan;

import trimtab.core.rulebook.Objective;

/// A figure of a leg that a choice makes small.
enum Measure {
  /// All-in loss: cost, and the penalty at its uncapped rate.
  LOSS,
  /// Value at the mark.
  NOTIONAL;

  static Measure first(Objective objective) {
    return switch (objective) {
      case COST -> LOSS;
      case NOTIONAL -> NOTIONAL;
    };
  }

  Measure other() {
    return this == LOSS ? NOTIONAL : LOSS;
  }

  /// The exact figure of a quantity of a leg, in value units.
  long of(LegLine line, long quantity) {
    if (quantity == 0) {
      return 0;
    }
    return switch (this) {
      case LOSS -> line.loss(quantity);
      case NOTIONAL -> line.terms().notional(quantity);
    };
  }
}
