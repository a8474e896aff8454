package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import trimtab.rulebooks.number.Uint;

/// Liquity v2 (BOLD): one branch per collateral, troves closed whole against a stability pool.
///
/// **Rule.** A trove is liquidatable when its collateral ratio is below the branch's minimum (MCR);
/// at equality it is not. It is always closed **whole**. First the caller is paid a share of the
/// collateral. Then as much debt as the stability pool can burn is offset there, for collateral
/// worth the debt plus the pool's penalty; the rest of debt and collateral is redistributed over
/// all other troves, at the (higher) redistribution penalty. What the penalties leave is the
/// owner's to claim; surplus from the offset may be eaten by the redistribution's penalty.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | ratio | `coll x price / debt`, unbounded without debt | down |
/// | trigger | `ratio < MCR` | strict |
/// | gas compensation | `min(coll / 200, 2e18)` | down |
/// | pool's part of the collateral | `(coll - compensation) x offset / debt` | down |
/// | most that may be seized | `debt part x (1e18 + penalty) / price` | down |
/// | surplus | part less what is seized | |
/// | redistribution's part | all that is left, and the offset's surplus | |
///
/// The pool keeps its last 1e18: what it can burn is its deposits less `min(1e18, deposits)`.
///
/// **Scales.** Collateral, debt and price (debt per collateral) WAD; ratios and penalties WAD.
///
/// **Order.** None within a trove (one collateral, one debt); a batch goes in the caller's order,
/// each trove finding the pool as the last one left it.
///
/// **Fee, dust, bad debt.** No fee but the compensation: also 0.0375 WETH from the gas pool for
/// each trove closed. A trove has at least 2,000 of debt when opened; closing whole leaves no dust.
/// Bad debt is redistributed: it lowers the ratio of every other trove of the branch.
///
/// **Settlement.** Offset against the pool, else redistribution; the caller needs no capital.
///
/// **Source.** liquity/bold@00aa9df0 `contracts/src/TroveManager.sol` (`batchLiquidateTroves`,
/// `_liquidate`, `_getOffsetAndRedistributionVals`, `_getCollPenaltyAndSurplus`),
/// `contracts/src/Dependencies/Constants.sol`, `LiquityMath.sol` (`_computeCR`). Not here: interest
/// accrual, batch shares, the division of redistributed amounts over stakes, and the refusal to
/// close a branch's last trove.
public final class LiquityV2 {
  /// The most troves of one batch that are computed here; the contract is bounded by gas.
  public static final int MAX_TROVES = 10_000;

  /// A branch's terms.
  ///
  /// @param minRatioWad minimum collateral ratio (MCR)
  /// @param penaltyStabilityPoolWad penalty of what the pool offsets
  /// @param penaltyRedistributionWad penalty of what is redistributed
  /// @param compensationDivisor the caller receives the collateral over this
  /// @param compensationCap but at most so much collateral
  /// @param compensationWeth and this for each trove, from the gas pool
  /// @param minPoolDeposits debt tokens that the pool keeps
  public record Parameters(
      BigInteger minRatioWad,
      BigInteger penaltyStabilityPoolWad,
      BigInteger penaltyRedistributionWad,
      BigInteger compensationDivisor,
      BigInteger compensationCap,
      BigInteger compensationWeth,
      BigInteger minPoolDeposits) {
    /// The branch of WETH: 110%, 5%, 10%.
    public static final Parameters DEFAULTS =
        new Parameters(
            percent(110),
            percent(5),
            percent(10),
            BigInteger.valueOf(200),
            WAD.multiply(BigInteger.TWO),
            BigInteger.valueOf(375).multiply(BigInteger.TEN.pow(14)),
            WAD);

    /// The branches of staked ether (wstETH, rETH): 120%, 5%, 20%.
    public static final Parameters STAKED_ETHER =
        DEFAULTS.withBranch(percent(120), percent(5), percent(20));

    /// The same constants with a branch's ratio and penalties.
    public Parameters withBranch(
        BigInteger minRatioWad,
        BigInteger penaltyStabilityPoolWad,
        BigInteger penaltyRedistributionWad) {
      return new Parameters(
          minRatioWad,
          penaltyStabilityPoolWad,
          penaltyRedistributionWad,
          compensationDivisor,
          compensationCap,
          compensationWeth,
          minPoolDeposits);
    }

    private static BigInteger percent(long percent) {
      return BigInteger.valueOf(percent).multiply(BigInteger.TEN.pow(16));
    }
  }

  /// A trove, interest and redistributions applied.
  ///
  /// @param coll collateral, WAD
  /// @param debt debt, WAD
  public record Trove(BigInteger coll, BigInteger debt) {}

  /// What becomes of one trove.
  ///
  /// @param collGasCompensation collateral to the caller
  /// @param debtOffset debt that the pool burns
  /// @param collToStabilityPool collateral to the pool
  /// @param debtRedistributed debt to the other troves
  /// @param collRedistributed collateral to the other troves
  /// @param collSurplusToOwner collateral that the owner may claim
  public record Liquidated(
      BigInteger collGasCompensation,
      BigInteger debtOffset,
      BigInteger collToStabilityPool,
      BigInteger debtRedistributed,
      BigInteger collRedistributed,
      BigInteger collSurplusToOwner) {
    static final Liquidated NOTHING =
        new Liquidated(
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO);

    Liquidated plus(Liquidated other) {
      return new Liquidated(
          collGasCompensation.add(other.collGasCompensation),
          debtOffset.add(other.debtOffset),
          collToStabilityPool.add(other.collToStabilityPool),
          debtRedistributed.add(other.debtRedistributed),
          collRedistributed.add(other.collRedistributed),
          collSurplusToOwner.add(other.collSurplusToOwner));
    }
  }

  /// What a batch does.
  ///
  /// @param closed the places in the batch of the troves that were closed; the rest is skipped
  /// @param totals sums over them; none closed is `NothingToLiquidate`, a revert
  /// @param compensationWeth WETH to the caller
  public record Batch(List<Integer> closed, Liquidated totals, BigInteger compensationWeth) {
    public Batch {
      closed = List.copyOf(closed);
    }
  }

  private record Part(BigInteger seized, BigInteger surplus) {}

  private LiquityV2() {}

  /// The collateral ratio: `coll x price / debt`, rounded down; `2^256 - 1` without debt.
  ///
  /// @return WAD
  public static BigInteger ratio(Trove trove, BigInteger priceWad) {
    return trove.debt().signum() == 0
        ? Uint.MAX
        : mulDivFloor(trove.coll(), priceWad, trove.debt());
  }

  /// Trigger: whether the ratio is below the minimum; at equality it is not.
  public static boolean isLiquidatable(Trove trove, BigInteger priceWad, BigInteger minRatioWad) {
    return ratio(trove, priceWad).compareTo(minRatioWad) < 0;
  }

  /// Debt that the pool can burn: its deposits less what it keeps.
  public static BigInteger availableForOffsets(BigInteger deposits, Parameters parameters) {
    return deposits.subtract(deposits.min(parameters.minPoolDeposits()));
  }

  /// Fee: collateral that the caller of a liquidation receives, `coll / 200` rounded down, capped.
  public static BigInteger gasCompensation(BigInteger coll, Parameters parameters) {
    return Uint.divFloor(coll, parameters.compensationDivisor()).min(parameters.compensationCap());
  }

  /// Size, penalties and bad debt: what becomes of a trove that is closed, without regard to its
  /// ratio.
  ///
  /// @param boldForOffsets debt that the pool can burn, see [#availableForOffsets(BigInteger,
  ///   Parameters)]
  /// @param priceWad debt per collateral
  /// @throws ArithmeticException if the price or the debt is 0
  public static Liquidated close(
      Trove trove, BigInteger boldForOffsets, BigInteger priceWad, Parameters parameters) {
    BigInteger compensation = gasCompensation(trove.coll(), parameters);
    BigInteger coll = trove.coll().subtract(compensation);
    BigInteger offset = trove.debt().min(boldForOffsets);
    BigInteger poolPart = mulDivFloor(coll, offset, trove.debt());
    Part pool = seize(poolPart, offset, parameters.penaltyStabilityPoolWad(), priceWad);
    BigInteger rest = trove.debt().subtract(offset);
    BigInteger restPart = coll.subtract(poolPart);
    if (rest.signum() == 0 || restPart.signum() == 0) {
      return new Liquidated(
          compensation, offset, pool.seized(), rest, BigInteger.ZERO, pool.surplus());
    }
    Part others =
        seize(restPart.add(pool.surplus()), rest, parameters.penaltyRedistributionWad(), priceWad);
    return new Liquidated(
        compensation, offset, pool.seized(), rest, others.seized(), others.surplus());
  }

  /// A batch in the caller's order: troves that are not liquidatable are skipped, each of the
  /// others finds the pool as the last one left it.
  ///
  /// @param deposits all deposits of the pool
  /// @throws IllegalArgumentException if there are more than [#MAX_TROVES]
  public static Batch batch(
      List<Trove> troves, BigInteger deposits, BigInteger priceWad, Parameters parameters) {
    if (troves.size() > MAX_TROVES) {
      throw new IllegalArgumentException("at most " + MAX_TROVES + " troves in a batch");
    }
    BigInteger available = availableForOffsets(deposits, parameters);
    Liquidated totals = Liquidated.NOTHING;
    List<Integer> closed = new ArrayList<>();
    for (int i = 0; i < troves.size(); i++) {
      if (isLiquidatable(troves.get(i), priceWad, parameters.minRatioWad())) {
        Liquidated one = close(troves.get(i), available, priceWad, parameters);
        available = available.subtract(one.debtOffset());
        totals = totals.plus(one);
        closed.add(i);
      }
    }
    BigInteger weth = parameters.compensationWeth().multiply(BigInteger.valueOf(closed.size()));
    return new Batch(closed, totals, weth);
  }

  private static Part seize(
      BigInteger coll, BigInteger debt, BigInteger penaltyWad, BigInteger priceWad) {
    BigInteger most = mulDivFloor(debt, WAD.add(penaltyWad), priceWad);
    BigInteger seized = coll.min(most);
    return new Part(seized, coll.subtract(seized));
  }
}
