package trimtab.core.plan;

import java.util.List;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.cost.CostCurves;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;

/// The tables of all legs of an account. What pairs share is left out, which keeps bounds bounds:
/// debts and holdings are taken as if for each pair alone, and depth that several sales share at
/// the convex hull of its curve.
final class LegTables {
  private LegTables() {}

  /// @param start state before anything is closed
  /// @param capSharePpm no more than this share of a leg is closed
  static LegTable[] of(Standing start, List<LegLine> lines, long capSharePpm) {
    CostCurves hulls = new HullCurves(start.curves(), asset -> sales(lines, asset) > 1);
    LegTable[] tables = new LegTable[lines.size()];
    for (int leg = 0; leg < tables.length; leg++) {
      tables[leg] =
          switch (lines.get(leg)) {
            case PositionLine position ->
                LegTable.of(position, position.terms().share(capSharePpm));
            case PairLine pair ->
                LegTable.of(
                    new PairLine(start.with(hulls), pair.leg()),
                    Rounding.mulDivFloor(pair.held(), capSharePpm, Ppm.ONE));
          };
    }
    return tables;
  }

  private static long sales(List<LegLine> lines, int asset) {
    return lines.stream()
        .filter(line -> line.leg() instanceof PairLeg pair && pair.collateralAsset() == asset)
        .count();
  }
}
