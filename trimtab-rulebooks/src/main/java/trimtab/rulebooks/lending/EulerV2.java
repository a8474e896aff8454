package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.BPS;
import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;
import java.util.List;
import trimtab.rulebooks.number.Uint;

/// Euler v2 (Euler vault kit): vaults that lend one asset against shares of other vaults.
///
/// **Rule.** An account is in violation when the value of its collaterals, each times its
/// liquidation loan-to-value (LTV), is not above the value of its debt; **equality is in
/// violation** (at a discount of 0). The health score is the ratio of the two. A liquidator names
/// one collateral and takes over debt up to all of it, receiving collateral at a discount of `1 -
/// health score`, at most the vault's maximum. If that collateral cannot cover all of the debt at
/// the discount, it is seized whole and the debt taken over is what it covers. A smaller amount
/// receives its share of the collateral. Collateral without value can be taken whole for nothing.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | values | `amount x price / 1e18`, mid prices | down |
/// | adjusted | `sum(value x LTV / 1e4)` | down, each |
/// | trigger | `adjusted <= liability` | equality violates |
/// | discount factor | `max(adjusted x 1e18 / liability, 1e18 - 1e18 x maximum / 1e4)` | down |
/// | yield value | `liability x 1e18 / discount factor` | down |
/// | value below that | repay value `value x discount factor / 1e18`, yield value `value` | down |
/// | repay | `repay value x debt / liability` | down |
/// | yield | `yield value x balance / value` | down |
/// | partial yield | `desired x yield / repay` | down |
///
/// Rounding may give nothing for something: all collateral for 0 repaid, or 0 collateral for all.
///
/// **Scales.** Debt in base units of the vault's asset, collateral in base units of the collateral
/// vault's shares, values in units of account (as the oracle quotes), price WAD: units of account
/// per base unit x 1e18. Where the debt is the unit of account its price is 1e18.
///
/// **Fee, dust.** None. **Order.** The liquidator's choice of the collateral.
///
/// **Bad debt.** What is left of the debt is written off against the depositors if every collateral
/// is exactly 0 afterwards, the liability was worth at least 1e6 units of account, and the vault
/// has not switched this off. Dust of any collateral blocks it.
///
/// **Settlement.** The liquidator inherits the debt and receives the vault shares; its own account
/// must be healthy at the end of the batch, in which it usually repays. Reverts that depend on the
/// batch (liquidating oneself, a collateral that is not recognised or enabled, a deferred check of
/// the violator's account) are the caller's to exclude.
///
/// **Source.** euler-xyz/euler-vault-kit@5b98b420 `src/EVault/modules/Liquidation.sol`,
/// `src/EVault/shared/LiquidityUtils.sol`, tests `test/unit/evault/modules/Liquidation`,
/// `docs/whitepaper.md` ("Liquidation"). The maximum discount and the cool-off are set by each
/// vault's governor; the former was a constant of 20% before that.
public final class EulerV2 {
  /// A desired repayment of as much as possible, as callers of the contract write it.
  public static final BigInteger AS_MUCH_AS_POSSIBLE = Uint.MAX;

  /// A vault's settings.
  ///
  /// @param maxDiscountBps highest discount, basis points, below 10,000
  /// @param coolOffSeconds seconds after a successful status check in which the account cannot be
  ///   liquidated
  /// @param minSocialisedValue least value of the liability whose rest is written off, units of
  ///   account
  /// @param socialises whether the rest is written off at all
  public record Parameters(
      BigInteger maxDiscountBps,
      BigInteger coolOffSeconds,
      BigInteger minSocialisedValue,
      boolean socialises) {
    /// 20% as in the tests, no cool-off, the contract's floor of 1e6.
    public static final Parameters DEFAULTS =
        new Parameters(
            BigInteger.valueOf(2_000), BigInteger.ZERO, BigInteger.valueOf(1_000_000), true);

    /// The same with another maximum discount.
    public Parameters withMaxDiscountBps(BigInteger maxDiscountBps) {
      return new Parameters(maxDiscountBps, coolOffSeconds, minSocialisedValue, socialises);
    }
  }

  /// A debt.
  ///
  /// @param amount base units, interest accrued, rounded up
  /// @param priceWad units of account per base unit x 1e18
  public record Debt(BigInteger amount, BigInteger priceWad) {
    BigInteger value() {
      return EulerV2.value(amount, priceWad);
    }
  }

  /// One enabled collateral.
  ///
  /// @param balance base units of the vault's shares
  /// @param priceWad units of account per base unit x 1e18
  /// @param liquidationLtvBps liquidation loan-to-value now (it may be ramping down)
  public record Collateral(BigInteger balance, BigInteger priceWad, BigInteger liquidationLtvBps) {
    BigInteger value() {
      return EulerV2.value(balance, priceWad);
    }
  }

  /// The two sides of the health score, units of account.
  public record Liquidity(BigInteger collateralAdjustedValue, BigInteger liabilityValue) {}

  /// Why the contract reverts, by its own name of the error.
  public enum Refusal {
    /// The account's last successful status check is too recent.
    LIQUIDATION_COOL_OFF("E_LiquidationCoolOff"),
    /// More was desired than may be repaid.
    EXCESSIVE_REPAY_AMOUNT("E_ExcessiveRepayAmount"),
    /// Less collateral than the liquidator asked for.
    MIN_YIELD("E_MinYield");

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
  public record Refused(Refusal reason, Liquidity liquidity) implements Outcome {}

  /// It goes through, with nothing to do for a healthy account.
  ///
  /// @param liquidity what the verdict was made of
  /// @param discountFactorWad 1e18 less the discount; 1e18 for a healthy account
  /// @param repay debt that the liquidator takes over, base units
  /// @param yieldBalance collateral that it receives, base units
  public record Liquidation(
      Liquidity liquidity, BigInteger discountFactorWad, BigInteger repay, BigInteger yieldBalance)
      implements Outcome {}

  private EulerV2() {}

  /// Value in units of account, rounded down.
  public static BigInteger value(BigInteger amount, BigInteger priceWad) {
    return mulDivFloor(amount, priceWad, WAD);
  }

  /// Value of the collaterals at their liquidation LTVs and of the debt.
  public static Liquidity liquidity(Debt debt, List<Collateral> collaterals) {
    BigInteger sum = BigInteger.ZERO;
    for (Collateral each : collaterals) {
      sum = sum.add(mulDivFloor(each.value(), each.liquidationLtvBps(), BPS));
    }
    return new Liquidity(sum, debt.value());
  }

  /// Trigger: the adjusted value is not above the liability. Equality is in violation.
  public static boolean isViolation(Liquidity liquidity) {
    return liquidity.collateralAdjustedValue().compareTo(liquidity.liabilityValue()) <= 0;
  }

  /// Penalty: 1e18 less the discount, which is `1 - health score`, at most the vault's maximum.
  ///
  /// @throws ArithmeticException if the liability has no value
  public static BigInteger discountFactor(Liquidity liquidity, Parameters parameters) {
    BigInteger score =
        mulDivFloor(liquidity.collateralAdjustedValue(), WAD, liquidity.liabilityValue());
    return score.max(WAD.subtract(mulDivFloor(WAD, parameters.maxDiscountBps(), BPS)));
  }

  /// Size: the most debt that can be taken over for one collateral and what it yields; zeros for an
  /// account that is healthy or without debt.
  ///
  /// @param seized index of the collateral
  /// @throws ArithmeticException if a debt and all collaterals are without value
  public static Liquidation maxLiquidation(
      Debt debt, List<Collateral> collaterals, int seized, Parameters parameters) {
    Liquidity liquidity = liquidity(debt, collaterals);
    if (debt.amount().signum() == 0 || !isViolation(liquidity)) {
      return new Liquidation(liquidity, WAD, BigInteger.ZERO, BigInteger.ZERO);
    }
    BigInteger factor = discountFactor(liquidity, parameters);
    BigInteger balance = collaterals.get(seized).balance();
    BigInteger value = collaterals.get(seized).value();
    if (value.signum() == 0) {
      return new Liquidation(liquidity, factor, BigInteger.ZERO, balance);
    }
    BigInteger repayValue = liquidity.liabilityValue();
    BigInteger yieldValue = mulDivFloor(repayValue, WAD, factor);
    if (value.compareTo(yieldValue) < 0) {
      repayValue = mulDivFloor(value, factor, WAD);
      yieldValue = value;
    }
    return new Liquidation(
        liquidity,
        factor,
        mulDivFloor(repayValue, debt.amount(), liquidity.liabilityValue()),
        mulDivFloor(yieldValue, balance, value));
  }

  /// A liquidation of a desired amount: the yield is the same share of the largest yield, rounded
  /// down. More than the largest is refused.
  ///
  /// @param desiredRepay base units of the debt, or [#AS_MUCH_AS_POSSIBLE]
  /// @param minYieldBalance least collateral that the liquidator accepts, base units
  public static Outcome liquidate(
      Debt debt,
      List<Collateral> collaterals,
      int seized,
      Parameters parameters,
      BigInteger desiredRepay,
      BigInteger minYieldBalance) {
    Liquidation max = maxLiquidation(debt, collaterals, seized, parameters);
    Liquidation done = max;
    if (!desiredRepay.equals(AS_MUCH_AS_POSSIBLE) && debt.amount().signum() > 0) {
      if (desiredRepay.compareTo(max.repay()) > 0) {
        return new Refused(Refusal.EXCESSIVE_REPAY_AMOUNT, max.liquidity());
      }
      if (max.repay().signum() > 0) {
        done =
            new Liquidation(
                max.liquidity(),
                max.discountFactorWad(),
                desiredRepay,
                mulDivFloor(desiredRepay, max.yieldBalance(), max.repay()));
      }
    }
    return minYieldBalance.compareTo(done.yieldBalance()) > 0
        ? new Refused(Refusal.MIN_YIELD, max.liquidity())
        : done;
  }

  /// Whether the account is cooling off: less than so many seconds have passed since its last
  /// successful status check (strictly).
  public static boolean isCoolingOff(
      BigInteger nowSeconds, BigInteger lastCheckSeconds, Parameters parameters) {
    return nowSeconds.compareTo(lastCheckSeconds.add(parameters.coolOffSeconds())) < 0;
  }

  /// Bad debt: base units of debt that are written off after a liquidation, 0 unless every
  /// collateral is gone.
  public static BigInteger socialisedDebt(
      Debt debt,
      List<Collateral> collaterals,
      int seized,
      Liquidation done,
      Parameters parameters) {
    if (!parameters.socialises()
        || done.liquidity().liabilityValue().compareTo(parameters.minSocialisedValue()) < 0) {
      return BigInteger.ZERO;
    }
    for (int i = 0; i < collaterals.size(); i++) {
      BigInteger balance = collaterals.get(i).balance();
      BigInteger left = i == seized ? balance.subtract(done.yieldBalance()) : balance;
      if (left.signum() > 0) {
        return BigInteger.ZERO;
      }
    }
    return debt.amount().subtract(done.repay());
  }
}
