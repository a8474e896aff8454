package trimtab.core.plan;

import java.util.Arrays;
import java.util.stream.LongStream;
import trimtab.core.account.Leg;
import trimtab.core.account.Side;
import trimtab.core.health.RequirementLine;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;
import trimtab.core.plan.Standing.Sums;

/// The excess along the closing of a perpetual. Closing at the mark moves value from the position
/// to the cash without changing their sum; only the requirement falls, and cost and penalty are
/// paid.
final class PositionLine implements LegLine {
  private final Standing standing;
  private final int market;
  private final Contract contract;
  private final Side side;
  private final long unitValue;
  private final LegTerms terms;
  private final Sums others;
  private final long settlementNet;
  private final RequirementLine requirement;

  PositionLine(Standing standing, int position) {
    this.standing = standing;
    this.market = standing.account().market(position);
    this.contract = standing.listing().contracts().get(market);
    long quantity = standing.account().quantity(position);
    this.side = Side.closing(quantity);
    this.unitValue = standing.marks().unitValue(standing.listing(), contract);
    this.terms =
        new LegTerms(
            Math.absExact(quantity),
            contract.lot(),
            contract.minimumOrderValue(),
            contract.dustValue(),
            contract.takerFeePpm(),
            unitValue,
            standing.curves().contract(market, side));
    this.others = standing.others(0);
    this.settlementNet = standing.net(0);
    this.requirement =
        standing.model().requirements().along(standing.account(), standing.marks(), position);
  }

  @Override
  public Wide excessAtCost(long quantity, long cost) {
    Sums sums = others.plus(settlement(), settlementNet - cost - penalty(quantity));
    return standing.excess(sums, requirement.at(quantity));
  }

  @Override
  public Wide upperBound(long quantity, boolean settlementPositive) {
    long net = settlementNet - lossFloor(quantity);
    Sums sums = others.plus(settlement(), net, settlementPositive);
    return standing.excess(sums, requirement.at(quantity));
  }

  @Override
  public long penalty(long quantity) {
    return Rounding.mulDivCeil(quantity * unitValue, penaltyPpm(), Ppm.ONE);
  }

  /// The requirement of the whole account before anything is closed.
  Wide requirement() {
    return requirement.at(0);
  }

  /// The requirement that closing a quantity frees.
  Wide freed(long quantity) {
    return requirement.at(0).minus(requirement.at(quantity));
  }

  /// By how much a unit of freed requirement raises the excess.
  double requirementWeight() {
    return standing.targetPpm();
  }

  /// By how much a value unit lost lowers the excess, at a branch of [LegTable].
  double settlementWeight(int branch) {
    return standing.weight(0, branch == LegTable.HELD);
  }

  /// A lower bound of the unrounded all-in loss, not more than three units below it.
  long lossFloor(long quantity) {
    long penalty = Rounding.mulDivFloor(quantity * unitValue, penaltyPpm(), Ppm.ONE);
    return terms.costFloor(quantity) + penalty;
  }

  @Override
  public long[] pieceEnds() {
    LongStream knots = LongStream.range(0, curve().pieces()).map(i -> curve().knot((int) i));
    return LongStream.concat(Arrays.stream(requirement.breakPoints()), knots)
        .filter(end -> end > 0 && end < size())
        .sorted()
        .distinct()
        .toArray();
  }

  @Override
  public long settlementPositiveUpTo() {
    long low = 0;
    long high = Math.min(size(), curve().capacity());
    if (settlementNet < 0) {
      return 0;
    }
    if (lossFloor(high) <= settlementNet) {
      return size();
    }
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (lossFloor(middle) <= settlementNet) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Asset settlement() {
    return standing.listing().settlement();
  }

  private long penaltyPpm() {
    return standing.terms().positionPpm();
  }

  @Override
  public Leg leg() {
    return new Leg.PositionLeg(market);
  }

  @Override
  public Side side() {
    return side;
  }

  @Override
  public LegTerms terms() {
    return terms;
  }
}
