package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import trimtab.rulebooks.lending.CompoundV2;
import trimtab.rulebooks.lending.CompoundV3;
import trimtab.rulebooks.lending.CompoundV3.Absorbed;
import trimtab.rulebooks.lending.CompoundV3.Absorption;
import trimtab.rulebooks.lending.CompoundV3.Base;
import trimtab.rulebooks.lending.CompoundV3.Collateral;
import trimtab.rulebooks.lending.CompoundV3.Purchase;
import trimtab.rulebooks.lending.CompoundV3.Reserves;
import trimtab.rulebooks.lending.CompoundV3.Sale;
import trimtab.rulebooks.number.Uint;

/// The kinds of cases of compound-v2 and compound-v3.
final class CompoundKinds {
  private CompoundKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "compound-v2/liquidateCalculateSeizeTokens", CompoundKinds::seizeTokens,
        "compound-v3/isLiquidatable", CompoundKinds::isLiquidatable,
        "compound-v3/absorb", CompoundKinds::absorb,
        "compound-v3/quoteCollateral", CompoundKinds::quote,
        "compound-v3/buyCollateral", CompoundKinds::buy);
  }

  private static Value.Table seizeTokens(Inputs inputs) {
    CompoundV2.Parameters defaults = CompoundV2.Parameters.DEFAULTS;
    CompoundV2.Parameters parameters =
        new CompoundV2.Parameters(
            defaults.closeFactorWad(),
            inputs.integer("liquidationIncentiveMantissa", defaults.liquidationIncentiveWad()),
            defaults.protocolSeizeShareWad());
    BigInteger tokens =
        CompoundV2.seizeTokens(
            inputs.integer("actualRepayAmount"),
            inputs.integer("priceBorrowedMantissa"),
            inputs.integer("priceCollateralMantissa"),
            inputs.integer("exchangeRateMantissa"),
            parameters);
    return Value.Table.empty().with("seizeTokens", tokens);
  }

  private static Value.Table isLiquidatable(Inputs inputs) {
    return liquidatable(
        CompoundV3.isLiquidatable(balance(inputs), base(inputs), collaterals(inputs)));
  }

  private static Value.Table absorb(Inputs inputs) {
    return switch (CompoundV3.absorb(balance(inputs), base(inputs), collaterals(inputs))) {
      case Absorption.Done(Absorbed absorbed) ->
          liquidatable(true)
              .with("newBalance", absorbed.newBalance())
              .with("basePaidOut", absorbed.basePaidOut());
      case Absorption.NotLiquidatable() -> liquidatable(false).with("revert", "NotLiquidatable");
    };
  }

  private static Value.Table quote(Inputs inputs) {
    return Value.Table.empty()
        .with(
            "collateralAmount",
            CompoundV3.quoteCollateral(inputs.integer("baseAmount"), base(inputs), sale(inputs)));
  }

  private static Value.Table buy(Inputs inputs) {
    Reserves reserves =
        new Reserves(
            inputs.integer("reserves"),
            inputs.integer("targetReserves"),
            inputs.integer("collateralReserves", Uint.MAX));
    Purchase purchase =
        CompoundV3.buyCollateral(
            inputs.integer("baseAmount"),
            inputs.integer("minAmount", BigInteger.ZERO),
            base(inputs),
            sale(inputs),
            reserves);
    return switch (purchase) {
      case Purchase.Sold(BigInteger amount, BigInteger after) ->
          Value.Table.empty().with("collateralAmount", amount).with("reservesAfter", after);
      case Purchase.Refused(CompoundV3.Refusal refusal) ->
          Value.Table.empty().with("revert", refusal.error());
    };
  }

  private static Value.Table liquidatable(boolean is) {
    return Value.Table.empty().with("isLiquidatable", is);
  }

  /// The files state a debt without its sign.
  private static BigInteger balance(Inputs inputs) {
    return inputs.integer("debt").negate();
  }

  private static Base base(Inputs inputs) {
    return new Base(inputs.integer("basePrice"), inputs.integer("baseScale"));
  }

  private static List<Collateral> collaterals(Inputs inputs) {
    return inputs.tables("assets").stream()
        .map(each ->
            new Collateral(
                each.integer("balance"),
                each.integer("price"),
                each.integer("scale"),
                each.integer("liquidateCollateralFactorWad"),
                each.integer("liquidationFactorWad", Uint.WAD)))
        .toList();
  }

  private static Sale sale(Inputs inputs) {
    return new Sale(
        inputs.integer("assetPrice"),
        inputs.integer("assetScale"),
        inputs.integer("liquidationFactorWad"),
        inputs.integer("storeFrontPriceFactorWad"));
  }
}
