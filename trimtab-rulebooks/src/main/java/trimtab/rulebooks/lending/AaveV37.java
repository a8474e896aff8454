package trimtab.rulebooks.lending;

import java.math.BigInteger;
import java.util.List;
import trimtab.rulebooks.lending.AaveV3.Account;
import trimtab.rulebooks.lending.AaveV3.Allowed;
import trimtab.rulebooks.lending.AaveV3.Answer;
import trimtab.rulebooks.lending.AaveV3.Asset;
import trimtab.rulebooks.lending.AaveV3.Collateral;
import trimtab.rulebooks.lending.AaveV3.Debt;
import trimtab.rulebooks.lending.AaveV3.Pair;
import trimtab.rulebooks.lending.AaveV3.Parameters;
import trimtab.rulebooks.lending.AaveV3.Seizure;
import trimtab.rulebooks.lending.AaveV3.Totals;
import trimtab.rulebooks.number.Uint;

/// Aave v3.7: as [AaveV36] with every rounding of the seizure against the liquidator.
///
/// - **Trigger**: health factor strictly below 1; there is no sentinel any more.
/// - **Health** and **how much**: as [AaveV36]; the share of the close factor is still half up.
/// - **Price**: `seized = floor(base x bonus)`, base floor. More than there is: all of it, `repaid
///   = ceil(floor(worth) / bonus)`.
/// - **Fee**: `ceil((seized - floor(seized / bonus)) x fee share)`, out of the bonus.
/// - **Dust**: as [AaveV36]: 1000e8 on both sides or one of them emptied.
/// - **Bad debt**: decided by scaled balances, as they are burned: consumed = `ceil(to liquidator /
///   index) + ceil(fee / index)`, no more than the scaled balance; bad if `floor(consumed x index)`
///   is worth, floor, as much as all collateral ([#noCollateralLeft]).
///
/// Scales: tokens in base units, prices and values 8 decimals, health wad, index ray, percentages
/// bps.
///
/// Source: aave-dao/aave-v3-origin `docs/3.7/Aave-v3.7-changelog.md` and
/// `docs/3.7/liquidation-rounding.md` @4fbd744239fd6682ebad2412f094f5f95abc6393; what they leave is
/// as in 3.6. The code of the version itself was not at hand. Bonus, threshold and fee of a reserve
/// are the market's: arguments.
public final class AaveV37 {
  private static final AaveV3Steps STEPS =
      new AaveV3Steps(
          AaveV3Division.CEIL,
          AaveV3Division.FLOOR,
          AaveV3Division.CEIL,
          AaveV3Division.FLOOR,
          AaveV3Division.CEIL);

  private AaveV37() {}

  /// Values and health factor of an account.
  public static Totals totals(List<Collateral> collaterals, List<Debt> debts) {
    return STEPS.totalsBySum(collaterals, debts);
  }

  /// Whether an account can be liquidated: strictly below the threshold.
  public static boolean isLiquidatable(BigInteger healthFactorWad, Parameters parameters) {
    return healthFactorWad.compareTo(parameters.liquidationHealthWad()) < 0;
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

  /// Whether what is left of the debts is bad: what the two transfers consume of the scaled balance
  /// is worth as much as all collateral of the account. See [AaveV3#deficits].
  ///
  /// @param scaledBalance of the collateral before the call
  /// @param liquidityIndexRay of the collateral's reserve
  /// @param totalCollateralBase value of all collateral before the call
  public static boolean noCollateralLeft(
      Asset collateral,
      Seizure seizure,
      BigInteger scaledBalance,
      BigInteger liquidityIndexRay,
      BigInteger totalCollateralBase) {
    BigInteger consumed =
        Uint.mulDivCeil(seizure.toLiquidator(), Uint.RAY, liquidityIndexRay)
            .add(Uint.mulDivCeil(seizure.protocolFee(), Uint.RAY, liquidityIndexRay))
            .min(scaledBalance);
    BigInteger amount = Uint.mulDivFloor(consumed, liquidityIndexRay, Uint.RAY);
    return collateral.valueFloor(amount).equals(totalCollateralBase);
  }
}
