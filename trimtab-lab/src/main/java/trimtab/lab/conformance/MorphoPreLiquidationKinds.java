package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.Map;
import trimtab.rulebooks.lending.MorphoBlue;
import trimtab.rulebooks.lending.MorphoPreLiquidation;

/// The kinds of cases of morpho-pre-liquidation.
final class MorphoPreLiquidationKinds {
  private MorphoPreLiquidationKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of("morpho-pre-liquidation/preLiquidate", MorphoPreLiquidationKinds::preLiquidate);
  }

  private static Value.Table preLiquidate(Inputs inputs) {
    MorphoBlue.Market market = MorphoBlueKinds.market(inputs);
    MorphoBlue.Position position = MorphoBlueKinds.position(inputs);
    BigInteger price = inputs.integer("price");
    MorphoPreLiquidation.Parameters parameters = parameters(inputs);
    boolean asks = inputs.has("seizedAssets") || inputs.has("repaidShares");
    return table(
        asks
            ? MorphoPreLiquidation.preLiquidate(
                market,
                position,
                price,
                inputs.integer("marketPrice", price),
                parameters,
                MorphoBlueKinds.request(inputs))
            : MorphoPreLiquidation.window(market, position, price, parameters));
  }

  private static Value.Table table(MorphoPreLiquidation.Outcome outcome) {
    return switch (outcome) {
      case MorphoPreLiquidation.Refused refused ->
          Value.Table.empty()
              .with("revert", refused.reason().error())
              .with("repayableShares", BigInteger.ZERO)
              .with("seizableCollateral", BigInteger.ZERO);
      case MorphoPreLiquidation.Window window ->
          Value.Table.empty()
              .with("ltvWad", window.ltvWad())
              .with("quotientWad", window.quotientWad())
              .with("preLifWad", window.incentiveFactorWad())
              .with("preLcfWad", window.closeFactorWad())
              .with("repayableShares", window.repayableShares())
              .with("seizableCollateral", window.seizableCollateral());
      case MorphoPreLiquidation.PreLiquidated done ->
          table(done.window())
              .with("seizedAssets", done.seizedAssets())
              .with("repaidShares", done.repaidShares())
              .with("repaidAssets", done.repaidAssets())
              .with("collateralLeft", done.position().collateral())
              .with("borrowSharesLeft", done.position().borrowShares());
    };
  }

  private static MorphoPreLiquidation.Parameters parameters(Inputs inputs) {
    return new MorphoPreLiquidation.Parameters(
        inputs.integer("lltvWad"),
        inputs.integer("preLltvWad"),
        inputs.integer("preLcf1Wad"),
        inputs.integer("preLcf2Wad"),
        inputs.integer("preLif1Wad"),
        inputs.integer("preLif2Wad"));
  }
}
