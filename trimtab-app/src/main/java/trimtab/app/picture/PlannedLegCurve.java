package trimtab.app.picture;

import java.util.List;
import trimtab.core.account.Account;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.plan.LegCurve;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.rulebook.Rulebook;

/// The curve of the leg that a plan sized last, from the plan alone: it carries the cost curve on
/// which the leg was sized.
public final class PlannedLegCurve {
  private PlannedLegCurve() {}

  /// The curve of the last leg of a plan.
  ///
  /// @param account before the plan
  /// @param marks of the plan
  /// @param rulebook that decided
  public static LegCurve of(
      Listing listing, Account account, Marks marks, Rulebook rulebook, Plan.Close plan) {
    List<PlannedClosing> closings = plan.closings();
    HealthModel model =
        new HealthModel(listing, new LegSum(listing), rulebook.base(), rulebook.netting());
    return LegCurve.of(
        model,
        account,
        marks,
        rulebook.targetPpm(),
        plan.grounds().penalty(),
        new SizedOn(listing, marks, closings.getLast()),
        closings,
        closings.size() - 1);
  }

  /// The cost curve of one leg; all others are never asked to be drawn.
  private record SizedOn(Listing listing, Marks marks, PlannedClosing sized) implements CostCurves {
    @Override
    public CostCurve contract(int market, Side side) {
      return sized.closing().leg().equals(new PositionLeg(market))
          ? sized.terms().curve()
          : CostCurve.FREE;
    }

    @Override
    public CostCurve asset(int asset, Side side) {
      return switch (sized.closing().leg()) {
        case PositionLeg _ -> CostCurve.FREE;
        case PairLeg(int debt, int collateral) -> {
          if (side == Side.SELL) {
            yield asset == collateral ? sized.terms().curve() : CostCurve.FREE;
          }
          yield asset == debt && collateral == 0 ? inCoin(debt) : CostCurve.FREE;
        }
      };
    }

    /// Where money buys a coin the leg counts in money, and its curve is asked for in the coin.
    private CostCurve inCoin(int coin) {
      CostCurve inMoney = sized.terms().curve();
      if (inMoney.capacity() == 0) {
        return inMoney;
      }
      long perUnit = marks.unitValue(listing, listing.assets().get(coin)) / listing.exactScale();
      long[] knots = new long[inMoney.pieces()];
      long[] starts = new long[inMoney.pieces()];
      long[] ends = new long[inMoney.pieces()];
      for (int i = 0; i < knots.length; i++) {
        knots[i] = inMoney.knot(i) / perUnit;
        starts[i] = inMoney.start(i);
        ends[i] = inMoney.end(i);
      }
      return CostCurve.of(knots, starts, ends);
    }
  }
}
