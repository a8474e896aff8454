package trimtab.rulebooks.lending;

import java.math.BigInteger;
import java.util.List;
import trimtab.rulebooks.number.Uint;

/// Compound III (Comet): an account is absorbed whole, its collateral then sold at a discount.
///
/// - **Trigger**: `-debt value + sum(value x liquidate factor)` strictly below 0 ([#liquidity]).
///   Every step truncates: a debt worth nothing after truncation is not liquidatable.
/// - **How much**: all collateral and all debt, no partial.
/// - **Order**: none; the buyer of the second leg chooses which asset and how much.
/// - **Price**: the account is credited `floor(sum(floor(value x liquidation factor)) x base scale
///   / base price)`. The protocol sells at `floor(price x (1 - discount))`, `discount =
///   floor(store-front factor x (1 - liquidation factor))`; the quote is `floor(floor(pBase x
///   amount x scale / price) / base scale)`.
/// - **Penalty**: `1 - liquidation factor`, to the protocol; the buyer gets the store-front share
///   of it. Whoever calls `absorb` gets nothing but points.
/// - **Dust**: no rule. **Bad debt**: what the credit does not cover is paid by the reserves; what
///   it has over becomes base supply of the account.
/// - **Sale**: only while the reserves are below the target ([#buyCollateral]).
///
/// Scales: prices 8 decimals, factors 1e18, scales `10^decimals`, indices 1e15; balances of base
/// signed, negative for debt.
///
/// Source: compound-finance/comet@d5a30b0a (tests `test/absorb-test.ts`,
/// `test/is-liquidatable-test.ts`, `test/quote-collateral-test.ts`, `test/buy-collateral-test.ts`),
/// `contracts/Comet.sol` `isLiquidatable`, `absorbInternal`, `quoteCollateral`, `buyCollateral`.
/// Documented only: pauses; the points of the absorber. Factors and the target of the reserves are
/// a market's: arguments.
public final class CompoundV3 {
  /// `1e15`: an index of 1.
  public static final BigInteger INDEX_SCALE = BigInteger.TEN.pow(15);

  private static final int BALANCE_BITS = 104;

  private CompoundV3() {}

  /// The base token of a market.
  ///
  /// @param price 8 decimals
  /// @param scale `10^decimals`
  public record Base(BigInteger price, BigInteger scale) {}

  /// A collateral of an account.
  ///
  /// @param price 8 decimals
  /// @param scale `10^decimals`
  /// @param liquidateFactorWad counts in the trigger
  /// @param liquidationFactorWad credited when absorbed
  public record Collateral(
      BigInteger balance,
      BigInteger price,
      BigInteger scale,
      BigInteger liquidateFactorWad,
      BigInteger liquidationFactorWad) {
    /// Value, 8 decimals, floor.
    public BigInteger value() {
      return Uint.mulDivFloor(balance, price, scale);
    }
  }

  /// The accrual of a market: base units of principal grow by these.
  ///
  /// @param supply of balances above 0, [#INDEX_SCALE] at the start
  /// @param borrow of balances below 0
  public record Indices(BigInteger supply, BigInteger borrow) {
    /// Nothing has accrued.
    public static final Indices START = new Indices(INDEX_SCALE, INDEX_SCALE);
  }

  /// Terms at which a market sells an asset.
  ///
  /// @param assetPrice 8 decimals
  /// @param assetScale `10^decimals`
  /// @param storeFrontFactorWad share of the penalty that goes to the buyer
  public record Sale(
      BigInteger assetPrice,
      BigInteger assetScale,
      BigInteger liquidationFactorWad,
      BigInteger storeFrontFactorWad) {}

  /// What a market holds.
  ///
  /// @param baseReserves signed
  /// @param collateralReserves of the asset that is sold
  public record Reserves(
      BigInteger baseReserves, BigInteger targetReserves, BigInteger collateralReserves) {}

  /// An absorbed account.
  ///
  /// @param newBalance of base, 0 or above
  /// @param basePaidOut by the reserves: `newBalance - oldBalance`
  /// @param credited for the collateral, base units
  /// @param badDebt the part of the debt that the credit does not cover, base units
  public record Absorbed(
      BigInteger newBalance, BigInteger basePaidOut, BigInteger credited, BigInteger badDebt) {}

  /// What the market answers to a call of `absorb`.
  public sealed interface Absorption {
    /// It absorbs.
    record Done(Absorbed absorbed) implements Absorption {}

    /// It reverts: the account is not liquidatable.
    record NotLiquidatable() implements Absorption {}
  }

  /// What the market answers to a buyer.
  public sealed interface Purchase {
    /// It sells.
    ///
    /// @param reservesAfter base reserves with what the buyer pays
    record Sold(BigInteger collateralAmount, BigInteger reservesAfter) implements Purchase {}

    /// It reverts.
    record Refused(Refusal refusal) implements Purchase {}
  }

  /// Why a purchase reverts, in the order of the checks.
  public enum Refusal {
    /// The reserves are at the target or above.
    NOT_FOR_SALE("NotForSale"),
    /// Less than the buyer asks for.
    TOO_MUCH_SLIPPAGE("TooMuchSlippage"),
    /// More than the market has.
    INSUFFICIENT_RESERVES("InsufficientReserves");

    private final String error;

    Refusal(String error) {
      this.error = error;
    }

    /// As the contract calls it.
    public String error() {
      return error;
    }
  }

  /// Base units of a principal: towards 0, by the index of its sign.
  public static BigInteger presentValue(BigInteger principal, Indices indices) {
    BigInteger index = principal.signum() < 0 ? indices.borrow() : indices.supply();
    return principal.multiply(index).divide(INDEX_SCALE);
  }

  /// The principal of a balance: supply floor, debt away from 0.
  public static BigInteger principalValue(BigInteger balance, Indices indices) {
    return balance.signum() < 0
        ? Uint.mulDivCeil(balance.negate(), INDEX_SCALE, indices.borrow()).negate()
        : Uint.mulDivFloor(balance, INDEX_SCALE, indices.supply());
  }

  /// What is left of the collateral, at the liquidate factors, after the debt: 8 decimals, signed,
  /// every term truncated.
  ///
  /// @param balance of base, negative for debt
  public static BigInteger liquidity(BigInteger balance, Base base, List<Collateral> collaterals) {
    BigInteger backing =
        collaterals.stream()
            .map(each -> Uint.mulDivFloor(each.value(), each.liquidateFactorWad(), Uint.WAD))
            .reduce(BigInteger.ZERO, BigInteger::add);
    return balance.multiply(base.price()).divide(base.scale()).add(backing);
  }

  /// Whether an account can be absorbed: it owes base and its liquidity is strictly below 0.
  public static boolean isLiquidatable(
      BigInteger balance, Base base, List<Collateral> collaterals) {
    return balance.signum() < 0 && liquidity(balance, base, collaterals).signum() < 0;
  }

  /// Absorbs an account.
  ///
  /// @param balance of base, negative for debt
  /// @throws ArithmeticException if a balance does not fit 104 bits
  public static Absorption absorb(BigInteger balance, Base base, List<Collateral> collaterals) {
    if (!isLiquidatable(balance, base, collaterals)) {
      return new Absorption.NotLiquidatable();
    }
    BigInteger value =
        collaterals.stream()
            .map(each -> Uint.mulDivFloor(each.value(), each.liquidationFactorWad(), Uint.WAD))
            .reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger credited = fit(Uint.mulDivFloor(value, base.scale(), base.price()));
    BigInteger after = fit(balance).add(credited);
    BigInteger newBalance = after.max(BigInteger.ZERO);
    return new Absorption.Done(
        new Absorbed(
            newBalance,
            newBalance.subtract(balance),
            credited,
            after.negate().max(BigInteger.ZERO)));
  }

  /// The price at which a market sells an asset, 8 decimals: both steps floor.
  public static BigInteger discountedPrice(Sale sale) {
    BigInteger penalty = Uint.fit(Uint.WAD.subtract(sale.liquidationFactorWad()));
    BigInteger discount = Uint.mulDivFloor(sale.storeFrontFactorWad(), penalty, Uint.WAD);
    return Uint.mulDivFloor(sale.assetPrice(), Uint.fit(Uint.WAD.subtract(discount)), Uint.WAD);
  }

  /// The collateral for an amount of base: both divisions floor.
  ///
  /// @throws ArithmeticException if the discounted price is 0
  public static BigInteger quoteCollateral(BigInteger baseAmount, Base base, Sale sale) {
    BigInteger worth = base.price().multiply(baseAmount).multiply(sale.assetScale());
    return Uint.divFloor(Uint.divFloor(worth, discountedPrice(sale)), base.scale());
  }

  /// Buys collateral of the market.
  ///
  /// @param minAmount the least that the buyer accepts
  public static Purchase buyCollateral(
      BigInteger baseAmount, BigInteger minAmount, Base base, Sale sale, Reserves reserves) {
    boolean full =
        reserves.baseReserves().signum() >= 0
            && reserves.baseReserves().compareTo(reserves.targetReserves()) >= 0;
    if (full) {
      return new Purchase.Refused(Refusal.NOT_FOR_SALE);
    }
    BigInteger amount = quoteCollateral(baseAmount, base, sale);
    if (amount.compareTo(minAmount) < 0) {
      return new Purchase.Refused(Refusal.TOO_MUCH_SLIPPAGE);
    }
    return amount.compareTo(reserves.collateralReserves()) > 0
        ? new Purchase.Refused(Refusal.INSUFFICIENT_RESERVES)
        : new Purchase.Sold(amount, reserves.baseReserves().add(baseAmount));
  }

  private static BigInteger fit(BigInteger balance) {
    if (balance.bitLength() > BALANCE_BITS) {
      throw new ArithmeticException("more than 104 bits: " + balance);
    }
    return balance;
  }
}
