package trimtab.core.plan;

import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.settlement.Closing;

/// What is left of the cost curves after collateral was sold: two pairs that sell the same asset
/// share its depth. Nothing else is traded twice in a plan.
///
/// @param curves before the sale
/// @param sold asset
/// @param used quantity that was sold, in units of the asset
record UsedDepth(CostCurves curves, int sold, long used) implements CostCurves {
  static CostCurves after(Closing closing, CostCurves curves) {
    return switch (closing.leg()) {
      case PositionLeg ignored -> curves;
      case PairLeg pair -> new UsedDepth(curves, pair.collateralAsset(), closing.quantity());
    };
  }

  @Override
  public CostCurve contract(int market, Side side) {
    return curves.contract(market, side);
  }

  @Override
  public CostCurve asset(int asset, Side side) {
    CostCurve curve = curves.asset(asset, side);
    return asset == sold && side == Side.SELL ? curve.after(used) : curve;
  }
}
