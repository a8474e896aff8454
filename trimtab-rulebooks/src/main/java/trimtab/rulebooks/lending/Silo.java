package trimtab.rulebooks.lending;

import java.math.BigInteger;

/// What the functions of [SiloV2] and [SiloV3] take and return.
public final class Silo {
  private Silo() {}

  /// A market's settings, WAD.
  ///
  /// @param liquidationThresholdWad loan-to-value up to which a borrower is solvent
  /// @param targetLtvWad loan-to-value that a liquidation aims for; 0: always all of the debt
  /// @param liquidationFeeWad share of the repaid value that the liquidator receives on top
  /// @param fullLiquidationThresholdWad share of the debt above which all of it must be repaid
  public record Parameters(
      BigInteger liquidationThresholdWad,
      BigInteger targetLtvWad,
      BigInteger liquidationFeeWad,
      BigInteger fullLiquidationThresholdWad) {
    static Parameters ofThousandths(long threshold, long target, long fee, long full) {
      return new Parameters(wad(threshold), wad(target), wad(fee), wad(full));
    }

    private static BigInteger wad(long thousandths) {
      return BigInteger.valueOf(thousandths).multiply(BigInteger.TEN.pow(15));
    }
  }

  /// A borrower's position: one collateral asset, of which a part may be protected (not lent on),
  /// and one debt asset. Assets in base units, values as the market's oracles quote them.
  ///
  /// @param collateralAssets collateral with the protected part
  /// @param protectedAssets the protected part
  public record Position(
      BigInteger collateralAssets,
      BigInteger protectedAssets,
      BigInteger collateralValue,
      BigInteger debtAssets,
      BigInteger debtValue) {}

  /// A forecast in values.
  ///
  /// @param collateralValue value that is seized
  /// @param repayValue value that is repaid
  public record Values(BigInteger collateralValue, BigInteger repayValue) {}

  /// A forecast in base units.
  ///
  /// @param collateralAssets collateral that is seized
  /// @param debtAssets debt that is repaid
  public record Assets(BigInteger collateralAssets, BigInteger debtAssets) {}

  /// Collateral that is seized.
  ///
  /// @param collateralAssets base units
  /// @param collateralValue its value
  public record Seizure(BigInteger collateralAssets, BigInteger collateralValue) {}

  /// From which of the two parts of the collateral is seized, base units.
  public record Split(BigInteger fromCollateral, BigInteger fromProtected) {}

  /// Why the contract reverts, by its own name of the error.
  public enum Refusal {
    /// No debt, or none to repay.
    NO_DEBT_TO_COVER("NoDebtToCover"),
    /// Loan-to-value is not above the threshold.
    USER_IS_SOLVENT("UserIsSolvent"),
    /// No collateral: that would be a repayment.
    NO_COLLATERAL_TO_LIQUIDATE("NoCollateralToLiquidate"),
    /// The collateral has no value.
    UNKNOWN_RATIO("UnknownRatio"),
    /// One of the two amounts rounds to 0.
    NO_REPAY_ASSETS("NoRepayAssets"),
    /// All of the debt must be repaid, and the liquidator offered less.
    FULL_LIQUIDATION_REQUIRED("FullLiquidationRequired");

    private final String error;

    Refusal(String error) {
      this.error = error;
    }

    /// The contract's name of the error.
    public String error() {
      return error;
    }
  }

  /// What a liquidation does.
  public sealed interface Outcome {}

  /// It reverts.
  public record Refused(Refusal reason) implements Outcome {}

  /// It goes through.
  ///
  /// @param collateralAssets collateral seized, base units
  /// @param debtAssets debt repaid, base units
  /// @param ltvAfterWad loan-to-value afterwards, rounded up; 0 if no collateral or no debt is left
  /// @param split where the collateral comes from
  public record Liquidated(
      BigInteger collateralAssets, BigInteger debtAssets, BigInteger ltvAfterWad, Split split)
      implements Outcome {}
}
