package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.minusOrZero;
import static trimtab.rulebooks.number.Uint.mulDivCeil;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.number.Uint;

/// Morpho Midnight: loans of fixed term against several collaterals.
///
/// **Rule.** A position is liquidatable when its debt is above what its collaterals carry (strict),
/// or once the term's end has passed, healthy or not. First the debt that the collaterals could not
/// pay at their highest incentive is written off against the lenders. Then the liquidator names one
/// collateral and either how much of it to seize or how much debt to repay. Until the end of the
/// term no more may be repaid than brings the position back to health (the recovery close factor: a
/// target health factor of 1 as an upper bound), unless what the collateral could repay beyond that
/// is below a threshold of the obligation (dust). After the end everything may be repaid.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | limit | `sum((amount x price / 1e36) x LLTV)` | down, down, each collateral |
/// | trigger | `debt > limit` or `now > end of term` | both strict |
/// | highest factor | `1 / (1 - cursor x (1 - LLTV))` | product down, quotient down |
/// | factor | highest if unhealthy, else `min(highest, 1 + (highest - 1) x late / ramp)` | down |
/// | bad debt | `max(0, debt - sum((amount x price / 1e36) / highest factor))` | sum up, up |
/// | loss index | `max - (max - index) x (units - bad debt) / units`, max `2^128 - 1` | up |
/// | cap | `(debt - bad debt - limit) / (1 - factor x LLTV)` | product up, quotient up |
/// | waived if | `max(0, (amount x price / 1e36) / factor - cap) < threshold` | down, down |
/// | seize: repaid | `(seized x price / 1e36) / factor` | up, up |
/// | repay: seized | `(repaid x factor) x 1e36 / price` | down, down |
///
/// At an LLTV of 100% there is no cap. The cap is rounded up, so that a position may be slightly
/// healthy after it instead of liquidatable again. Which collateral is seized is the liquidator's
/// choice.
///
/// **Scales.** Debt in units of the loan asset's base unit, collateral in base units, price 1e36 x
/// loan base units per collateral base unit, factors WAD, times in seconds.
///
/// **Settlement.** The liquidator receives the collateral, then pays (callback between). No fee.
///
/// **Source.** morpho-org/midnight@26625310 `src/Midnight.sol` (`liquidate`, `isHealthy`,
/// `maxLif`). Documents and later commits differ in these numbers, which are therefore parameters:
/// the ramp takes 15 minutes at that commit, 60 in the README of morpho-org/morpho-bots and later.
/// Later commits also let the liquidator choose whether to act on health or on the end of term, and
/// round `1 - factor x LLTV` at 1e36 instead of 1e18; this file has the rule of the commit named.
public final class MorphoMidnight {
  private static final BigInteger INDEX_MAX =
      BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

  /// The contract's constants and an obligation's threshold.
  ///
  /// @param cursorLowWad lower of the two cursors that a collateral's factor may be made with
  /// @param cursorHighWad the higher
  /// @param timeToMaxFactorSeconds how long after the end of term the factor rises
  /// @param recoveryThreshold units below which what the collateral could repay beyond the cap is
  ///   dust; each obligation has its own
  public record Parameters(
      BigInteger cursorLowWad,
      BigInteger cursorHighWad,
      BigInteger timeToMaxFactorSeconds,
      BigInteger recoveryThreshold) {
    /// The documented constants; no collateral is dust.
    public static final Parameters DEFAULTS =
        new Parameters(
            WAD.shiftRight(2), WAD.shiftRight(1), BigInteger.valueOf(3_600), BigInteger.ZERO);
  }

  /// One collateral of a position.
  ///
  /// @param amount base units
  /// @param price 1e36 x loan base units per collateral base unit
  /// @param lltvWad liquidation loan-to-value
  /// @param maxFactorWad highest incentive factor
  public record Collateral(
      BigInteger amount, BigInteger price, BigInteger lltvWad, BigInteger maxFactorWad) {}

  /// A position.
  ///
  /// @param debt units
  /// @param collaterals in the obligation's order
  public record Position(BigInteger debt, List<Collateral> collaterals) {
    public Position {
      collaterals = List.copyOf(collaterals);
    }
  }

  /// What the liquidator asks for; of the two amounts at most one is not 0 (both 0: only bad debt
  /// is written off).
  ///
  /// @param collateralIndex which collateral
  /// @param seizedAssets base units of it
  /// @param repaidUnits units of debt
  public record Request(int collateralIndex, BigInteger seizedAssets, BigInteger repaidUnits) {}

  /// Why the contract reverts, in its words.
  public enum Refusal {
    /// Both amounts were named.
    INCONSISTENT_INPUT("inconsistent input"),
    /// Healthy, and the term has not ended.
    NOT_LIQUIDATABLE("position is not liquidatable"),
    /// More than the cap, and not dust.
    RECOVERY_CLOSE_FACTOR("recovery close factor conditions violated"),
    /// More units than are owed or more collateral than there is.
    ARITHMETIC_UNDERFLOW("ARITHMETIC_UNDERFLOW");

    private final String error;

    Refusal(String error) {
      this.error = error;
    }

    /// The contract's words.
    public String error() {
      return error;
    }
  }

  /// What a call of `liquidate` does.
  public sealed interface Outcome {}

  /// It reverts.
  public record Refused(Refusal reason) implements Outcome {}

  /// It goes through.
  ///
  /// @param maxDebt the limit before, units
  /// @param badDebt units written off first
  /// @param factorWad incentive factor
  /// @param seizedAssets base units that the liquidator receives
  /// @param repaidUnits units that the liquidator pays
  /// @param position what is left
  public record Liquidated(
      BigInteger maxDebt,
      BigInteger badDebt,
      BigInteger factorWad,
      BigInteger seizedAssets,
      BigInteger repaidUnits,
      Position position)
      implements Outcome {}

  private MorphoMidnight() {}

  /// Highest incentive factor: `floor(1e36 / (1e18 - floor(cursor x (1 - LLTV))))`, WAD.
  ///
  /// @throws ArithmeticException if LLTV is above 100%
  public static BigInteger maxFactor(BigInteger lltvWad, BigInteger cursorWad) {
    return mulDivFloor(WAD, WAD, WAD.subtract(mulDivFloor(cursorWad, WAD.subtract(lltvWad), WAD)));
  }

  /// The most debt that collaterals carry, units, rounded down twice for each.
  public static BigInteger maxDebt(List<Collateral> collaterals) {
    BigInteger sum = BigInteger.ZERO;
    for (Collateral each : collaterals) {
      BigInteger value = MorphoMath.quotedDown(each.amount(), each.price());
      sum = sum.add(mulDivFloor(value, each.lltvWad(), WAD));
    }
    return sum;
  }

  /// Whether the debt is not above the limit; equality is healthy.
  public static boolean isHealthy(Position position) {
    return maxDebt(position.collaterals()).compareTo(position.debt()) >= 0;
  }

  /// Trigger: unhealthy, or past the end of term (strictly).
  ///
  /// @param lateSeconds now minus the end of term, negative before it
  public static boolean isLiquidatable(Position position, BigInteger lateSeconds) {
    return lateSeconds.signum() > 0 || !isHealthy(position);
  }

  /// Debt that the collaterals could not pay at their highest factors, units.
  public static BigInteger badDebt(Position position) {
    BigInteger rest = position.debt();
    for (Collateral each : position.collaterals()) {
      BigInteger value = MorphoMath.quotedUp(each.amount(), each.price());
      rest = minusOrZero(rest, mulDivCeil(value, WAD, each.maxFactorWad()));
    }
    return rest;
  }

  /// The obligation's loss index after a write-off: every lender's credit shrinks by `(2^128 - 1 -
  /// after) / (2^128 - 1 - before)`. Rounded up, so that the lenders together lose a little more
  /// than was written off.
  ///
  /// @param lossIndex 0 at first, at most `2^128 - 1`
  /// @param totalUnits units owed to lenders before
  /// @throws ArithmeticException if more is written off than there is
  public static BigInteger lossIndexAfter(
      BigInteger lossIndex, BigInteger totalUnits, BigInteger badDebt) {
    return badDebt.signum() == 0
        ? lossIndex
        : INDEX_MAX.subtract(
            mulDivFloor(INDEX_MAX.subtract(lossIndex), totalUnits.subtract(badDebt), totalUnits));
  }

  /// Incentive factor, WAD: the highest for an unhealthy position, else rising from 1 at the end of
  /// term.
  ///
  /// @param lateSeconds now minus the end of term; not negative for a healthy position
  public static BigInteger incentiveFactor(
      BigInteger maxFactorWad, boolean healthy, BigInteger lateSeconds, Parameters parameters) {
    if (!healthy) {
      return maxFactorWad;
    }
    BigInteger risen =
        mulDivFloor(maxFactorWad.subtract(WAD), lateSeconds, parameters.timeToMaxFactorSeconds());
    return maxFactorWad.min(WAD.add(risen));
  }

  /// The recovery close factor: the most units that may be repaid before the end of term,
  /// `ceil((debt - maxDebt) x 1e18 / (1e18 - ceil(factor x LLTV)))`; `2^256 - 1` at an LLTV of
  /// 100%.
  ///
  /// @param debt units after the write-off, not below `maxDebt`
  public static BigInteger recoveryCap(
      BigInteger debt, BigInteger maxDebt, BigInteger factorWad, BigInteger lltvWad) {
    return lltvWad.compareTo(WAD) < 0
        ? mulDivCeil(debt.subtract(maxDebt), WAD, WAD.subtract(mulDivCeil(factorWad, lltvWad, WAD)))
        : Uint.MAX;
  }

  /// Dust: whether the cap is waived, because what the whole collateral could repay beyond it is
  /// below the threshold (strictly).
  public static boolean capWaived(
      Collateral collateral, BigInteger factorWad, BigInteger cap, Parameters parameters) {
    BigInteger value = MorphoMath.quotedDown(collateral.amount(), collateral.price());
    return minusOrZero(mulDivFloor(value, WAD, factorWad), cap)
            .compareTo(parameters.recoveryThreshold())
        < 0;
  }

  /// Collateral seized for repaid units, rounded down twice.
  ///
  /// @throws ArithmeticException if the price is 0
  public static BigInteger seizedFor(
      BigInteger repaidUnits, BigInteger price, BigInteger factorWad) {
    return MorphoMath.seizedFor(repaidUnits, price, factorWad);
  }

  /// Units repaid for seized collateral, rounded up twice.
  public static BigInteger repaidFor(
      BigInteger seizedAssets, BigInteger price, BigInteger factorWad) {
    return MorphoMath.repaidFor(seizedAssets, price, factorWad);
  }

  /// The whole of a liquidation.
  ///
  /// @param lateSeconds now minus the end of term, negative before it
  public static Outcome liquidate(
      Position position, BigInteger lateSeconds, Parameters parameters, Request request) {
    if (request.seizedAssets().signum() > 0 && request.repaidUnits().signum() > 0) {
      return new Refused(Refusal.INCONSISTENT_INPUT);
    }
    if (!isLiquidatable(position, lateSeconds)) {
      return new Refused(Refusal.NOT_LIQUIDATABLE);
    }
    Collateral slot = position.collaterals().get(request.collateralIndex());
    BigInteger maxDebt = maxDebt(position.collaterals());
    BigInteger badDebt = badDebt(position);
    BigInteger factor =
        incentiveFactor(slot.maxFactorWad(), isHealthy(position), lateSeconds, parameters);
    BigInteger seized = request.seizedAssets();
    BigInteger repaid = request.repaidUnits();
    if (seized.signum() > 0) {
      repaid = repaidFor(seized, slot.price(), factor);
    } else if (repaid.signum() > 0) {
      seized = seizedFor(repaid, slot.price(), factor);
    }
    BigInteger debt = position.debt().subtract(badDebt);
    Optional<Refusal> refusal =
        refusal(slot, debt, maxDebt, factor, lateSeconds, parameters, seized, repaid);
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    return new Liquidated(
        maxDebt,
        badDebt,
        factor,
        seized,
        repaid,
        left(position, request.collateralIndex(), debt.subtract(repaid), seized));
  }

  private static Optional<Refusal> refusal(
      Collateral slot,
      BigInteger debt,
      BigInteger maxDebt,
      BigInteger factor,
      BigInteger lateSeconds,
      Parameters parameters,
      BigInteger seized,
      BigInteger repaid) {
    boolean acts = seized.signum() > 0 || repaid.signum() > 0;
    if (acts && lateSeconds.signum() <= 0) {
      BigInteger cap = recoveryCap(debt, maxDebt, factor, slot.lltvWad());
      if (repaid.compareTo(cap) > 0 && !capWaived(slot, factor, cap, parameters)) {
        return Optional.of(Refusal.RECOVERY_CLOSE_FACTOR);
      }
    }
    return seized.compareTo(slot.amount()) > 0 || repaid.compareTo(debt) > 0
        ? Optional.of(Refusal.ARITHMETIC_UNDERFLOW)
        : Optional.empty();
  }

  private static Position left(
      Position position, int index, BigInteger debt, BigInteger seizedAssets) {
    List<Collateral> left = new ArrayList<>(position.collaterals());
    Collateral slot = left.get(index);
    left.set(
        index,
        new Collateral(
            slot.amount().subtract(seizedAssets),
            slot.price(),
            slot.lltvWad(),
            slot.maxFactorWad()));
    return new Position(debt, left);
  }
}
