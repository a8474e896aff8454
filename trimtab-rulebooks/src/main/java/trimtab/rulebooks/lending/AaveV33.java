package trimtab.rulebooks.lending;

import java.math.BigInteger;
import java.util.List;
import trimtab.rulebooks.lending.AaveV3.Account;
import trimtab.rulebooks.lending.AaveV3.Allowed;
import trimtab.rulebooks.lending.AaveV3.Answer;
import trimtab.rulebooks.lending.AaveV3.Collateral;
import trimtab.rulebooks.lending.AaveV3.Debt;
import trimtab.rulebooks.lending.AaveV3.Pair;
import trimtab.rulebooks.lending.AaveV3.Parameters;
import trimtab.rulebooks.lending.AaveV3.Seizure;
import trimtab.rulebooks.lending.AaveV3.Totals;
import trimtab.rulebooks.number.Uint;

/// Aave v3.3: the close factor looks at the whole account, dust is forbidden, bad debt burned.
///
/// - **Trigger** and **health**: as [AaveV30].
/// - **How much**: the whole debt of the reserve. Only where the collateral of the pair and its
///   debt are both worth 2000e8 or more and health is above 0.95: no more than `half-up(total debt
///   x 50%)` in the base currency, `floor` in the token; the base is the debt of the *whole*
///   account.
/// - **Order**: the liquidator chooses debt and collateral.
/// - **Price** and **fee**: as [AaveV30], all half up.
/// - **Dust**: unless the debt of the reserve or the collateral is emptied, both must keep 1000e8
///   or more (values floor, the fee counts as gone), else `MustNotLeaveDust` (a code before 3.4).
/// - **Bad debt**: if what is seized is worth as much as all collateral of the account, its debts
///   in all active reserves are burned into the reserves' deficits ([AaveV3#deficits]).
///
/// Scales: tokens in base units, prices and values 8 decimals, health wad, percentages bps.
///
/// Source: aave/aave-v3-origin@400917a2504e346dfd74b3d6c6335dbba33563c3
/// `src/contracts/protocol/libraries/logic/LiquidationLogic.sol` and `GenericLogic.sol`; examples
/// in `docs/3.3/Aave-v3.3-features.md`. This version still rounds the repayment that a whole
/// collateral pays for half up and debt values floor; 3.6 rounds both up. Documented only: grace
/// periods after a pause; positions that were bad before 3.3 are not cleaned. Bonus, threshold and
/// fee of a reserve are the market's: arguments.
public final class AaveV33 {
  private static final AaveV3Steps STEPS =
      new AaveV3Steps(
          AaveV3Division.FLOOR,
          AaveV3Division.HALF_UP,
          AaveV3Division.HALF_UP,
          AaveV3Division.HALF_UP,
          AaveV3Division.HALF_UP);

  private AaveV33() {}

  /// Values and health factor of an account.
  public static Totals totals(List<Collateral> collaterals, List<Debt> debts) {
    return STEPS.totalsByAverage(collaterals, debts);
  }

  /// Whether an account can be liquidated: strictly below the threshold, and not held back.
  ///
  /// @param sentinelAllows true where the pool has no sentinel
  public static boolean isLiquidatable(
      BigInteger healthFactorWad, boolean sentinelAllows, Parameters parameters) {
    return !AaveV3Steps.sentinelBlocks(healthFactorWad, sentinelAllows)
        && healthFactorWad.compareTo(parameters.liquidationHealthWad()) < 0;
  }

  /// The share of the account's whole debt that one call may repay: the close factor, or all where
  /// it does not apply to the pair.
  ///
  /// @param collateralBase value of the pair's collateral
  /// @param debtBase value of the pair's debt
  public static BigInteger closeFactorBps(
      BigInteger healthFactorWad,
      BigInteger collateralBase,
      BigInteger debtBase,
      Parameters parameters) {
    return AaveV3Steps.closeFactorApplies(healthFactorWad, collateralBase, debtBase, parameters)
        ? parameters.closeFactorBps()
        : Uint.BPS;
  }

  /// The largest repayment, base units of the debt.
  public static BigInteger maxLiquidatableDebt(Pair pair, Account account, Parameters parameters) {
    return STEPS.maxLiquidatableDebt(pair, account, parameters);
  }

  /// What a repayment seizes and how it is split; never more than the collateral there is.
  ///
  /// @throws ArithmeticException if the numbers do not fit 256 bits
  public static Seizure seize(Pair pair, BigInteger debtToRepay) {
    return STEPS.seize(pair, debtToRepay);
  }

  /// Whether a call reverts because it leaves too little on a side without emptying either.
  public static boolean leavesDust(Pair pair, Seizure seizure, Parameters parameters) {
    return STEPS.leavesDust(pair, seizure, parameters);
  }

  /// Which amounts of a collateral may go, in the base currency.
  public static Allowed allowedCollateral(BigInteger collateralBase, Parameters parameters) {
    return AaveV3Steps.allowedCollateral(collateralBase, parameters);
  }

  /// Which amounts of a debt may be repaid, in the base currency, with the collateral that allows
  /// most.
  ///
  /// @param collateralBases values of the account's collaterals
  public static Allowed allowedDebt(
      BigInteger debtBase,
      List<BigInteger> collateralBases,
      Account account,
      Parameters parameters) {
    return AaveV3Steps.allowedDebt(debtBase, collateralBases, account, parameters);
  }

  /// The whole call.
  ///
  /// @param debtToCover what the liquidator asks for; more than is allowed is cut
  public static Answer liquidationCall(
      Pair pair, Account account, BigInteger debtToCover, Parameters parameters) {
    return STEPS.liquidationCall(pair, account, debtToCover, parameters);
  }

  /// Whether what is left of the debts is bad: what is seized is worth, floor, as much as all
  /// collateral of the account. See [AaveV3#deficits].
  ///
  /// @param totalCollateralBase value of all collateral before the call
  public static boolean noCollateralLeft(
      Pair pair, Seizure seizure, BigInteger totalCollateralBase) {
    return AaveV3Steps.seizesAllValue(pair, seizure, totalCollateralBase);
  }
}
