package trimtab.rulebooks.derivatives;

import static trimtab.rulebooks.derivatives.DriftV2.FEE_PRECISION;
import static trimtab.rulebooks.derivatives.DriftV2.MARGIN_PRECISION;
import static trimtab.rulebooks.derivatives.DriftV2.PRICE_PRECISION;
import static trimtab.rulebooks.derivatives.RustIntegers.divCeil;
import static trimtab.rulebooks.derivatives.RustIntegers.divFloor;
import static trimtab.rulebooks.derivatives.RustIntegers.minusOrZero;
import static trimtab.rulebooks.derivatives.RustIntegers.mulDivFloor;
import static trimtab.rulebooks.derivatives.RustIntegers.u128;

import java.math.BigInteger;
import trimtab.rulebooks.derivatives.DriftV2.Parameters;

/// Drift v2: a liquidator repays a borrow and takes a deposit for it. The same functions size the
/// exchange of a borrow for a perp's profit and of a perp's loss for a deposit, with the quote
/// token (six decimals) in the place of the perp.
///
/// The exchange is at oracle prices times multipliers: the asset's is `1 + f`, the liability's `1 -
/// f`. The liability that covers a shortage is `x = S / (P_L x (w_L - w_A x k_A / k_L) - P_L x f_i
/// x w_L)`, rounded down and at least 1; the asset that pays for it rounds down and is at least 1,
/// unless almost nothing would be left of the deposit, or missing from it: then it is the deposit.
/// That is less than one USD for a token of six decimals; the program scales the difference the
/// other way round, so that for nine decimals it is a millionth of a USD, for five a hundred USD,
/// and so it is here. The liability that a deposit pays for rounds *up*. Weights are ten times
/// finer (`1e5`) inside. Scales and source: [DriftV2].
public final class DriftV2Spot {
  /// What stands for "as much as there is": `2^128 - 1`.
  public static final BigInteger UNLIMITED = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

  /// `1e6`: one USD.
  private static final BigInteger QUOTE_PRECISION = PRICE_PRECISION;

  private static final int QUOTE_DECIMALS = 6;
  private static final int DECIMALS_MAX = 30;
  private static final BigInteger WEIGHT_TO_FEE = FEE_PRECISION.divide(MARGIN_PRECISION);

  private DriftV2Spot() {}

  /// One side of an exchange.
  ///
  /// @param weight1e4 maintenance weight; the liability's with the buffer added
  /// @param multiplier1e6 `1 + f` for the asset, `1 - f` for the liability
  /// @param decimals of the token
  public record Leg(
      BigInteger weight1e4, BigInteger multiplier1e6, int decimals, BigInteger price1e6) {
    /// @throws IllegalArgumentException if the decimals are not between 0 and 30
    public Leg {
      if (decimals < 0 || decimals > DECIMALS_MAX) {
        throw new IllegalArgumentException(
            "decimals must be between 0 and " + DECIMALS_MAX + ", not " + decimals);
      }
    }

    private BigInteger precision() {
      return BigInteger.TEN.pow(decimals);
    }
  }

  /// The multiplier of a deposit that is taken, `1e6`: one plus the fee.
  public static BigInteger assetMultiplier(BigInteger liquidatorFee1e6) {
    return FEE_PRECISION.add(liquidatorFee1e6);
  }

  /// The multiplier of a borrow that is repaid, `1e6`: one less the fee.
  ///
  /// @throws ArithmeticException if the fee is above one
  public static BigInteger liabilityMultiplier(BigInteger liquidatorFee1e6) {
    return u128(FEE_PRECISION.subtract(liquidatorFee1e6));
  }

  /// What a deposit counts for, `1e6`: its value times its weight, both rounded down.
  ///
  /// @param amount in the token's own unit, not negative
  public static BigInteger depositCollateral(BigInteger amount, Leg asset) {
    BigInteger value = mulDivFloor(amount, asset.price1e6(), asset.precision());
    return mulDivFloor(value, asset.weight1e4(), MARGIN_PRECISION);
  }

  /// The value of a borrow, `1e6`, rounded up.
  ///
  /// @param amount in the token's own unit, not negative
  public static BigInteger borrowValue(BigInteger amount, Leg liability) {
    return divCeil(amount.multiply(liability.price1e6()), liability.precision());
  }

  /// What a borrow requires, `1e6`: its value times its weight without the buffer, rounded down.
  public static BigInteger borrowRequirement(BigInteger value1e6, BigInteger weight1e4) {
    return mulDivFloor(value1e6, weight1e4, MARGIN_PRECISION);
  }

  /// The liability whose repayment covers a shortage, in its own unit, rounded down, at least 1.
  /// [#UNLIMITED] if the asset's weight is not below the liability's, with or without multipliers:
  /// then no repayment helps.
  ///
  /// @throws ArithmeticException if the fund's fee leaves nothing to be freed
  public static BigInteger liabilityToCover(
      BigInteger shortage1e6, Leg asset, Leg liability, BigInteger insuranceFee1e6) {
    BigInteger liabilityWeight = liability.weight1e4().multiply(BigInteger.TEN);
    if (asset.weight1e4().compareTo(liability.weight1e4()) >= 0) {
      return UNLIMITED;
    }
    BigInteger assetWeight =
        mulDivFloor(
            asset.weight1e4().multiply(BigInteger.TEN),
            asset.multiplier1e6(),
            liability.multiplier1e6());
    if (assetWeight.compareTo(liabilityWeight) >= 0) {
      return UNLIMITED;
    }
    BigInteger toFund =
        mulDivFloor(liability.price1e6(), insuranceFee1e6, FEE_PRECISION).multiply(liabilityWeight);
    BigInteger freed =
        liability.price1e6().multiply(liabilityWeight.subtract(assetWeight)).subtract(toFund);
    BigInteger scaled =
        shortage1e6
            .multiply(power(liability.decimals() - QUOTE_DECIMALS))
            .multiply(PRICE_PRECISION)
            .multiply(MARGIN_PRECISION)
            .multiply(BigInteger.TEN);
    return divFloor(scaled, u128(freed))
        .divide(power(QUOTE_DECIMALS - liability.decimals()))
        .max(BigInteger.ONE);
  }

  /// The liability that an amount of the asset pays for, in the liability's unit, both quotients
  /// rounded up.
  ///
  /// @throws ArithmeticException if a price or multiplier is 0
  public static BigInteger liabilityForAsset(BigInteger assetAmount, Leg asset, Leg liability) {
    BigInteger value =
        assetAmount
            .multiply(power(liability.decimals() - asset.decimals()))
            .multiply(asset.price1e6())
            .multiply(liability.multiplier1e6());
    BigInteger one = liability.price1e6().multiply(asset.multiplier1e6());
    return divCeil(divCeil(value, one), power(asset.decimals() - liability.decimals()));
  }

  /// The asset that pays for an amount of the liability, in the asset's unit, both quotients
  /// rounded down, at least 1; the whole deposit if the difference to it, above or below, times
  /// price times `10^(decimals - 6)`, rounded down, is less than one USD.
  ///
  /// @param deposit all of the asset that the account has
  /// @throws ArithmeticException if a price or multiplier is 0
  public static BigInteger assetForLiability(
      BigInteger deposit, Leg asset, BigInteger liabilityAmount, Leg liability) {
    BigInteger value =
        liabilityAmount
            .multiply(power(asset.decimals() - liability.decimals()))
            .multiply(liability.price1e6())
            .multiply(asset.multiplier1e6());
    BigInteger one = asset.price1e6().multiply(liability.multiplier1e6());
    BigInteger transfer =
        divFloor(value, one)
            .divide(power(liability.decimals() - asset.decimals()))
            .max(BigInteger.ONE);
    BigInteger difference =
        u128(mulDivFloor(transfer.subtract(deposit).abs(), asset.price1e6(), PRICE_PRECISION)
                .multiply(power(asset.decimals() - QUOTE_DECIMALS)))
            .divide(power(QUOTE_DECIMALS - asset.decimals()));
    return difference.compareTo(QUOTE_PRECISION) < 0 ? deposit : transfer;
  }

  /// The insurance fund's fee, `1e6`: what the weights leave after the shortage per value of the
  /// liability, over the liability's weight, at most the market's. Quotients round down; 0 if a
  /// price, the amount, a multiplier or what is left is 0.
  ///
  /// @param shortage1e6 the part of the shortage that the borrow stands for
  /// @param liabilityAmount in its own unit
  public static BigInteger insuranceFee(
      BigInteger shortage1e6,
      BigInteger liabilityAmount,
      Leg asset,
      Leg liability,
      BigInteger feeMax1e6) {
    if (asset.weight1e4().compareTo(liability.weight1e4()) >= 0
        || liability.price1e6().signum() == 0
        || liabilityAmount.signum() == 0
        || liability.multiplier1e6().signum() == 0) {
      return BigInteger.ZERO;
    }
    BigInteger liabilityWeight = liability.weight1e4().multiply(WEIGHT_TO_FEE);
    BigInteger assetWeight =
        mulDivFloor(
            asset.weight1e4().multiply(WEIGHT_TO_FEE),
            asset.multiplier1e6(),
            liability.multiplier1e6());
    BigInteger missing =
        divFloor(
            mulDivFloor(
                shortage1e6.multiply(FEE_PRECISION), liability.precision(), liabilityAmount),
            liability.price1e6());
    BigInteger left = minusOrZero(minusOrZero(liabilityWeight, assetWeight), missing);
    return mulDivFloor(left, FEE_PRECISION, liabilityWeight).min(feeMax1e6);
  }

  /// One exchange.
  ///
  /// @param liabilityTransfer repaid, in its own unit, the fund's fee included
  /// @param assetTransfer taken, in its own unit
  /// @param insuranceFee of the repayment that goes to the fund, in the liability's unit
  /// @param cover what would have covered the shortage
  /// @param share1e4 of it that was allowed
  /// @param exits whether the liquidation ends with it
  public record Exchange(
      BigInteger liabilityTransfer,
      BigInteger assetTransfer,
      BigInteger insuranceFee,
      BigInteger cover,
      BigInteger share1e4,
      boolean exits) {}

  /// Sizes one exchange: the covering liability times the share, or all of a borrow that is worth
  /// at most the small one; at most the borrow, what the liquidator takes, and what the deposit
  /// pays for.
  ///
  /// @param shortage1e6 of the account
  /// @param trackedShortage1e6 part of it that the borrow stands for
  /// @param deposit all of the asset
  /// @param borrow all of the liability
  /// @param liquidatorMax that the liquidator repays
  /// @param share1e4 from [DriftV2#maxShare]
  /// @throws ArithmeticException if nothing would change hands
  public static Exchange exchange(
      BigInteger shortage1e6,
      BigInteger trackedShortage1e6,
      BigInteger deposit,
      Leg asset,
      BigInteger borrow,
      Leg liability,
      BigInteger liquidatorMax,
      BigInteger insuranceFeeMax1e6,
      BigInteger share1e4,
      Parameters parameters) {
    BigInteger fundRate =
        insuranceFee(trackedShortage1e6, borrow, asset, liability, insuranceFeeMax1e6);
    BigInteger cover = liabilityToCover(shortage1e6, asset, liability, fundRate);
    BigInteger allowed = cover.multiply(share1e4).min(UNLIMITED).divide(MARGIN_PRECISION);
    BigInteger value = mulDivFloor(borrow, liability.price1e6(), liability.precision());
    BigInteger wanted =
        value.compareTo(parameters.smallLiability1e6()) <= 0 ? allowed.max(borrow) : allowed;
    BigInteger liabilityTransfer =
        liquidatorMax.min(borrow).min(wanted).min(liabilityForAsset(deposit, asset, liability));
    if (liabilityTransfer.signum() == 0) {
      throw new ArithmeticException("nothing would change hands");
    }
    return new Exchange(
        liabilityTransfer,
        assetForLiability(deposit, asset, liabilityTransfer, liability),
        mulDivFloor(liabilityTransfer, fundRate, FEE_PRECISION),
        cover,
        share1e4,
        liabilityTransfer.compareTo(cover) >= 0);
  }

  /// How safe a contract is held to be, the safest first.
  public enum ContractTier {
    A,
    B,
    C,
    SPECULATIVE,
    HIGHLY_SPECULATIVE,
    ISOLATED
  }

  /// How safe a token is held to be, the safest first.
  public enum AssetTier {
    COLLATERAL,
    PROTECTED,
    CROSS,
    ISOLATED,
    UNLISTED
  }

  /// Whether a perp's loss may be exchanged for a deposit now: its contract must be as safe as the
  /// safest among the account's perps, and the safest of its borrows must be unlisted, or at most
  /// cross with the contract in tier C or better. So the safest debts are paid first.
  public static boolean mayExchangeLoss(
      ContractTier contract, ContractTier safestContract, AssetTier safestBorrow) {
    boolean asSafeAsContracts = contract.compareTo(safestContract) <= 0;
    boolean asSafeAsBorrows =
        safestBorrow == AssetTier.UNLISTED
            || (safestBorrow.compareTo(AssetTier.CROSS) >= 0
                && contract.compareTo(ContractTier.C) <= 0);
    return asSafeAsContracts && asSafeAsBorrows;
  }

  /// `10^n`, or 1 below zero: one of the two scales that bring amounts of different decimals
  /// together.
  private static BigInteger power(int decimals) {
    return decimals > 0 ? BigInteger.TEN.pow(decimals) : BigInteger.ONE;
  }
}
