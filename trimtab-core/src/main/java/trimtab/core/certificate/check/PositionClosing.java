package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.OptionalLong;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.TierLine;

/// Closing a position: unrealised profit becomes cash at the mark, so the settlement currency's net
/// falls by cost and penalty alone, and the requirement of what is closed goes.
final class PositionClosing implements ClosingLeg {
  private final AccountState state;
  private final int position;
  private final long size;
  private final long unitValue;
  private final long penaltyPpm;
  private final TradingCost tradingCost;
  private final Level target;
  private final BigInteger requirement;
  private final BigInteger otherRequirement;
  private final BigInteger settlementNet;

  /// While a part of the position is open, so that there is a requirement.
  private final BigInteger debtFactor;

  private final BigInteger otherBalances;

  PositionClosing(AccountState state, Stage stage, Terms terms, Level target) {
    this.state = state;
    this.position = state.position(stage.leg().instrument());
    this.size = Math.absExact(state.quantity(position));
    this.unitValue = state.positions().get(position).unitValue();
    this.penaltyPpm = terms.positionPenaltyPpm();
    this.tradingCost = TradingCost.of(stage, unitValue);
    this.target = target;
    this.requirement = state.requirement();
    this.otherRequirement =
        requirement.subtract(state.requirement(position, BigInteger.valueOf(size)));
    this.settlementNet = state.net(0);
    this.debtFactor = target.debtFactor(true);
    this.otherBalances = state.excessOfBalances(debtFactor, 0);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long unitValue() {
    return unitValue;
  }

  @Override
  public TradingCost tradingCost() {
    return tradingCost;
  }

  @Override
  public Settled settle(long quantity, boolean capped) {
    BigInteger cost = tradingCost.charged(quantity);
    BigInteger penalty = ClosingLeg.partRoundedUp(tradingCost.notional(quantity), penaltyPpm);
    if (capped) {
      penalty = penalty.min(allowedLoss(quantity).subtract(cost).max(BigInteger.ZERO));
    }
    AccountState after = state.afterPosition(position, quantity, cost, penalty);
    return new Settled(cost, penalty, BigInteger.ZERO, after);
  }

  /// What closing may cost without lowering equity over requirement: `floor(E (R - R') / R)` of
  /// weighted loss. A loss counts once as far as the settlement currency's net covers it, and at
  /// the debt weight beyond.
  private BigInteger allowedLoss(long quantity) {
    BigInteger equity = state.weightedEquity();
    if (equity.signum() <= 0 || requirement.signum() == 0) {
      return BigInteger.ZERO;
    }
    BigInteger freed = requirement.subtract(requirementAfter(quantity));
    BigInteger weighted =
        Rational.floorDivide(equity.multiply(freed), requirement.multiply(Level.MILLION));
    BigInteger covered = weighted.min(settlementNet.max(BigInteger.ZERO));
    BigInteger debtWeight = BigInteger.valueOf(state.balances().getFirst().debtWeightPpm());
    BigInteger beyond = weighted.subtract(covered).multiply(Level.MILLION);
    return covered.add(Rational.floorDivide(beyond, debtWeight));
  }

  private BigInteger requirementAfter(long quantity) {
    return otherRequirement.add(state.requirement(position, BigInteger.valueOf(size - quantity)));
  }

  @Override
  public Rational bound(long quantity, boolean settlementPositive) {
    Rational settlement = leastLoss(quantity).negate().plus(settlementNet);
    BigInteger required = requirementAfter(quantity).multiply(target.ppm());
    return settlement
        .times(state.weight(0, settlementPositive, debtFactor))
        .plus(otherBalances.subtract(required));
  }

  @Override
  public Rational leastLoss(long quantity) {
    BigInteger notional = tradingCost.notional(quantity);
    Rational penalty =
        new Rational(notional.multiply(BigInteger.valueOf(penaltyPpm)), Level.MILLION);
    return tradingCost.exact(quantity).plus(penalty);
  }

  @Override
  public Rational mostRelief(long quantity, boolean settlementPositive) {
    BigInteger freed = requirement.subtract(requirementAfter(quantity)).multiply(target.ppm());
    BigInteger weight = state.weight(0, settlementPositive, debtFactor);
    return leastLoss(quantity).times(weight).negate().plus(freed);
  }

  /// Cost and penalty are rounded up, and the excess falls with them.
  @Override
  public Rational slack(boolean settlementPositive) {
    return Rational.ZERO;
  }

  @Override
  public boolean isConvex(long from, long to) {
    return tradingCost.isStraight(from, to) && !crossesTier(from, to);
  }

  /// Whether a tier starts strictly between what two quantities leave open; where tiers step, also
  /// at the lesser, as the tier begins above its start.
  private boolean crossesTier(long from, long to) {
    BigInteger most = tradingCost.notional(size - from);
    BigInteger least = tradingCost.notional(size - to);
    PositionLine line = state.positions().get(position);
    for (TierLine tier : line.tiers()) {
      BigInteger start = BigInteger.valueOf(tier.fromValue());
      int above = start.compareTo(least);
      if ((above > 0 || (above == 0 && line.stepped())) && start.compareTo(most) < 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public OptionalLong share(long sharePpm) {
    return OptionalLong.of(
        ClosingLeg.partRoundedUp(BigInteger.valueOf(size), sharePpm).longValueExact());
  }
}
