package trimtab.core.certificate.check;

import java.math.BigInteger;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.Stage;

/// What trading a quantity costs: the curve and the exchange fee.
///
/// @param curve well-formed
/// @param feePpm on the notional
/// @param worth value units per unit of quantity
record TradingCost(CurveLine curve, BigInteger feePpm, Rational worth) {
  /// @param exact exact units per unit of quantity
  static TradingCost of(Stage stage, Rational exact, BigInteger exactScale) {
    return new TradingCost(
        stage.curve(), BigInteger.valueOf(stage.feePpm()), exact.dividedBy(exactScale));
  }

  /// The largest quantity that can be traded.
  long capacity() {
    return curve.knots().getLast();
  }

  int pieces() {
    return curve.knots().size();
  }

  /// The quantity at which a piece begins; the piece covers what is above it.
  long begin(int piece) {
    return piece == 0 ? 0 : curve.knots().get(piece - 1);
  }

  long end(int piece) {
    return curve.knots().get(piece);
  }

  BigInteger width(int piece) {
    return BigInteger.valueOf(end(piece) - begin(piece));
  }

  BigInteger start(int piece) {
    return BigInteger.valueOf(curve.starts().get(piece));
  }

  BigInteger rise(int piece) {
    return BigInteger.valueOf(curve.ends().get(piece)).subtract(start(piece));
  }

  /// The piece that covers a quantity of 1 to the capacity.
  int piece(long quantity) {
    int low = 0;
    int high = pieces() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (quantity <= end(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /// Whether the cost is one straight line from one quantity to another, ends included.
  boolean isStraight(long from, long to) {
    int piece = piece(to);
    boolean continuous = piece > 0 && curve.starts().get(piece).equals(curve.ends().get(piece - 1));
    return from > begin(piece) || (continuous && from == begin(piece));
  }

  /// Value at the mark in value units, unrounded.
  Rational value(long quantity) {
    return worth.times(BigInteger.valueOf(quantity));
  }

  /// The same rounded up.
  BigInteger notional(long quantity) {
    return value(quantity).ceiling();
  }

  /// The same rounded down.
  BigInteger notionalFloor(long quantity) {
    return value(quantity).negate().ceiling().negate();
  }

  private Rational onCurve(long quantity) {
    int piece = piece(quantity);
    BigInteger along = BigInteger.valueOf(quantity - begin(piece));
    return new Rational(rise(piece).multiply(along), width(piece)).plus(start(piece));
  }

  private BigInteger fee(long quantity) {
    return Rational.ceilingDivide(notional(quantity).multiply(feePpm), Level.MILLION);
  }

  /// Unrounded.
  Rational exact(long quantity) {
    return onCurve(quantity).plus(value(quantity).times(feePpm).dividedBy(Level.MILLION));
  }

  /// Curve and fee rounded up each: what is charged; nothing for nothing.
  BigInteger charged(long quantity) {
    if (quantity == 0) {
      return BigInteger.ZERO;
    }
    return onCurve(quantity).ceiling().add(fee(quantity));
  }
}
