package trimtab.rulebooks.derivatives;

import static trimtab.rulebooks.number.Uint.mulDivCeil;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;

/// GMX v2 (Solidity): isolated positions against a pool, always closed whole; and deleveraging of a
/// market whose pending profits outgrow the pool.
///
/// **Trigger.** Remaining collateral = collateral at its low price + profit or loss at the price
/// that is worse for the position + price impact of closing - fees. Liquidatable if that is
/// strictly below the minimum, or 0 or less, or strictly below size times the market's factor.
/// Positive price impact does not count, negative only down to a floor, so that liquidations do not
/// feed on each other; the liquidation fee is no part of the test.
///
/// **Size** the whole position. **Price** the oracle's with the impact, without a bound on
/// slippage. **Fee** size times the liquidation factor. **Bad debt** the pool bears it; a close
/// that leaves the position insolvent is allowed only for whole liquidations and deleveraging.
///
/// **Deleveraging**, per market and side: profits over pool strictly above the first factor allow
/// it; each order must lower that ratio, and must not push it strictly below the second factor, the
/// only guard against over-correction among the venues. The keeper chooses the account.
///
/// **Scales.** USD, prices and factors `1e30`; token amounts as the token has them; a price is USD
/// per smallest unit of the token. **Rounding.** Factors of amounts round down; a long's tokens for
/// a part of its size round up, a short's down; signed quotients round toward zero.
///
/// **Source.** gmx-io/gmx-synthetics@a5c0c883: `contracts/position/PositionUtils.sol`,
/// `liquidation/LiquidationUtils.sol`, `adl/AdlUtils.sol`, `exchange/AdlHandler.sol`,
/// `config/markets.ts`. Documented only: there are no golden numbers but one test of the venue (ten
/// ETH behind 200,000 USD long: not at 4,200, yes at 4,000). Open, hence parameters: the factors
/// differ by market (collateral 0.5 to 1 %, fee 0.20 to 0.30 %); computing fees and price impact
/// from the market is not modelled, both are inputs.
public final class GmxV2 {
  /// `1e30`.
  public static final BigInteger FLOAT_PRECISION = BigInteger.TEN.pow(30);

  private GmxV2() {}

  /// Constants of a market.
  ///
  /// @param minCollateralUsd1e30 below which a position is liquidated whatever its size
  /// @param minCollateralFactor1e30 of size
  /// @param maxImpactFactor1e30 of size, floor of negative price impact
  /// @param liquidationFeeFactor1e30 of size
  /// @param maxProfitFactor1e30 of the pool, above which traders' profits are capped
  /// @param adlFactor1e30 above which deleveraging is allowed
  /// @param adlFloor1e30 below which it must not push
  public record Parameters(
      BigInteger minCollateralUsd1e30,
      BigInteger minCollateralFactor1e30,
      BigInteger maxImpactFactor1e30,
      BigInteger liquidationFeeFactor1e30,
      BigInteger maxProfitFactor1e30,
      BigInteger adlFactor1e30,
      BigInteger adlFloor1e30) {
    /// One USD, 1 %, impact does not count (0), 0.20 %, 90 %, 85 % and 77 %. Bound of impact and
    /// cap of profits are not in the documents that were read: set them for a market.
    public static final Parameters DEFAULT =
        new Parameters(
            FLOAT_PRECISION,
            permille(10),
            BigInteger.ZERO,
            permille(2),
            permille(900),
            permille(850),
            permille(770));
  }

  /// A position.
  ///
  /// @param sizeUsd1e30 what it cost
  /// @param sizeTokens smallest units of the index token
  /// @param collateralAmount smallest units of the collateral token
  public record Position(
      boolean isLong, BigInteger sizeUsd1e30, BigInteger sizeTokens, BigInteger collateralAmount) {}

  /// A price as a band.
  public record Price(BigInteger min1e30, BigInteger max1e30) {
    /// A band of no width.
    public static Price of(BigInteger price1e30) {
      return new Price(price1e30, price1e30);
    }

    /// The side that is worse for a position.
    public BigInteger worseFor(boolean isLong) {
      return isLong ? min1e30 : max1e30;
    }
  }

  /// Profits of all positions of one side of a market.
  ///
  /// @param pnlUsd1e30 of the side, signed
  /// @param poolUsd1e30 value of the pool that pays them
  public record Pool(BigInteger pnlUsd1e30, BigInteger poolUsd1e30) {}

  /// A factor of a value, rounded down.
  public static BigInteger applyFactor(BigInteger value, BigInteger factor1e30) {
    return mulDivFloor(value, factor1e30, FLOAT_PRECISION);
  }

  /// A position's profit or loss, `1e30`: value of its tokens less size for a long, the reverse for
  /// a short. A profit is cut in the proportion in which the pool caps all profits of the side,
  /// rounded down.
  public static BigInteger pnl(
      Position position, BigInteger indexPrice1e30, Pool pool, Parameters parameters) {
    BigInteger value = position.sizeTokens().multiply(indexPrice1e30);
    BigInteger pnl =
        position.isLong()
            ? value.subtract(position.sizeUsd1e30())
            : position.sizeUsd1e30().subtract(value);
    BigInteger cap = applyFactor(pool.poolUsd1e30(), parameters.maxProfitFactor1e30());
    boolean capped = pool.pnlUsd1e30().signum() > 0 && pool.pnlUsd1e30().compareTo(cap) > 0;
    return pnl.signum() > 0 && capped && cap.signum() > 0
        ? mulDivFloor(pnl, cap, pool.pnlUsd1e30())
        : pnl;
  }

  /// Tokens of a part of a position: all for all, else in proportion, a long's rounded up, a
  /// short's down.
  public static BigInteger tokensOfPart(Position position, BigInteger partUsd1e30) {
    if (partUsd1e30.equals(position.sizeUsd1e30())) {
      return position.sizeTokens();
    }
    return position.isLong()
        ? mulDivCeil(position.sizeTokens(), partUsd1e30, position.sizeUsd1e30())
        : mulDivFloor(position.sizeTokens(), partUsd1e30, position.sizeUsd1e30());
  }

  /// Price impact as the test of liquidation sees it: nothing if positive, else at least minus size
  /// times the factor.
  public static BigInteger impactForLiquidation(
      BigInteger impactUsd1e30, BigInteger sizeUsd1e30, Parameters parameters) {
    BigInteger floor = applyFactor(sizeUsd1e30, parameters.maxImpactFactor1e30()).negate();
    return impactUsd1e30.signum() >= 0 ? BigInteger.ZERO : impactUsd1e30.max(floor);
  }

  /// Why a position is liquidated.
  public enum Verdict {
    /// It is not.
    HEALTHY,
    /// Remaining collateral is strictly below the minimum.
    BELOW_MINIMUM,
    /// Remaining collateral is 0 or less.
    NOTHING_LEFT,
    /// Remaining collateral is strictly below size times the factor.
    BELOW_FACTOR
  }

  /// The test of liquidation.
  ///
  /// @param remainingUsd1e30 collateral after loss, impact and fees, signed
  public record Test(Verdict verdict, BigInteger remainingUsd1e30) {}

  /// Tests a position.
  ///
  /// @param impactUsd1e30 price impact of closing it, signed
  /// @param feesUsd1e30 all fees of closing it except the liquidation fee
  /// @param withMinimum whether the minimum in USD applies, as it does for liquidations
  public static Test test(
      Position position,
      Price indexPrice,
      Price collateralPrice,
      BigInteger impactUsd1e30,
      BigInteger feesUsd1e30,
      Pool pool,
      boolean withMinimum,
      Parameters parameters) {
    BigInteger remaining =
        position
            .collateralAmount()
            .multiply(collateralPrice.min1e30())
            .add(pnl(position, indexPrice.worseFor(position.isLong()), pool, parameters))
            .add(impactForLiquidation(impactUsd1e30, position.sizeUsd1e30(), parameters))
            .subtract(feesUsd1e30);
    return new Test(verdict(remaining, position.sizeUsd1e30(), withMinimum, parameters), remaining);
  }

  /// The verdict on what remains.
  public static Verdict verdict(
      BigInteger remainingUsd1e30,
      BigInteger sizeUsd1e30,
      boolean withMinimum,
      Parameters parameters) {
    if (withMinimum && remainingUsd1e30.compareTo(parameters.minCollateralUsd1e30()) < 0) {
      return Verdict.BELOW_MINIMUM;
    }
    if (remainingUsd1e30.signum() <= 0) {
      return Verdict.NOTHING_LEFT;
    }
    BigInteger least = applyFactor(sizeUsd1e30, parameters.minCollateralFactor1e30());
    return remainingUsd1e30.compareTo(least) < 0 ? Verdict.BELOW_FACTOR : Verdict.HEALTHY;
  }

  /// The size of a liquidation: all of it.
  public static BigInteger liquidationSize(Position position) {
    return position.sizeUsd1e30();
  }

  /// The liquidation fee, rounded down.
  public static BigInteger liquidationFee(BigInteger sizeUsd1e30, Parameters parameters) {
    return applyFactor(sizeUsd1e30, parameters.liquidationFeeFactor1e30());
  }

  /// A side's profits over its pool, `1e30`, toward zero; 0 for an empty pool.
  public static BigInteger profitFactor(Pool pool) {
    return pool.poolUsd1e30().signum() == 0
        ? BigInteger.ZERO
        : pool.pnlUsd1e30().multiply(FLOAT_PRECISION).divide(pool.poolUsd1e30());
  }

  /// Whether a side may be deleveraged: factor positive and strictly above the first.
  public static boolean mayDeleverage(BigInteger profitFactor1e30, Parameters parameters) {
    return profitFactor1e30.signum() > 0
        && profitFactor1e30.compareTo(parameters.adlFactor1e30()) > 0;
  }

  /// What an order of deleveraging did.
  public enum Deleveraging {
    /// It stands.
    VALID,
    /// The side may not be deleveraged.
    NOT_REQUIRED,
    /// The order is larger than the position.
    LARGER_THAN_POSITION,
    /// The ratio did not fall.
    NOT_LOWERED,
    /// The ratio fell strictly below the floor.
    OVER_CORRECTED
  }

  /// Judges an order of deleveraging by the ratio before and after; all but valid ones are undone.
  ///
  /// @param orderUsd1e30 part of the position that it closes
  public static Deleveraging deleveraging(
      BigInteger orderUsd1e30,
      Position position,
      BigInteger factorBefore1e30,
      BigInteger factorAfter1e30,
      Parameters parameters) {
    if (!mayDeleverage(factorBefore1e30, parameters)) {
      return Deleveraging.NOT_REQUIRED;
    }
    if (orderUsd1e30.compareTo(position.sizeUsd1e30()) > 0) {
      return Deleveraging.LARGER_THAN_POSITION;
    }
    if (factorAfter1e30.compareTo(factorBefore1e30) >= 0) {
      return Deleveraging.NOT_LOWERED;
    }
    return factorAfter1e30.compareTo(parameters.adlFloor1e30()) < 0
        ? Deleveraging.OVER_CORRECTED
        : Deleveraging.VALID;
  }

  private static BigInteger permille(long value) {
    return BigInteger.valueOf(value).multiply(BigInteger.TEN.pow(27));
  }
}
