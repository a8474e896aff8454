package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;
import trimtab.rulebooks.number.Uint;

/// Silo v3: markets of two assets that lend to each other.
///
/// **Rule.** As Silo v2: a borrower whose loan-to-value is above the threshold may be liquidated
/// down to a target loan-to-value, for a fee on top of what is repaid; all of the debt where the
/// target cannot be reached or little would be left. New is liquidation **by defaulting**: once
/// loan-to-value is above the threshold by a further 2.5 percentage points, anyone may cancel the
/// debt that a liquidation would repay, without paying; the collateral goes to the debt asset's
/// lenders, less the keeper's part of the fee (20% of it).
///
/// | step | formula | rounding |
/// |---|---|---|
/// | loan-to-value | `debt value / collateral value` | up |
/// | trigger | `loan-to-value > threshold` | strict |
/// | repay value | `(D - target x C) / (1 - target x (1 + fee))` | product, quotient down |
/// | all of D | `D >= C`, target 0, divisor <= 0, or `repay / D > 90%` | quotient down |
/// | nothing | no debt, fee of 100% or more, or `target x C >= D` | exact |
/// | seized value | `min(C, repay + repay x fee)` | product down |
/// | value to assets | `value x total assets / total value` | down, at full width |
/// | forecast | seized assets less 2 base units, not below 0 | for two conversions of shares |
/// | defaulting: keeper's shares | `fee x 20% x shares / (1 + fee)` | down, down |
///
/// **Dust.** If more than 90% of the debt would be repaid, all of it must be; a liquidator who
/// offers less is refused.
///
/// **Order.** Protected collateral is seized first. **Scales.** Assets in base units, values as the
/// market's oracles quote them, ratios WAD.
///
/// **Bad debt.** As v2; by defaulting the lenders bear it, as their collateral is worth less than
/// the cancelled debt.
///
/// **Settlement.** Liquidation: the liquidator pays and receives the collateral or its shares.
/// Defaulting: redistribution to the lenders. Threshold, target and fee are each market's.
///
/// **Source.** silo-finance/silo-contracts-v3@a3c0e19e
/// `silo-core/contracts/hooks/liquidation/lib/PartialLiquidationLib.sol`, @0aee398d
/// `silo-core/contracts/hooks/liquidation/PartialLiquidation.sol` and
/// `silo-core/contracts/hooks/defaulting/PartialLiquidationByDefaulting.sol`. The checks before it
/// (`PartialLiquidationExecLib`) were read in v2.
public final class SiloV3 {
  /// The contract's threshold for full liquidation, with the target and the fee of the tests of v2
  /// and a threshold of 77.8%.
  public static final Silo.Parameters DEFAULTS = Silo.Parameters.ofThousandths(778, 700, 50, 900);

  /// How far above the threshold loan-to-value must be for defaulting, 2.5%.
  public static final BigInteger DEFAULTING_MARGIN_WAD =
      BigInteger.valueOf(25).multiply(BigInteger.TEN.pow(15));

  /// The keeper's part of the fee in defaulting, 20%.
  public static final BigInteger KEEPER_FEE_WAD = BigInteger.TWO.multiply(BigInteger.TEN.pow(17));

  private static final SiloLiquidation RULE = new SiloLiquidation(512);

  private SiloV3() {}

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

  /// A liquidation by defaulting: trigger at the threshold plus the margin (strict), size of the
  /// largest liquidation; the debt is cancelled, not paid.
  ///
  /// @param marginWad added to the threshold, see [#DEFAULTING_MARGIN_WAD]
  public static Silo.Outcome liquidateByDefaulting(
      Silo.Position position, Silo.Parameters parameters, BigInteger marginWad) {
    Silo.Parameters later =
        new Silo.Parameters(
            parameters.liquidationThresholdWad().add(marginWad),
            parameters.targetLtvWad(),
            parameters.liquidationFeeWad(),
            parameters.fullLiquidationThresholdWad());
    return RULE.liquidate(position, Uint.MAX, later);
  }

  /// The keeper's shares of collateral seized by defaulting, rounded down twice; the lenders
  /// receive the rest.
  ///
  /// @param shares shares of collateral that are seized
  /// @param feeWad liquidation fee
  /// @param keeperFeeWad the keeper's part of it, see [#KEEPER_FEE_WAD]
  public static BigInteger keeperShares(
      BigInteger shares, BigInteger feeWad, BigInteger keeperFeeWad) {
    return mulDivFloor(feeWad.multiply(keeperFeeWad), shares, WAD).divide(WAD.add(feeWad));
  }
}
