package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.fit;
import static trimtab.rulebooks.number.Uint.minusOrZero;
import static trimtab.rulebooks.number.Uint.mulDivCeil;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;

/// What Silo v2 and v3 share; the versions differ in how wide a product may be.
///
/// @param productBits how many bits the product in a ratio may have
record SiloLiquidation(int productBits) {
  /// Base units by which a forecast of seized collateral is lowered.
  static final BigInteger UNDERESTIMATION = BigInteger.TWO;

  BigInteger valueToAssets(BigInteger value, BigInteger totalAssets, BigInteger totalValue) {
    if (value.multiply(totalAssets).bitLength() > productBits) {
      throw new ArithmeticException("a product of more than " + productBits + " bits");
    }
    return mulDivFloor(value, totalAssets, totalValue);
  }

  BigInteger loanToValue(BigInteger debtValue, BigInteger collateralValue) {
    return mulDivCeil(debtValue, WAD, collateralValue);
  }

  BigInteger estimateMaxRepayValue(
      BigInteger debtValue, BigInteger collateralValue, Silo.Parameters parameters) {
    BigInteger target = parameters.targetLtvWad();
    BigInteger fee = parameters.liquidationFeeWad();
    if (debtValue.signum() == 0 || fee.compareTo(WAD) >= 0) {
      return BigInteger.ZERO;
    }
    if (debtValue.compareTo(collateralValue) >= 0 || target.signum() == 0) {
      return debtValue;
    }
    BigInteger carried = fit(target.multiply(collateralValue));
    BigInteger scaledDebt = fit(debtValue.multiply(WAD));
    if (carried.compareTo(scaledDebt) >= 0) {
      return BigInteger.ZERO;
    }
    BigInteger perUnit = target.add(mulDivFloor(target, fee, WAD));
    if (perUnit.compareTo(WAD) >= 0) {
      return debtValue;
    }
    BigInteger repay = scaledDebt.subtract(carried).divide(WAD.subtract(perUnit));
    if (repay.compareTo(debtValue) > 0) {
      return debtValue;
    }
    boolean dust =
        fit(repay.multiply(WAD))
                .divide(debtValue)
                .compareTo(parameters.fullLiquidationThresholdWad())
            > 0;
    return dust ? debtValue : repay;
  }

  BigInteger collateralFor(BigInteger debt, BigInteger collateral, BigInteger feeWad) {
    BigInteger fee = fit(debt.multiply(feeWad)).divide(WAD);
    return fit(debt.add(fee)).min(collateral);
  }

  Silo.Values maxLiquidationPreview(
      BigInteger collateralValue, BigInteger debtValue, Silo.Parameters parameters) {
    BigInteger repay = estimateMaxRepayValue(debtValue, collateralValue, parameters);
    return new Silo.Values(
        collateralFor(repay, collateralValue, parameters.liquidationFeeWad()), repay);
  }

  Silo.Assets maxLiquidation(Silo.Position position, Silo.Parameters parameters) {
    Silo.Values values =
        maxLiquidationPreview(position.collateralValue(), position.debtValue(), parameters);
    BigInteger collateral =
        valueToAssets(
            values.collateralValue(), position.collateralAssets(), position.collateralValue());
    return new Silo.Assets(
        minusOrZero(collateral, UNDERESTIMATION),
        valueToAssets(values.repayValue(), position.debtAssets(), position.debtValue()));
  }

  Silo.Seizure collateralsToLiquidate(
      BigInteger debtValueToCover,
      BigInteger collateralValue,
      BigInteger collateralAssets,
      BigInteger feeWad) {
    BigInteger value = collateralFor(debtValueToCover, collateralValue, feeWad);
    return value.equals(collateralValue)
        ? new Silo.Seizure(collateralAssets, collateralValue)
        : new Silo.Seizure(valueToAssets(value, collateralAssets, collateralValue), value);
  }

  Silo.Split split(BigInteger collateralToLiquidate, BigInteger protectedAssets) {
    BigInteger fromProtected = collateralToLiquidate.min(protectedAssets);
    return new Silo.Split(collateralToLiquidate.subtract(fromProtected), fromProtected);
  }

  Silo.Outcome liquidate(
      Silo.Position position, BigInteger maxDebtToCover, Silo.Parameters parameters) {
    if (position.debtAssets().signum() == 0 || maxDebtToCover.signum() == 0) {
      return new Silo.Refused(Silo.Refusal.NO_DEBT_TO_COVER);
    }
    if (position.collateralAssets().signum() == 0) {
      return new Silo.Refused(Silo.Refusal.NO_COLLATERAL_TO_LIQUIDATE);
    }
    if (isSolvent(position, parameters.liquidationThresholdWad())) {
      return new Silo.Refused(Silo.Refusal.USER_IS_SOLVENT);
    }
    if (position.collateralValue().signum() == 0) {
      return new Silo.Refused(Silo.Refusal.UNKNOWN_RATIO);
    }
    BigInteger repay = debtToRepay(position, maxDebtToCover, parameters);
    BigInteger repayValue =
        repay.equals(position.debtAssets())
            ? position.debtValue()
            : valueToAssets(repay, position.debtValue(), position.debtAssets());
    BigInteger seizedValue =
        collateralFor(repayValue, position.collateralValue(), parameters.liquidationFeeWad());
    BigInteger seized =
        valueToAssets(seizedValue, position.collateralAssets(), position.collateralValue());
    if (seized.signum() == 0 || repay.signum() == 0) {
      return new Silo.Refused(Silo.Refusal.NO_REPAY_ASSETS);
    }
    if (repay.compareTo(maxDebtToCover) > 0) {
      return new Silo.Refused(Silo.Refusal.FULL_LIQUIDATION_REQUIRED);
    }
    return new Silo.Liquidated(
        seized,
        repay,
        ltvAfter(position, seizedValue, repayValue),
        split(seized, position.protectedAssets()));
  }

  boolean isSolvent(Silo.Position position, BigInteger thresholdWad) {
    if (position.collateralValue().signum() == 0) {
      return position.debtValue().signum() == 0;
    }
    return loanToValue(position.debtValue(), position.collateralValue()).compareTo(thresholdWad)
        <= 0;
  }

  private BigInteger debtToRepay(
      Silo.Position position, BigInteger maxDebtToCover, Silo.Parameters parameters) {
    if (loanToValue(position.debtValue(), position.collateralValue()).compareTo(WAD) >= 0) {
      return maxDebtToCover.min(position.debtAssets());
    }
    BigInteger maxValue =
        estimateMaxRepayValue(position.debtValue(), position.collateralValue(), parameters);
    if (maxValue.equals(position.debtValue())) {
      return position.debtAssets();
    }
    return maxDebtToCover.min(valueToAssets(maxValue, position.debtAssets(), position.debtValue()));
  }

  private BigInteger ltvAfter(
      Silo.Position position, BigInteger seizedValue, BigInteger repayValue) {
    BigInteger collateral = minusOrZero(position.collateralValue(), seizedValue);
    BigInteger debt = minusOrZero(position.debtValue(), repayValue);
    return collateral.signum() == 0 || debt.signum() == 0
        ? BigInteger.ZERO
        : loanToValue(debt, collateral);
  }
}
