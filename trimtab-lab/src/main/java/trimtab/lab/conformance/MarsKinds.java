package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.Map;
import trimtab.rulebooks.lending.Mars;

/// The kinds of cases of mars.
final class MarsKinds {
  private MarsKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of("mars/calculateLiquidationAmounts", MarsKinds::amounts);
  }

  private static Value.Table amounts(Inputs inputs) {
    BigInteger owed = inputs.integer("debtAmount");
    Mars.Outcome outcome =
        Mars.liquidate(
            leg(inputs, "collateral"),
            leg(inputs, "debt"),
            inputs.integer("requested", owed),
            new Mars.Health(
                inputs.integer("lhfWad"),
                inputs.integer("totalCollateralValue"),
                inputs.integer("totalDebtValue"),
                inputs.integer("ltAdjustedCollateral")),
            parameters(inputs));
    return switch (outcome) {
      case Mars.OneSided refused ->
          Value.Table.empty()
              .with("revert", "one-sided")
              .with("debtRepaid", refused.debtRepaid())
              .with("collateralSeized", refused.collateralSeized());
      case Mars.Liquidated done ->
          Value.Table.empty()
              .with("bonusWad", done.bonusWad())
              .with("maxDebtRepayableValue", done.maxDebtRepayableValue())
              .with("maxDebtRepayable", done.maxDebtRepayable())
              .with("debtRepaid", done.debtRepaid())
              .with("collateralSeized", done.collateralSeized())
              .with("toLiquidator", done.toLiquidator())
              .with("protocolFee", done.protocolFee());
    };
  }

  private static Mars.Leg leg(Inputs inputs, String side) {
    return new Mars.Leg(inputs.integer(side + "Amount"), inputs.integer(side + "PriceWad"));
  }

  private static Mars.Parameters parameters(Inputs inputs) {
    Mars.Parameters defaults = Mars.Parameters.DEFAULTS;
    return new Mars.Parameters(
        inputs.integer("liqThresholdWad"),
        inputs.integer("thfWad"),
        inputs.integer("startingLbWad", defaults.startingBonusWad()),
        inputs.integer("slopeWad", defaults.slopeWad()),
        inputs.integer("minLbWad", defaults.minBonusWad()),
        inputs.integer("maxLbWad", defaults.maxBonusWad()),
        inputs.integer("protocolFeeWad", defaults.protocolFeeWad()));
  }
}
