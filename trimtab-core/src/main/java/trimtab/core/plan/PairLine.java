package trimtab.core.plan;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.health.MarginKind;
import trimtab.core.instrument.Asset;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;
import trimtab.core.plan.Standing.Sums;

/// The excess along the sale of a collateral asset whose proceeds repay a debt: of each unit of
/// value sold, what is left after the cost repays `1 / (1 + penalty rate)`, the rest is the
/// penalty.
final class PairLine implements LegLine {
  private final Standing standing;
  private final PairLeg leg;
  private final Asset debt;
  private final Asset collateral;
  private final long unitValue;
  private final long debtUnitValue;
  private final long debtNet;
  private final long collateralNet;
  private final long settlementNet;
  private final Sums others;
  private final Wide requirement;
  private final LegTerms terms;

  PairLine(Standing standing, PairLeg leg) {
    this.standing = standing;
    this.leg = leg;
    this.debt = standing.listing().assets().get(leg.debtAsset());
    this.collateral = standing.listing().assets().get(leg.collateralAsset());
    this.unitValue = standing.unitValue(leg.collateralAsset());
    this.debtUnitValue = standing.unitValue(leg.debtAsset());
    this.debtNet = standing.net(leg.debtAsset());
    this.collateralNet = standing.net(leg.collateralAsset());
    this.settlementNet = standing.net(0);
    this.others = standing.others(0, leg.debtAsset(), leg.collateralAsset());
    this.requirement =
        standing
            .model()
            .requirements()
            .requirement(standing.account(), standing.marks(), MarginKind.MAINTENANCE);
    // Cash that buys back a coin trades the coin.
    Asset traded = collateral.isSettlement() ? debt : collateral;
    LegTerms sizeless =
        new LegTerms(
            0,
            lotWorthADebtUnit(),
            traded.minimumOrderValue(),
            traded.dustValue(),
            traded.takerFeePpm(),
            unitValue,
            curve(standing, leg));
    this.terms = sizeless.withSize(wholeSize(sizeless));
  }

  /// What selling the collateral costs; when the collateral is the settlement currency, what buying
  /// the debt asset with it costs, in settlement units.
  private static CostCurve curve(Standing standing, PairLeg leg) {
    if (leg.collateralAsset() != 0) {
      return standing.curves().asset(leg.collateralAsset(), Side.SELL);
    }
    CostCurve buying = standing.curves().asset(leg.debtAsset(), Side.BUY);
    if (buying.capacity() == 0) {
      return buying;
    }
    long scale = standing.unitValue(leg.debtAsset());
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
    long whole = held();
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

  /// What is held of the collateral, net, in its units.
  long held() {
    return Math.max(0, collateralNet) / unitValue;
  }

  /// The value of the debt.
  long owed() {
    return Math.max(0, -debtNet);
  }

  private long repayable(LegTerms sized, long quantity) {
    return afterPenalty(Math.max(0, sized.notional(quantity) - sized.cost(quantity)));
  }

  private long afterPenalty(long proceeds) {
    return Rounding.mulDivFloor(proceeds, Ppm.ONE, Ppm.ONE + standing.terms().pairPpm());
  }

  @Override
  public Wide excessAtCost(long quantity, long cost) {
    long value = quantity * unitValue;
    long proceeds = Math.max(0, value - cost);
    long repaid = Math.min(owed(), afterPenalty(proceeds));
    long penalty = penaltyOn(repaid);
    repaid -= repaid % debtUnitValue;
    long cash = value - cost - penalty - repaid;
    return excess(value, repaid, cash, settlementAfter(value, repaid, cash) >= 0);
  }

  @Override
  public Wide upperBound(long quantity, boolean settlementPositive) {
    long value = quantity * unitValue;
    long proceeds = Math.max(0, value - terms.costFloor(quantity));
    long repaid = Rounding.mulDivCeil(proceeds, Ppm.ONE, Ppm.ONE + standing.terms().pairPpm());
    // What does not make up a whole unit of the debt stays as cash; it could count for more than
    // the
    // debt it does not repay only if the settlement currency's debt weighed more.
    long settlementWeight = standing.listing().settlement().debtWeightPpm();
    boolean heavier = !settlementPositive && settlementWeight > debt.debtWeightPpm();
    long cash = heavier && !debt.isSettlement() ? debtUnitValue : 0;
    return excess(value, repaid, cash, settlementPositive);
  }

  @Override
  public long penalty(long quantity) {
    return penaltyOn(Math.min(owed(), repayable(terms, quantity)));
  }

  private long penaltyOn(long repaid) {
    return Rounding.mulDivCeil(repaid, standing.terms().pairPpm(), Ppm.ONE);
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
    double settlement = standing.weight(0, settlementPositive);
    double owed = debt.isSettlement() ? settlement : standing.weight(leg.debtAsset(), false);
    double rate = standing.terms().pairPpm() / (double) Ppm.ONE;
    double beyond = Math.max(0, settlement - owed / (1 + rate));
    double unit = Math.max(0, settlement - owed) * debtUnitValue;
    return beyond * terms.lot() * unitValue + unit + 2 * Math.max(settlement, owed);
  }

  private long settlementAfter(long value, long repaid, long cash) {
    long sold = collateral.isSettlement() ? value : 0;
    long cleared = debt.isSettlement() ? repaid : 0;
    return settlementNet - sold + cleared + cash;
  }

  private Wide excess(long value, long repaid, long cash, boolean settlementPositive) {
    Sums sums =
        others.plus(
            standing.listing().settlement(),
            settlementAfter(value, repaid, cash),
            settlementPositive);
    if (!collateral.isSettlement()) {
      sums = sums.plus(collateral, collateralNet - value, true);
    }
    if (!debt.isSettlement()) {
      sums = sums.plus(debt, debtNet + repaid, false);
    }
    return standing.excess(sums, requirement);
  }

  @Override
  public long[] pieceEnds() {
    return LongStream.range(0, curve().pieces())
        .map(i -> curve().knot((int) i))
        .filter(end -> end > 0 && end < size())
        .toArray();
  }

  @Override
  public long settlementPositiveUpTo() {
    return !debt.isSettlement() && settlementNet >= 0 ? size() : 0;
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
