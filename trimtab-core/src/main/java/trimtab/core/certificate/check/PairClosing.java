package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.WeightLine;

/// Selling collateral and repaying a debt: of the proceeds p (value minus cost) the debt falls by
/// `p / (1 + rate)` until it is repaid, the penalty is `rate` on what was repaid, and what is left
/// goes to the settlement currency.
final class PairClosing implements ClosingLeg {
  /// Lots around a solution that are tried one by one, because roundings decide there.
  static final int ROUNDED_LOTS_MAX = 10_000;

  private final AccountState state;
  private final int collateral;
  private final int debt;
  private final BigInteger unitValue;
  private final BigInteger debtUnitValue;
  private final BigInteger scale;

  /// In exact units, and in value units rounded down.
  private final BigInteger exactOwed;

  private final BigInteger owed;
  private final BigInteger requirement;
  private final boolean obligationIsBase;
  private final BigInteger onePlusRate;
  private final PairRates rates;

  /// What the rule states the penalty to be; empty where the rates say it.
  private final Optional<BigInteger> statedPenalty;

  private final long lot;
  private final TradingCost tradingCost;
  private final BigInteger debtFactor;
  private final BigInteger collateralCash;
  private final BigInteger settlementCash;
  private final BigInteger others;
  private final long held;
  private final long size;

  PairClosing(AccountState state, Stage stage, Terms terms, Level target) {
    this.state = state;
    this.collateral = state.balance(stage.leg().instrument());
    this.debt = state.balance(stage.leg().debt());
    this.unitValue = state.unitValue(collateral);
    this.debtUnitValue = state.unitValue(debt);
    this.scale = state.exactScale();
    this.exactOwed = state.owed(debt);
    this.owed = exactOwed.divide(scale);
    this.requirement = state.requirement();
    this.obligationIsBase = terms.base().equals(Level.OBLIGATION);
    this.rates = PairRates.of(terms, state.balances().get(debt));
    this.onePlusRate = rates.onePlusRepaid();
    this.statedPenalty =
        terms.pairPenaltyBase().equals(Terms.STATED)
            ? Optional.of(BigInteger.valueOf(stage.penalty()))
            : Optional.empty();
    this.lot = stage.lot();
    this.tradingCost = TradingCost.of(stage, Rational.of(unitValue), scale);
    this.debtFactor = target.debtFactor(requirement.signum() > 0);
    this.collateralCash = state.cash(collateral);
    this.settlementCash = state.cash(0);
    this.others =
        state
            .excessOfBalances(debtFactor, 0, collateral, debt)
            .subtract(requirement.multiply(target.ppm()))
            .subtract(target.bar());
    BigInteger units = collateralCash.divide(unitValue);
    this.held = units.max(BigInteger.ZERO).longValueExact();
    this.size = leastRepaying(owed).orElse(held);
  }

  BigInteger owed() {
    return owed;
  }

  /// Net balance of the collateral, in its units.
  long held() {
    return held;
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
    BigInteger exact = unitValue.multiply(BigInteger.valueOf(quantity));
    BigInteger value = tradingCost.notional(quantity);
    BigInteger cost = tradingCost.charged(quantity);
    BigInteger proceeds = tradingCost.notionalFloor(quantity).subtract(cost).max(BigInteger.ZERO);
    BigInteger repaid = owed.min(rates.repayable(value, proceeds));
    BigInteger penalty = rates.penalty(value, repaid);
    if (statedPenalty.isPresent()) {
      penalty = statedPenalty.get();
      repaid = owed.min(proceeds.subtract(penalty).max(BigInteger.ZERO));
    } else if (capped) {
      BigInteger allowed = allowedLoss(exact).subtract(cost).max(BigInteger.ZERO);
      if (penalty.compareTo(allowed) > 0) {
        penalty = allowed;
        repaid = owed.min(proceeds.subtract(penalty).max(BigInteger.ZERO));
      }
    }
    BigInteger units = repaid.multiply(scale).divide(debtUnitValue);
    BigInteger cleared = units.multiply(debtUnitValue);
    BigInteger cash =
        Rational.floorDivide(exact.subtract(cleared), scale).subtract(cost).subtract(penalty);
    AccountState after = state.afterPair(collateral, debt, quantity, units, cash);
    return new Settled(cost, penalty, cleared.divide(scale), after);
  }

  /// The equity of an account that needs no margin; otherwise what leaves the weighted equity where
  /// it was, or, where levels are measured against the obligation, backing over obligation: `value
  /// - W O / (w_D B)`, W the weighted value sold.
  ///
  /// @param exact value in exact units
  private BigInteger allowedLoss(BigInteger exact) {
    if (requirement.signum() == 0) {
      return state.equity().max(BigInteger.ZERO);
    }
    BigInteger debtWeight = BigInteger.valueOf(state.balances().get(debt).debtWeightPpm());
    BigInteger sold =
        state
            .weighted(collateral, collateralCash)
            .subtract(state.weighted(collateral, collateralCash.subtract(exact)));
    Rational lost = new Rational(sold, debtWeight);
    if (obligationIsBase) {
      BigInteger backing = state.backing();
      if (backing.signum() == 0) {
        return BigInteger.ZERO;
      }
      BigInteger obligation = backing.subtract(state.weightedEquity()).add(requirement);
      lost = new Rational(sold.multiply(obligation), debtWeight.multiply(backing));
    }
    BigInteger allowed = exact.subtract(lost.ceiling());
    return Rational.floorDivide(allowed.max(BigInteger.ZERO), scale);
  }

  /// Along a straight piece of the cost the proceeds p, less a penalty on what is sold, are linear,
  /// and so is everything else but what p is worth: a debt's weight over `1 + rate` per unit, the
  /// settlement currency's weight where p is negative and beyond the debt. Where one of these kinks
  /// is concave, the line between them is extended beyond it, which is above.
  @Override
  public Rational bound(long quantity, boolean settlementPositive) {
    BigInteger settlementWeight = state.weight(0, settlementPositive, debtFactor);
    BigInteger debtWeight = debtWeight(settlementPositive);
    BigInteger value = unitValue.multiply(BigInteger.valueOf(quantity));
    BigInteger cash = collateral == 0 ? settlementCash.subtract(value) : settlementCash;
    BigInteger constant =
        others
            .add(cash.multiply(settlementWeight))
            .subtract(state.excessOfDebt(0, debtFactor))
            .add(untraded());
    if (collateral != 0) {
      BigInteger kept = state.weighted(collateral, collateralCash.subtract(value));
      constant = constant.add(kept.multiply(Level.MILLION));
    }
    if (debt != 0) {
      constant = constant.subtract(exactOwed.multiply(debtWeight));
    }
    Rational proceeds =
        tradingCost.exact(quantity).times(scale).negate().plus(rates.afterSold(value));
    return worth(proceeds, settlementWeight, debtWeight).plus(constant);
  }

  /// What of the two assets the leg does not change: the collateral's own debt, and what is held of
  /// the debt asset, where they are not set off.
  private BigInteger untraded() {
    BigInteger sum = BigInteger.ZERO;
    if (collateral != 0 && collateral != debt) {
      sum = sum.subtract(state.excessOfDebt(collateral, debtFactor));
    }
    if (debt != 0 && debt != collateral && state.cash(debt).signum() > 0) {
      sum = sum.add(state.weighted(debt, state.cash(debt)).multiply(Level.MILLION));
    }
    return sum;
  }

  private Rational worth(Rational proceeds, BigInteger settlementWeight, BigInteger debtWeight) {
    BigInteger perRepaid = debtWeight.multiply(Level.MILLION);
    Rational repaying = proceeds.times(perRepaid).dividedBy(onePlusRate);
    if (proceeds.signum() < 0) {
      return repaying.max(proceeds.times(settlementWeight));
    }
    Rational whole = new Rational(exactOwed.multiply(onePlusRate), Level.MILLION);
    Rational beyond = proceeds.minus(whole);
    if (beyond.signum() <= 0) {
      return repaying;
    }
    return repaying.max(beyond.times(settlementWeight).plus(exactOwed.multiply(debtWeight)));
  }

  /// Of the proceeds all but those of the last lot repay, and what they repay bears the penalty,
  /// but for a value unit of rounding.
  @Override
  public Rational leastLoss(long quantity) {
    Rational cost = tradingCost.exact(quantity);
    BigInteger value = tradingCost.notional(quantity).subtract(lotValue());
    Rational repaid =
        cost.negate().plus(value).times(Level.MILLION).dividedBy(onePlusRate).plus(MINUS_ONE);
    return cost.plus(repaid.times(BigInteger.valueOf(rates.repaidPpm())).dividedBy(Level.MILLION));
  }

  private static final BigInteger MINUS_ONE = BigInteger.ONE.negate();

  private BigInteger lotValue() {
    return tradingCost.notional(lot);
  }

  @Override
  public Rational mostRelief(long quantity, boolean settlementPositive) {
    BigInteger settlementWeight = state.weight(0, settlementPositive, debtFactor);
    BigInteger debtWeight = debtWeight(settlementPositive);
    BigInteger keptWeight =
        collateral == 0 ? settlementWeight : state.weight(collateral, true, debtFactor);
    BigInteger value = tradingCost.notional(quantity);
    Rational proceeds = tradingCost.exact(quantity).negate().plus(value);
    Rational repaying = proceeds.times(debtWeight.multiply(Level.MILLION)).dividedBy(onePlusRate);
    Rational worth =
        proceeds.signum() < 0 ? repaying.max(proceeds.times(settlementWeight)) : repaying;
    // What a unit of the last lot's proceeds is worth more as cash.
    Rational beyond =
        new Rational(debtWeight.multiply(Level.MILLION), onePlusRate)
            .negate()
            .plus(settlementWeight)
            .max(Rational.ZERO);
    return worth
        .plus(value.multiply(keptWeight).negate())
        .plus(beyond.times(lotValue()))
        .plus(slack(settlementPositive));
  }

  /// What is repaid is rounded down twice: to a value unit, which saves the penalty on less than
  /// one unit, and to a unit of the debt, which leaves less than that in the settlement currency.
  @Override
  public Rational slack(boolean settlementPositive) {
    BigInteger settlementWeight = state.weight(0, settlementPositive, debtFactor);
    BigInteger debtWeight = debtWeight(settlementPositive);
    BigInteger kept = settlementWeight.subtract(debtWeight).max(BigInteger.ZERO);
    BigInteger saved =
        settlementWeight.multiply(onePlusRate).subtract(debtWeight.multiply(Level.MILLION));
    return new Rational(saved.max(BigInteger.ZERO).multiply(scale), Level.MILLION)
        .plus(kept.multiply(debtUnitValue.subtract(BigInteger.ONE)));
  }

  private BigInteger debtWeight(boolean settlementPositive) {
    boolean cash = debt == 0 && state.fixedDebt(0).signum() == 0;
    return state.weight(debt, cash && settlementPositive, debtFactor);
  }

  /// What is left for the settlement currency is whole value units.
  @Override
  public BigInteger rounding() {
    return scale.subtract(BigInteger.ONE);
  }

  @Override
  public boolean isConvex(long from, long to) {
    return tradingCost.isStraight(from, to) && !crossesTier(from, to);
  }

  /// Whether a tier of the collateral starts strictly between what two quantities leave.
  private boolean crossesTier(long from, long to) {
    BigInteger most = collateralCash.subtract(unitValue.multiply(BigInteger.valueOf(from)));
    BigInteger least = collateralCash.subtract(unitValue.multiply(BigInteger.valueOf(to)));
    for (WeightLine tier : state.balances().get(collateral).weights()) {
      BigInteger start = unitValue.multiply(BigInteger.valueOf(tier.fromAmount()));
      if (start.compareTo(least) > 0 && start.compareTo(most) < 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public OptionalLong share(long sharePpm) {
    return leastRepaying(ClosingLeg.partRoundedUp(owed, sharePpm));
  }

  /// The least multiple of the lot, at most what is held and can be traded, whose proceeds repay an
  /// amount with the uncapped penalty on top.
  ///
  /// @throws ArithmeticException if roundings decide over too many lots
  OptionalLong leastRepaying(BigInteger amount) {
    // floor(p x 10^6 / (10^6 + rate)) >= amount for a whole p
    BigInteger needed = Rational.ceilingDivide(amount.multiply(onePlusRate), Level.MILLION);
    for (int piece = 0; piece < tradingCost.pieces(); piece++) {
      OptionalLong found = leastRepaying(needed, piece);
      if (found.isPresent()) {
        return found;
      }
    }
    return OptionalLong.empty();
  }

  private OptionalLong leastRepaying(BigInteger needed, int piece) {
    long last = Math.min(tradingCost.end(piece), held);
    last -= last % lot;
    long begin = tradingCost.begin(piece);
    long first = Math.addExact(begin - begin % lot, lot);
    if (first > last) {
      return OptionalLong.empty();
    }
    // Unrounded proceeds along the piece are an upper bound: slope x quantity + intercept over
    // `divisor`; where they are not enough, the charged ones are not either.
    BigInteger width = tradingCost.width(piece);
    BigInteger divisor = width.multiply(Level.MILLION).multiply(scale);
    BigInteger rise = tradingCost.rise(piece).multiply(Level.MILLION).multiply(scale);
    BigInteger kept = unitValue.multiply(rates.lessSold().subtract(tradingCost.feePpm()));
    BigInteger slope = kept.multiply(width).subtract(rise);
    BigInteger start = tradingCost.start(piece).multiply(divisor);
    BigInteger intercept = rise.multiply(BigInteger.valueOf(begin)).subtract(start);
    BigInteger wanted = needed.multiply(divisor).subtract(intercept);
    if (slope.signum() > 0) {
      BigInteger from = Rational.ceilingDivide(wanted, slope);
      if (from.compareTo(BigInteger.valueOf(last)) > 0) {
        return OptionalLong.empty();
      }
      long least = from.max(BigInteger.valueOf(first)).longValueExact();
      first = AdmissibleSizes.ceilingToLot(least, lot);
    }
    for (int tries = 0; first <= last; first += lot, tries++) {
      if (slope.multiply(BigInteger.valueOf(first)).compareTo(wanted) < 0) {
        return OptionalLong.empty();
      }
      BigInteger value = tradingCost.notional(first);
      BigInteger proceeds = tradingCost.notionalFloor(first).subtract(tradingCost.charged(first));
      if (proceeds.subtract(rates.sold(value)).compareTo(needed) >= 0) {
        return OptionalLong.of(first);
      }
      if (tries == ROUNDED_LOTS_MAX) {
        throw new ArithmeticException(
            "roundings decide over more than " + ROUNDED_LOTS_MAX + " lots which repays the debt");
      }
    }
    return OptionalLong.empty();
  }
}
