package trimtab.rulebooks.lending;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.number.Uint;

/// Compound v2: a close factor per borrow, a fixed incentive, collateral seized in cTokens.
///
/// - **Trigger**: shortfall strictly above 0: `sum(floor(cToken balance x rate)) < sum(floor(borrow
///   x price))`, `rate = floor(floor(factor x exchange rate) x price)`. Equality is healthy.
///   Exchange rates and borrows are the *stored* ones: accrue first, or the answer is of the last
///   accrual.
/// - **How much**: `floor(close factor x borrow balance)` of one market; all of it, whatever the
///   account's health, if that market is deprecated (factor 0, borrowing paused, reserves take
///   all). More reverts, nothing is cut.
/// - **Order**: the liquidator chooses the borrow and the collateral.
/// - **Price**: `seized = floor(ratio x repaid)`, `ratio = floor(floor(incentive x pB) / floor(pC x
///   exchange rate))`, every product and quotient of mantissas floor.
/// - **Fee**: the protocol keeps `floor(seized x seize share)` cTokens and adds `floor(exchange
///   rate x those)` of the underlying to the reserves.
/// - **Dust** and **bad debt**: no rule; both stay.
///
/// Scales: factors, incentive and exchange rates are mantissas of 1e18; a price is of one base unit
/// of the underlying, times 1e18 (`10^(36 - decimals)` for a dollar); amounts are base units.
///
/// Documented only: there are no cases of the venue's tests for it. Source:
/// compound-finance/compound-protocol@00b1e162e25473c72ed1c654cfc1470ecebe5e5b
/// `contracts/Comptroller.sol` `getHypotheticalAccountLiquidityInternal`, `liquidateBorrowAllowed`,
/// `liquidateCalculateSeizeTokens`; the seize share from `contracts/CTokenInterfaces.sol`. Close
/// factor and incentive are set by governance: the defaults are the ones in force in its markets,
/// 50% and 108%.
public final class CompoundV2 {
  private CompoundV2() {}

  /// Settings of the comptroller and its markets.
  ///
  /// @param closeFactorWad share of a borrow that one call may repay
  /// @param liquidationIncentiveWad seized value over repaid value
  /// @param protocolSeizeShareWad of the seized cTokens
  public record Parameters(
      BigInteger closeFactorWad,
      BigInteger liquidationIncentiveWad,
      BigInteger protocolSeizeShareWad) {
    /// 50%, 108%, 2.8%.
    public static final Parameters DEFAULTS =
        new Parameters(
            new BigInteger("500000000000000000"),
            new BigInteger("1080000000000000000"),
            new BigInteger("28000000000000000"));
  }

  /// What an account has in one market that it has entered.
  ///
  /// @param tokens cTokens
  /// @param borrow base units of the underlying
  public record Snapshot(
      BigInteger tokens,
      BigInteger borrow,
      BigInteger exchangeRateWad,
      BigInteger price,
      BigInteger collateralFactorWad) {}

  /// Collateral against borrows: one of the two numbers is 0.
  public record Liquidity(BigInteger excess, BigInteger shortfall) {}

  /// What changes hands.
  ///
  /// @param seizedTokens cTokens of the account: `liquidatorTokens + protocolTokens`
  /// @param addedReserves base units of the collateral's underlying
  public record Seizure(
      BigInteger repaid,
      BigInteger seizedTokens,
      BigInteger liquidatorTokens,
      BigInteger protocolTokens,
      BigInteger addedReserves) {}

  /// What is repaid and what is seized for it.
  ///
  /// @param borrow balance of the account in the market that is repaid
  /// @param collateralTokens its cTokens in the market that is seized
  /// @param deprecated whether the borrow's market is
  public record Pair(
      BigInteger borrow,
      BigInteger borrowPrice,
      BigInteger collateralTokens,
      BigInteger collateralPrice,
      BigInteger collateralExchangeRateWad,
      boolean deprecated) {}

  /// Why a call fails, in the order of the checks.
  public enum Refusal {
    /// More than the borrow of a deprecated market.
    REPAYS_MORE_THAN_THE_BORROW("Can not repay more than the total borrow"),
    /// The account has no shortfall.
    INSUFFICIENT_SHORTFALL("INSUFFICIENT_SHORTFALL"),
    /// More than the close factor allows.
    TOO_MUCH_REPAY("TOO_MUCH_REPAY"),
    /// More cTokens than the account has.
    LIQUIDATE_SEIZE_TOO_MUCH("LIQUIDATE_SEIZE_TOO_MUCH");

    private final String error;

    Refusal(String error) {
      this.error = error;
    }

    /// As the contract calls it.
    public String error() {
      return error;
    }
  }

  /// What the market answers.
  public sealed interface Answer {
    /// It liquidates.
    record Liquidated(Seizure seizure) implements Answer {}

    /// It fails.
    record Refused(Refusal refusal) implements Answer {}
  }

  /// Collateral at the factors against borrows, every step floor.
  public static Liquidity liquidity(List<Snapshot> markets) {
    BigInteger collateral = BigInteger.ZERO;
    BigInteger borrows = BigInteger.ZERO;
    for (Snapshot market : markets) {
      BigInteger rate =
          times(times(market.collateralFactorWad(), market.exchangeRateWad()), market.price());
      collateral = Uint.fit(collateral.add(times(rate, market.tokens())));
      borrows = Uint.fit(borrows.add(times(market.price(), market.borrow())));
    }
    return new Liquidity(
        Uint.minusOrZero(collateral, borrows), Uint.minusOrZero(borrows, collateral));
  }

  /// Whether an account can be liquidated in a market that is not deprecated.
  public static boolean isLiquidatable(List<Snapshot> markets) {
    return liquidity(markets).shortfall().signum() > 0;
  }

  /// The largest repayment, floor.
  public static BigInteger maxClose(BigInteger borrow, boolean deprecated, Parameters parameters) {
    return deprecated ? borrow : times(parameters.closeFactorWad(), borrow);
  }

  /// The cTokens that a repayment seizes.
  ///
  /// @throws ArithmeticException if the price of the collateral comes to 0
  public static BigInteger seizeTokens(
      BigInteger repaid,
      BigInteger borrowPrice,
      BigInteger collateralPrice,
      BigInteger exchangeRateWad,
      Parameters parameters) {
    BigInteger numerator = times(parameters.liquidationIncentiveWad(), borrowPrice);
    BigInteger denominator = times(collateralPrice, exchangeRateWad);
    BigInteger ratio = Uint.mulDivFloor(numerator, Uint.WAD, denominator);
    return times(ratio, repaid);
  }

  /// The whole call.
  ///
  /// @param shortfall of the account, see [#liquidity]
  public static Answer liquidateBorrow(
      Pair pair, BigInteger shortfall, BigInteger repay, Parameters parameters) {
    BigInteger most = maxClose(pair.borrow(), pair.deprecated(), parameters);
    Optional<Refusal> refusal = refusal(pair, shortfall, repay, most);
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    BigInteger seized =
        seizeTokens(
            repay,
            pair.borrowPrice(),
            pair.collateralPrice(),
            pair.collateralExchangeRateWad(),
            parameters);
    if (seized.compareTo(pair.collateralTokens()) > 0) {
      return new Answer.Refused(Refusal.LIQUIDATE_SEIZE_TOO_MUCH);
    }
    BigInteger protocol = times(seized, parameters.protocolSeizeShareWad());
    return new Answer.Liquidated(
        new Seizure(
            repay,
            seized,
            seized.subtract(protocol),
            protocol,
            times(pair.collateralExchangeRateWad(), protocol)));
  }

  private static Optional<Refusal> refusal(
      Pair pair, BigInteger shortfall, BigInteger repay, BigInteger most) {
    if (pair.deprecated()) {
      return repay.compareTo(most) > 0
          ? Optional.of(Refusal.REPAYS_MORE_THAN_THE_BORROW)
          : Optional.empty();
    }
    if (shortfall.signum() <= 0) {
      return Optional.of(Refusal.INSUFFICIENT_SHORTFALL);
    }
    return repay.compareTo(most) > 0 ? Optional.of(Refusal.TOO_MUCH_REPAY) : Optional.empty();
  }

  /// `floor(mantissa x value / 1e18)`.
  private static BigInteger times(BigInteger mantissa, BigInteger value) {
    return Uint.mulDivFloor(mantissa, value, Uint.WAD);
  }
}
