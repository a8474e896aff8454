package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.OptionalLong;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.TierLine;

/// Closing a position: unrealised profit becomes cash at the mark, so the net of the asset that
/// pays falls by cost and penalty alone, unless gains count for less before they are realised; and
/// the requirement of what is closed goes.
final class PositionClosing implements ClosingLeg {
  private final AccountState state;
  private final int position;
  private final long size;
  private final int asset;
  private final BigInteger penaltyPpm;
  private final String penaltyBase;
  private final TradingCost tradingCost;
  private final Level target;
  private final BigInteger requirement;
  private final BigInteger otherRequirement;
  private final PositionValue value;

  /// Cash of the asset that pays, in exact units and in value units.
  private final BigInteger cash;

  private final BigInteger covered;

  /// While a part of the position is open, so that there is a requirement.
  private final BigInteger debtFactor;

  private final BigInteger otherBalances;

  PositionClosing(AccountState state, Stage stage, Terms terms, Level target) {
    this.state = state;
    this.position = state.position(stage.leg().instrument());
    this.size = Math.absExact(state.quantity(position));
    this.asset = state.positions().get(position).settlement();
    this.value = state.profits(position);
    this.penaltyPpm = BigInteger.valueOf(terms.positionPenaltyPpm());
    this.penaltyBase = terms.positionPenaltyBase();
    this.tradingCost = TradingCost.of(stage, value.worth(), state.exactScale());
    this.target = target;
    this.requirement = state.requirement();
    this.otherRequirement =
        requirement.subtract(state.requirement(position, BigInteger.valueOf(size)));
    this.cash = state.cash(asset);
    this.covered = Rational.floorDivide(cash.max(BigInteger.ZERO), state.exactScale());
    this.debtFactor = target.debtFactor(true);
    this.otherBalances =
        state.excessOfBalances(debtFactor, asset).subtract(state.excessOfDebt(asset, debtFactor));
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public TradingCost tradingCost() {
    return tradingCost;
  }

  @Override
  public Settled settle(long quantity, boolean capped) {
    BigInteger cost = tradingCost.charged(quantity);
    BigInteger penalty = penalty(quantity, cost);
    if (capped) {
      penalty = penalty.min(improvement(quantity, cost));
    }
    AccountState after = state.afterPosition(position, quantity, cost.add(penalty));
    return new Settled(cost, penalty, BigInteger.ZERO, after);
  }

  private BigInteger penalty(long quantity, BigInteger cost) {
    Rational base =
        switch (penaltyBase) {
          case Terms.REQUIREMENT -> freed(quantity);
          case Terms.IMPROVEMENT -> Rational.of(improvement(quantity, cost));
          default -> Rational.of(tradingCost.notional(quantity));
        };
    return base.times(penaltyPpm).dividedBy(Level.MILLION).ceiling();
  }

  /// Requirement that closing frees, in value units.
  private Rational freed(long quantity) {
    return new Rational(
        requirement.subtract(requirementAfter(quantity)),
        Level.MILLION.multiply(state.exactScale()));
  }

  /// By how much closing costs less than it may.
  private BigInteger improvement(long quantity, BigInteger cost) {
    return allowedLoss(quantity).subtract(cost).max(BigInteger.ZERO);
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
        Rational.floorDivide(
            equity.multiply(freed),
            requirement.multiply(Level.MILLION).multiply(state.exactScale()));
    BigInteger once = weighted.min(covered);
    BigInteger beyond = weighted.subtract(once).multiply(Level.MILLION);
    return once.add(Rational.floorDivide(beyond, debtWeight())).subtract(chargedMore());
  }

  private BigInteger debtWeight() {
    return BigInteger.valueOf(state.balances().get(asset).debtWeightPpm());
  }

  /// By how many value units a charge in whole units of the asset that pays may be more.
  private BigInteger chargedMore() {
    return asset == 0
        ? BigInteger.ZERO
        : Rational.ceilingDivide(state.unitValue(asset), state.exactScale());
  }

  /// The same without any rounding.
  private Rational exactAllowedLoss(long quantity) {
    BigInteger equity = state.weightedEquity();
    if (equity.signum() <= 0 || requirement.signum() == 0) {
      return Rational.ZERO;
    }
    Rational weighted = freed(quantity).times(equity).dividedBy(requirement);
    Rational beyond = weighted.plus(covered.negate());
    if (beyond.signum() <= 0) {
      return weighted;
    }
    return beyond.times(Level.MILLION).dividedBy(debtWeight()).plus(covered);
  }

  private BigInteger requirementAfter(long quantity) {
    return otherRequirement.add(state.requirement(position, BigInteger.valueOf(size - quantity)));
  }

  @Override
  public Rational bound(long quantity, boolean settlementPositive) {
    Rational cost = tradingCost.exact(quantity);
    Rational base =
        switch (penaltyBase) {
          case Terms.REQUIREMENT -> freed(quantity);
          case Terms.IMPROVEMENT -> exactAllowedLoss(quantity).minus(cost);
          default -> tradingCost.value(quantity);
        };
    Rational loss = base.times(penaltyPpm).dividedBy(Level.MILLION).plus(cost);
    Rational paying =
        value
            .countedCeiling(quantity)
            .plus(cash.subtract(value.counted()))
            .minus(loss.times(state.exactScale()));
    Rational notional = value.worth().times(BigInteger.valueOf(size - quantity));
    Rational required =
        state.requirement(position, notional).plus(otherRequirement).times(target.ppm());
    return paying
        .times(state.weight(asset, settlementPositive, debtFactor))
        .plus(otherBalances.subtract(target.bar()))
        .minus(required);
  }

  /// Cost and penalty are rounded up, and the excess falls with them. An allowed loss is rounded
  /// down twice, and a penalty on the improvement falls with it. That a negative improvement takes
  /// nothing lowers the excess; the bound leaves it out, and stays linear.
  @Override
  public Rational slack(boolean settlementPositive) {
    if (!penaltyBase.equals(Terms.IMPROVEMENT)) {
      return Rational.ZERO;
    }
    BigInteger weight = state.weight(asset, settlementPositive, debtFactor);
    BigInteger lower = BigInteger.TWO.add(chargedMore()).multiply(state.exactScale());
    return new Rational(weight.multiply(penaltyPpm).multiply(lower), Level.MILLION);
  }

  @Override
  public BigInteger rounding() {
    PositionLine line = state.positions().get(position);
    BigInteger units = asset == 0 ? BigInteger.ZERO : state.unitValue(asset);
    return line.costPerUnit() == 1 ? units : units.add(state.unitValue(asset));
  }

  @Override
  public boolean isConvex(long from, long to) {
    return tradingCost.isStraight(from, to) && !crossesTier(from, to);
  }

  /// Whether a tier starts strictly between what two quantities leave open; where tiers step, also
  /// at the lesser, as the tier begins above its start.
  private boolean crossesTier(long from, long to) {
    Rational most = tradingCost.value(size - from);
    Rational least = tradingCost.value(size - to);
    PositionLine line = state.positions().get(position);
    for (TierLine tier : line.tiers()) {
      BigInteger start = BigInteger.valueOf(tier.fromValue());
      int below = least.compareTo(start);
      if ((below < 0 || (below == 0 && line.stepped())) && most.compareTo(start) > 0) {
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
