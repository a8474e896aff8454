package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.mulDivCeil;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;
import java.util.Optional;

/// Morpho pre-liquidation: a contract beside Morpho Blue that a borrower authorises to close a part
/// of a position before the market itself would liquidate it.
///
/// **Rule.** Inside the window `preLLTV < LTV <= LLTV` a share of the debt may be repaid that rises
/// linearly over the window from `preLCF1` to `preLCF2` (above 100% means all of it), for a factor
/// that rises linearly from `preLIF1` to `preLIF2`. Above the window Morpho Blue's own rule holds.
/// Each call is judged afresh, so repaying first to just above `preLLTV` is worth less than with a
/// fixed close factor, yet still possible.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | value | `collateral x price / 1e36` | down |
/// | window | `value x preLLTV < debt <= value x LLTV` | both limits down, debt up |
/// | LTV | `debt / value` | up |
/// | place in the window | `q = (LTV - preLLTV) / (LLTV - preLLTV)` | down |
/// | close factor | `preLCF1 + q x (preLCF2 - preLCF1)` | product down |
/// | incentive factor | `preLIF1 + q x (preLIF2 - preLIF1)` | product down |
/// | shares that may be repaid | `shares x close factor` | down |
/// | conversion | as [MorphoBlue] with this factor | as there |
///
/// **Scales.** As [MorphoBlue]. **Fee, dust, bad debt.** None of its own.
///
/// **Settlement.** The liquidator pays, and receives the collateral before paying (callback). The
/// collateral is withdrawn through Morpho Blue after the repayment is booked, so the call reverts
/// if the position is unhealthy there, at the market's own price, afterwards: a real liquidation
/// pre-empts this one. The pre-liquidation's price may come from another oracle.
///
/// **Source.** morpho-org/pre-liquidation@9e8b7f4 `src/PreLiquidation.sol` and README; the largest
/// seizure as morpho-org/sdks `packages/blue-sdk` (`PreLiquidationPosition`).
public final class MorphoPreLiquidation {
  /// The parameters of one contract, chosen at its creation; the market's LLTV among them.
  ///
  /// @param lltvWad liquidation loan-to-value of the market
  /// @param preLltvWad loan-to-value above which the window begins
  /// @param closeFactorLowWad preLCF1, share that may be repaid where the window begins
  /// @param closeFactorHighWad preLCF2, share that may be repaid where it ends; may be above 1
  /// @param incentiveLowWad preLIF1, factor where the window begins
  /// @param incentiveHighWad preLIF2, factor where it ends
  public record Parameters(
      BigInteger lltvWad,
      BigInteger preLltvWad,
      BigInteger closeFactorLowWad,
      BigInteger closeFactorHighWad,
      BigInteger incentiveLowWad,
      BigInteger incentiveHighWad) {
    /// The contract has no defaults; these are the values of the SDK's tests.
    public static final Parameters DEFAULTS =
        new Parameters(wad(860), wad(800), wad(200), wad(800), wad(1010), wad(1010));

    private static BigInteger wad(long thousandths) {
      return BigInteger.valueOf(thousandths).multiply(BigInteger.TEN.pow(15));
    }
  }

  /// Why such a contract cannot be created, by its own name of the error.
  public enum CreationRefusal {
    /// `preLLTV >= LLTV`.
    PRE_LLTV_TOO_HIGH("PreLltvTooHigh"),
    /// `preLCF1 > preLCF2`.
    PRE_LCF_DECREASING("PreLCFDecreasing"),
    /// `preLCF1 > 1`.
    PRE_LCF_TOO_HIGH("PreLCFTooHigh"),
    /// `preLIF1 < 1`.
    PRE_LIF_TOO_LOW("PreLIFTooLow"),
    /// `preLIF1 > preLIF2`.
    PRE_LIF_DECREASING("PreLIFDecreasing"),
    /// `preLIF2 > 1 / LLTV`, rounded down.
    PRE_LIF_TOO_HIGH("PreLIFTooHigh");

    private final String error;

    CreationRefusal(String error) {
      this.error = error;
    }

    /// The contract's name of the error.
    public String error() {
      return error;
    }
  }

  /// Why a call reverts, by the contract's own name of the error.
  public enum Refusal {
    /// Both or none of the two amounts were named.
    INCONSISTENT_INPUT("InconsistentInput"),
    /// Above the window: Morpho Blue's own liquidation holds.
    LIQUIDATABLE_POSITION("LiquidatablePosition"),
    /// Below the window.
    NOT_PRE_LIQUIDATABLE_POSITION("NotPreLiquidatablePosition"),
    /// More shares than the close factor allows.
    PRE_LIQUIDATION_TOO_LARGE("PreLiquidationTooLarge"),
    /// More shares than the borrower owes or more collateral than there is.
    ARITHMETIC_UNDERFLOW("ARITHMETIC_UNDERFLOW"),
    /// Unhealthy on Morpho Blue afterwards.
    INSUFFICIENT_COLLATERAL("INSUFFICIENT_COLLATERAL");

    private final String error;

    Refusal(String error) {
      this.error = error;
    }

    /// The contract's name of the error.
    public String error() {
      return error;
    }
  }

  /// Where a position stands, or what a call does.
  public sealed interface Outcome {}

  /// It reverts.
  public record Refused(Refusal reason) implements Outcome {}

  /// It is in the window.
  ///
  /// @param ltvWad loan-to-value
  /// @param quotientWad place in the window, 0 to 1e18
  /// @param incentiveFactorWad factor of the value repaid that is seized
  /// @param closeFactorWad share of the debt that may be repaid, may be above 1
  /// @param repayableShares debt shares that may be repaid in one call, at most all
  /// @param seizableCollateral collateral base units that are seized for them
  public record Window(
      BigInteger ltvWad,
      BigInteger quotientWad,
      BigInteger incentiveFactorWad,
      BigInteger closeFactorWad,
      BigInteger repayableShares,
      BigInteger seizableCollateral)
      implements Outcome {}

  /// The call goes through.
  ///
  /// @param window where the position stood before
  /// @param seizedAssets collateral base units that the liquidator receives
  /// @param repaidShares debt shares that are burnt
  /// @param repaidAssets loan base units that the liquidator pays, rounded up
  /// @param position what is left
  public record PreLiquidated(
      Window window,
      BigInteger seizedAssets,
      BigInteger repaidShares,
      BigInteger repaidAssets,
      MorphoBlue.Position position)
      implements Outcome {}

  private MorphoPreLiquidation() {}

  /// Whether a contract with such parameters can be created, checked in the contract's order.
  public static Optional<CreationRefusal> creationRefusal(Parameters parameters) {
    if (parameters.preLltvWad().compareTo(parameters.lltvWad()) >= 0) {
      return Optional.of(CreationRefusal.PRE_LLTV_TOO_HIGH);
    }
    if (parameters.closeFactorLowWad().compareTo(parameters.closeFactorHighWad()) > 0) {
      return Optional.of(CreationRefusal.PRE_LCF_DECREASING);
    }
    if (parameters.closeFactorLowWad().compareTo(WAD) > 0) {
      return Optional.of(CreationRefusal.PRE_LCF_TOO_HIGH);
    }
    if (parameters.incentiveLowWad().compareTo(WAD) < 0) {
      return Optional.of(CreationRefusal.PRE_LIF_TOO_LOW);
    }
    if (parameters.incentiveLowWad().compareTo(parameters.incentiveHighWad()) > 0) {
      return Optional.of(CreationRefusal.PRE_LIF_DECREASING);
    }
    if (parameters.incentiveHighWad().compareTo(mulDivFloor(WAD, WAD, parameters.lltvWad())) > 0) {
      return Optional.of(CreationRefusal.PRE_LIF_TOO_HIGH);
    }
    return Optional.empty();
  }

  /// Place in the window, WAD, rounded down: 0 at `preLLTV`, 1e18 at LLTV.
  ///
  /// @throws ArithmeticException if LTV is below `preLLTV` or the window is empty
  public static BigInteger quotient(BigInteger ltvWad, Parameters parameters) {
    return mulDivFloor(
        ltvWad.subtract(parameters.preLltvWad()),
        WAD,
        parameters.lltvWad().subtract(parameters.preLltvWad()));
  }

  /// Share of the debt that may be repaid at a place in the window, WAD, product rounded down.
  public static BigInteger closeFactor(BigInteger quotientWad, Parameters parameters) {
    return between(quotientWad, parameters.closeFactorLowWad(), parameters.closeFactorHighWad());
  }

  /// Factor of the value repaid that is seized at a place in the window, WAD, product rounded down.
  public static BigInteger incentiveFactor(BigInteger quotientWad, Parameters parameters) {
    return between(quotientWad, parameters.incentiveLowWad(), parameters.incentiveHighWad());
  }

  /// Trigger and size: [Refused] outside the window, else [Window]. The upper limit is asked first.
  ///
  /// @param price of the pre-liquidation's oracle, 1e36 x loan base units per collateral base unit
  /// @throws ArithmeticException if parameters fall where [#creationRefusal] asks that they rise
  public static Outcome window(
      MorphoBlue.Market market,
      MorphoBlue.Position position,
      BigInteger price,
      Parameters parameters) {
    BigInteger debt = MorphoBlue.borrowed(market, position.borrowShares());
    BigInteger value = MorphoMath.quotedDown(position.collateral(), price);
    if (debt.compareTo(mulDivFloor(value, parameters.lltvWad(), WAD)) > 0) {
      return new Refused(Refusal.LIQUIDATABLE_POSITION);
    }
    if (debt.compareTo(mulDivFloor(value, parameters.preLltvWad(), WAD)) <= 0) {
      return new Refused(Refusal.NOT_PRE_LIQUIDATABLE_POSITION);
    }
    BigInteger ltv = mulDivCeil(debt, WAD, value);
    BigInteger quotient = quotient(ltv, parameters);
    BigInteger closeFactor = closeFactor(quotient, parameters);
    BigInteger incentiveFactor = incentiveFactor(quotient, parameters);
    BigInteger repayable =
        mulDivFloor(position.borrowShares(), closeFactor, WAD).min(position.borrowShares());
    BigInteger seizable =
        MorphoBlue.complete(market, price, incentiveFactor, MorphoBlue.Request.repay(repayable))
            .seizedAssets();
    return new Window(ltv, quotient, incentiveFactor, closeFactor, repayable, seizable);
  }

  /// The whole of a pre-liquidation.
  ///
  /// @param price of the pre-liquidation's oracle
  /// @param marketPrice of the market's own oracle, at which the position must be healthy
  ///   afterwards
  public static Outcome preLiquidate(
      MorphoBlue.Market market,
      MorphoBlue.Position position,
      BigInteger price,
      BigInteger marketPrice,
      Parameters parameters,
      MorphoBlue.Request request) {
    if (!request.namesOne()) {
      return new Refused(Refusal.INCONSISTENT_INPUT);
    }
    return switch (window(market, position, price, parameters)) {
      case Refused refused -> refused;
      case PreLiquidated done -> done;
      case Window window ->
          within(market, position, price, marketPrice, parameters, request, window);
    };
  }

  private static Outcome within(
      MorphoBlue.Market market,
      MorphoBlue.Position position,
      BigInteger price,
      BigInteger marketPrice,
      Parameters parameters,
      MorphoBlue.Request request,
      Window window) {
    MorphoBlue.Request both =
        MorphoBlue.complete(market, price, window.incentiveFactorWad(), request);
    BigInteger allowed = mulDivFloor(position.borrowShares(), window.closeFactorWad(), WAD);
    if (both.repaidShares().compareTo(allowed) > 0) {
      return new Refused(Refusal.PRE_LIQUIDATION_TOO_LARGE);
    }
    if (both.repaidShares().compareTo(position.borrowShares()) > 0
        || both.seizedAssets().compareTo(position.collateral()) > 0) {
      return new Refused(Refusal.ARITHMETIC_UNDERFLOW);
    }
    BigInteger repaidAssets = MorphoBlue.borrowed(market, both.repaidShares());
    MorphoBlue.Market after =
        new MorphoBlue.Market(
            market.totalBorrowAssets().subtract(repaidAssets).max(BigInteger.ZERO),
            market.totalBorrowShares().subtract(both.repaidShares()));
    MorphoBlue.Position left =
        new MorphoBlue.Position(
            position.borrowShares().subtract(both.repaidShares()),
            position.collateral().subtract(both.seizedAssets()));
    if (!MorphoBlue.isHealthy(after, left, marketPrice, parameters.lltvWad())) {
      return new Refused(Refusal.INSUFFICIENT_COLLATERAL);
    }
    return new PreLiquidated(window, both.seizedAssets(), both.repaidShares(), repaidAssets, left);
  }

  private static BigInteger between(BigInteger quotientWad, BigInteger low, BigInteger high) {
    return low.add(mulDivFloor(quotientWad, high.subtract(low), WAD));
  }
}
