package trimtab.core.plan;

import java.util.Arrays;
import java.util.OptionalLong;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.health.MarginKind;
import trimtab.core.instrument.Asset;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.UnitValue;
import trimtab.core.money.Wide;
import trimtab.core.plan.Standing.Sums;
import trimtab.core.settlement.PairPenalty;

/// The excess along the sale of a collateral asset whose proceeds repay a debt: of each unit of
/// value sold, what is left after the cost repays `1 / (1 + penalty rate)`, the rest is the
/// penalty.
final class PairLine implements LegLine {
  private final Standing standing;
  private final PairLeg leg;
  private final Asset settlement;
  private final Asset debt;
  private final Asset collateral;
  private final long unitValue;
  private final long debtUnitValue;
  private final Wide owed;
  private final Wide collateralCash;
  private final Wide settlementCash;

  /// Settlement currency owed that is not set off.
  private final Wide settlementDebt;

  private final Sums others;
  private final Wide requirement;
  private final PairPenalty penalty;
  private final LegTerms terms;

  PairLine(Standing standing, PairLeg leg) {
    this.standing = standing;
    this.leg = leg;
    this.settlement = standing.listing().settlement();
    this.debt = standing.listing().assets().get(leg.debtAsset());
    this.collateral = standing.listing().assets().get(leg.collateralAsset());
    this.penalty = PairPenalty.of(standing.terms(), debt);
    this.unitValue = standing.unitValue(leg.collateralAsset());
    this.debtUnitValue = standing.unitValue(leg.debtAsset());
    this.owed = standing.owed(leg.debtAsset());
    this.collateralCash = standing.cash(leg.collateralAsset());
    this.settlementCash = standing.cash(0);
    this.settlementDebt = standing.fixedDebt(0);
    this.others = othersOf(standing, leg);
    this.requirement =
        standing
            .model()
            .requirements()
            .requirement(standing.account(), standing.marks(), MarginKind.MAINTENANCE);
    // Cash that buys back a coin trades the coin; a coin that is owed itself is not traded.
    Asset traded = collateral.isSettlement() ? debt : collateral;
    LegTerms sizeless =
        new LegTerms(
            0,
            lotWorthADebtUnit(),
            traded.minimumOrderValue(),
            traded.dustValue(),
            leg.debtAsset() == leg.collateralAsset() ? 0 : traded.takerFeePpm(),
            UnitValue.of(unitValue),
            standing.listing().exactScale(),
            curve(standing, leg));
    this.terms = sizeless.withSize(wholeSize(sizeless));
  }

  /// What does not change along the leg: other assets, a collateral's own debt, and what is held of
  /// the debt asset where the two are not set off.
  private static Sums othersOf(Standing standing, PairLeg leg) {
    int debt = leg.debtAsset();
    int collateral = leg.collateralAsset();
    Sums sums = standing.others(0, debt, collateral);
    if (collateral != 0 && collateral != debt) {
      Asset asset = standing.listing().assets().get(collateral);
      sums = sums.plusDebt(asset, standing.fixedDebt(collateral));
    }
    if (debt != 0 && debt != collateral && standing.cash(debt).signum() > 0) {
      Asset asset = standing.listing().assets().get(debt);
      sums = sums.plus(asset, standing.cash(debt), standing.unitValue(debt));
    }
    return sums;
  }

  /// What selling the collateral costs; when the collateral is the settlement currency, what buying
  /// the debt asset with it costs, in settlement units.
  private static CostCurve curve(Standing standing, PairLeg leg) {
    if (leg.collateralAsset() == leg.debtAsset()) {
      return CostCurve.FREE;
    }
    if (leg.collateralAsset() != 0) {
      return standing.curves().asset(leg.collateralAsset(), Side.SELL);
    }
    CostCurve buying = standing.curves().asset(leg.debtAsset(), Side.BUY);
    if (buying.capacity() == 0) {
      return buying;
    }
    long scale = standing.unitValue(leg.debtAsset()) / standing.listing().exactScale();
    long[] knots = new long[buying.pieces()];
    long[] starts = new long[buying.pieces()];
    long[] ends = new long[buying.pieces()];
    for (int i = 0; i < knots.length; i++) {
      Wide knot = Wide.product(buying.knot(i), scale);
      boolean fits = knot.fitsLong() && knot.low() < CostCurve.UNLIMITED;
      knots[i] = fits ? knot.low() : CostCurve.UNLIMITED - knots.length + i;
      starts[i] = buying.start(i);
      ends[i] = buying.end(i);
    }
    return CostCurve.of(knots, starts, ends);
  }

  /// The collateral's lot, but never worth less than one unit of the debt: finer steps would repay
  /// nothing more.
  private long lotWorthADebtUnit() {
    return Rounding.ceilToStep(
        Math.max(collateral.lot(), Math.ceilDiv(debtUnitValue, unitValue)), collateral.lot());
  }

  /// The least lots that repay the whole debt, or all that is held if that is not enough.
  private long wholeSize(LegTerms sizeless) {
    long whole = collateralCash.max(Wide.ZERO).divFloor(unitValue);
    return leastLots(sizeless, whole, owed()).orElse(whole);
  }

  /// The least quantity, in lots, that repays at least `value`; the size if there is none.
  long quantityRepaying(long value) {
    return leastLots(terms, size(), value).orElse(size());
  }

  /// The least multiple of the lot, at most `most` and within the depth, that repays `value`. The
  /// proceeds fall where the cost jumps, or rises faster than the price, so each piece of the curve
  /// is looked at by itself.
  private OptionalLong leastLots(LegTerms sized, long most, long value) {
    long lot = sized.lot();
    long done = 0;
    for (int piece = 0; piece < sized.curve().pieces(); piece++) {
      long last = Math.min(most, sized.curve().knot(piece)) / lot;
      if (last > done && repayable(sized, (done + 1) * lot) >= value) {
        return OptionalLong.of((done + 1) * lot);
      }
      if (last > done && repayable(sized, last * lot) >= value) {
        return OptionalLong.of(leastOfPiece(sized, done + 1, last, value) * lot);
      }
      done = Math.max(done, last);
    }
    return OptionalLong.empty();
  }

  /// The first lot that repays `value` between one that does not and one that does.
  private long leastOfPiece(LegTerms sized, long tooFew, long enough, long value) {
    long low = tooFew;
    long high = enough;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (repayable(sized, middle * sized.lot()) < value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /// The value of the debt in value units, rounded down.
  long owed() {
    return owed.divFloor(standing.listing().exactScale());
  }

  private long repayable(LegTerms sized, long quantity) {
    long proceeds = Math.max(0, sized.notionalFloor(quantity) - sized.cost(quantity));
    return penalty.repayable(sized.notional(quantity), proceeds);
  }

  @Override
  public Wide excessAtCost(long quantity, long cost) {
    return excess(quantity, cost, 0, requirement);
  }

  /// The exact excess after closing `quantity` where positions closed before lost something in the
  /// settlement currency and left another requirement.
  ///
  /// @param lost value units
  Wide excessAfter(long quantity, long lost, Wide required) {
    return excess(quantity, terms.cost(quantity), lost, required);
  }

  private Wide excess(long quantity, long cost, long lost, Wide required) {
    Wide value = Wide.product(quantity, unitValue);
    long notional = terms.notional(quantity);
    long proceeds = Math.max(0, terms.notionalFloor(quantity) - cost);
    long repaid = Math.min(owedAfter(lost), penalty.repayable(notional, proceeds));
    long taken = penalty.charged(notional, repaid);
    Wide cleared =
        Wide.product(
            Rounding.mulDivFloor(repaid, terms.exactScale(), debtUnitValue), debtUnitValue);
    long cash = value.minus(cleared).divFloor(terms.exactScale()) - cost - taken;
    Wide left =
        settlementCash
            .plus(exact(cash - lost))
            .minus(collateral.isSettlement() ? value : Wide.ZERO);
    Wide debtLeft = settlementDebt;
    if (debt.isSettlement()) {
      // An explicit debt is paid first; what is owed beyond it is negative cash.
      Wide paid = cleared.min(settlementDebt);
      debtLeft = settlementDebt.minus(paid);
      left = left.plus(cleared.minus(paid));
    }
    Sums sums = others.plus(settlement, left, terms.exactScale()).plusDebt(settlement, debtLeft);
    return standing.excess(traded(sums, value, cleared), required);
  }

  @Override
  public Wide upperBound(long quantity, boolean settlementPositive) {
    Wide value = Wide.product(quantity, unitValue);
    long proceeds = Math.max(0, terms.notional(quantity) - terms.costFloor(quantity));
    Wide repaid = exact(penalty.repayableCeiling(terms.notionalFloor(quantity), proceeds));
    // What does not make up a whole unit of the debt stays as cash; it could count for more than
    // the
    // debt it does not repay only if the settlement currency's debt weighed more.
    boolean heavier = !settlementPositive && settlement.debtWeightPpm() > debt.debtWeightPpm();
    Wide cash =
        settlementCash.plus(heavier && !debt.isSettlement() ? Wide.of(debtUnitValue) : Wide.ZERO);
    if (collateral.isSettlement()) {
      cash = cash.minus(value);
    }
    Wide debtLeft = settlementDebt;
    if (debt.isSettlement() && settlementDebt.signum() > 0) {
      debtLeft = settlementDebt.minus(repaid);
    } else if (debt.isSettlement()) {
      cash = cash.plus(repaid);
    }
    Sums sums = others.plusAt(settlement, cash, settlementPositive).plusDebt(settlement, debtLeft);
    return standing.excess(traded(sums, value, repaid), requirement);
  }

  /// Whether it adds up with other legs but for what pairs share.
  boolean isPlain() {
    return terms.exactScale() == 1 && leg.debtAsset() != leg.collateralAsset();
  }

  /// What is held of the collateral, in its units.
  long held() {
    return collateralCash.max(Wide.ZERO).divFloor(unitValue);
  }

  @Override
  public long penalty(long quantity) {
    return penalty(quantity, terms.cost(quantity), 0);
  }

  private long penalty(long quantity, long cost, long lost) {
    long rate = standing.terms().pairPpm();
    long proceeds = Math.max(0, terms.notional(quantity) - cost);
    long repaid =
        Math.min(owedAfter(lost), Rounding.mulDivFloor(proceeds, Ppm.ONE, Ppm.ONE + rate));
    return Rounding.mulDivCeil(repaid, rate, Ppm.ONE);
  }

  /// The all-in loss where positions closed before lost something in the settlement currency.
  ///
  /// @param lost value units
  long lossAfter(long quantity, long lost) {
    long cost = terms.cost(quantity);
    return cost + penalty(quantity, cost, lost);
  }

  /// What is owed once positions lost something: a loss is owed, too, where the debt is one of the
  /// settlement currency.
  private long owedAfter(long lost) {
    return debt.isSettlement() ? Math.addExact(owed(), lost) : owed();
  }

  /// Whether the settlement currency is what is owed.
  boolean owesSettlement() {
    return debt.isSettlement();
  }

  /// Whether the settlement currency is what is sold: it buys back the debt.
  boolean collateralIsSettlement() {
    return collateral.isSettlement();
  }

  /// Whether every further unit of collateral brings more than it costs, from the first on: the
  /// proceeds rise with the quantity then.
  boolean bringsMoreWithSize() {
    double least = unitValue * (1 - (terms.feePpm() + 1) / (double) Ppm.ONE);
    long quantity = 0;
    long cost = 0;
    for (int piece = 0; piece < curve().pieces(); piece++) {
      long rise = curve().end(piece) - curve().start(piece);
      if (curve().start(piece) != cost || rise > least * (curve().knot(piece) - quantity)) {
        return false;
      }
      quantity = curve().knot(piece);
      cost = curve().end(piece);
    }
    return true;
  }

  /// What a quantity can repay of a debt of any size.
  long repayable(long quantity) {
    return repayable(terms, quantity);
  }

  /// A lower bound of the all-in loss of a quantity that repays all it can, or the whole debt as it
  /// is owed now: linear where the cost is.
  double lossFloor(long quantity, boolean whole) {
    double cost = terms.costFloor(quantity);
    double rate = standing.terms().pairPpm() / (double) Ppm.ONE;
    double repaid = whole ? owed() : ((double) quantity * unitValue - cost) / (1 + rate);
    // A unit for each of the three roundings.
    return cost + rate * repaid - 3;
  }

  /// By which a unit that positions lose raises the loss where the whole debt is repaid: itself,
  /// and the penalty on what is owed for it.
  double lossFactor() {
    return debt.isSettlement() ? 1 + standing.terms().pairPpm() / (double) Ppm.ONE : 1;
  }

  /// As [#upperBound(long, boolean)], of a quantity that repays the whole debt as it is owed now:
  /// linear where the cost is.
  Wide upperBoundWhole(long quantity, boolean settlementPositive) {
    Wide value = Wide.product(quantity, unitValue);
    long taken = Rounding.mulDivFloor(owed(), standing.terms().pairPpm(), Ppm.ONE);
    Wide cash = settlementCash.plus(value).minus(exact(terms.costFloor(quantity) + taken));
    if (!debt.isSettlement()) {
      cash = cash.minus(owed);
    }
    Sums sums =
        others
            .plusAt(settlement, cash, settlementPositive)
            .plusDebt(settlement, debt.isSettlement() ? Wide.ZERO : settlementDebt);
    return standing.excess(traded(sums, value, owed), requirement);
  }

  /// A lower bound of the all-in loss of a quantity whatever other legs do to the debt before:
  /// selling may repay all but the proceeds of its last lot, and only what is repaid bears a
  /// penalty. Linear where the cost is.
  double leastLoss(long quantity) {
    double cost = terms.costFloor(quantity);
    double bearing = (double) quantity * unitValue - cost - (double) terms.lot() * unitValue;
    double rate = standing.terms().pairPpm() / (double) Ppm.ONE;
    return cost + rate * (bearing / (1 + rate) - 1);
  }

  /// By how much a value unit of the settlement currency raises the excess, at a branch of
  /// [LegTable].
  double settlementWeight(int branch) {
    return standing.weight(0, branch == LegTable.HELD);
  }

  /// By how much the relief of a quantity can exceed [#upperBound(long, boolean)] because the
  /// proceeds of its last lot repay nothing any more and bear no penalty, or because roundings are
  /// in its favour.
  double overshoot(boolean settlementPositive) {
    double paying = standing.weight(0, settlementPositive);
    double rate = standing.terms().pairPpm() / (double) Ppm.ONE;
    double beyond = Math.max(0, paying - repaying(settlementPositive) / (1 + rate));
    return beyond * terms.lot() * unitValue + rounding(settlementPositive);
  }

  /// By how much the relief can exceed a bound because of roundings alone.
  double rounding(boolean settlementPositive) {
    double paying = standing.weight(0, settlementPositive);
    double repaying = repaying(settlementPositive);
    double unit = Math.max(0, paying - repaying) * debtUnitValue;
    return unit + 2 * Math.max(paying, repaying);
  }

  private double repaying(boolean settlementPositive) {
    return debt.isSettlement()
        ? standing.weight(0, settlementPositive)
        : standing.weight(leg.debtAsset(), false);
  }

  /// Adds what is left of the collateral and of the debt, where they are not the settlement
  /// currency.
  private Sums traded(Sums sums, Wide value, Wide repaid) {
    Sums result = sums;
    if (!collateral.isSettlement()) {
      result = result.plus(collateral, collateralCash.minus(value), unitValue);
    }
    return debt.isSettlement() ? result : result.plusDebt(debt, owed.minus(repaid));
  }

  private Wide exact(long value) {
    return Wide.product(value, terms.exactScale());
  }

  @Override
  public long[] pieceEnds() {
    int knots = curve().pieces();
    int tiers = collateral.maintenance().holding().tiers().size() - 1;
    long[] ends = new long[knots + tiers];
    for (int i = 0; i < knots; i++) {
      ends[i] = curve().knot(i);
    }
    // The tiers of a holding: what is left falls from one into the one below.
    long held = collateralCash.divFloor(unitValue);
    for (int i = 0; i < tiers; i++) {
      ends[knots + i] = held - collateral.maintenance().holding().tiers().get(i + 1).fromAmount();
    }
    return inside(ends);
  }

  /// Those within the leg, ascending, each once.
  private long[] inside(long[] ends) {
    Arrays.sort(ends);
    int count = 0;
    for (long end : ends) {
      if (end > 0 && end < size() && (count == 0 || ends[count - 1] < end)) {
        ends[count++] = end;
      }
    }
    return Arrays.copyOf(ends, count);
  }

  @Override
  public long settlementPositiveUpTo() {
    // Cash that is owed itself has a debt beside it here, and that is what the sale repays.
    return settlementCash.isNegative() ? 0 : size();
  }

  @Override
  public PairLeg leg() {
    return leg;
  }

  @Override
  public Side side() {
    return collateral.isSettlement() ? Side.BUY : Side.SELL;
  }

  @Override
  public LegTerms terms() {
    return terms;
  }
}
