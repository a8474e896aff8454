package trimtab.core.plan;

import java.util.Arrays;
import java.util.stream.LongStream;
import trimtab.core.account.Leg;
import trimtab.core.account.Side;
import trimtab.core.health.RequirementLine;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.money.Wide;
import trimtab.core.plan.Standing.Sums;
import trimtab.core.settlement.PositionPenalty;

/// The excess along the closing of a perpetual. Closing at the mark moves value from the position
/// to the cash without changing their sum; only the requirement falls, and cost and penalty are
/// paid.
final class PositionLine implements LegLine {
  private final Standing standing;
  private final int market;
  private final Contract contract;
  private final Side side;
  private final LegTerms terms;
  private final Sums others;
  private final long settlementNet;
  private final RequirementLine requirement;
  private final PositionPenalty penalty;

  PositionLine(Standing standing, int position) {
    this.standing = standing;
    this.market = standing.account().market(position);
    this.contract = standing.listing().contracts().get(market);
    long quantity = standing.account().quantity(position);
    this.side = Side.closing(quantity);
    this.terms =
        new LegTerms(
            Math.absExact(quantity),
            contract.lot(),
            contract.minimumOrderValue(),
            contract.dustValue(),
            contract.takerFeePpm(),
            standing.marks().unitValue(standing.listing(), contract),
            standing.curves().contract(market, side));
    this.others = standing.others(0);
    this.settlementNet = standing.net(0);
    this.requirement =
        standing.model().requirements().along(standing.account(), standing.marks(), position);
    this.penalty =
        PositionPenalty.of(
            standing.model(), standing.account(), standing.marks(), standing.terms());
  }

  @Override
  public Wide excessAtCost(long quantity, long cost) {
    Wide required = requirement.at(quantity);
    long taken = penalty.charged(terms.notional(quantity), required, cost);
    Sums sums = others.plus(settlement(), settlementNet - cost - taken);
    return standing.excess(sums, required);
  }

  @Override
  public Wide upperBound(long quantity, boolean settlementPositive) {
    long net = settlementNet - lossFloor(quantity);
    Sums sums = others.plus(settlement(), net, settlementPositive);
    return standing.excess(sums, requirement.at(quantity));
  }

  private long lossFloor(long quantity) {
    long cost = terms.costFloor(quantity);
    return cost + penalty.floor(terms.notional(quantity), requirement.at(quantity), cost);
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

  int market() {
    return market;
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
