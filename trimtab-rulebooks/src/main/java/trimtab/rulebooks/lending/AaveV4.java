package trimtab.rulebooks.lending;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.number.Uint;

/// Aave v4: repays just to a target health factor, with a bonus that grows as health falls.
///
/// - **Trigger**: health factor strictly below 1, `floor(sum(value x factor) x 1e14 x ray / debt
///   value)`; not one's own account, no paused reserve, the collateral enabled with a collateral
///   factor above 0 ([#refusal]).
/// - **How much**: `toTarget = ceil(debt value x unit x (target - health) / ((target - penalty) x
///   price x 1e18))` in ray-scaled base units, `penalty = ceil(bonus x collateral factor)`, the
///   factor of the *seized* collateral. Premium debt goes first, rounded up to whole base units;
///   then drawn shares, up to the target ceil, up to `debtToCover` floor, no more than there are.
/// - **Order**: the liquidator chooses debt and collateral.
/// - **Price**: `floor(debt x pD x uC x bonus / (uD x pC))` of collateral, in shares of its hub
///   (floor). More than is supplied: all of it, debt = ceil of the inverse, premium first.
/// - **Bonus**: `max` at and below `healthFactorForMaxBonus`, else `min + floor((max - min)(1 -
///   health) / (1 - healthFactorForMaxBonus))`, `min = floor((max - 1e4) x factor) + 1e4`.
/// - **Fee**: `shares x fee x (bonus - 1e4) / (bonus x 1e4)`, paid in shares; floor by default, see
///   [FeeRounding].
/// - **Dust**: 1,000 dollars on both sides. Debt that would be left below it: the whole debt of the
///   reserve, over the target. Collateral that would be left below it with debt left: all of it,
///   and the repayment is *raised* to match. If `debtToCover` does not pay for that:
///   `MustNotLeaveDust`.
/// - **Bad debt**: the collateral position is empty, it was the last one, and any debt is left:
///   every debt of the account is reported to its hub as deficit ([#isDeficit]).
///
/// Scales: prices 8 decimals, values 26 (`1e26` is a dollar), debt values times ray, health wad,
/// percentages bps.
///
/// Source: aave/aave-v4, tests of `src/spoke/libraries/LiquidationLogic.sol` in
/// `tests/contracts/spoke/libraries/liquidation-logic` at
/// `36be161222f6e3a0fa6f31a57c5720f24632fc80` and `2aecbe76bb840f4c6b2628acf589fe547252595d`; the
/// same steps in `src/spoke/libraries/DiscreteLiquidationLogic.sol` at
/// `aa37440761fb61c7fce7d46d6ba0cd4f7dbbbeb7`, which rounds the fee up; the hub's `SharesMath.sol`;
/// `docs/features/LiquidationEngine.md`. The fee that rounds down is of the copy
/// alerodriargui/aave-v4 at `00b901f0a7cb707e29a451fb5ff8ad9b005ba9ea`. Documented only: the hub
/// may refuse a liquidation that raises the risk premium too far; the configurator keeps the
/// largest bonus times the collateral factor below 100%. Target, bonus and fee are a spoke's
/// settings: arguments.
public final class AaveV4 {
  /// The health factor of an account without debt.
  public static final BigInteger NO_DEBT = Uint.MAX;

  private static final BigInteger BPS_TO_WAD = BigInteger.TEN.pow(14);
  private static final int VALUE_DECIMALS = 18;

  private AaveV4() {}

  /// Which way the protocol's fee in shares rounds. Revisions differ.
  public enum FeeRounding {
    /// Down, in favour of the liquidator: up to revision 00b901f0a7cb of the public copies.
    FLOOR,
    /// Up, in favour of the protocol: later revisions.
    CEIL
  }

  /// Constants of the contract.
  ///
  /// @param liquidationHealthWad liquidatable strictly below
  /// @param dustValue what must be left at least on either side, 26 decimals
  public record Parameters(
      BigInteger liquidationHealthWad, BigInteger dustValue, FeeRounding feeRounding) {
    /// Health factor 1, 1,000 dollars, fees floor.
    public static final Parameters DEFAULTS =
        new Parameters(
            Uint.WAD,
            BigInteger.TEN.pow(26).multiply(BigInteger.valueOf(1_000)),
            FeeRounding.FLOOR);
  }

  /// Settings of a spoke.
  ///
  /// @param targetHealthFactorWad at least 1
  /// @param healthFactorForMaxBonusWad below 1
  /// @param liquidationBonusFactorBps share of the bonus that is paid at a health factor of 1
  public record SpokeConfig(
      BigInteger targetHealthFactorWad,
      BigInteger healthFactorForMaxBonusWad,
      BigInteger liquidationBonusFactorBps) {}

  /// Settings of a collateral, of the version (dynamic config key) that the account is bound to.
  ///
  /// @param maxLiquidationBonusBps 10500 is 5%
  /// @param liquidationFeeBps the protocol's share of the bonus
  public record CollateralConfig(
      BigInteger collateralFactorBps,
      BigInteger maxLiquidationBonusBps,
      BigInteger liquidationFeeBps) {}

  /// A token.
  ///
  /// @param decimals at most 18
  /// @param price 8 decimals
  public record Asset(int decimals, BigInteger price) {
    /// @throws ArithmeticException if the decimals are not 0 to 18
    public Asset {
      if (decimals < 0 || decimals > VALUE_DECIMALS) {
        throw new ArithmeticException("decimals of " + decimals + "; 0 to 18 are allowed");
      }
    }

    /// Base units in one token.
    public BigInteger unit() {
      return BigInteger.TEN.pow(decimals);
    }

    /// Value of an amount, 26 decimals, exactly; of a ray-scaled amount: ray-scaled.
    public BigInteger value(BigInteger amount) {
      return Uint.fit(
          amount.multiply(BigInteger.TEN.pow(VALUE_DECIMALS - decimals)).multiply(price));
    }
  }

  /// Shares of a hub: `(assets + offset) / (shares + offset)` for one.
  ///
  /// @param virtualOffset 1e6 in the contract
  public record Hub(BigInteger totalAssets, BigInteger totalShares, BigInteger virtualOffset) {
    /// The contract's offset.
    public static final BigInteger VIRTUAL_OFFSET = BigInteger.valueOf(1_000_000);

    private BigInteger assets() {
      return totalAssets.add(virtualOffset);
    }

    private BigInteger shares() {
      return totalShares.add(virtualOffset);
    }

    /// Shares for an amount that is added, floor.
    public BigInteger addByAssets(BigInteger amount) {
      return Uint.mulDivFloor(amount, shares(), assets());
    }

    /// The amount to add for so many shares, ceil.
    public BigInteger addByShares(BigInteger amount) {
      return Uint.mulDivCeil(amount, assets(), shares());
    }

    /// The amount that so many shares release, floor.
    public BigInteger removeByShares(BigInteger amount) {
      return Uint.mulDivFloor(amount, assets(), shares());
    }
  }

  /// A debt position of the account in one reserve.
  ///
  /// @param premiumDebtRay ray-scaled base units, repaid first
  public record Drawn(
      Asset asset, BigInteger shares, BigInteger premiumDebtRay, BigInteger indexRay) {
    /// Shares and premium together, ray-scaled base units.
    public BigInteger debtRay() {
      return shares.multiply(indexRay).add(premiumDebtRay);
    }
  }

  /// A collateral position of the account in one reserve.
  public record Supplied(Asset asset, BigInteger shares, Hub hub, CollateralConfig config) {}

  /// The whole account, as its spoke values it.
  ///
  /// @param totalDebtValueRay all debts, 26 decimals times ray
  public record Account(BigInteger healthFactorWad, BigInteger totalDebtValueRay) {}

  /// Debt that is repaid.
  ///
  /// @param premiumDebtRay ray-scaled base units
  public record Repayment(BigInteger drawnShares, BigInteger premiumDebtRay) {
    /// What the liquidator pays: drawn shares at the index ceil, premium ceil, base units.
    public BigInteger assetsPaid(BigInteger indexRay) {
      return Uint.mulDivCeil(drawnShares, indexRay, Uint.RAY)
          .add(Uint.divCeil(premiumDebtRay, Uint.RAY));
    }
  }

  /// What changes hands.
  ///
  /// @param sharesToLiquidate from the account, in shares of the collateral's hub
  /// @param sharesToLiquidator the rest is the protocol's fee
  /// @param assetsPaid by the liquidator, base units of the debt
  public record Amounts(
      BigInteger liquidationBonusBps,
      BigInteger sharesToLiquidate,
      BigInteger sharesToLiquidator,
      Repayment repayment,
      BigInteger assetsPaid) {}

  /// What the spoke answers.
  public sealed interface Answer {
    /// It liquidates.
    record Liquidated(Amounts amounts) implements Answer {}

    /// It reverts.
    record Refused(Refusal refusal) implements Answer {}
  }

  /// Why a call reverts, in the order of the checks.
  public enum Refusal {
    /// The liquidator is the account itself.
    SELF_LIQUIDATION("SelfLiquidation"),
    /// Nothing is offered.
    INVALID_DEBT_TO_COVER("InvalidDebtToCover"),
    /// One of the two reserves is paused; frozen ones are not in the way.
    RESERVE_PAUSED("ReservePaused"),
    /// Nothing of the collateral is supplied.
    RESERVE_NOT_SUPPLIED("ReserveNotSupplied"),
    /// Nothing of the debt is drawn.
    RESERVE_NOT_BORROWED("ReserveNotBorrowed"),
    /// The account is healthy.
    HEALTH_FACTOR_NOT_BELOW_THRESHOLD("HealthFactorNotBelowThreshold"),
    /// The collateral factor is 0 or the account does not use it as collateral.
    RESERVE_NOT_ENABLED_AS_COLLATERAL("ReserveNotEnabledAsCollateral"),
    /// Something too small would be left and the offer does not pay for taking it.
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

  /// What stands in the way besides the numbers.
  ///
  /// @param paused either reserve
  /// @param usedAsCollateral by the account
  public record Circumstances(boolean selfLiquidation, boolean paused, boolean usedAsCollateral) {
    /// Nothing.
    public static final Circumstances CLEAR = new Circumstances(false, false, true);
  }

  /// A collateral's value and factor.
  ///
  /// @param value 26 decimals
  public record Weighed(BigInteger value, BigInteger collateralFactorBps) {}

  /// The health factor, floor; [#NO_DEBT] without debt.
  public static BigInteger healthFactorWad(
      List<Weighed> collaterals, BigInteger totalDebtValueRay) {
    if (totalDebtValueRay.signum() == 0) {
      return NO_DEBT;
    }
    BigInteger weighted =
        collaterals.stream()
            .map(each -> each.value().multiply(each.collateralFactorBps()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    return Uint.mulDivFloor(weighted.multiply(BPS_TO_WAD), Uint.RAY, totalDebtValueRay);
  }

  /// Whether an account can be liquidated: strictly below the threshold.
  public static boolean isLiquidatable(BigInteger healthFactorWad, Parameters parameters) {
    return healthFactorWad.compareTo(parameters.liquidationHealthWad()) < 0;
  }

  /// Why a call is refused before its amounts are computed; empty if it is not.
  public static Optional<Refusal> refusal(
      Supplied supplied,
      Drawn drawn,
      Account account,
      BigInteger debtToCover,
      Circumstances circumstances,
      Parameters parameters) {
    if (circumstances.selfLiquidation()) {
      return Optional.of(Refusal.SELF_LIQUIDATION);
    }
    if (debtToCover.signum() == 0) {
      return Optional.of(Refusal.INVALID_DEBT_TO_COVER);
    }
    if (circumstances.paused()) {
      return Optional.of(Refusal.RESERVE_PAUSED);
    }
    if (supplied.shares().signum() == 0) {
      return Optional.of(Refusal.RESERVE_NOT_SUPPLIED);
    }
    if (drawn.shares().signum() == 0) {
      return Optional.of(Refusal.RESERVE_NOT_BORROWED);
    }
    if (!isLiquidatable(account.healthFactorWad(), parameters)) {
      return Optional.of(Refusal.HEALTH_FACTOR_NOT_BELOW_THRESHOLD);
    }
    boolean enabled =
        circumstances.usedAsCollateral() && supplied.config().collateralFactorBps().signum() > 0;
    return enabled ? Optional.empty() : Optional.of(Refusal.RESERVE_NOT_ENABLED_AS_COLLATERAL);
  }

  /// The bonus at a health factor, bps, each step floor: the largest at and below the spoke's
  /// `healthFactorForMaxBonus`, the least at 1.
  ///
  /// @throws ArithmeticException if the health factor is above 1 or the largest bonus below 100%
  public static BigInteger liquidationBonusBps(
      BigInteger healthFactorWad, BigInteger maxLiquidationBonusBps, SpokeConfig spoke) {
    if (healthFactorWad.compareTo(spoke.healthFactorForMaxBonusWad()) <= 0) {
      return maxLiquidationBonusBps;
    }
    BigInteger most = Uint.fit(maxLiquidationBonusBps.subtract(Uint.BPS));
    BigInteger least =
        Uint.mulDivFloor(most, spoke.liquidationBonusFactorBps(), Uint.BPS).add(Uint.BPS);
    return least.add(
        Uint.mulDivFloor(
            maxLiquidationBonusBps.subtract(least),
            Uint.WAD.subtract(healthFactorWad),
            Uint.WAD.subtract(spoke.healthFactorForMaxBonusWad())));
  }

  /// The debt to repay to bring the account to the target, ray-scaled base units, ceil.
  ///
  /// @param unit base units in one token of the debt
  /// @throws ArithmeticException if the target is below the health factor, or not above bonus x
  ///   collateral factor: then no repayment reaches it
  public static BigInteger debtToTargetRay(
      Account account,
      BigInteger unit,
      BigInteger price,
      BigInteger collateralFactorBps,
      BigInteger liquidationBonusBps,
      BigInteger targetHealthFactorWad) {
    BigInteger penalty =
        Uint.mulDivCeil(liquidationBonusBps.multiply(BPS_TO_WAD), collateralFactorBps, Uint.BPS);
    BigInteger missing = targetHealthFactorWad.subtract(account.healthFactorWad());
    return Uint.mulDivCeil(
        account.totalDebtValueRay(),
        unit.multiply(Uint.fit(missing)),
        Uint.fit(targetHealthFactorWad.subtract(penalty)).multiply(price).multiply(Uint.WAD));
  }

  /// The debt that is repaid before the collateral is looked at: up to the target and up to what is
  /// offered, premium first; all of it if less than the dust would be left.
  public static Repayment debtToLiquidate(
      Drawn drawn, BigInteger debtToTargetRay, BigInteger debtToCover, Parameters parameters) {
    BigInteger premium = wholeUnits(debtToTargetRay).min(drawn.premiumDebtRay());
    if (debtToCover.compareTo(Uint.divCeil(premium, Uint.RAY)) < 0) {
      premium = debtToCover.multiply(Uint.RAY);
    }
    BigInteger shares = BigInteger.ZERO;
    if (premium.equals(drawn.premiumDebtRay()) && premium.compareTo(debtToTargetRay) < 0) {
      BigInteger toTarget = Uint.divCeil(debtToTargetRay.subtract(premium), drawn.indexRay());
      BigInteger rest = debtToCover.subtract(Uint.divCeil(premium, Uint.RAY));
      BigInteger toCover = Uint.mulDivFloor(rest, Uint.RAY, drawn.indexRay());
      shares = toTarget.min(toCover).min(drawn.shares());
    }
    BigInteger left = drawn.debtRay().subtract(shares.multiply(drawn.indexRay())).subtract(premium);
    boolean dust =
        shares.compareTo(drawn.shares()) < 0
            && drawn.asset().value(left).compareTo(parameters.dustValue().multiply(Uint.RAY)) < 0;
    return dust
        ? new Repayment(drawn.shares(), drawn.premiumDebtRay())
        : new Repayment(shares, premium);
  }

  /// The collateral for a repayment, in shares of its hub: amount floor, shares floor.
  ///
  /// @param debtUnit base units in one token of the debt
  public static BigInteger collateralShares(
      BigInteger debtRay,
      BigInteger debtUnit,
      BigInteger debtPrice,
      BigInteger collateralUnit,
      BigInteger collateralPrice,
      BigInteger liquidationBonusBps,
      Hub hub) {
    BigInteger amount =
        Uint.mulDivFloor(
            debtRay,
            debtPrice.multiply(collateralUnit).multiply(liquidationBonusBps),
            debtUnit.multiply(collateralPrice).multiply(Uint.BPS).multiply(Uint.RAY));
    return hub.addByAssets(amount);
  }

  /// The whole computation of a call that [#refusal] lets pass.
  ///
  /// @param debtToCover base units of the debt; it is a ceiling that has to pay for what the dust
  ///   rule adds
  /// @throws ArithmeticException if the numbers do not fit, as the contract would revert
  public static Answer liquidationAmounts(
      Supplied supplied,
      Drawn drawn,
      Account account,
      BigInteger debtToCover,
      SpokeConfig spoke,
      Parameters parameters) {
    CollateralConfig config = supplied.config();
    BigInteger bonus =
        liquidationBonusBps(account.healthFactorWad(), config.maxLiquidationBonusBps(), spoke);
    BigInteger toTarget =
        debtToTargetRay(
            account,
            drawn.asset().unit(),
            drawn.asset().price(),
            config.collateralFactorBps(),
            bonus,
            spoke.targetHealthFactorWad());
    Repayment repayment = debtToLiquidate(drawn, toTarget, debtToCover, parameters);
    BigInteger shares = sharesFor(repayment, supplied, drawn, bonus);
    boolean tooMany = shares.compareTo(supplied.shares()) > 0;
    boolean debtLeft = repayment.drawnShares().compareTo(drawn.shares()) < 0;
    if (tooMany || (debtLeft && leavesCollateralDust(supplied, shares, parameters))) {
      BigInteger paidFor = debtForAll(supplied, drawn, bonus);
      repayment = repaymentOf(drawn, paidFor);
      shares = supplied.shares();
      if (exceeds(drawn, paidFor)) {
        shares = sharesFor(repayment, supplied, drawn, bonus).min(shares);
      }
    }
    BigInteger paid = repayment.assetsPaid(drawn.indexRay());
    if (debtToCover.compareTo(paid) < 0) {
      return new Answer.Refused(Refusal.MUST_NOT_LEAVE_DUST);
    }
    BigInteger fee = feeShares(shares, bonus, config.liquidationFeeBps(), parameters);
    return new Answer.Liquidated(new Amounts(bonus, shares, shares.subtract(fee), repayment, paid));
  }

  /// The protocol's share of the bonus, in shares of the collateral's hub.
  public static BigInteger feeShares(
      BigInteger sharesToLiquidate,
      BigInteger liquidationBonusBps,
      BigInteger liquidationFeeBps,
      Parameters parameters) {
    BigInteger factor = liquidationFeeBps.multiply(liquidationBonusBps.subtract(Uint.BPS));
    BigInteger divisor = liquidationBonusBps.multiply(Uint.BPS);
    return switch (parameters.feeRounding()) {
      case FLOOR -> Uint.mulDivFloor(sharesToLiquidate, factor, divisor);
      case CEIL -> Uint.mulDivCeil(sharesToLiquidate, factor, divisor);
    };
  }

  /// Whether what is left of the account's debts is reported as deficit.
  ///
  /// @param collateralEmptied the seized position has no shares left
  /// @param activeCollateralCount before the call, the seized one included
  /// @param debtEmptied the repaid position has no drawn shares left
  /// @param borrowCount before the call, the repaid one included
  public static boolean isDeficit(
      boolean collateralEmptied, int activeCollateralCount, boolean debtEmptied, int borrowCount) {
    return collateralEmptied && activeCollateralCount <= 1 && (!debtEmptied || borrowCount > 1);
  }

  private static BigInteger sharesFor(
      Repayment repayment, Supplied supplied, Drawn drawn, BigInteger bonus) {
    return collateralShares(
        repayment.drawnShares().multiply(drawn.indexRay()).add(repayment.premiumDebtRay()),
        drawn.asset().unit(),
        drawn.asset().price(),
        supplied.asset().unit(),
        supplied.asset().price(),
        bonus,
        supplied.hub());
  }

  private static boolean leavesCollateralDust(
      Supplied supplied, BigInteger shares, Parameters parameters) {
    BigInteger left = supplied.shares().subtract(shares);
    return left.signum() > 0
        && supplied
                .asset()
                .value(supplied.hub().removeByShares(left))
                .compareTo(parameters.dustValue())
            < 0;
  }

  /// The debt that the whole collateral pays for, ray-scaled base units, ceil.
  private static BigInteger debtForAll(Supplied supplied, Drawn drawn, BigInteger bonus) {
    return Uint.mulDivCeil(
        supplied.hub().addByShares(supplied.shares()),
        supplied
            .asset()
            .price()
            .multiply(drawn.asset().unit())
            .multiply(Uint.BPS)
            .multiply(Uint.RAY),
        drawn.asset().price().multiply(supplied.asset().unit()).multiply(bonus));
  }

  /// So much debt, premium first and in whole base units, then drawn shares ceil.
  private static Repayment repaymentOf(Drawn drawn, BigInteger debtRay) {
    if (debtRay.compareTo(drawn.premiumDebtRay()) <= 0) {
      return new Repayment(BigInteger.ZERO, wholeUnits(debtRay).min(drawn.premiumDebtRay()));
    }
    BigInteger shares = Uint.divCeil(debtRay.subtract(drawn.premiumDebtRay()), drawn.indexRay());
    return new Repayment(shares.min(drawn.shares()), drawn.premiumDebtRay());
  }

  /// Whether rounding makes so much debt more than there is.
  private static boolean exceeds(Drawn drawn, BigInteger debtRay) {
    return debtRay.compareTo(drawn.debtRay()) > 0;
  }

  private static BigInteger wholeUnits(BigInteger debtRay) {
    return Uint.divCeil(debtRay, Uint.RAY).multiply(Uint.RAY);
  }
}
