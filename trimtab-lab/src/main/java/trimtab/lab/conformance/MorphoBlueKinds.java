package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.Map;
import trimtab.rulebooks.lending.MorphoBlue;

/// The kinds of cases of morpho-blue.
final class MorphoBlueKinds {
  private MorphoBlueKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "morpho-blue/liquidationIncentiveFactor",
        MorphoBlueKinds::factor,
        "morpho-blue/liquidate",
        MorphoBlueKinds::liquidate,
        "morpho-blue/seizeExactPlan",
        MorphoBlueKinds::seizeExactPlan);
  }

  private static Value.Table factor(Inputs inputs) {
    return Value.Table.empty()
        .with("lifWad", MorphoBlue.liquidationIncentiveFactor(parameters(inputs)));
  }

  private static Value.Table seizeExactPlan(Inputs inputs) {
    return Value.Table.empty()
        .with(
            "seizedAssets",
            MorphoBlue.largestSeizure(
                market(inputs),
                position(inputs),
                inputs.integer("collateralPrice"),
                parameters(inputs)));
  }

  private static Value.Table liquidate(Inputs inputs) {
    MorphoBlue.Position position = position(inputs);
    MorphoBlue.Outcome outcome =
        MorphoBlue.liquidate(
            market(inputs),
            position,
            inputs.integer("collateralPrice"),
            parameters(inputs),
            request(inputs));
    return switch (outcome) {
      case MorphoBlue.Refused refused ->
          left(position)
              .with("revert", refused.reason().name())
              .with("seizedAssets", BigInteger.ZERO)
              .with("repaidShares", BigInteger.ZERO)
              .with("repaidAssets", BigInteger.ZERO);
      case MorphoBlue.Liquidated done ->
          left(done.position())
              .with("lifWad", done.factorWad())
              .with("seizedAssets", done.seizedAssets())
              .with("repaidShares", done.repaidShares())
              .with("repaidAssets", done.repaidAssets())
              .with("badDebtShares", done.badDebtShares())
              .with("badDebtAssets", done.badDebtAssets())
              .with("totalBorrowAssetsLeft", done.market().totalBorrowAssets())
              .with("totalBorrowSharesLeft", done.market().totalBorrowShares());
    };
  }

  private static Value.Table left(MorphoBlue.Position position) {
    return Value.Table.empty()
        .with("collateralLeft", position.collateral())
        .with("borrowSharesLeft", position.borrowShares());
  }

  static MorphoBlue.Market market(Inputs inputs) {
    return new MorphoBlue.Market(
        inputs.integer("totalBorrowAssets"), inputs.integer("totalBorrowShares"));
  }

  static MorphoBlue.Position position(Inputs inputs) {
    return new MorphoBlue.Position(inputs.integer("borrowShares"), inputs.integer("collateral"));
  }

  static MorphoBlue.Request request(Inputs inputs) {
    return new MorphoBlue.Request(
        inputs.integer("seizedAssets", BigInteger.ZERO),
        inputs.integer("repaidShares", BigInteger.ZERO));
  }

  private static MorphoBlue.Parameters parameters(Inputs inputs) {
    MorphoBlue.Parameters defaults = MorphoBlue.Parameters.DEFAULTS;
    return new MorphoBlue.Parameters(
        inputs.integer("lltvWad"),
        inputs.integer("cursorWad", defaults.cursorWad()),
        inputs.integer("maxLifWad", defaults.maxFactorWad()));
  }
}
