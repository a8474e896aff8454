package trimtab.core.plan;

import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PerpetualLeg;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.settlement.Closing;

/// What is left of the cost curves after a closing: two pairs that trade the same asset share its
/// depth.
///
/// @param curves before the closing
/// @param asset that was traded
/// @param side of the order
/// @param used quantity that was traded, in units of the asset
record UsedDepth(CostCurves curves, int asset, Side side, long used) implements CostCurves {
  static CostCurves after(Closing closing, Standing standing) {
    CostCurves curves = standing.curves();
    return switch (closing.leg()) {
      // A plan closes a perpetual once.
      case PerpetualLeg ignored -> curves;
      case PairLeg(int debt, int collateral) when collateral == 0 ->
          new UsedDepth(
              curves, debt, Side.BUY, Math.ceilDiv(closing.quantity(), standing.unitValue(debt)));
      case PairLeg(int ignored, int collateral) ->
          new UsedDepth(curves, collateral, Side.SELL, closing.quantity());
    };
  }

  @Override
  public CostCurve perpetual(int market, Side side) {
    return curves.perpetual(market, side);
  }

  @Override
  public CostCurve asset(int wanted, Side wantedSide) {
    CostCurve curve = curves.asset(wanted, wantedSide);
    return wanted == asset && wantedSide == side ? curve.after(used) : curve;
  }
}
