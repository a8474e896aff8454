package trimtab.rulebooks.lending;

import java.math.BigInteger;
import trimtab.rulebooks.number.Fraction;

/// marginfi v2: cross-margined accounts of several banks on Solana; the liquidator takes over both
/// legs.
///
/// **Rule.** Health is the sum of assets, each times its maintenance weight (below 1), less the sum
/// of liabilities, each times its maintenance weight (above 1); an account is liquidatable when it
/// is **not above 0**. The liquidator names a quantity of one asset, pays its value in one
/// liability less the liquidator's fee, and the account is credited that value less the insurance
/// fee as well; the difference goes to the bank's insurance fund. Afterwards health must be better
/// than before and still not above 0, and some of the liability must be left: the largest legal
/// quantity is the one that brings health to exactly 0.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | trigger | `assets - liabilities <= 0` | equality is liquidatable |
/// | prices | asset `p - c`, liability `p + c`; `c = min(2.12 x confidence, 5% of p)` | down |
/// | liquidator pays | `q x (1 - fl) x pa / 10^da x 10^dl / pl` | down, each |
/// | account credited | `q x (1 - fl - fi) x pa / 10^da x 10^dl / pl` | down, each |
/// | insurance | difference; whole units are moved, the rest is kept for later | down |
/// | largest quantity | `-health / ((1 - fl - fi) wl - wa) / pa` | exact |
///
/// **Scales.** The program computes in signed fixed point with 48 binary digits, products and
/// quotients rounded down to 2^-48: [#exchangeInBits]. Its fees of 2.5% are not on that grid.
/// [#exchange] is the documented formula, exact: the cases state decimals and are of it. Quantities
/// in base units with the mints' decimals, or in tokens with 0 decimals.
///
/// **Order.** The liquidator's choice. **Dust.** A balance below one base unit counts as empty: the
/// liability may not become so.
///
/// **Bad debt.** An account whose assets (unweighted) are below its liabilities and below 0.1 USD
/// is bankrupt: the insurance fund pays for a liability what it has, the depositors of that bank
/// lose the rest, equally per share.
///
/// **Settlement.** Takeover: the liquidator's account receives the asset and incurs the liability,
/// and must meet the initial requirement afterwards.
///
/// **Source.** mrgnlabs/marginfi-v2@0151d43d
/// `programs/marginfi/src/instructions/marginfi_account/liquidate.rs`; conditions
/// `.../state/marginfi_account.rs`, constants and confidence `.../constants.rs` and `price.rs`,
/// bankruptcy `.../marginfi_group/handle_bankruptcy.rs` and `bank.rs` in other versions.
public final class Marginfi {
  private static final Fraction STEP = new Fraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(48));

  /// The program's constants.
  ///
  /// @param liquidatorFee fl
  /// @param insuranceFee fi
  /// @param confidenceMultiple times a feed's confidence is the interval
  /// @param maxConfidence share of the price that the interval is at most
  /// @param bankruptValue USD of assets below which an insolvent account is bankrupt
  /// @param zeroAmount amount above which a liability is one
  public record Parameters(
      Fraction liquidatorFee,
      Fraction insuranceFee,
      Fraction confidenceMultiple,
      Fraction maxConfidence,
      Fraction bankruptValue,
      Fraction zeroAmount) {
    /// 2.5%, 2.5%, 2.12, 5%, 0.1 USD, 0.0001.
    public static final Parameters DEFAULTS =
        new Parameters(
            Fraction.parse("0.025"),
            Fraction.parse("0.025"),
            Fraction.parse("2.12"),
            Fraction.parse("0.05"),
            Fraction.parse("0.1"),
            Fraction.parse("0.0001"));

    /// The same with other fees.
    public Parameters withFees(Fraction liquidatorFee, Fraction insuranceFee) {
      return new Parameters(
          liquidatorFee,
          insuranceFee,
          confidenceMultiple,
          maxConfidence,
          bankruptValue,
          zeroAmount);
    }
  }

  /// One side of the exchange.
  ///
  /// @param price USD per token, biased low for the asset and high for the liability
  /// @param decimals of the mint; 0 where quantities are in tokens
  /// @param weight maintenance weight
  public record Bank(Fraction price, int decimals, Fraction weight) {
    Fraction perUnit() {
      return price.over(unit());
    }

    Fraction unit() {
      return Fraction.of(BigInteger.TEN.pow(decimals));
    }
  }

  /// What moves, in base units of the liability.
  ///
  /// @param liquidatorPays liability that the liquidator incurs
  /// @param liquidateeCredited liability that the account is rid of
  /// @param insuranceFund the difference
  public record Exchange(
      Fraction liquidatorPays, Fraction liquidateeCredited, Fraction insuranceFund) {
    /// Whole base units that are moved to the insurance fund at once.
    public BigInteger insuranceTransferred() {
      return insuranceFund.floor();
    }
  }

  /// Why a liquidation reverts after the exchange.
  public enum Refusal {
    /// Nothing was named.
    ZERO_LIQUIDATION_AMOUNT,
    /// Health was above 0.
    HEALTHY_ACCOUNT,
    /// More than the account has.
    OVERLIQUIDATION_ATTEMPT,
    /// Less than one base unit of the liability is left.
    EXHAUSTED_LIABILITY,
    /// More was paid than is owed.
    TOO_SEVERE_PAYOFF,
    /// Health is above 0 afterwards.
    TOO_SEVERE_LIQUIDATION,
    /// Health is not better than before.
    WORSE_HEALTH_POST_LIQUIDATION
  }

  /// An account and the two balances that a liquidation moves.
  ///
  /// @param health weighted assets less weighted liabilities, USD
  /// @param assetQuantity base units of the asset
  /// @param liabilityQuantity base units of the liability
  public record Account(Fraction health, Fraction assetQuantity, Fraction liabilityQuantity) {}

  /// What a liquidation does.
  public sealed interface Outcome {}

  /// It reverts.
  public record Refused(Refusal reason) implements Outcome {}

  /// It goes through.
  ///
  /// @param left the account afterwards
  public record Liquidated(Exchange exchange, Account left) implements Outcome {}

  /// Who bears a bad debt, base units.
  ///
  /// @param insured what the insurance fund pays
  /// @param socialised what the depositors lose
  public record Loss(Fraction insured, Fraction socialised) {}

  private Marginfi() {}

  /// A number of the program: rounded down to a multiple of 2^-48.
  public static Fraction bits(Fraction value) {
    return value.floorTo(STEP);
  }

  /// Trigger: whether health is not above 0.
  public static boolean isLiquidatable(Fraction health) {
    return health.signum() <= 0;
  }

  /// Half of the interval around a price: `min(multiple x confidence, most x price)`.
  public static Fraction interval(Fraction price, Fraction confidence, Parameters parameters) {
    return parameters
        .confidenceMultiple()
        .times(confidence)
        .min(parameters.maxConfidence().times(price));
  }

  /// Price and fees, exactly as documented: what moves for a quantity of the asset.
  ///
  /// @param quantity base units of the asset
  /// @throws ArithmeticException if the liability's price is 0
  public static Exchange exchange(
      Fraction quantity, Bank asset, Bank liability, Parameters parameters) {
    Fraction worth = quantity.times(asset.perUnit()).over(liability.perUnit());
    Fraction kept = Fraction.ONE.minus(parameters.liquidatorFee());
    Fraction pays = worth.times(kept);
    Fraction credited = worth.times(kept.minus(parameters.insuranceFee()));
    return new Exchange(pays, credited, pays.minus(credited));
  }

  /// Price and fees as the program computes them, each step rounded down to 2^-48.
  ///
  /// @param quantity whole base units of the asset
  public static Exchange exchangeInBits(
      BigInteger quantity, Bank asset, Bank liability, Parameters parameters) {
    Fraction liquidator = nearest(parameters.liquidatorFee());
    Fraction both = liquidator.plus(nearest(parameters.insuranceFee()));
    Fraction pays = converted(quantity, asset, liability, Fraction.ONE.minus(liquidator));
    Fraction credited = converted(quantity, asset, liability, Fraction.ONE.minus(both));
    return new Exchange(pays, credited, pays.minus(credited));
  }

  private static Fraction converted(
      BigInteger quantity, Bank asset, Bank liability, Fraction share) {
    Fraction weighted = bits(Fraction.of(quantity).times(share));
    Fraction value = bits(bits(weighted.times(asset.price())).over(asset.unit()));
    return bits(bits(value.times(liability.unit())).over(liability.price()));
  }

  /// A decimal constant as the compiler stores it: to the nearest multiple of 2^-48.
  private static Fraction nearest(Fraction decimal) {
    Fraction half = STEP.over(Fraction.of(2));
    return bits(decimal.plus(half));
  }

  /// Health after an exchange: the asset leaves at its weight, the liability is paid at its own.
  public static Fraction healthAfter(
      Fraction health, Fraction quantity, Exchange exchange, Bank asset, Bank liability) {
    Fraction lost = quantity.times(asset.perUnit()).times(asset.weight());
    Fraction gained =
        exchange.liquidateeCredited().times(liability.perUnit()).times(liability.weight());
    return health.minus(lost).plus(gained);
  }

  /// Size: the quantity of the asset that brings health to exactly 0, at most what there is and
  /// what the liability pays for. 0 where no quantity raises health.
  ///
  /// Paying for all of the liability is refused by the program; a caller leaves at least one base
  /// unit of it.
  public static Fraction largestQuantity(
      Account account, Bank asset, Bank liability, Parameters parameters) {
    Fraction kept = Fraction.ONE.minus(parameters.liquidatorFee()).minus(parameters.insuranceFee());
    Fraction gain = kept.times(liability.weight()).minus(asset.weight());
    if (gain.signum() <= 0 || !isLiquidatable(account.health())) {
      return Fraction.ZERO;
    }
    Fraction toZero = account.health().negate().over(gain).over(asset.perUnit());
    Fraction toPaid =
        account.liabilityQuantity().times(liability.perUnit()).over(asset.perUnit().times(kept));
    return toZero.min(account.assetQuantity()).min(toPaid);
  }

  /// The whole of a liquidation: trigger, exchange, and the conditions afterwards.
  public static Outcome liquidate(
      Account account, Fraction quantity, Bank asset, Bank liability, Parameters parameters) {
    if (quantity.signum() <= 0) {
      return new Refused(Refusal.ZERO_LIQUIDATION_AMOUNT);
    }
    if (!isLiquidatable(account.health())) {
      return new Refused(Refusal.HEALTHY_ACCOUNT);
    }
    if (quantity.compareTo(account.assetQuantity()) > 0) {
      return new Refused(Refusal.OVERLIQUIDATION_ATTEMPT);
    }
    Exchange exchange = exchange(quantity, asset, liability, parameters);
    Fraction owed = account.liabilityQuantity().minus(exchange.liquidateeCredited());
    Fraction health = healthAfter(account.health(), quantity, exchange, asset, liability);
    if (owed.signum() < 0) {
      return new Refused(Refusal.TOO_SEVERE_PAYOFF);
    }
    if (owed.compareTo(Fraction.ONE) < 0) {
      return new Refused(Refusal.EXHAUSTED_LIABILITY);
    }
    if (health.signum() > 0) {
      return new Refused(Refusal.TOO_SEVERE_LIQUIDATION);
    }
    if (health.compareTo(account.health()) <= 0) {
      return new Refused(Refusal.WORSE_HEALTH_POST_LIQUIDATION);
    }
    return new Liquidated(
        exchange, new Account(health, account.assetQuantity().minus(quantity), owed));
  }

  /// Bad debt: whether an account is bankrupt, by unweighted values in USD.
  public static boolean isBankrupt(
      Fraction assetValue, Fraction liabilityValue, Parameters parameters) {
    return assetValue.compareTo(liabilityValue) < 0
        && assetValue.compareTo(parameters.bankruptValue()) < 0
        && liabilityValue.compareTo(parameters.zeroAmount()) > 0;
  }

  /// Bad debt: what the insurance fund pays and what the depositors lose.
  public static Loss settle(Fraction badDebt, BigInteger insuranceFund) {
    Fraction insured = badDebt.min(Fraction.of(insuranceFund));
    return new Loss(insured, badDebt.minus(insured));
  }

  /// Value of a depositor's share after a loss: `(shares x value - loss) / shares`, rounded down.
  public static Fraction shareValueAfter(Fraction totalShares, Fraction shareValue, Fraction loss) {
    return bits(bits(totalShares.times(shareValue)).minus(loss).over(totalShares));
  }
}
