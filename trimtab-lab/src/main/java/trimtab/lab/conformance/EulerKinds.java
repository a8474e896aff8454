package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import trimtab.lab.input.InputException;
import trimtab.rulebooks.lending.EulerV2;
import trimtab.rulebooks.number.Uint;

/// The kinds of cases of euler-v2.
final class EulerKinds {
  private EulerKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of("euler-v2/checkLiquidation", EulerKinds::checkLiquidation);
  }

  private static Value.Table checkLiquidation(Inputs inputs) {
    EulerV2.Debt debt =
        new EulerV2.Debt(inputs.integer("debt"), inputs.integer("debtPriceWad", Uint.WAD));
    List<EulerV2.Collateral> collaterals =
        inputs.tables("collaterals").stream().map(EulerKinds::collateral).toList();
    EulerV2.Parameters parameters = parameters(inputs);
    int seized = seized(inputs, collaterals.size());
    EulerV2.Outcome outcome =
        EulerV2.liquidate(
            debt,
            collaterals,
            seized,
            parameters,
            inputs.integer("desiredRepay", EulerV2.AS_MUCH_AS_POSSIBLE),
            inputs.integer("minYieldBalance", BigInteger.ZERO));
    return switch (outcome) {
      case EulerV2.Refused refused ->
          table(refused.liquidity()).with("revert", refused.reason().error());
      case EulerV2.Liquidation done ->
          table(done.liquidity())
              .with("discountFactorWad", done.discountFactorWad())
              .with("maxRepay", done.repay())
              .with("maxYield", done.yieldBalance())
              .with(
                  "socialisedDebt",
                  EulerV2.socialisedDebt(debt, collaterals, seized, done, parameters));
    };
  }

  private static Value.Table table(EulerV2.Liquidity liquidity) {
    return Value.Table.empty()
        .with("liabilityValue", liquidity.liabilityValue())
        .with("collateralAdjustedValue", liquidity.collateralAdjustedValue());
  }

  private static int seized(Inputs inputs, int count) {
    BigInteger index = inputs.integer("seizedIndex", BigInteger.ZERO);
    if (index.signum() < 0 || index.compareTo(BigInteger.valueOf(count)) >= 0) {
      throw new InputException(
          inputs.node(inputs.has("seizedIndex") ? "seizedIndex" : "collaterals").place(),
          "'seizedIndex' " + index + " names none of " + count + " collaterals; count from 0");
    }
    return index.intValueExact();
  }

  private static EulerV2.Collateral collateral(Inputs inputs) {
    return new EulerV2.Collateral(
        inputs.integer("balance"), inputs.integer("priceWad"), inputs.integer("liquidationLtvBps"));
  }

  private static EulerV2.Parameters parameters(Inputs inputs) {
    EulerV2.Parameters defaults = EulerV2.Parameters.DEFAULTS;
    return new EulerV2.Parameters(
        inputs.integer("maxLiquidationDiscountBps", defaults.maxDiscountBps()),
        defaults.coolOffSeconds(),
        inputs.integer("minSocialisedValue", defaults.minSocialisedValue()),
        inputs.flag("socialisesDebt", defaults.socialises()));
  }
}
