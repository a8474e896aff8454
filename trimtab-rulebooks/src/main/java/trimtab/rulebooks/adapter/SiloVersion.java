package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import trimtab.rulebooks.lending.Silo;
import trimtab.rulebooks.lending.SiloV2;
import trimtab.rulebooks.lending.SiloV3;

/// The versions of Silo.
public enum SiloVersion {
  /// Products fit 256 bits.
  V2,
  /// Products at full width; liquidation by defaulting.
  V3;

  BigInteger loanToValue(BigInteger debtValue, BigInteger collateralValue) {
    return switch (this) {
      case V2 -> SiloV2.loanToValue(debtValue, collateralValue);
      case V3 -> SiloV3.loanToValue(debtValue, collateralValue);
    };
  }

  boolean isSolvent(Silo.Position position, Silo.Parameters parameters) {
    return switch (this) {
      case V2 -> SiloV2.isSolvent(position, parameters);
      case V3 -> SiloV3.isSolvent(position, parameters);
    };
  }

  BigInteger estimateMaxRepayValue(Silo.Position position, Silo.Parameters parameters) {
    BigInteger debt = position.debtValue();
    BigInteger collateral = position.collateralValue();
    return switch (this) {
      case V2 -> SiloV2.estimateMaxRepayValue(debt, collateral, parameters);
      case V3 -> SiloV3.estimateMaxRepayValue(debt, collateral, parameters);
    };
  }

  Silo.Values maxLiquidationPreview(Silo.Position position, Silo.Parameters parameters) {
    BigInteger debt = position.debtValue();
    BigInteger collateral = position.collateralValue();
    return switch (this) {
      case V2 -> SiloV2.maxLiquidationPreview(collateral, debt, parameters);
      case V3 -> SiloV3.maxLiquidationPreview(collateral, debt, parameters);
    };
  }

  Silo.Assets maxLiquidation(Silo.Position position, Silo.Parameters parameters) {
    return switch (this) {
      case V2 -> SiloV2.maxLiquidation(position, parameters);
      case V3 -> SiloV3.maxLiquidation(position, parameters);
    };
  }

  Silo.Seizure collateralsToLiquidate(
      BigInteger repayValue, Silo.Position position, Silo.Parameters parameters) {
    BigInteger value = position.collateralValue();
    BigInteger assets = position.collateralAssets();
    BigInteger fee = parameters.liquidationFeeWad();
    return switch (this) {
      case V2 -> SiloV2.calculateCollateralsToLiquidate(repayValue, value, assets, fee);
      case V3 -> SiloV3.calculateCollateralsToLiquidate(repayValue, value, assets, fee);
    };
  }

  Silo.Split split(BigInteger collateralToLiquidate, BigInteger protectedAssets) {
    return switch (this) {
      case V2 -> SiloV2.splitReceiveCollateralToLiquidate(collateralToLiquidate, protectedAssets);
      case V3 -> SiloV3.splitReceiveCollateralToLiquidate(collateralToLiquidate, protectedAssets);
    };
  }

  Silo.Outcome liquidate(Silo.Position position, BigInteger most, Silo.Parameters parameters) {
    return switch (this) {
      case V2 -> SiloV2.liquidate(position, most, parameters);
      case V3 -> SiloV3.liquidate(position, most, parameters);
    };
  }
}
