package trimtab.lab.stress;

import java.util.List;

/// The curves of one point for the quick step.
///
/// @param contracts by market
/// @param assets by asset
record QuickCurves(List<QuickCurve> contracts, List<QuickCurve> assets) {
  QuickCurves {
    contracts = List.copyOf(contracts);
    assets = List.copyOf(assets);
  }

  static QuickCurves of(StressCurves curves) {
    return new QuickCurves(
        curves.contracts().stream().map(QuickCurve::new).toList(),
        curves.assets().stream().map(QuickCurve::new).toList());
  }
}
