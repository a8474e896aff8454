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

  /// What the rule states the penalty to be, where it does.
  private final BigInteger statedPenalty;

  private final TradingCost tradingCost;
  private final Level target;
  private final BigInteger requirement;
  private final BigInteger otherRequirement;
  private final PositionValue value;

  /// Cash of the asset that pays, in exact units.
  private final BigInteger cash;

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
    this.statedPenalty = BigInteger.valueOf(stage.penalty());
    this.tradingCost = TradingCost.of(stage, value.worth(), state.exactScale());
    this.target = target;
    this.requirement = state.requirement();
    this.otherRequirement =
        requirement.subtract(state.requirement(position, BigInteger.valueOf(size)));
    this.cash = state.cash(asset);
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
    if (penaltyBase.equals(Terms.STATED)) {
      return statedPenalty;
    }
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

  /// What closing may cost without lowering equity over requirement: weighted, `E (R - R') / R` and
  /// what closing at the mark raises E by, as gains are realised. A loss counts at the asset weight
  /// of the asset that pays as far as its cash covers it, and at its debt weight beyond.
  private BigInteger allowedLoss(long quantity) {
    if (requirement.signum() == 0) {
      return BigInteger.ZERO;
    }
    BigInteger freed = requirement.subtract(requirementAfter(quantity));
    BigInteger weighted =
        allowsNothing()
            ? BigInteger.ZERO
            : Rational.floorDivide(state.weightedEquity().multiply(freed), requirement);
    BigInteger after = cash.add(uplift(quantity));
    weighted = weighted.add(weighted(after)).subtract(weighted(cash)).max(BigInteger.ZERO);
    BigInteger covered = after.max(BigInteger.ZERO);
    BigInteger beyond = weighted.subtract(covered.multiply(assetWeight()));
    BigInteger loss =
        beyond.signum() < 0
            ? Rational.floorDivide(weighted, assetWeight())
            : covered.add(Rational.floorDivide(beyond, debtWeight()));
    BigInteger unit = state.unitValue(asset);
    BigInteger whole = Rational.floorDivide(loss, unit).multiply(unit);
    return Rational.floorDivide(whole, state.exactScale());
  }

  private boolean allowsNothing() {
    return state.weightedEquity().signum() <= 0 || requirement.signum() == 0;
  }

  private BigInteger weighted(BigInteger amount) {
    return amount.multiply(amount.signum() < 0 ? debtWeight() : assetWeight());
  }

  /// By how much closing at the mark raises the cash as it counts.
  private BigInteger uplift(long quantity) {
    return value
        .realised(quantity)
        .multiply(state.unitValue(asset))
        .add(value.afterClosing(quantity).counted())
        .subtract(value.counted());
  }

  private BigInteger assetWeight() {
    return BigInteger.valueOf(state.balances().get(asset).assetWeightPpm());
  }

  private BigInteger debtWeight() {
    return BigInteger.valueOf(state.balances().get(asset).debtWeightPpm());
  }

  /// The same without any rounding, and without what closing at the mark raises.
  private Rational exactAllowedLoss(long quantity) {
    if (allowsNothing()) {
      return Rational.ZERO;
    }
    BigInteger freed = requirement.subtract(requirementAfter(quantity));
    Rational weighted = new Rational(state.weightedEquity().multiply(freed), requirement);
    BigInteger covered = cash.max(BigInteger.ZERO);
    Rational beyond = weighted.plus(covered.multiply(assetWeight()).negate());
    Rational loss =
        beyond.signum() < 0
            ? weighted.dividedBy(assetWeight())
            : beyond.dividedBy(debtWeight()).plus(covered);
    return loss.dividedBy(state.exactScale());
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

  /// Where the penalty is on the notional.
  @Override
  public Rational leastLoss(long quantity) {
    Rational penalty = tradingCost.value(quantity).times(penaltyPpm).dividedBy(Level.MILLION);
    return tradingCost.exact(quantity).plus(penalty);
  }

  @Override
  public Rational mostRelief(long quantity, boolean settlementPositive) {
    BigInteger freed = requirement.subtract(requirementAfter(quantity)).multiply(target.ppm());
    BigInteger weight = state.weight(0, settlementPositive, debtFactor);
    return leastLoss(quantity).times(weight).negate().plus(freed);
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
    BigInteger unit = Rational.ceilingDivide(state.unitValue(asset), state.exactScale());
    BigInteger lower = BigInteger.TWO.add(unit).multiply(state.exactScale());
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
