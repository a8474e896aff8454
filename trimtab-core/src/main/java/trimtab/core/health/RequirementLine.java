package trimtab.core.health;

import trimtab.core.money.Wide;

/// The maintenance requirement of a whole account along the closing of one position: piecewise
/// linear in the quantity closed. It may jump from one piece to the next.
public interface RequirementLine {
  /// The requirement after `closed` units, in exact units x parts per million; notionals that are
  /// no whole number of exact units are rounded up.
  ///
  /// @param closed 0 to the size of the position
  Wide at(long closed);

  /// The same with such notionals rounded down: not above the line without rounding.
  Wide floor(long closed);

  /// Quantities closed at which a linear piece ends, ascending, inside (0, size): between
  /// `breakPoints[i] + 1` and `breakPoints[i + 1]` the line is linear on the integers.
  long[] breakPoints();
}
