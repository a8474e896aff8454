package trimtab.engine.message;

import java.util.List;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.engine.command.MarketSide;

/// The cost curves that the clearing granted for one plan, as they were left by the plans before.
public record GrantedCurves(List<Granted> curves) implements CostCurves {
  /// One curve.
  ///
  /// @param version counts the updates of this curve
  public record Granted(MarketSide side, CostCurve curve, long version) {}

  public GrantedCurves {
    curves = List.copyOf(curves);
  }

  @Override
  public CostCurve contract(int market, Side side) {
    return of(MarketSide.contract(market, side)).curve();
  }

  @Override
  public CostCurve asset(int asset, Side side) {
    return of(MarketSide.asset(asset, side)).curve();
  }

  /// The curve of one side.
  ///
  /// @throws IllegalStateException if the curve was not asked for
  public Granted of(MarketSide side) {
    for (Granted granted : curves) {
      if (granted.side().equals(side)) {
        return granted;
      }
    }
    throw new IllegalStateException("no liquidity was granted on " + side);
  }
}
