package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.divFloor;
import static trimtab.rulebooks.number.Uint.minusOrZero;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;
import java.util.List;

/// crvUSD and Curve lending: the controller's hard liquidation of loans whose collateral sits in
/// the price bands of an AMM (the bands are in [CrvUsdBands]).
///
/// **Rule.** While the price falls through a loan's bands, arbitrageurs trade its collateral for
/// stablecoins and back (soft liquidation, reversible; the borrower pays with the bands' losses).
/// Anyone may liquidate a loan when its full health, at the discount that the borrower's loan was
/// made with, is **below 0**; at 0 it is not liquidatable. Of the debt any share may be repaid. For
/// a share below all of it, less than that share of the bands is released. The stablecoins of the
/// bands pay first, the liquidator pays what lacks and receives all that is released. Borrowers may
/// liquidate themselves at any health and without discount.
///
/// | step | formula | rounding |
/// |---|---|---|
/// | debt | `initial debt x rate now / rate then` | down |
/// | health | `xDown x (1e18 - discount) / debt - 1e18` | down |
/// | full health, no band active | `+ max(0, p - pUp) x collateral / debt` | down |
/// | trigger | `full health < 0` | strict |
/// | debt repaid | `debt x share / 1e18` | down |
/// | share of bands | `((1 + h / 2)(1 - share) / (1 + h) + share) x share` | down, down, down |
/// | released | per band, see [CrvUsdBands] | down |
/// | liquidator pays | `max(0, repaid - stablecoins released)` | |
/// | liquidator's change | `max(0, stablecoins released - repaid)` | |
///
/// A share of 100% and more releases everything. Less than the liquidator's minimum of stablecoins,
/// or no debt repaid, reverts.
///
/// **Scales.** Debt and amounts in base units, collateral in health at 18 decimals; prices,
/// discounts, shares, health WAD (health signed).
///
/// **Order.** None: the released share is the same in each band. **Fee.** None but the discount.
/// **Dust, bad debt.** No rule: a loan whose bands are worth less than its debt stays until
/// somebody repays it.
///
/// **Settlement.** The liquidator pays what lacks and receives collateral (a callback may sell it
/// first).
///
/// **Source.** curvefi/curve-stablecoin@0058dbb6 `contracts/Controller.vy` (`_health`,
/// `_get_f_remove`, `_liquidate`, `tokens_to_liquidate`). What the bands are worth when traded down
/// (`xDown`, the AMM's `get_x_down`) is computed by [CrvUsdBands#downValue].
public final class CrvUsd {
  /// A market's terms.
  ///
  /// @param liquidationDiscountWad discount at which health is taken, WAD; at least 1%, of a loan
  ///   that which held when its borrower last changed it
  public record Parameters(BigInteger liquidationDiscountWad) {
    /// 6%, as the cases have it; each market has its own.
    public static final Parameters DEFAULTS =
        new Parameters(BigInteger.valueOf(6).multiply(BigInteger.TEN.pow(16)));
  }

  /// What full health adds for a loan above the active band.
  ///
  /// @param collateral collateral at 18 decimals
  /// @param oracleWad the oracle's price
  /// @param upperWad upper price of the loan's first band
  public record Above(BigInteger collateral, BigInteger oracleWad, BigInteger upperWad) {}

  /// Stablecoins and collateral that bands release, base units.
  public record Released(BigInteger stablecoins, BigInteger collateral) {}

  /// Why a liquidation reverts.
  public enum Refusal {
    /// Health is not below 0.
    NOT_ENOUGH_REKT,
    /// The share repays nothing.
    NOTHING_REPAID,
    /// Fewer stablecoins are released than the liquidator demands.
    SLIPPAGE
  }

  /// What a liquidation does.
  public sealed interface Outcome {}

  /// It reverts.
  public record Refused(Refusal reason) implements Outcome {}

  /// It goes through.
  ///
  /// @param repaid debt that is gone
  /// @param debtLeft debt that stays
  /// @param removedWad share of each band that was released
  /// @param released what it gave
  /// @param paid stablecoins from the liquidator
  /// @param change stablecoins to the liquidator; the collateral is the liquidator's too
  public record Liquidated(
      BigInteger repaid,
      BigInteger debtLeft,
      BigInteger removedWad,
      Released released,
      BigInteger paid,
      BigInteger change)
      implements Outcome {}

  private CrvUsd() {}

  /// Debt with interest: rounded down.
  public static BigInteger debt(BigInteger initial, BigInteger rateNow, BigInteger rateThen) {
    return mulDivFloor(initial, rateNow, rateThen);
  }

  /// Health without what lies above the bands.
  ///
  /// @param downValue stablecoins that the bands give when traded down
  /// @param discountWad liquidation discount, at most 1e18
  /// @return WAD, at least -1e18
  /// @throws ArithmeticException if there is no debt
  public static BigInteger health(BigInteger downValue, BigInteger debt, BigInteger discountWad) {
    return mulDivFloor(downValue, WAD.subtract(discountWad), debt).subtract(WAD);
  }

  /// Full health of a loan whose bands are all above the active one (no stablecoin in them yet);
  /// any other has its [#health] alone. At an oracle price not above the first band nothing is
  /// added.
  ///
  /// @return WAD
  public static BigInteger fullHealth(
      BigInteger downValue, BigInteger debt, BigInteger discountWad, Above above) {
    BigInteger health = health(downValue, debt, discountWad);
    BigInteger gap = minusOrZero(above.oracleWad(), above.upperWad());
    return health.add(mulDivFloor(gap, above.collateral(), debt));
  }

  /// Trigger: whether health is below 0; at 0 it is not.
  public static boolean isLiquidatable(BigInteger fullHealthWad) {
    return fullHealthWad.signum() < 0;
  }

  /// Penalty: the share of each band that is released for a share of the debt.
  ///
  /// @param shareWad share of the debt; from 1e18 on everything is released
  /// @param discountWad the loan's discount, 0 for a borrower's own
  /// @return WAD
  public static BigInteger bandsRemoved(BigInteger shareWad, BigInteger discountWad) {
    if (shareWad.compareTo(WAD) >= 0) {
      return WAD;
    }
    BigInteger half = divFloor(discountWad, BigInteger.TWO);
    BigInteger kept = mulDivFloor(WAD.add(half), WAD.subtract(shareWad), WAD.add(discountWad));
    return mulDivFloor(kept.add(shareWad), shareWad, WAD);
  }

  /// Stablecoins that a liquidator must hold: debt repaid less what the bands release, as the
  /// contract estimates it.
  ///
  /// @param stablecoins all stablecoins in the loan's bands
  public static BigInteger tokensToLiquidate(
      BigInteger debt, BigInteger stablecoins, BigInteger shareWad, BigInteger discountWad) {
    BigInteger released = mulDivFloor(stablecoins, bandsRemoved(shareWad, discountWad), WAD);
    return minusOrZero(mulDivFloor(debt, shareWad, WAD), released);
  }

  /// The whole of a liquidation: trigger, size, price.
  ///
  /// @param fullHealthWad health at the discount; not asked where that is 0
  /// @param shareWad share of the debt to repay, capped at 1e18
  /// @param discountWad the loan's discount, 0 for a borrower's own
  /// @param minStablecoins fewest stablecoins that the bands must release
  public static Outcome liquidate(
      BigInteger debt,
      List<CrvUsdBands.Band> bands,
      CrvUsdBands.Precision precision,
      BigInteger fullHealthWad,
      BigInteger shareWad,
      BigInteger discountWad,
      BigInteger minStablecoins) {
    if (discountWad.signum() != 0 && !isLiquidatable(fullHealthWad)) {
      return new Refused(Refusal.NOT_ENOUGH_REKT);
    }
    BigInteger share = shareWad.min(WAD);
    BigInteger repaid = mulDivFloor(debt, share, WAD);
    if (repaid.signum() == 0) {
      return new Refused(Refusal.NOTHING_REPAID);
    }
    BigInteger removed = bandsRemoved(share, discountWad);
    Released released = CrvUsdBands.withdraw(bands, removed, precision);
    if (released.stablecoins().compareTo(minStablecoins) < 0) {
      return new Refused(Refusal.SLIPPAGE);
    }
    return new Liquidated(
        repaid,
        debt.subtract(repaid),
        removed,
        released,
        minusOrZero(repaid, released.stablecoins()),
        minusOrZero(released.stablecoins(), repaid));
  }
}
