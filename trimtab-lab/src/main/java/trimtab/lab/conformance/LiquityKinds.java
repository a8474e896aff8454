package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.Map;
import trimtab.rulebooks.lending.LiquityV2;

/// The kinds of cases of liquity-v2.
final class LiquityKinds {
  private LiquityKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of("liquity-v2/liquidate", LiquityKinds::liquidate);
  }

  private static Value.Table liquidate(Inputs inputs) {
    LiquityV2.Parameters defaults = LiquityV2.Parameters.DEFAULTS;
    LiquityV2.Parameters parameters =
        defaults.withBranch(
            inputs.integer("mcrWad", defaults.minRatioWad()),
            inputs.integer("penaltySpWad", defaults.penaltyStabilityPoolWad()),
            inputs.integer("penaltyRedistributionWad", defaults.penaltyRedistributionWad()));
    LiquityV2.Trove trove = new LiquityV2.Trove(inputs.integer("coll"), inputs.integer("debt"));
    BigInteger price = inputs.integer("priceWad");
    boolean asked = inputs.has("mcrWad");
    if (asked && !LiquityV2.isLiquidatable(trove, price, parameters.minRatioWad())) {
      return Value.Table.empty().with("liquidatable", false);
    }
    LiquityV2.Liquidated done =
        LiquityV2.close(
            trove, inputs.integer("boldInStabilityPool", BigInteger.ZERO), price, parameters);
    return Value.Table.empty()
        .with("liquidatable", true)
        .with("collGasCompensation", done.collGasCompensation())
        .with("debtOffset", done.debtOffset())
        .with("collToStabilityPool", done.collToStabilityPool())
        .with("debtRedistributed", done.debtRedistributed())
        .with("collRedistributed", done.collRedistributed())
        .with("collSurplusToOwner", done.collSurplusToOwner());
  }
}
