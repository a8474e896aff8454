package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import trimtab.rulebooks.lending.Silo;
import trimtab.rulebooks.lending.SiloV2;
import trimtab.rulebooks.lending.SiloV3;

/// The kinds of cases of silo-v2 and silo-v3.
final class SiloKinds {
  private SiloKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    Map<String, CaseKind> kinds =
        new HashMap<>(
            kinds(
                "silo-v2",
                SiloV2::estimateMaxRepayValue,
                SiloV2::maxLiquidationPreview,
                SiloV2::calculateCollateralsToLiquidate,
                SiloV2::splitReceiveCollateralToLiquidate));
    kinds.putAll(
        kinds(
            "silo-v3",
            SiloV3::estimateMaxRepayValue,
            SiloV3::maxLiquidationPreview,
            SiloV3::calculateCollateralsToLiquidate,
            SiloV3::splitReceiveCollateralToLiquidate));
    return Map.copyOf(kinds);
  }

  @FunctionalInterface
  private interface Estimate {
    BigInteger of(BigInteger debtValue, BigInteger collateralValue, Silo.Parameters parameters);
  }

  @FunctionalInterface
  private interface Preview {
    Silo.Values of(BigInteger collateralValue, BigInteger debtValue, Silo.Parameters parameters);
  }

  @FunctionalInterface
  private interface Seize {
    Silo.Seizure of(
        BigInteger debtValueToCover,
        BigInteger collateralValue,
        BigInteger collateralAssets,
        BigInteger feeWad);
  }

  @FunctionalInterface
  private interface Divide {
    Silo.Split of(BigInteger collateralToLiquidate, BigInteger protectedAssets);
  }

  private static Map<String, CaseKind> kinds(
      String venue, Estimate estimate, Preview preview, Seize seize, Divide divide) {
    return Map.of(
        venue + "/estimateMaxRepayValue",
        inputs -> estimate(inputs, estimate),
        venue + "/maxLiquidationPreview",
        inputs -> preview(inputs, preview),
        venue + "/calculateCollateralsToLiquidate",
        inputs -> seize(inputs, seize),
        venue + "/splitReceiveCollateralToLiquidate",
        inputs -> divide(inputs, divide));
  }

  private static Value.Table estimate(Inputs inputs, Estimate rule) {
    return Value.Table.empty()
        .with(
            "repayValue",
            rule.of(
                inputs.integer("debtValue"),
                inputs.integer("collateralValue"),
                parameters(inputs)));
  }

  private static Value.Table preview(Inputs inputs, Preview rule) {
    Silo.Values values =
        rule.of(inputs.integer("collateralValue"), inputs.integer("debtValue"), parameters(inputs));
    return Value.Table.empty()
        .with("collateralValue", values.collateralValue())
        .with("repayValue", values.repayValue());
  }

  private static Value.Table seize(Inputs inputs, Seize rule) {
    Silo.Seizure seizure =
        rule.of(
            inputs.integer("debtValueToCover"),
            inputs.integer("collateralValue"),
            inputs.integer("collateralAssets"),
            inputs.integer("liquidationFeeWad"));
    return Value.Table.empty()
        .with("collateralAssets", seizure.collateralAssets())
        .with("collateralValue", seizure.collateralValue());
  }

  private static Value.Table divide(Inputs inputs, Divide rule) {
    Silo.Split split =
        rule.of(inputs.integer("collateralToLiquidate"), inputs.integer("protectedAssets"));
    return Value.Table.empty()
        .with("fromCollateral", split.fromCollateral())
        .with("fromProtected", split.fromProtected());
  }

  private static Silo.Parameters parameters(Inputs inputs) {
    Silo.Parameters defaults = SiloV2.DEFAULTS;
    return new Silo.Parameters(
        defaults.liquidationThresholdWad(),
        inputs.integer("targetLtvWad"),
        inputs.integer("liquidationFeeWad"),
        inputs.integer("fullLiquidationThresholdWad", defaults.fullLiquidationThresholdWad()));
  }
}
