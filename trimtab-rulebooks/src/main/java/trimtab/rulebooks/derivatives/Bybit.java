package trimtab.rulebooks.derivatives;

import java.util.List;
import java.util.Optional;
import trimtab.rulebooks.number.Fraction;

/// Bybit: the ladder of risk limits, and the prices of inverse contracts. Documented only; the
/// documents state no rounding but of what they print, so the figures are exact.
///
/// **Trigger.** The mark price reaches the liquidation price, where the margin equals the
/// maintenance margin; equality liquidates. The requirement is `value x rate` of the risk limit's
/// tier, of the entry value in the formula of the price.
///
/// **How much, order.** Lowest tier: orders are cancelled, then the position is taken over. Above:
/// the risk limit is lowered with the orders kept, then without them; then one fill-or-kill order
/// for what exceeds the next lower tier; if it is not filled, or does not help, all is taken over.
///
/// **Price.** Takeover at the bankruptcy price, at which balance and loss and the fee of closing
/// there make zero. Inverse, cross margin, `q` contracts: `bankruptcy = q (1 + side x fee) / (q /
/// entry + side x (balance - order margin))`, and `side x q (1 / entry - 1 / liquidation) =
/// -(balance - order margin - rate x q / entry - fee x q / bankruptcy)`. A short that its coins
/// cover has neither price. Isolated: the initial margin `q / entry / leverage` in place of the
/// balance, without the fee.
///
/// The document's example prints a liquidation price of 5739.50 where its formula gives 5739.08:
/// that is the formula rounded up to the market's tick of 0.5, the safe side of a long. Which way
/// is not documented; [#toTick] takes a long's up and a short's down.
///
/// **Fee.** The taker fee of closing at the bankruptcy price is part of the requirement; what is
/// left above the bankruptcy price goes to the insurance fund. **Dust.** None is documented.
///
/// **Bad debt.** A fill beyond the bankruptcy price is paid by the insurance fund; without funds
/// accounts of the other side are deleveraged, highest rank first.
///
/// **Scales.** Contracts of one dollar, prices in dollars per coin, margins in coins.
///
/// Source: Bybit help centre, article 360039261334 (liquidation price, inverse contract), "Risk
/// Limit" and "Liquidation process (Inverse Contract)" there. The tiers differ by contract and date
/// and are arguments.
public final class Bybit {
  private Bybit() {}

  /// What the examples use.
  ///
  /// @param maintenanceRate of the lowest tier, of the entry value
  /// @param takerFee of the value at the bankruptcy price
  public record Parameters(Fraction maintenanceRate, Fraction takerFee) {
    /// BTCUSD: 0.5 %, 0.075 %.
    public static final Parameters DOCUMENTED =
        new Parameters(Fraction.parse("0.005"), Fraction.parse("0.00075"));
  }

  /// A position in an inverse contract.
  ///
  /// @param contracts dollars, negative for a short
  /// @param entryPrice average
  /// @param balance coins that stand behind it: of the account (cross) or the position (isolated)
  /// @param orderMargin coins of it that are held for open orders
  public record Position(
      Fraction contracts, Fraction entryPrice, Fraction balance, Fraction orderMargin) {
    /// What stands behind an isolated position.
    ///
    /// @throws ArithmeticException if the leverage is zero
    public static Position isolated(Fraction contracts, Fraction entryPrice, Fraction leverage) {
      Fraction margin = contracts.abs().over(entryPrice).over(leverage);
      return new Position(contracts, entryPrice, margin, Fraction.ZERO);
    }

    Fraction available() {
      return balance.minus(orderMargin);
    }

    InversePosition inverse() {
      return new InversePosition(contracts, entryPrice);
    }
  }

  /// The price at which nothing is left after the fee of closing; none for a short that its coins
  /// cover.
  ///
  /// @throws IllegalArgumentException if there are no contracts or no price
  public static Optional<Fraction> bankruptcyPrice(Position position, Fraction takerFee) {
    return position.inverse().priceWhere(position.available(), takerFee);
  }

  /// The mark price at which the margin equals maintenance requirement and fee; none for a short
  /// that its coins cover.
  ///
  /// @throws IllegalArgumentException if there are no contracts or no price
  public static Optional<Fraction> liquidationPrice(Position position, Parameters parameters) {
    InversePosition inverse = position.inverse();
    return bankruptcyPrice(position, parameters.takerFee())
        .flatMap(bankruptcy -> {
          Fraction margin =
              position
                  .available()
                  .minus(inverse.value(position.entryPrice()).times(parameters.maintenanceRate()))
                  .minus(inverse.value(bankruptcy).times(parameters.takerFee()));
          return inverse.priceWhere(margin, Fraction.ZERO);
        });
  }

  /// A liquidation price in ticks: up for a long, down for a short, so that it is not reached
  /// later.
  ///
  /// @param contracts whose sign is asked
  /// @param tick positive
  public static Fraction toTick(Fraction contracts, Fraction price, Fraction tick) {
    return contracts.signum() > 0 ? price.ceilTo(tick) : price.floorTo(tick);
  }

  /// Trigger: the mark price is at the liquidation price or beyond it.
  public static boolean isTriggered(Fraction contracts, Fraction markPrice, Fraction liquidation) {
    int compared = markPrice.compareTo(liquidation);
    return contracts.signum() > 0 ? compared <= 0 : compared >= 0;
  }

  /// The next step of the ladder. A margin equal to the requirement is too little.
  ///
  /// @param tiers of the contract, lowest first
  /// @param lot of the contract, positive
  public static RiskLimitLadder.Step next(
      List<RiskLimitLadder.Tier> tiers,
      RiskLimitLadder.Account account,
      RiskLimitLadder.Stage stage,
      Fraction lot) {
    return RiskLimitLadder.next(tiers, account, stage, lot, true);
  }

  /// What the insurance fund gains (loses, if negative) when it closes what it took over, coins.
  ///
  /// @param contracts taken over, negative for a short
  public static Fraction fundGain(
      Fraction contracts, Fraction bankruptcyPrice, Fraction fillPrice) {
    return new InversePosition(contracts, bankruptcyPrice).profit(fillPrice);
  }
}
