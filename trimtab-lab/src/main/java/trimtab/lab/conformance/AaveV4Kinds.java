package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import trimtab.rulebooks.lending.AaveV4;
import trimtab.rulebooks.lending.AaveV4.Account;
import trimtab.rulebooks.lending.AaveV4.Amounts;
import trimtab.rulebooks.lending.AaveV4.Answer;
import trimtab.rulebooks.lending.AaveV4.Asset;
import trimtab.rulebooks.lending.AaveV4.Circumstances;
import trimtab.rulebooks.lending.AaveV4.CollateralConfig;
import trimtab.rulebooks.lending.AaveV4.Drawn;
import trimtab.rulebooks.lending.AaveV4.Hub;
import trimtab.rulebooks.lending.AaveV4.Parameters;
import trimtab.rulebooks.lending.AaveV4.Refusal;
import trimtab.rulebooks.lending.AaveV4.SpokeConfig;
import trimtab.rulebooks.lending.AaveV4.Supplied;
import trimtab.rulebooks.number.Uint;

/// The kinds of cases of aave-v4.
final class AaveV4Kinds {
  private AaveV4Kinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "aave-v4/debtToTargetHealthFactorRay", AaveV4Kinds::debtToTarget,
        "aave-v4/liquidationBonusBps", AaveV4Kinds::bonus,
        "aave-v4/collateralSharesToLiquidate", AaveV4Kinds::collateralShares,
        "aave-v4/liquidationAmounts", AaveV4Kinds::amounts);
  }

  private static Value.Table debtToTarget(Inputs inputs) {
    BigInteger debtRay =
        AaveV4.debtToTargetRay(
            account(inputs),
            inputs.integer("debtAssetUnit"),
            inputs.integer("debtAssetPrice"),
            inputs.integer("collateralFactorBps"),
            inputs.integer("liquidationBonusBps"),
            inputs.integer("targetHealthFactorWad"));
    return Value.Table.empty().with("debtRay", debtRay);
  }

  private static Value.Table bonus(Inputs inputs) {
    BigInteger bps =
        AaveV4.liquidationBonusBps(
            inputs.integer("healthFactorWad"),
            inputs.integer("maxLiquidationBonusBps"),
            spoke(inputs));
    return Value.Table.empty().with("liquidationBonusBps", bps);
  }

  private static Value.Table collateralShares(Inputs inputs) {
    BigInteger drawn =
        inputs.integer("drawnShares").multiply(inputs.integer("drawnIndexRay", Uint.RAY));
    BigInteger shares =
        AaveV4.collateralShares(
            drawn.add(inputs.integer("premiumDebtRay", BigInteger.ZERO)),
            inputs.integer("debtUnit"),
            inputs.integer("debtPrice"),
            inputs.integer("collateralUnit"),
            inputs.integer("collateralPrice"),
            inputs.integer("liquidationBonusBps"),
            hub(inputs));
    return Value.Table.empty().with("collateralShares", shares);
  }

  private static Value.Table amounts(Inputs inputs) {
    Supplied supplied =
        new Supplied(
            asset(inputs, "collateral"),
            inputs.integer("suppliedShares"),
            hub(inputs),
            new CollateralConfig(
                inputs.integer("collateralFactorBps"),
                inputs.integer("maxLiquidationBonusBps"),
                inputs.integer("liquidationFeeBps", BigInteger.ZERO)));
    Drawn drawn =
        new Drawn(
            asset(inputs, "debt"),
            inputs.integer("drawnShares"),
            inputs.integer("premiumDebtRay", BigInteger.ZERO),
            inputs.integer("drawnIndexRay", Uint.RAY));
    Account account = account(inputs);
    BigInteger cover = inputs.integer("debtToCover");
    Parameters parameters = parameters(inputs);
    Optional<Refusal> refusal =
        AaveV4.refusal(supplied, drawn, account, cover, Circumstances.CLEAR, parameters);
    return refusal.isPresent()
        ? revert(refusal.get())
        : table(
            AaveV4.liquidationAmounts(supplied, drawn, account, cover, spoke(inputs), parameters));
  }

  private static Value.Table table(Answer answer) {
    return switch (answer) {
      case Answer.Liquidated(Amounts amounts) ->
          Value.Table.empty()
              .with("liquidationBonusBps", amounts.liquidationBonusBps())
              .with("collateralSharesToLiquidate", amounts.sharesToLiquidate())
              .with("collateralSharesToLiquidator", amounts.sharesToLiquidator())
              .with("drawnSharesToLiquidate", amounts.repayment().drawnShares())
              .with("premiumDebtRayToLiquidate", amounts.repayment().premiumDebtRay())
              .with("assetsPaid", amounts.assetsPaid());
      case Answer.Refused(Refusal refusal) -> revert(refusal);
    };
  }

  private static Value.Table revert(Refusal refusal) {
    return Value.Table.empty().with("revert", refusal.error());
  }

  private static Account account(Inputs inputs) {
    return new Account(inputs.integer("healthFactorWad"), inputs.integer("totalDebtValueRay"));
  }

  /// The settings of the spoke; a case of the bonus alone has no target.
  private static SpokeConfig spoke(Inputs inputs) {
    return new SpokeConfig(
        inputs.integer("targetHealthFactorWad", Uint.WAD),
        inputs.integer("healthFactorForMaxBonusWad"),
        inputs.integer("liquidationBonusFactorBps"));
  }

  private static Parameters parameters(Inputs inputs) {
    Parameters defaults = Parameters.DEFAULTS;
    return new Parameters(
        defaults.liquidationHealthWad(),
        inputs.integer("dustLiquidationThreshold", defaults.dustValue()),
        defaults.feeRounding());
  }

  private static Hub hub(Inputs inputs) {
    return new Hub(
        inputs.integer("hubTotalAddedAssets"),
        inputs.integer("hubTotalAddedShares"),
        inputs.integer("hubVirtualOffset", Hub.VIRTUAL_OFFSET));
  }

  private static Asset asset(Inputs inputs, String side) {
    return new Asset(
        inputs.integer(side + "Decimals").intValueExact(), inputs.integer(side + "Price"));
  }
}
