package trimtab.core.cost;

import trimtab.core.account.Side;

/// The cost curves of a listing at one instant.
public interface CostCurves {
  /// Trading is free everywhere: what a rulebook would do without any liquidity cost.
  CostCurves FREE =
      new CostCurves() {
        @Override
        public CostCurve contract(int market, Side side) {
          return CostCurve.FREE;
        }

        @Override
        public CostCurve asset(int asset, Side side) {
          return CostCurve.FREE;
        }
      };

  /// Cost of trading a perpetual, by its quantity units.
  CostCurve contract(int market, Side side);

  /// Cost of trading an asset against the settlement currency, by its amount units.
  CostCurve asset(int asset, Side side);
}
