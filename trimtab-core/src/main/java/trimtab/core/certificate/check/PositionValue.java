package trimtab.core.certificate.check;

import java.math.BigInteger;
import trimtab.core.certificate.Certificate.PositionLine;

/// A position and what it is worth at the mark.
///
/// @param line its contract
/// @param quantity signed
/// @param cost in cost units
record PositionValue(PositionLine line, long quantity, long cost) {
  /// Exact units per unit of quantity.
  Rational worth() {
    BigInteger perUnit =
        BigInteger.valueOf(line.perUnit()).multiply(BigInteger.valueOf(line.costUnitValue()));
    return new Rational(perUnit, BigInteger.valueOf(line.price()));
  }

  /// In cost units, rounded up.
  private static BigInteger amount(PositionLine line, long quantity) {
    BigInteger product = BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(line.perUnit()));
    return Rational.ceilingDivide(product, BigInteger.valueOf(line.price()));
  }

  /// In cost units.
  BigInteger profit() {
    BigInteger gain = amount(line, quantity).subtract(BigInteger.valueOf(cost));
    return line.inverse() ? gain.negate() : gain;
  }

  /// Profit as it counts, in exact units: a gain at its weight, rounded down to a cost unit.
  BigInteger counted() {
    BigInteger profit = profit();
    BigInteger counts = profit;
    if (profit.signum() > 0) {
      counts = profit.multiply(BigInteger.valueOf(line.pnlWeightPpm())).divide(Level.MILLION);
    }
    return counts.multiply(BigInteger.valueOf(line.costUnitValue()));
  }

  /// What of the profit does not count, in exact units.
  BigInteger uncounted() {
    return profit().multiply(BigInteger.valueOf(line.costUnitValue())).subtract(counted());
  }

  /// Profit of the part closed at the mark, in whole units of the asset that pays, rounded down;
  /// the cost is released in proportion, rounded down.
  BigInteger realised(long closed) {
    return Rational.floorDivide(realisedExactly(closed), BigInteger.valueOf(line.costPerUnit()));
  }

  private BigInteger moved(long closed) {
    return amount(line, quantity).subtract(amount(line, left(closed)));
  }

  private long left(long closed) {
    return quantity - Long.signum(quantity) * closed;
  }

  private BigInteger realisedExactly(long closed) {
    BigInteger product = BigInteger.valueOf(cost).multiply(BigInteger.valueOf(closed));
    BigInteger released =
        Rational.floorDivide(product, BigInteger.valueOf(Math.absExact(quantity)));
    BigInteger gain = moved(closed).subtract(released);
    return line.inverse() ? gain.negate() : gain;
  }

  /// What stays open. The part of a unit that was not paid out stays in its cost.
  PositionValue afterClosing(long closed) {
    long left = left(closed);
    if (left == 0) {
      return new PositionValue(line, 0, 0);
    }
    BigInteger paid = realised(closed).multiply(BigInteger.valueOf(line.costPerUnit()));
    BigInteger released = moved(closed).subtract(line.inverse() ? paid.negate() : paid);
    return new PositionValue(
        line, left, BigInteger.valueOf(cost).subtract(released).longValueExact());
  }

  /// A bound of what counts once a part was closed at the mark, in exact units: the released part
  /// of a gain, proportional but for two cost units of rounding, counts in full.
  Rational countedCeiling(long closed) {
    BigInteger gain = profit();
    if (gain.signum() <= 0 || line.pnlWeightPpm() == Level.MILLION.longValue()) {
      return Rational.of(counted());
    }
    BigInteger weight = BigInteger.valueOf(line.pnlWeightPpm());
    Rational released =
        new Rational(
                gain.multiply(BigInteger.valueOf(closed)),
                BigInteger.valueOf(Math.absExact(quantity)))
            .plus(BigInteger.TWO);
    return released
        .times(Level.MILLION.subtract(weight))
        .plus(gain.multiply(weight))
        .dividedBy(Level.MILLION)
        .times(BigInteger.valueOf(line.costUnitValue()));
  }
}
