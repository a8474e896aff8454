package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.mulDivCeil;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;

/// Mars (red bank and credit manager): repay up to a target health factor.
///
/// **Rule.** An account is liquidatable when its liquidation health factor (HF) is below 1. The
/// liquidator names one debt and one collateral. Repaid is the least of: the debt of that coin,
/// what is asked for, what brings the account to the target health factor (THF), and what the
/// collateral pays for with its bonus. The bonus grows as HF falls and is capped so that the
/// account's other lenders are not made worse, but never below the coin's minimum. The protocol
/// keeps a part of the bonus.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | HF | `adjusted collateral / debt` | down |
/// | trigger | `HF < 1` | strict |
/// | bonus (LB) | `min(start + slope x (1 - HF), max(min(CR - 1, max), min))` | down |
/// | to the target | `(THF x debt - adjusted) / (THF - LT x (1 + LB)) / price` | down, each |
/// | by the collateral | `collateral x price / (1 + LB) / debt price` | down, each |
/// | seized | `repaid x debt price x (1 + LB) / collateral price` | down, each |
/// | protocol | `seized x LB x fee` | down, then up |
/// | liquidator | `seized - protocol` | |
///
/// LT is the liquidation threshold of the seized collateral, CR the ratio of all collateral to all
/// debt (0 is taken for `CR - 1` below 1). Something for nothing, either way, is refused; both 0
/// passes.
///
/// **Scales.** Amounts in base units, values in units of the oracle, all 128 bits; rates, prices
/// and factors 18 decimals (WAD).
///
/// **Order.** The liquidator's choice of both coins. **Dust.** None but the refusal above. **Bad
/// debt.** No rule here: debt without collateral stays.
///
/// **Settlement.** The liquidator pays.
///
/// **Source.** mars-protocol/contracts@51217176 `packages/liquidation/src/liquidation.rs`. The
/// trigger is documented only: that file is given an account that is liquidatable. Where HF is
/// above 1, or a target cannot be reached because THF is not above `LT x (1 + LB)`, the contract
/// panics, which is an error here.
public final class Mars {
  private static final int AMOUNT_BITS = 128;

  /// The terms of a collateral coin and of the protocol.
  ///
  /// @param liquidationThresholdWad LT
  /// @param targetHealthFactorWad THF
  /// @param startingBonusWad bonus at a health factor of 1
  /// @param slopeWad how much of `1 - HF` the bonus adds
  /// @param minBonusWad lowest cap
  /// @param maxBonusWad highest cap
  /// @param protocolFeeWad the protocol's part of the bonus
  public record Parameters(
      BigInteger liquidationThresholdWad,
      BigInteger targetHealthFactorWad,
      BigInteger startingBonusWad,
      BigInteger slopeWad,
      BigInteger minBonusWad,
      BigInteger maxBonusWad,
      BigInteger protocolFeeWad) {
    /// As the cases have it: 80%, 1.1, 0, 2, 2%, 10%, 10%; each coin has its own.
    public static final Parameters DEFAULTS =
        new Parameters(
            percent(80),
            percent(110),
            BigInteger.ZERO,
            percent(200),
            percent(2),
            percent(10),
            percent(10));

    private static BigInteger percent(long percent) {
      return BigInteger.valueOf(percent).multiply(BigInteger.TEN.pow(16));
    }
  }

  /// An account's health.
  ///
  /// @param healthFactorWad liquidation health factor
  /// @param totalCollateralValue value of all collateral
  /// @param totalDebtValue value of all debt
  /// @param adjustedCollateral value of all collateral, each times its threshold
  public record Health(
      BigInteger healthFactorWad,
      BigInteger totalCollateralValue,
      BigInteger totalDebtValue,
      BigInteger adjustedCollateral) {}

  /// One coin of an account.
  ///
  /// @param amount base units
  /// @param priceWad value per base unit
  public record Leg(BigInteger amount, BigInteger priceWad) {}

  /// What a liquidation does.
  public sealed interface Outcome {}

  /// It is refused: one of the two amounts is 0 and the other is not.
  public record OneSided(BigInteger debtRepaid, BigInteger collateralSeized) implements Outcome {}

  /// It goes through.
  ///
  /// @param bonusWad liquidation bonus
  /// @param maxDebtRepayableValue what brings the account to the target, in value
  /// @param maxDebtRepayable the same in base units of the debt
  /// @param debtRepaid what the liquidator pays
  /// @param collateralSeized what leaves the account
  /// @param toLiquidator what the liquidator receives
  /// @param protocolFee what the protocol keeps
  public record Liquidated(
      BigInteger bonusWad,
      BigInteger maxDebtRepayableValue,
      BigInteger maxDebtRepayable,
      BigInteger debtRepaid,
      BigInteger collateralSeized,
      BigInteger toLiquidator,
      BigInteger protocolFee)
      implements Outcome {}

  private Mars() {}

  /// The health factor: rounded down.
  ///
  /// @throws ArithmeticException if there is no debt
  public static BigInteger healthFactor(BigInteger adjustedCollateral, BigInteger totalDebtValue) {
    return mulDivFloor(adjustedCollateral, WAD, totalDebtValue);
  }

  /// Trigger: whether the health factor is below 1.
  public static boolean isLiquidatable(BigInteger healthFactorWad) {
    return healthFactorWad.compareTo(WAD) < 0;
  }

  /// Penalty: the bonus on the repaid value.
  ///
  /// @return WAD
  /// @throws ArithmeticException if the health factor is above 1 or there is no debt
  public static BigInteger bonus(Health health, Parameters parameters) {
    BigInteger ratio = mulDivFloor(health.totalCollateralValue(), WAD, health.totalDebtValue());
    BigInteger over = ratio.subtract(WAD).max(BigInteger.ZERO);
    BigInteger cap = over.min(parameters.maxBonusWad()).max(parameters.minBonusWad());
    BigInteger grown =
        mulDivFloor(parameters.slopeWad(), WAD.subtract(health.healthFactorWad()), WAD);
    return parameters.startingBonusWad().add(grown).min(cap);
  }

  /// Size: the value whose repayment brings the account to the target.
  ///
  /// @throws ArithmeticException if the account is above the target, or if no repayment reaches it
  public static BigInteger maxDebtRepayableValue(
      Health health, BigInteger bonusWad, Parameters parameters) {
    BigInteger target = parameters.targetHealthFactorWad();
    BigInteger missing =
        mulDivFloor(health.totalDebtValue(), target, WAD).subtract(health.adjustedCollateral());
    BigInteger lost = mulDivFloor(parameters.liquidationThresholdWad(), WAD.add(bonusWad), WAD);
    return amount(mulDivFloor(missing, WAD, target.subtract(lost)));
  }

  /// The whole of a liquidation, without regard to the trigger.
  ///
  /// @param requested base units of the debt that the liquidator wants to repay
  /// @throws ArithmeticException where the contract panics or overflows
  public static Outcome liquidate(
      Leg collateral, Leg debt, BigInteger requested, Health health, Parameters parameters) {
    BigInteger bonus = bonus(health, parameters);
    BigInteger factor = WAD.add(bonus);
    BigInteger toTarget = maxDebtRepayableValue(health, bonus, parameters);
    BigInteger most = amount(mulDivFloor(toTarget, WAD, debt.priceWad()));
    BigInteger worth = amount(mulDivFloor(collateral.amount(), collateral.priceWad(), WAD));
    BigInteger covered = amount(mulDivFloor(mulDivFloor(worth, WAD, factor), WAD, debt.priceWad()));
    BigInteger repaid = debt.amount().min(requested).min(most).min(covered);
    BigInteger value = mulDivFloor(mulDivFloor(repaid, debt.priceWad(), WAD), factor, WAD);
    BigInteger seized = amount(mulDivFloor(value, WAD, collateral.priceWad()));
    if (repaid.signum() != seized.signum()) {
      return new OneSided(repaid, seized);
    }
    BigInteger fee = mulDivCeil(mulDivFloor(seized, bonus, WAD), parameters.protocolFeeWad(), WAD);
    return new Liquidated(bonus, toTarget, most, repaid, seized, seized.subtract(fee), fee);
  }

  /// An amount as the contract holds it.
  private static BigInteger amount(BigInteger value) {
    if (value.bitLength() > AMOUNT_BITS) {
      throw new ArithmeticException("more than 128 bits: " + value);
    }
    return value;
  }
}
