package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.mulDivCeil;

import java.math.BigInteger;

/// Silo v2: markets of two assets that lend to each other.
///
/// **Rule.** A borrower whose loan-to-value is above the threshold may be liquidated down to a
/// target loan-to-value, for a fee on top of what is repaid. Where the target cannot be reached, or
/// little of the debt would be left, all of it is repaid.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | loan-to-value | `debt value / collateral value` | up |
/// | trigger | `loan-to-value > threshold` | strict |
/// | repay value | `(D - target x C) / (1 - target x (1 + fee))` | product, quotient down |
/// | all of D | `D >= C`, target 0, divisor <= 0, or `repay / D > 90%` | quotient down |
/// | nothing | no debt, fee of 100% or more, or `target x C >= D` | exact |
/// | seized value | `min(C, repay + repay x fee)` | product down |
/// | value to assets | `value x total assets / total value` | down, which must fit 256 bits |
/// | forecast | seized assets less 2 base units, not below 0 | for two conversions of shares |
///
/// **Dust.** If more than 90% of the debt would be repaid, all of it must be; a liquidator who
/// offers less is refused.
///
/// **Order.** Protected collateral is seized first. **Scales.** Assets in base units, values as the
/// market's oracles quote them, ratios WAD.
///
/// **Bad debt.** From a loan-to-value of 100% any amount may be repaid for the collateral there is;
/// what is left stays with the borrower, there is no write-off.
///
/// **Settlement.** The liquidator pays the debt asset and receives the collateral or its shares.
/// Threshold, target and fee are each market's; before the target was a setting it was 90% of the
/// threshold ([#targetOf]).
///
/// **Source.** silo-finance/silo-contracts-v2@b4208e9a and @9d4a099d
/// `silo-core/test/foundry/data-readers`;
/// `silo-core/contracts/utils/hook-receivers/liquidation/lib` (`PartialLiquidationLib`,
/// `PartialLiquidationExecLib`) as published for review in
/// code-423n4/2025-03-silo-finance@d4e77d7a.
public final class SiloV2 {
  /// The contract's threshold for full liquidation, with the target and the fee of its tests and a
  /// threshold of 77.8%, of which that target is 90%.
  public static final Silo.Parameters DEFAULTS = Silo.Parameters.ofThousandths(778, 700, 50, 900);

  private static final BigInteger TARGET_SHARE_WAD =
      BigInteger.valueOf(9).multiply(BigInteger.TEN.pow(17));
  private static final SiloLiquidation RULE = new SiloLiquidation(256);

  private SiloV2() {}

  /// Loan-to-value, WAD, rounded up.
  ///
  /// @throws ArithmeticException if the collateral has no value
  public static BigInteger loanToValue(BigInteger debtValue, BigInteger collateralValue) {
    return RULE.loanToValue(debtValue, collateralValue);
  }

  /// Trigger: whether loan-to-value is not above the threshold (equality is solvent). Without value
  /// on either side it is solvent; with debt against collateral without value it is not.
  public static boolean isSolvent(Silo.Position position, Silo.Parameters parameters) {
    return RULE.isSolvent(position, parameters.liquidationThresholdWad());
  }

  /// Size: the value that brings loan-to-value to the target, or all of the debt where the header
  /// says so; 0 where it is already there.
  ///
  /// @throws ArithmeticException if a value times 1e18 does not fit 256 bits
  public static BigInteger estimateMaxRepayValue(
      BigInteger debtValue, BigInteger collateralValue, Silo.Parameters parameters) {
    return RULE.estimateMaxRepayValue(debtValue, collateralValue, parameters);
  }

  /// Penalty: value (or assets) seized for value (or assets) repaid, the fee rounded down, at most
  /// all of the collateral.
  public static BigInteger collateralFor(
      BigInteger debtToCover, BigInteger collateral, BigInteger feeWad) {
    return RULE.collateralFor(debtToCover, collateral, feeWad);
  }

  /// The largest liquidation in values. It does not ask whether the borrower is solvent.
  public static Silo.Values maxLiquidationPreview(
      BigInteger collateralValue, BigInteger debtValue, Silo.Parameters parameters) {
    return RULE.maxLiquidationPreview(collateralValue, debtValue, parameters);
  }

  /// The largest liquidation in base units, as the contract forecasts it: 2 base units of
  /// collateral less than it may turn out. It does not ask whether the borrower is solvent.
  ///
  /// @throws ArithmeticException if the collateral or the debt has no value
  public static Silo.Assets maxLiquidation(Silo.Position position, Silo.Parameters parameters) {
    return RULE.maxLiquidation(position, parameters);
  }

  /// Collateral seized for a repaid value, in base units and value; all of it if the value of all
  /// of it is seized.
  public static Silo.Seizure calculateCollateralsToLiquidate(
      BigInteger debtValueToCover,
      BigInteger collateralValue,
      BigInteger collateralAssets,
      BigInteger feeWad) {
    return RULE.collateralsToLiquidate(debtValueToCover, collateralValue, collateralAssets, feeWad);
  }

  /// Order: the protected part first, the rest from the part that is lent on.
  public static Silo.Split splitReceiveCollateralToLiquidate(
      BigInteger collateralToLiquidate, BigInteger protectedAssets) {
    return RULE.split(collateralToLiquidate, protectedAssets);
  }

  /// The whole of a liquidation. At a loan-to-value of 100% or more any amount may be repaid; below
  /// it at most that of [#estimateMaxRepayValue], and all of the debt if that is all of the debt.
  ///
  /// @param maxDebtToCover the most that the liquidator repays, base units
  public static Silo.Outcome liquidate(
      Silo.Position position, BigInteger maxDebtToCover, Silo.Parameters parameters) {
    return RULE.liquidate(position, maxDebtToCover, parameters);
  }

  /// The target before it was a setting: 90% of the threshold, rounded up.
  public static BigInteger targetOf(BigInteger liquidationThresholdWad) {
    return mulDivCeil(liquidationThresholdWad, TARGET_SHARE_WAD, WAD);
  }
}
