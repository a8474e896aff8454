package trimtab.lab.conformance;

import java.util.Map;
import trimtab.rulebooks.lending.Kamino;
import trimtab.rulebooks.number.Fraction;

/// The kinds of cases of kamino.
final class KaminoKinds {
  private KaminoKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of("kamino/liquidationBonus", KaminoKinds::bonus);
  }

  private static Value.Table bonus(Inputs inputs) {
    Fraction ltv = inputs.number("userLtv");
    Fraction unhealthy = inputs.number("unhealthyLtv");
    Kamino.Bonus bonus =
        Kamino.Bonus.ofBps(
            inputs.integer("minBonusBps"),
            inputs.integer("maxBonusBps"),
            inputs.integer("badDebtBonusBps"));
    return Value.Table.empty()
        .with("liquidatable", Kamino.isLiquidatable(ltv, unhealthy))
        .with("bonusRate", Kamino.liquidationBonus(ltv, unhealthy, bonus));
  }
}
