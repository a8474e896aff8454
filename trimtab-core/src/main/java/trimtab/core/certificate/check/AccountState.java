package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.List;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Certificate.WeightLine;

/// The account between two stages. Balance 0 is the settlement currency. A position that was closed
/// whole stays with quantity and cost 0.
final class AccountState {
  private final Certificate lines;
  private final long[] amounts;
  private final long[] debts;
  private final long[] quantities;
  private final long[] costs;

  private AccountState(
      Certificate lines, long[] amounts, long[] debts, long[] quantities, long[] costs) {
    this.lines = lines;
    this.amounts = amounts;
    this.debts = debts;
    this.quantities = quantities;
    this.costs = costs;
  }

  static AccountState before(Certificate certificate) {
    return new AccountState(
        certificate,
        certificate.balances().stream().mapToLong(BalanceLine::amount).toArray(),
        certificate.balances().stream().mapToLong(BalanceLine::debt).toArray(),
        certificate.positions().stream().mapToLong(PositionLine::quantity).toArray(),
        certificate.positions().stream().mapToLong(PositionLine::cost).toArray());
  }

  List<BalanceLine> balances() {
    return lines.balances();
  }

  List<PositionLine> positions() {
    return lines.positions();
  }

  /// Exact units per value unit.
  BigInteger exactScale() {
    return BigInteger.valueOf(lines.exactScale());
  }

  boolean isNetted() {
    return lines.netted();
  }

  /// Index of an asset, or -1.
  int balance(String asset) {
    for (int i = 0; i < balances().size(); i++) {
      if (balances().get(i).asset().equals(asset)) {
        return i;
      }
    }
    return -1;
  }

  /// Index of a market, or -1.
  int position(String market) {
    for (int i = 0; i < positions().size(); i++) {
      if (positions().get(i).market().equals(market)) {
        return i;
      }
    }
    return -1;
  }

  /// Signed, 0 once it is closed.
  long quantity(int position) {
    return quantities[position];
  }

  /// Signed, 0 once it is closed.
  long cost(int position) {
    return costs[position];
  }

  BigInteger unitValue(int asset) {
    return BigInteger.valueOf(balances().get(asset).unitValue());
  }

  /// What of an asset moves with payments, in exact units: what is held, less the debt where the
  /// two are set off, with the profit of positions settled in it as it counts.
  BigInteger cash(int asset) {
    BigInteger units = BigInteger.valueOf(amounts[asset]);
    if (isNetted()) {
      units = units.subtract(BigInteger.valueOf(debts[asset]));
    }
    BigInteger sum = units.multiply(unitValue(asset));
    for (int i = 0; i < quantities.length; i++) {
      if (positions().get(i).settlement() == asset) {
        sum = sum.add(profits(i).counted());
      }
    }
    return sum;
  }

  /// Debt of an asset that is not set off, in exact units.
  BigInteger fixedDebt(int asset) {
    return isNetted()
        ? BigInteger.ZERO
        : BigInteger.valueOf(debts[asset]).multiply(unitValue(asset));
  }

  /// What of an asset is owed, in exact units.
  BigInteger owed(int asset) {
    return fixedDebt(asset).add(cash(asset).negate().max(BigInteger.ZERO));
  }

  PositionValue profits(int position) {
    return new PositionValue(positions().get(position), quantities[position], costs[position]);
  }

  /// Everything held minus everything owed, unweighted, in exact units.
  BigInteger exactEquity() {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < amounts.length; i++) {
      sum = sum.add(cash(i)).subtract(fixedDebt(i));
    }
    for (int i = 0; i < quantities.length; i++) {
      sum = sum.add(profits(i).uncounted());
    }
    return sum;
  }

  /// The same in value units, rounded down.
  BigInteger equity() {
    return Rational.floorDivide(exactEquity(), exactScale());
  }

  /// Nets at the weight of their sign, the requirement left out: `B - (O - R)`.
  BigInteger weightedEquity() {
    return excessOfBalances(Level.MILLION).divide(Level.MILLION);
  }

  /// What is held at its asset weights: `B`.
  BigInteger backing() {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < amounts.length; i++) {
      sum = sum.add(weighted(i, cash(i).max(BigInteger.ZERO)));
    }
    return sum;
  }

  /// A holding at its weights: each tier adds what its weight falls short of the one below on what
  /// lies above its start.
  BigInteger weighted(int asset, BigInteger held) {
    BigInteger sum = BigInteger.ZERO;
    long below = 0;
    for (WeightLine tier : balances().get(asset).weights()) {
      BigInteger start = BigInteger.valueOf(tier.fromAmount()).multiply(unitValue(asset));
      BigInteger above = held.subtract(start);
      if (above.signum() <= 0) {
        break;
      }
      sum = sum.add(above.multiply(BigInteger.valueOf(tier.weightPpm() - below)));
      below = tier.weightPpm();
    }
    return sum;
  }

  /// Maintenance requirement of all positions.
  BigInteger requirement() {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < quantities.length; i++) {
      sum = sum.add(requirement(i, BigInteger.valueOf(quantities[i]).abs()));
    }
    return sum;
  }

  /// Requirement of a position if it had this size, its notional rounded up to exact units.
  BigInteger requirement(int position, BigInteger size) {
    BigInteger notional = profits(position).worth().times(size).ceiling();
    return requirement(position, Rational.of(notional)).ceiling();
  }

  /// Requirement of a notional in exact units. Continuous tiers: each adds what its rate exceeds
  /// the one below on the notional above its start. Stepped: on the whole notional.
  Rational requirement(int position, Rational notional) {
    PositionLine line = positions().get(position);
    Rational sum = Rational.ZERO;
    long below = 0;
    for (TierLine tier : line.tiers()) {
      BigInteger start = BigInteger.valueOf(tier.fromValue()).multiply(exactScale());
      Rational above = notional.plus(start.negate());
      if (above.signum() <= 0) {
        break;
      }
      Rational charged = line.stepped() ? notional : above;
      sum = sum.plus(charged.times(BigInteger.valueOf(tier.ratePpm() - below)));
      below = tier.ratePpm();
    }
    return sum;
  }

  /// The exact excess over a level, less its bar.
  BigInteger excess(Level level) {
    BigInteger requirement = requirement();
    BigInteger debtFactor = level.debtFactor(requirement.signum() > 0);
    BigInteger required = requirement.multiply(level.ppm());
    return excessOfBalances(debtFactor).subtract(required).subtract(level.bar());
  }

  /// What the balances contribute to an excess, except for some.
  BigInteger excessOfBalances(BigInteger debtFactor, int... except) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < amounts.length; i++) {
      if (!contains(except, i)) {
        sum = sum.add(excessOfCash(i, debtFactor)).subtract(excessOfDebt(i, debtFactor));
      }
    }
    return sum;
  }

  private BigInteger excessOfCash(int asset, BigInteger debtFactor) {
    BigInteger cash = cash(asset);
    return cash.signum() < 0
        ? cash.multiply(weight(asset, false, debtFactor))
        : weighted(asset, cash).multiply(Level.MILLION);
  }

  /// What a debt that is not set off takes from an excess.
  BigInteger excessOfDebt(int asset, BigInteger debtFactor) {
    return fixedDebt(asset).multiply(weight(asset, false, debtFactor));
  }

  /// What one exact unit of an asset contributes to an excess, in the first tier of its weights.
  BigInteger weight(int asset, boolean positive, BigInteger debtFactor) {
    BalanceLine line = balances().get(asset);
    return positive
        ? BigInteger.valueOf(line.assetWeightPpm()).multiply(Level.MILLION)
        : BigInteger.valueOf(line.debtWeightPpm()).multiply(debtFactor);
  }

  /// The state after closing part of a position at the mark and paying an amount in value units.
  AccountState afterPosition(int position, long closed, BigInteger paid) {
    PositionLine line = positions().get(position);
    PositionValue before = profits(position);
    PositionValue after = before.afterClosing(closed);
    long[] newAmounts = amounts.clone();
    long[] newQuantities = quantities.clone();
    long[] newCosts = costs.clone();
    int asset = line.settlement();
    BigInteger charge = Rational.ceilingDivide(paid.multiply(exactScale()), unitValue(asset));
    BigInteger cash = before.realised(closed).subtract(charge);
    newAmounts[asset] = sum(newAmounts[asset], cash);
    newQuantities[position] = after.quantity();
    newCosts[position] = after.cost();
    return new AccountState(lines, newAmounts, debts, newQuantities, newCosts);
  }

  /// The state after selling collateral and repaying units of a debt, which pays an explicit debt
  /// first; the rest covers a negative amount.
  ///
  /// @param cash what is left for the settlement currency, value units
  AccountState afterPair(
      int collateral, int debt, long sold, BigInteger repaidUnits, BigInteger cash) {
    long[] newAmounts = amounts.clone();
    long[] newDebts = debts.clone();
    newAmounts[collateral] = Math.subtractExact(newAmounts[collateral], sold);
    BigInteger paid = repaidUnits.min(BigInteger.valueOf(debts[debt]));
    newDebts[debt] = sum(newDebts[debt], paid.negate());
    newAmounts[debt] = sum(newAmounts[debt], repaidUnits.subtract(paid));
    newAmounts[0] = sum(newAmounts[0], cash);
    return new AccountState(lines, newAmounts, newDebts, quantities, costs);
  }

  private static long sum(long amount, BigInteger change) {
    return BigInteger.valueOf(amount).add(change).longValueExact();
  }

  private static boolean contains(int[] values, int value) {
    for (int candidate : values) {
      if (candidate == value) {
        return true;
      }
    }
    return false;
  }
}
