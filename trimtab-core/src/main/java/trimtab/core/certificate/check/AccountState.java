package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.List;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.TierLine;

/// The account between two stages. Balance 0 is the settlement currency. A position that was closed
/// whole stays with quantity and cost 0.
final class AccountState {
  private final List<BalanceLine> balances;
  private final List<PositionLine> positions;
  private final long[] amounts;
  private final long[] debts;
  private final long[] quantities;
  private final long[] costs;

  private AccountState(
      List<BalanceLine> balances,
      List<PositionLine> positions,
      long[] amounts,
      long[] debts,
      long[] quantities,
      long[] costs) {
    this.balances = balances;
    this.positions = positions;
    this.amounts = amounts;
    this.debts = debts;
    this.quantities = quantities;
    this.costs = costs;
  }

  static AccountState before(Certificate certificate) {
    return new AccountState(
        certificate.balances(),
        certificate.positions(),
        certificate.balances().stream().mapToLong(BalanceLine::amount).toArray(),
        certificate.balances().stream().mapToLong(BalanceLine::debt).toArray(),
        certificate.positions().stream().mapToLong(PositionLine::quantity).toArray(),
        certificate.positions().stream().mapToLong(PositionLine::cost).toArray());
  }

  List<BalanceLine> balances() {
    return balances;
  }

  List<PositionLine> positions() {
    return positions;
  }

  /// Index of an asset, or -1.
  int balance(String asset) {
    for (int i = 0; i < balances.size(); i++) {
      if (balances.get(i).asset().equals(asset)) {
        return i;
      }
    }
    return -1;
  }

  /// Index of a market, or -1.
  int position(String market) {
    for (int i = 0; i < positions.size(); i++) {
      if (positions.get(i).market().equals(market)) {
        return i;
      }
    }
    return -1;
  }

  /// Signed, 0 once it is closed.
  long quantity(int position) {
    return quantities[position];
  }

  /// Net value of an asset; the settlement currency with all unrealised profit and loss.
  BigInteger net(int asset) {
    BigInteger units =
        BigInteger.valueOf(amounts[asset]).subtract(BigInteger.valueOf(debts[asset]));
    BigInteger value = units.multiply(BigInteger.valueOf(balances.get(asset).unitValue()));
    return asset == 0 ? value.add(unrealised()) : value;
  }

  private BigInteger unrealised() {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < quantities.length; i++) {
      BigInteger unitValue = BigInteger.valueOf(positions.get(i).unitValue());
      BigInteger value = BigInteger.valueOf(quantities[i]).multiply(unitValue);
      sum = sum.add(value).subtract(BigInteger.valueOf(costs[i]));
    }
    return sum;
  }

  /// Everything held minus everything owed, in value units.
  BigInteger equity() {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < amounts.length; i++) {
      sum = sum.add(net(i));
    }
    return sum;
  }

  /// Nets at the weight of their sign, the requirement left out: `B - (O - R)`.
  BigInteger weightedEquity() {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < amounts.length; i++) {
      BigInteger net = net(i);
      BalanceLine line = balances.get(i);
      long weight = net.signum() >= 0 ? line.assetWeightPpm() : line.debtWeightPpm();
      sum = sum.add(net.multiply(BigInteger.valueOf(weight)));
    }
    return sum;
  }

  /// Positive nets at their asset weights: `B`.
  BigInteger backing() {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < amounts.length; i++) {
      BigInteger held = net(i).max(BigInteger.ZERO);
      sum = sum.add(held.multiply(BigInteger.valueOf(balances.get(i).assetWeightPpm())));
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

  /// Requirement of a position if it had this size. Continuous tiers: each adds what its rate
  /// exceeds the one below on the notional above its start. Stepped: on the whole notional.
  BigInteger requirement(int position, BigInteger size) {
    PositionLine line = positions.get(position);
    BigInteger notional = size.multiply(BigInteger.valueOf(line.unitValue()));
    BigInteger sum = BigInteger.ZERO;
    long below = 0;
    for (TierLine tier : line.tiers()) {
      BigInteger above = notional.subtract(BigInteger.valueOf(tier.fromValue()));
      if (above.signum() <= 0) {
        break;
      }
      BigInteger charged = line.stepped() ? notional : above;
      sum = sum.add(charged.multiply(BigInteger.valueOf(tier.ratePpm() - below)));
      below = tier.ratePpm();
    }
    return sum;
  }

  /// The exact excess over a level.
  BigInteger excess(Level level) {
    BigInteger requirement = requirement();
    BigInteger debtFactor = level.debtFactor(requirement.signum() > 0);
    return excessOfBalances(debtFactor).subtract(requirement.multiply(level.ppm()));
  }

  /// What the balances contribute to an excess, except for some.
  BigInteger excessOfBalances(BigInteger debtFactor, int... except) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < amounts.length; i++) {
      if (!contains(except, i)) {
        BigInteger net = net(i);
        sum = sum.add(net.multiply(weight(i, net.signum() >= 0, debtFactor)));
      }
    }
    return sum;
  }

  /// What one value unit of an asset contributes to an excess.
  BigInteger weight(int asset, boolean positive, BigInteger debtFactor) {
    BalanceLine line = balances.get(asset);
    return positive
        ? BigInteger.valueOf(line.assetWeightPpm()).multiply(Level.MILLION)
        : BigInteger.valueOf(line.debtWeightPpm()).multiply(debtFactor);
  }

  /// The state after closing part of a position: its cost is released in proportion, rounded down.
  AccountState afterPosition(int position, long closed, BigInteger cost, BigInteger penalty) {
    long size = Math.absExact(quantities[position]);
    BigInteger quantity = BigInteger.valueOf(Long.signum(quantities[position]) * closed);
    BigInteger product = BigInteger.valueOf(costs[position]).multiply(BigInteger.valueOf(closed));
    BigInteger released = Rational.floorDivide(product, BigInteger.valueOf(size));
    BigInteger notional =
        quantity.multiply(BigInteger.valueOf(positions.get(position).unitValue()));
    long[] newAmounts = amounts.clone();
    long[] newQuantities = quantities.clone();
    long[] newCosts = costs.clone();
    BigInteger cash = notional.subtract(released).subtract(cost).subtract(penalty);
    newAmounts[0] = sum(newAmounts[0], cash);
    newQuantities[position] = sum(newQuantities[position], quantity.negate());
    newCosts[position] = sum(newCosts[position], released.negate());
    return new AccountState(balances, positions, newAmounts, debts, newQuantities, newCosts);
  }

  /// The state after selling collateral worth `value` and repaying `repaid` of a debt. A debt in
  /// the settlement currency is paid down first as far as it is explicit; the rest covers its
  /// negative cash.
  ///
  /// @param repaid a whole number of debt units
  AccountState afterPair(
      int collateral, int debt, long sold, BigInteger proceeds, BigInteger repaid) {
    long[] newAmounts = amounts.clone();
    long[] newDebts = debts.clone();
    newAmounts[collateral] = Math.subtractExact(newAmounts[collateral], sold);
    BigInteger paid = debt == 0 ? repaid.min(BigInteger.valueOf(debts[0])) : repaid;
    BigInteger units = paid.divide(BigInteger.valueOf(balances.get(debt).unitValue()));
    newDebts[debt] = sum(newDebts[debt], units.negate());
    newAmounts[0] = sum(newAmounts[0], proceeds.subtract(paid));
    return new AccountState(balances, positions, newAmounts, newDebts, quantities, costs);
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
