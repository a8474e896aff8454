package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.minusOrZero;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;
import trimtab.rulebooks.number.Uint;

/// Morpho Blue: isolated markets of one loan and one collateral asset, immutable.
///
/// **Rule.** A position is liquidatable when its debt is above what its collateral carries at the
/// market's liquidation loan-to-value (LLTV); at equality it is healthy (docs.morpho.org says
/// "meets or exceeds", the contract does not). Anyone may repay up to all of the debt, in one or
/// many calls, naming either the collateral to seize or the debt shares to repay, never both. Each
/// unit repaid seizes a fixed factor of its value, which depends on the LLTV alone. Once no
/// collateral is left, the rest of the debt is written off against the suppliers at once; one base
/// unit of collateral left prevents that.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | debt | `shares x (totalAssets + 1) / (totalShares + 1e6)` | up |
/// | limit | `(collateral x price / 1e36) x LLTV` | down, down |
/// | trigger | `limit < debt` | strict |
/// | factor | `min(1.15, 1 / (1 - 0.3 x (1 - LLTV)))` | product down, quotient down |
/// | seize: repaid shares | `toShares((seized x price / 1e36) / factor)` | up, up, up |
/// | repay: seized assets | `(toAssets(shares) x factor) x 1e36 / price` | down, down, down |
/// | assets paid | `toAssets(repaid shares)` | up |
/// | bad debt | `min(totalAssets, toAssets(shares left))` when collateral left is 0 | up |
///
/// **Scales.** Loan and collateral in base units; debt in shares (1e6 to the base unit at first);
/// price 1e36 x loan base units per collateral base unit; factors WAD (1e18).
///
/// **Fee, close factor, dust.** None: the whole incentive is the liquidator's, 100% may be closed,
/// any remainder may be left.
///
/// **Settlement.** The liquidator pays the loan asset and receives the collateral in one call,
/// which may sell it in a callback first. Collateral is one asset: there is no order to choose.
///
/// **Source.** morpho-org/morpho-blue `src/Morpho.sol` (`liquidate`, `_isHealthy`) and
/// `src/libraries/ConstantsLib.sol` at the release of the deployed contract; the sizing of
/// [#largestSeizure] is that of morpho-org/morpho-bots `bots/blue-liquidation/README.md`. Accrual
/// of interest is not part of this file: totals are those after it.
public final class MorphoBlue {
  /// All of the debt may be repaid at once.
  public static final BigInteger CLOSE_FACTOR_WAD = WAD;

  /// A market's LLTV, and the two constants of the contract.
  ///
  /// @param lltvWad liquidation loan-to-value
  /// @param cursorWad how much of `1 - LLTV` the factor's divisor gives up
  /// @param maxFactorWad the highest liquidation incentive factor
  public record Parameters(BigInteger lltvWad, BigInteger cursorWad, BigInteger maxFactorWad) {
    /// The contract's constants with the LLTV of most markets, 86%.
    public static final Parameters DEFAULTS =
        new Parameters(
            wad(860), wad(300), BigInteger.valueOf(1150).multiply(BigInteger.TEN.pow(15)));

    /// The same constants in a market with another LLTV.
    public Parameters withLltv(BigInteger lltvWad) {
      return new Parameters(lltvWad, cursorWad, maxFactorWad);
    }

    private static BigInteger wad(long thousandths) {
      return BigInteger.valueOf(thousandths).multiply(BigInteger.TEN.pow(15));
    }
  }

  /// A market's debt, interest accrued.
  ///
  /// @param totalBorrowAssets loan base units
  /// @param totalBorrowShares debt shares
  public record Market(BigInteger totalBorrowAssets, BigInteger totalBorrowShares) {}

  /// A borrower's position.
  ///
  /// @param borrowShares debt shares
  /// @param collateral collateral base units
  public record Position(BigInteger borrowShares, BigInteger collateral) {}

  /// What the liquidator asks for: one of the two is 0.
  ///
  /// @param seizedAssets collateral base units
  /// @param repaidShares debt shares
  public record Request(BigInteger seizedAssets, BigInteger repaidShares) {
    /// Seize so much collateral.
    public static Request seize(BigInteger seizedAssets) {
      return new Request(seizedAssets, BigInteger.ZERO);
    }

    /// Repay so many shares.
    public static Request repay(BigInteger repaidShares) {
      return new Request(BigInteger.ZERO, repaidShares);
    }

    boolean namesOne() {
      return seizedAssets.signum() == 0 ^ repaidShares.signum() == 0;
    }
  }

  /// Why the contract reverts, by its own name of the error.
  public enum Refusal {
    /// Both or none of the two amounts were named.
    INCONSISTENT_INPUT,
    /// The debt is not above the limit.
    HEALTHY_POSITION,
    /// More shares than the borrower owes or more collateral than there is (a checked subtraction
    /// without a name of its own).
    ARITHMETIC_UNDERFLOW
  }

  /// What a call of `liquidate` does.
  public sealed interface Outcome {}

  /// It reverts.
  public record Refused(Refusal reason) implements Outcome {}

  /// It goes through.
  ///
  /// @param factorWad liquidation incentive factor
  /// @param seizedAssets collateral base units that the liquidator receives
  /// @param repaidShares debt shares that are burnt for it
  /// @param repaidAssets loan base units that the liquidator pays
  /// @param position what is left of the position
  /// @param badDebtShares debt shares written off
  /// @param badDebtAssets loan base units that the suppliers lose
  /// @param market the market's debt afterwards
  public record Liquidated(
      BigInteger factorWad,
      BigInteger seizedAssets,
      BigInteger repaidShares,
      BigInteger repaidAssets,
      Position position,
      BigInteger badDebtShares,
      BigInteger badDebtAssets,
      Market market)
      implements Outcome {}

  private MorphoBlue() {}

  /// The liquidation incentive factor: `min(max, floor(1e36 / (1e18 - floor(cursor x (1 -
  /// LLTV)))))`.
  ///
  /// @return WAD, at least 1e18
  /// @throws ArithmeticException if LLTV is above 100%
  public static BigInteger liquidationIncentiveFactor(Parameters parameters) {
    BigInteger given = mulDivFloor(parameters.cursorWad(), WAD.subtract(parameters.lltvWad()), WAD);
    return parameters.maxFactorWad().min(mulDivFloor(WAD, WAD, WAD.subtract(given)));
  }

  /// Debt of so many shares in loan base units, rounded up.
  public static BigInteger borrowed(Market market, BigInteger borrowShares) {
    return MorphoMath.toAssetsUp(
        borrowShares, market.totalBorrowAssets(), market.totalBorrowShares());
  }

  /// The most debt that collateral carries, in loan base units: value rounded down, times LLTV
  /// rounded down.
  ///
  /// @param price 1e36 x loan base units per collateral base unit
  public static BigInteger maxBorrow(BigInteger collateral, BigInteger price, BigInteger lltvWad) {
    return mulDivFloor(MorphoMath.quotedDown(collateral, price), lltvWad, WAD);
  }

  /// Trigger: whether the debt is not above the limit. Equality is healthy; without debt it always
  /// is.
  public static boolean isHealthy(
      Market market, Position position, BigInteger price, BigInteger lltvWad) {
    return maxBorrow(position.collateral(), price, lltvWad)
            .compareTo(borrowed(market, position.borrowShares()))
        >= 0;
  }

  /// Size: the most collateral that one call can seize from a position, without regard to its
  /// health: that for all of the debt, rounded down twice so that the shares which the contract
  /// derives from it are never more than the borrower owes, at most all of the collateral.
  ///
  /// @throws ArithmeticException if the price is 0
  public static BigInteger largestSeizure(
      Market market, Position position, BigInteger price, Parameters parameters) {
    BigInteger debt =
        MorphoMath.toAssetsDown(
            position.borrowShares(), market.totalBorrowAssets(), market.totalBorrowShares());
    return MorphoMath.seizedFor(debt, price, liquidationIncentiveFactor(parameters))
        .min(position.collateral());
  }

  /// The whole of a liquidation: trigger, conversion of the amount that was not named, what is
  /// left, and the bad debt.
  ///
  /// @throws ArithmeticException if shares are named at a price of 0, as the contract divides by it
  public static Outcome liquidate(
      Market market, Position position, BigInteger price, Parameters parameters, Request request) {
    if (!request.namesOne()) {
      return new Refused(Refusal.INCONSISTENT_INPUT);
    }
    if (isHealthy(market, position, price, parameters.lltvWad())) {
      return new Refused(Refusal.HEALTHY_POSITION);
    }
    BigInteger factor = liquidationIncentiveFactor(parameters);
    Request both = complete(market, price, factor, request);
    if (both.repaidShares().compareTo(position.borrowShares()) > 0
        || both.seizedAssets().compareTo(position.collateral()) > 0) {
      return new Refused(Refusal.ARITHMETIC_UNDERFLOW);
    }
    BigInteger repaidAssets = borrowed(market, both.repaidShares());
    Market repaid =
        new Market(
            minusOrZero(market.totalBorrowAssets(), repaidAssets),
            Uint.fit(market.totalBorrowShares().subtract(both.repaidShares())));
    Position left =
        new Position(
            position.borrowShares().subtract(both.repaidShares()),
            position.collateral().subtract(both.seizedAssets()));
    return withBadDebt(
        new Liquidated(
            factor,
            both.seizedAssets(),
            both.repaidShares(),
            repaidAssets,
            left,
            BigInteger.ZERO,
            BigInteger.ZERO,
            repaid));
  }

  /// Both amounts of a request, the one that was not named converted at a factor; also what
  /// pre-liquidation does with its own factor.
  static Request complete(Market market, BigInteger price, BigInteger factorWad, Request request) {
    BigInteger assets = market.totalBorrowAssets();
    BigInteger shares = market.totalBorrowShares();
    if (request.seizedAssets().signum() > 0) {
      BigInteger repaid = MorphoMath.repaidFor(request.seizedAssets(), price, factorWad);
      return new Request(request.seizedAssets(), MorphoMath.toSharesUp(repaid, assets, shares));
    }
    BigInteger repaid = MorphoMath.toAssetsDown(request.repaidShares(), assets, shares);
    return new Request(MorphoMath.seizedFor(repaid, price, factorWad), request.repaidShares());
  }

  private static Liquidated withBadDebt(Liquidated done) {
    if (done.position().collateral().signum() > 0) {
      return done;
    }
    BigInteger shares = done.position().borrowShares();
    BigInteger assets = borrowed(done.market(), shares).min(done.market().totalBorrowAssets());
    return new Liquidated(
        done.factorWad(),
        done.seizedAssets(),
        done.repaidShares(),
        done.repaidAssets(),
        new Position(BigInteger.ZERO, BigInteger.ZERO),
        shares,
        assets,
        new Market(
            done.market().totalBorrowAssets().subtract(assets),
            done.market().totalBorrowShares().subtract(shares)));
  }
}
