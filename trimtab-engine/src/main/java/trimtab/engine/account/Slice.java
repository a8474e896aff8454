package trimtab.engine.account;

import java.util.Arrays;
import java.util.List;
import trimtab.core.account.Leg;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Rulebook;
import trimtab.engine.command.MarketSide;
import trimtab.engine.journal.StateWriter;

/// An order in flight: what was asked, what has been filled, and by which fills.
final class Slice {
  /// Fills one order may have.
  static final int FILLS_MAX = 65_536;

  /// The part of a market's liquidity that the order was planned on.
  ///
  /// @param unitsPerLegUnit leg units per unit of the market: 1, or the debt's unit value where the
  ///   leg is the settlement currency that buys it
  record Liquidity(MarketSide side, long curveVersion, long unitsPerLegUnit) {
    long quantity(long legQuantity) {
      return Math.ceilDiv(legQuantity, unitsPerLegUnit);
    }
  }

  private final long id;
  private final long planId;
  private final int account;
  private final Leg leg;
  private final long quantity;
  private final Rulebook rulebook;
  private final PenaltyTerms penalty;
  private final Liquidity liquidity;
  private long filled;
  private long freed;
  private long[] fillIds = new long[1];
  private int fills;

  /// @param rulebook by which it is settled, whatever rule is in use by then
  /// @param penalty that its plan came to, whatever the state is by then
  Slice(
      long id,
      long planId,
      int account,
      Leg leg,
      long quantity,
      Rulebook rulebook,
      PenaltyTerms penalty,
      Liquidity liquidity) {
    this.id = id;
    this.planId = planId;
    this.account = account;
    this.leg = leg;
    this.quantity = quantity;
    this.rulebook = rulebook;
    this.penalty = penalty;
    this.liquidity = liquidity;
  }

  long id() {
    return id;
  }

  int account() {
    return account;
  }

  Leg leg() {
    return leg;
  }

  Rulebook rulebook() {
    return rulebook;
  }

  PenaltyTerms penalty() {
    return penalty;
  }

  /// What was ordered, in the leg's units.
  long quantity() {
    return quantity;
  }

  Liquidity liquidity() {
    return liquidity;
  }

  /// In the leg's units.
  long filled() {
    return filled;
  }

  /// In the leg's units.
  long left() {
    return quantity - filled;
  }

  /// Requirement that the fills freed, value units.
  long freed() {
    return freed;
  }

  boolean hasFill(long fillId) {
    for (int i = 0; i < fills; i++) {
      if (fillIds[i] == fillId) {
        return true;
      }
    }
    return false;
  }

  boolean canTakeAnotherFill() {
    return fills < FILLS_MAX;
  }

  void fill(long fillId, long part, long freedNow) {
    if (fills == fillIds.length) {
      fillIds = Arrays.copyOf(fillIds, 2 * fills);
    }
    fillIds[fills++] = fillId;
    filled += part;
    freed += freedNow;
  }

  List<Long> fillIds() {
    return Arrays.stream(fillIds, 0, fills).boxed().toList();
  }

  void writeState(StateWriter out) {
    out.putLong(id);
    out.putLong(planId);
    out.putInt(account);
    switch (leg) {
      case Leg.PositionLeg(int market) -> {
        out.putInt(market);
        out.putInt(-1);
      }
      case Leg.PairLeg(int debtAsset, int collateralAsset) -> {
        out.putInt(debtAsset);
        out.putInt(collateralAsset);
      }
    }
    out.putLong(quantity);
    out.putLong(filled);
    out.putLong(freed);
    out.putText(rulebook.name());
    out.putLong(penalty.positionPpm());
    out.putLong(penalty.pairPpm());
    out.putLong(liquidity.curveVersion());
    out.putInt(fills);
    Arrays.stream(fillIds, 0, fills).forEach(out::putLong);
  }
}
