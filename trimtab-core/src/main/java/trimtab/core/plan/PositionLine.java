package trimtab.core.plan;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.account.Leg;
import trimtab.core.account.Side;
import trimtab.core.health.Base;
import trimtab.core.health.HealthModel;
import trimtab.core.health.RequirementLine;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.PositionValue;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;
import trimtab.core.plan.Standing.Sums;
import trimtab.core.rulebook.PenaltyTerms.PositionBase;
import trimtab.core.settlement.PositionPenalty;
import trimtab.core.settlement.Realised;

/// The excess along the closing of a position. Closing at the mark moves profit from the position
/// to the cash without changing their sum, unless gains count for less before they are realised;
/// the requirement falls, and cost and penalty are paid.
final class PositionLine implements LegLine {
  private final Standing standing;
  private final int market;
  private final Contract contract;
  private final Asset asset;
  private final long assetUnitValue;
  private final PositionValue value;
  private final long quantity;
  private final long cost;
  private final Side side;
  private final LegTerms terms;
  private final Sums others;

  /// Cash of the asset that pays, this position's profit as it counts included, and without it.
  private final Wide cash;

  private final Wide cashWithout;
  private final RequirementLine requirement;
  private final PositionPenalty penalty;
  private final Optional<PlainLeg> plain;

  PositionLine(Standing standing, int position) {
    Listing listing = standing.listing();
    this.standing = standing;
    this.market = standing.account().market(position);
    this.contract = listing.contracts().get(market);
    int settlement = contract.settlement();
    this.asset = listing.assets().get(settlement);
    this.assetUnitValue = standing.unitValue(settlement);
    this.value = PositionValue.of(listing, contract, standing.marks());
    this.quantity = standing.account().quantity(position);
    this.cost = standing.account().cost(position);
    this.side = Side.closing(quantity);
    this.terms =
        new LegTerms(
            Math.absExact(quantity),
            contract.lot(),
            contract.minimumOrderValue(),
            contract.dustValue(),
            contract.takerFeePpm(),
            value.unitValue(),
            listing.exactScale(),
            standing.curves().contract(market, side));
    this.others = standing.others(settlement).plusDebt(asset, standing.fixedDebt(settlement));
    this.cash = standing.cash(settlement);
    this.cashWithout = cash.minus(counted(quantity, cost));
    this.requirement =
        standing.model().requirements().along(standing.account(), standing.marks(), position);
    this.penalty =
        PositionPenalty.of(
            standing.model(), standing.account(), standing.marks(), standing.terms(), settlement);
    this.plain = plainLeg();
  }

  /// The leg on plain numbers, where it is plain and they fit.
  private Optional<PlainLeg> plainLeg() {
    boolean understood =
        isPlain()
            && penalty.base() == PositionBase.NOTIONAL
            && standing.model().requirements().isSeparable()
            && cash.fitsLong();
    if (!understood) {
      return Optional.empty();
    }
    PlainLeg leg = new PlainLeg();
    leg.market(value.perUnit(), contract.maintenance(), curve(), contract.takerFeePpm());
    Base base = standing.model().base();
    leg.rule(base, standing.targetPpm(), penalty.ratePpm(), asset.debtWeightPpm());
    Wide required = requirement.at(size());
    boolean fits =
        leg.account(
            size(), cash.low(), others.backing(), others.obligation(), required, standing.bar());
    return fits ? Optional.of(leg) : Optional.empty();
  }

  /// The decision on plain numbers, where the leg is plain and they fit.
  Optional<SingleLegDecision> decision() {
    return plain.map(SingleLegDecision::new);
  }

  private Wide counted(long held, long heldCost) {
    long profit = HealthModel.weighted(contract, value.profit(held, heldCost));
    return Wide.product(profit, value.costUnitValue());
  }

  @Override
  public Wide excessAtCost(long closed, long paid) {
    if (plain.isPresent() && Math.abs(paid) <= PlainLeg.COST_MAX) {
      return plain.get().excessAtCost(closed, paid);
    }
    return wideExcessAtCost(closed, paid);
  }

  /// The same in wide integers, for every kind of position and every size of number.
  Wide wideExcessAtCost(long closed, long paid) {
    Wide required = requirement.at(closed);
    Wide uplift = uplift(closed);
    long taken = penalty.charged(terms.notional(closed), required, uplift, paid);
    Wide left = cash.plus(uplift).minus(charged(Math.addExact(paid, taken)));
    return standing.excess(others.plus(asset, left, assetUnitValue), required);
  }

  /// By how much closing at the mark raises the cash as it counts.
  private Wide uplift(long closed) {
    return closed == 0 || (contract.pnlWeightPpm() == Ppm.ONE && value.costPerUnit() == 1)
        ? Wide.ZERO
        : Realised.uplift(value, contract, quantity, cost, closed, assetUnitValue);
  }

  /// An amount in value units, as it is charged in whole units of the asset that pays.
  private Wide charged(long amount) {
    return asset.isSettlement()
        ? Wide.product(amount, terms.exactScale())
        : Wide.product(
            Rounding.mulDivCeil(amount, terms.exactScale(), assetUnitValue), assetUnitValue);
  }

  @Override
  public Wide upperBound(long closed, boolean settlementPositive) {
    return plain.isPresent()
        ? plain.get().upperBound(closed, settlementPositive)
        : wideUpperBound(closed, settlementPositive);
  }

  /// The same in wide integers.
  Wide wideUpperBound(long closed, boolean settlementPositive) {
    Sums sums = others.plusAt(asset, netCeiling(closed), settlementPositive);
    return standing.excess(sums, requirement.floor(closed));
  }

  /// Whether closing it adds up with other legs: linear, settled in the settlement currency, gains
  /// in full.
  boolean isPlain() {
    return asset.isSettlement()
        && !value.inverse()
        && value.costPerUnit() == 1
        && contract.pnlWeightPpm() == Ppm.ONE
        && terms.exactScale() == 1;
  }

  @Override
  public long penalty(long closed) {
    return Rounding.mulDivCeil(terms.notional(closed), standing.terms().positionPpm(), Ppm.ONE);
  }

  /// The requirement of the whole account before anything is closed.
  Wide requirement() {
    return requirement.at(0);
  }

  /// The requirement that closing a quantity frees.
  Wide freed(long closed) {
    return requirement.at(0).minus(requirement.at(closed));
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
  long lossFloor(long closed) {
    long taken =
        Rounding.mulDivFloor(terms.notionalFloor(closed), standing.terms().positionPpm(), Ppm.ONE);
    return terms.costFloor(closed) + taken;
  }

  private Wide netCeiling(long closed) {
    long paid = terms.costFloor(closed);
    long taken = penalty.floor(terms.notionalFloor(closed), requirement.at(closed), paid);
    return cashCeiling(closed).minus(Wide.product(paid + taken, terms.exactScale()));
  }

  /// A bound of the cash after closing at the mark: a gain counts in full once it is realised, and
  /// of a gain the released part is proportional but for two cost units of rounding.
  private Wide cashCeiling(long closed) {
    long gain = value.profit(quantity, cost);
    if (closed == 0 || gain <= 0 || contract.pnlWeightPpm() == Ppm.ONE) {
      return cash;
    }
    long weight = contract.pnlWeightPpm();
    long released = Rounding.mulDivCeil(gain, closed, terms.size()) + 2;
    long counted = Rounding.mulDivCeil(gain, weight, Ppm.ONE);
    long uncovered = Rounding.mulDivCeil(released, Ppm.ONE - weight, Ppm.ONE);
    return cashWithout.plus(Wide.product(counted + uncovered, value.costUnitValue()));
  }

  @Override
  public long[] pieceEnds() {
    long[] breaks = requirement.breakPoints();
    long[] ends = new long[breaks.length + curve().pieces()];
    int next = 0;
    int count = 0;
    for (int piece = 0; piece < curve().pieces() && curve().knot(piece) < size(); piece++) {
      long knot = curve().knot(piece);
      while (next < breaks.length && breaks[next] <= knot) {
        count = appended(ends, count, breaks[next++]);
      }
      count = appended(ends, count, knot);
    }
    while (next < breaks.length) {
      count = appended(ends, count, breaks[next++]);
    }
    return Arrays.copyOf(ends, count);
  }

  /// Appends an end unless it is there or not inside the leg.
  private int appended(long[] ends, int count, long end) {
    if (end <= 0 || end >= size() || (count > 0 && ends[count - 1] == end)) {
      return count;
    }
    ends[count] = end;
    return count + 1;
  }

  @Override
  public long settlementPositiveUpTo() {
    long low = 0;
    long high = Math.min(size(), curve().capacity());
    if (cash.isNegative()) {
      return 0;
    }
    if (!isUsedUp(high)) {
      return size();
    }
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (isUsedUp(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /// The largest cost at which the excess is still not negative, where the leg is plain; the excess
  /// falls with the cost, by one weight while settlement currency is left and by another beyond.
  ///
  /// @param cost at which it is not negative; also the answer where it is
  OptionalLong mostBearable(long closed, long cost) {
    return plain.isPresent() ? plain.get().mostBearable(closed, cost) : OptionalLong.empty();
  }

  private boolean isUsedUp(long closed) {
    return plain.isPresent() ? plain.get().netCeiling(closed) < 0 : netCeiling(closed).isNegative();
  }

  /// The price at which trading a quantity loses at most `loss` against the mark, on the tick,
  /// rounded up for a sale and down for a purchase; empty where no price loses that much.
  ///
  /// @param loss in value units
  OptionalLong priceLosing(long traded, long loss) {
    Feed feed = standing.listing().feeds().get(contract.feed());
    long mark = standing.marks().price(contract.feed());
    boolean selling = side == Side.SELL;
    Wide room = Wide.product(loss, terms.exactScale());
    Wide distance; // numerator and denominator of the distance from the mark
    Wide per;
    if (value.inverse()) {
      // face / p = face / mark + loss for a sale, - loss for a purchase
      Wide worth = Wide.product(traded, value.perUnit()).times(value.costUnitValue());
      distance = room.times(mark).times(mark);
      per = selling ? worth.plus(room.times(mark)) : worth.minus(room.times(mark));
    } else {
      distance = room;
      per = Wide.product(traded, value.perUnit() / mark).times(value.costUnitValue());
    }
    if (per.signum() <= 0) {
      return OptionalLong.empty();
    }
    long away = distance.divFloor(per).toLongExact();
    long price = selling ? mark - away : Math.addExact(mark, away);
    long steps = selling ? Math.ceilDiv(price, feed.tick()) : Math.floorDiv(price, feed.tick());
    return OptionalLong.of(Math.max(1, steps) * feed.tick());
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
