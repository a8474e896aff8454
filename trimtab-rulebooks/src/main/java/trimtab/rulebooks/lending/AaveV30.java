package trimtab.rulebooks.lending;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.lending.AaveV3.Answer;
import trimtab.rulebooks.lending.AaveV3.Collateral;
import trimtab.rulebooks.lending.AaveV3.Debt;
import trimtab.rulebooks.lending.AaveV3.Pair;
import trimtab.rulebooks.lending.AaveV3.Refusal;
import trimtab.rulebooks.lending.AaveV3.Seizure;
import trimtab.rulebooks.lending.AaveV3.Totals;
import trimtab.rulebooks.number.Uint;

/// Aave v3.0 to v3.2: a fixed close factor on the debt of one reserve.
///
/// - **Trigger**: health factor strictly below 1. Where the pool has a sentinel and the sequencer
///   was down, only below 0.95 ([#isLiquidatable]).
/// - **Health**: `half-up(half-up(collateral x average threshold) x 1e18 / debt)`, the average
///   threshold `floor(sum(value x threshold) / sum(value))`; every value floor.
/// - **How much**: `half-up(reserve debt x close factor)`, 50% above a health factor of 0.95, 100%
///   at and below it; the base is the debt of the *one* reserve.
/// - **Order**: the liquidator chooses debt and collateral.
/// - **Price**: `base = floor(pD x repaid x uC / (pC x uD))`, `seized = half-up(base x bonus)`. If
///   that is more than there is: all of it, and `repaid = half-up(floor(pC x seized x uD / (pD x
///   uC)) / bonus)`.
/// - **Fee**: `half-up((seized - half-up(seized / bonus)) x fee share)`, out of the bonus.
/// - **Dust**: no rule. **Bad debt**: stays with the account and accrues.
///
/// Scales: tokens in base units, prices and values 8 decimals, health wad, percentages bps.
///
/// Source: aave/aave-v3-core@e0bfed13240adeb7f05cb6cbe5e7ce78657f0621
/// `contracts/protocol/libraries/logic/LiquidationLogic.sol`; health from `GenericLogic.sol`.
/// Documented only: bonus x threshold of a reserve is kept at 100% or less by its configurator; the
/// prices of an efficiency mode may come from the category's own source. Bonus, threshold and fee
/// of each reserve are the market's, not the protocol's: arguments.
public final class AaveV30 {
  private static final AaveV3Steps STEPS =
      new AaveV3Steps(
          AaveV3Division.FLOOR,
          AaveV3Division.HALF_UP,
          AaveV3Division.HALF_UP,
          AaveV3Division.HALF_UP,
          AaveV3Division.HALF_UP);

  private AaveV30() {}

  /// Constants of the contracts.
  ///
  /// @param liquidationHealthWad liquidatable strictly below
  /// @param closeFactorBps above `closeFactorHealthWad`
  /// @param maxCloseFactorBps at and below it
  public record Parameters(
      BigInteger liquidationHealthWad,
      BigInteger closeFactorBps,
      BigInteger maxCloseFactorBps,
      BigInteger closeFactorHealthWad) {
    /// The contracts' own.
    public static final Parameters DEFAULTS =
        new Parameters(
            Uint.WAD, BigInteger.valueOf(5_000), Uint.BPS, AaveV3.wad("950000000000000000"));
  }

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

  /// The share of a reserve's debt that one call may repay.
  public static BigInteger closeFactorBps(BigInteger healthFactorWad, Parameters parameters) {
    return healthFactorWad.compareTo(parameters.closeFactorHealthWad()) > 0
        ? parameters.closeFactorBps()
        : parameters.maxCloseFactorBps();
  }

  /// The largest repayment, base units, half up.
  public static BigInteger maxLiquidatableDebt(
      BigInteger reserveDebt, BigInteger healthFactorWad, Parameters parameters) {
    return Uint.mulDivHalfUp(reserveDebt, closeFactorBps(healthFactorWad, parameters), Uint.BPS);
  }

  /// What a repayment seizes and how it is split; never more than the collateral there is.
  ///
  /// @throws ArithmeticException if the numbers do not fit 256 bits
  public static Seizure seize(Pair pair, BigInteger debtToRepay) {
    return STEPS.seize(pair, debtToRepay);
  }

  /// The whole call.
  ///
  /// @param debtToCover what the liquidator asks for; more than is allowed is cut
  public static Answer liquidationCall(
      Pair pair, BigInteger healthFactorWad, BigInteger debtToCover, Parameters parameters) {
    Optional<Refusal> refusal =
        AaveV3Steps.refusal(pair, healthFactorWad, parameters.liquidationHealthWad());
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    BigInteger most = maxLiquidatableDebt(pair.reserveDebt(), healthFactorWad, parameters);
    return new Answer.Liquidated(most, seize(pair, Uint.fit(debtToCover).min(most)));
  }
}
