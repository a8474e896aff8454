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

/// Aave v3.6: as [AaveV33] with debts valued up (3.5 brought these roundings).
///
/// - **Trigger**: health factor strictly below 1; a sentinel holds back down to 0.95. Nobody
///   liquidates their own account.
/// - **Health**: `floor(half-up(sum(value x threshold) x 1e18 / debt) / 1e4)`, collateral values
///   floor, debt values ceil.
/// - **How much**: as [AaveV33], with the debt of the pair valued ceil.
/// - **Price**: `seized = half-up(base x bonus)`, base floor. More than there is: all of it,
///   `repaid = ceil(floor(worth) / bonus)`.
/// - **Fee**: `half-up((seized - half-up(seized / bonus)) x fee share)`, out of the bonus.
/// - **Dust**: as [AaveV33], the debt that is left valued ceil, the collateral floor.
/// - **Bad debt**: as [AaveV33]: values are compared.
///
/// Scales: tokens in base units, prices and values 8 decimals, health wad, percentages bps.
///
/// Source: aave-dao/aave-v3-origin@e4cc47eec1c8bed7627961ce0933b435dad677f6
/// `src/contracts/protocol/libraries/logic/LiquidationLogic.sol`, `GenericLogic.sol`;
/// `docs/3.5/Aave-v3.5-features.md`, `docs/3.6/Aave-v3.6-features.md`. Documented only: an
/// efficiency mode is decoupled from the reserve's own threshold since 3.6, so both threshold and
/// bonus have to be read with the account's category. Bonus, threshold and fee are arguments.
public final class AaveV36 {
  private static final AaveV3Steps STEPS =
      new AaveV3Steps(
          AaveV3Division.CEIL,
          AaveV3Division.HALF_UP,
          AaveV3Division.CEIL,
          AaveV3Division.HALF_UP,
          AaveV3Division.HALF_UP);

  private AaveV36() {}

  /// Values and health factor of an account.
  public static Totals totals(List<Collateral> collaterals, List<Debt> debts) {
    return STEPS.totalsBySum(collaterals, debts);
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
