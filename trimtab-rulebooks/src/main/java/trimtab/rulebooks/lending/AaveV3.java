package trimtab.rulebooks.lending;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.number.Uint;

/// What the versions of Aave v3 speak of; the rules are in [AaveV30], [AaveV33], [AaveV36] and
/// [AaveV37].
///
/// Amounts are base units of a token (`10^decimals` is one), prices and values are in the pool's
/// base currency (8 decimals where it is the dollar), health factors wad, percentages basis points.
public final class AaveV3 {
  /// The health factor of an account without debt.
  public static final BigInteger NO_DEBT = Uint.MAX;

  /// Below this health factor a sentinel that holds liquidations back does not count (3.0 to 3.6).
  public static final BigInteger SENTINEL_HEALTH_WAD = wad("950000000000000000");

  private AaveV3() {}

  /// A token of a reserve.
  ///
  /// @param price of one token, in the base currency
  public record Asset(int decimals, BigInteger price) {
    /// @throws ArithmeticException if the decimals are not 0 to 77 or the price is not positive
    public Asset {
      if (decimals < 0 || decimals > 77) {
        throw new ArithmeticException("decimals of " + decimals + "; 0 to 77 fit");
      }
      if (price.signum() <= 0) {
        throw new ArithmeticException("a price of " + price);
      }
    }

    /// Base units in one token.
    public BigInteger unit() {
      return BigInteger.TEN.pow(decimals);
    }

    /// `floor(amount x price / unit)`.
    BigInteger valueFloor(BigInteger amount) {
      return Uint.mulDivFloor(amount, price, unit());
    }
  }

  /// A supplied balance that is enabled as collateral.
  ///
  /// @param thresholdBps liquidation threshold as it applies to this account: of its efficiency
  ///   mode where the category's bitmap has the asset, see [#appliedBps]; 0 does not count at all
  public record Collateral(BigInteger balance, Asset asset, BigInteger thresholdBps) {}

  /// A debt.
  public record Debt(BigInteger balance, Asset asset) {}

  /// An account as the pool values it.
  ///
  /// @param healthFactorWad [#NO_DEBT] without debt
  public record Totals(
      BigInteger collateralBase, BigInteger debtBase, BigInteger healthFactorWad) {}

  /// What a liquidator chooses: one debt of the account and one of its collaterals.
  ///
  /// @param liquidationBonusBps 10500 is 5%; as it applies to this account, see [#appliedBps]
  /// @param protocolFeeBps the protocol's share of the bonus
  public record Pair(
      Asset debt,
      BigInteger reserveDebt,
      Asset collateral,
      BigInteger collateralBalance,
      BigInteger liquidationBonusBps,
      BigInteger protocolFeeBps) {}

  /// The part of an account that the size of a liquidation depends on.
  ///
  /// @param totalDebtBase of all its debts, in the base currency
  public record Account(BigInteger healthFactorWad, BigInteger totalDebtBase) {}

  /// What changes hands. `seizedTotal = toLiquidator + protocolFee`.
  ///
  /// @param debtRepaid by the liquidator, base units of the debt
  /// @param seizedTotal from the account, base units of the collateral
  public record Seizure(
      BigInteger debtRepaid,
      BigInteger seizedTotal,
      BigInteger toLiquidator,
      BigInteger protocolFee) {}

  /// What the pool answers.
  public sealed interface Answer {
    /// It liquidates.
    ///
    /// @param maxLiquidatableDebt what the close factor allows, base units of the debt
    record Liquidated(BigInteger maxLiquidatableDebt, Seizure seizure) implements Answer {}

    /// It reverts.
    record Refused(Refusal refusal) implements Answer {}
  }

  /// Why a call reverts, in the order of the checks; names of 3.4 and later, which replace codes.
  public enum Refusal {
    /// The sequencer was down and the account is not below [#SENTINEL_HEALTH_WAD].
    PRICE_ORACLE_SENTINEL_CHECK_FAILED("PriceOracleSentinelCheckFailed"),
    /// The account is healthy.
    HEALTH_FACTOR_NOT_BELOW_THRESHOLD("HealthFactorNotBelowThreshold"),
    /// It has no debt of this reserve.
    SPECIFIED_CURRENCY_NOT_BORROWED("SpecifiedCurrencyNotBorrowedByUser"),
    /// Something too small would be left on both sides of the pair.
    MUST_NOT_LEAVE_DUST("MustNotLeaveDust");

    private final String error;

    Refusal(String error) {
      this.error = error;
    }

    /// As the contract calls it.
    public String error() {
      return error;
    }
  }

  /// Constants of the contracts from 3.3 on.
  ///
  /// @param liquidationHealthWad liquidatable strictly below
  /// @param closeFactorBps of the whole debt of the account, where the close factor applies
  /// @param closeFactorHealthWad it applies strictly above
  /// @param minBaseMaxCloseFactor it applies to pairs with both sides worth at least this
  /// @param minLeftoverBase what must be left at least, on each side, if neither is emptied
  public record Parameters(
      BigInteger liquidationHealthWad,
      BigInteger closeFactorBps,
      BigInteger closeFactorHealthWad,
      BigInteger minBaseMaxCloseFactor,
      BigInteger minLeftoverBase) {
    /// The contracts' own: health factor 1, half above 0.95 from $2,000 on, $1,000 left.
    public static final Parameters DEFAULTS =
        new Parameters(
            Uint.WAD,
            BigInteger.valueOf(5_000),
            wad("950000000000000000"),
            BigInteger.valueOf(200_000_000_000L),
            BigInteger.valueOf(100_000_000_000L));
  }

  /// How much of one side of a pair may go, in the base currency: anything up to `partialMax`, or
  /// `full`, nothing in between.
  ///
  /// @param full empty where the close factor forbids it
  public record Allowed(BigInteger partialMax, Optional<BigInteger> full) {}

  /// The threshold or the bonus that applies to a collateral of an account: of the account's
  /// efficiency mode if its category has the asset as collateral, else of the reserve.
  ///
  /// @param categoryBps empty if the account is in no category or the category lacks the asset
  public static BigInteger appliedBps(BigInteger reserveBps, Optional<BigInteger> categoryBps) {
    return categoryBps.orElse(reserveBps);
  }

  /// Debt that no collateral stands behind any more and that the pool burns into the deficits of
  /// its reserves (from 3.3 on): what is left of the repaid debt first, then every other debt.
  ///
  /// @param otherDebts balances of the account's debts in other active reserves
  /// @param noCollateralLeft as the version decides it; without it nothing is burned
  public static List<BigInteger> deficits(
      Pair pair, Seizure seizure, List<BigInteger> otherDebts, boolean noCollateralLeft) {
    if (!noCollateralLeft) {
      return List.of();
    }
    List<BigInteger> deficits = new ArrayList<>();
    deficits.add(Uint.fit(pair.reserveDebt().subtract(seizure.debtRepaid())));
    deficits.addAll(otherDebts);
    return List.copyOf(deficits);
  }

  static BigInteger wad(String text) {
    return new BigInteger(text);
  }
}
