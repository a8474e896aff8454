package trimtab.lab.stress;

import java.util.List;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.cost.CostCurves;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;

/// What trading costs at one point of a grid: the law is the same for buying and selling. Every
/// account is planned on the whole curve, as if it traded alone.
///
/// @param contracts by market
/// @param assets by asset; that of the settlement currency is free
record StressCurves(List<CostCurve> contracts, List<CostCurve> assets) implements CostCurves {
  StressCurves {
    contracts = List.copyOf(contracts);
    assets = List.copyOf(assets);
  }

  /// @param liquidity by feed, after the shock
  static StressCurves of(Listing listing, Marks marks, List<MarketLiquidity> liquidity) {
    int decimals = listing.valueDecimals();
    return new StressCurves(
        listing.contracts().stream()
            .map(contract ->
                liquidity.get(contract.feed()).curve(marks.unitValue(listing, contract), decimals))
            .toList(),
        listing.assets().stream().map(asset -> asset(listing, marks, liquidity, asset)).toList());
  }

  private static CostCurve asset(
      Listing listing, Marks marks, List<MarketLiquidity> liquidity, Asset asset) {
    return asset.isSettlement()
        ? CostCurve.FREE
        : liquidity
            .get(asset.feed())
            .curve(marks.unitValue(listing, asset), listing.valueDecimals());
  }

  @Override
  public CostCurve contract(int market, Side side) {
    return contracts.get(market);
  }

  @Override
  public CostCurve asset(int asset, Side side) {
    return assets.get(asset);
  }
}
