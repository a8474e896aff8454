package trimtab.rulebooks.lending;

import java.math.BigInteger;
import trimtab.rulebooks.number.Uint;

/// Which way a step of Aave v3 rounds `value x factor / divisor`.
enum AaveV3Division {
  /// Down.
  FLOOR,
  /// To the nearest, halves up.
  HALF_UP,
  /// Up.
  CEIL;

  BigInteger mulDiv(BigInteger value, BigInteger factor, BigInteger divisor) {
    return switch (this) {
      case FLOOR -> Uint.mulDivFloor(value, factor, divisor);
      case HALF_UP -> Uint.mulDivHalfUp(value, factor, divisor);
      case CEIL -> Uint.mulDivCeil(value, factor, divisor);
    };
  }
}
