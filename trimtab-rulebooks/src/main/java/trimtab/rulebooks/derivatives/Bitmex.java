package trimtab.rulebooks.derivatives;

import java.util.List;
import java.util.stream.IntStream;
import trimtab.rulebooks.number.Fraction;

/// BitMEX: the ladder of risk limits and the takeover at the bankruptcy price. Documented only; the
/// documents state no rounding, so the figures are exact.
///
/// **Trigger.** The maintenance requirement is not satisfied at the fair (mark) price. A margin
/// equal to the requirement satisfies it, as far as the text can tell.
///
/// **How much, order.** Lowest tier: the orders of the contract are cancelled; if that does not
/// free enough, all of the position is taken over. Above: the risk limit is lowered to what
/// position and orders need, then the orders are cancelled and it is lowered to what the position
/// needs, then a fill-or-kill order brings the position into a lower tier (here the next one); if
/// it is not executed, or the position is still short, all is taken over.
///
/// **Price.** The engine takes the position over with what margin remains and offers it with a
/// limit order at the bankruptcy price: limit price = bankruptcy price, exactly.
///
/// **Fee.** None but the maintenance margin, which is lost: what is gained over the bankruptcy
/// price goes to the insurance fund. **Dust.** None is documented.
///
/// **Bad debt.** The fund pays what a fill is worse than the bankruptcy price; without funds the
/// accounts of the other side are deleveraged at the bankruptcy price by rank of profit and
/// effective leverage: `profit share x leverage` in profit, `profit share / leverage` in loss.
///
/// **Tiers.** `limit(k) = base + k x step`, `rate(k) = base rate + k x rate step`; the defaults are
/// those of the worked table of XBTUSD (200 XBT and 150 XBT, 0.5 % and 0.5 %); a later copy of it
/// has 100 XBT and 50 XBT. A size at a limit is within it.
///
/// **Scales.** Prices in the contract's quote, profits per contract in the settlement currency.
///
/// Source: `https://www.bitmex.com/app/liquidation`,
/// `https://www.bitmex.com/app/liquidationExamples`,
/// `https://www.bitmex.com/app/riskLimitsExamples`. The rank for deleveraging is as the venue's
/// guides give it; no copy of the page was at hand.
public final class Bitmex {
  private static final int TIERS_MAX = 1_000;

  private Bitmex() {}

  /// Risk limits of a contract.
  ///
  /// @param baseLimit of the lowest tier, settlement currency
  /// @param limitStep from tier to tier
  /// @param baseRate maintenance rate of the lowest tier
  /// @param rateStep from tier to tier
  public record Parameters(
      Fraction baseLimit, Fraction limitStep, Fraction baseRate, Fraction rateStep) {
    /// As the worked table of XBTUSD has them.
    public static final Parameters XBTUSD =
        new Parameters(
            Fraction.of(200), Fraction.of(150), Fraction.parse("0.005"), Fraction.parse("0.005"));

    /// The lowest tiers.
    ///
    /// @throws IllegalArgumentException if there are none, or more than a thousand
    public List<RiskLimitLadder.Tier> tiers(int count) {
      if (count < 1 || count > TIERS_MAX) {
        throw new IllegalArgumentException("1 to %d tiers, not %d".formatted(TIERS_MAX, count));
      }
      return IntStream.range(0, count)
          .mapToObj(i ->
              RiskLimitLadder.Tier.stepped(
                  baseLimit.plus(limitStep.times(Fraction.of(i))),
                  baseRate.plus(rateStep.times(Fraction.of(i)))))
          .toList();
    }
  }

  /// The next step of the ladder. A margin equal to the requirement satisfies it.
  ///
  /// @param tiers of the contract, lowest first
  /// @param lot of the contract, positive
  public static RiskLimitLadder.Step next(
      List<RiskLimitLadder.Tier> tiers,
      RiskLimitLadder.Account account,
      RiskLimitLadder.Stage stage,
      Fraction lot) {
    return RiskLimitLadder.next(tiers, account, stage, lot, false);
  }

  /// Price of the limit order with which the engine offers what it took over: the bankruptcy price.
  public static Fraction limitOrderPrice(Fraction bankruptcyPrice) {
    return bankruptcyPrice;
  }

  /// How a contract pays.
  public enum Payoff {
    /// `contracts x (price - price before)`.
    LINEAR,
    /// `contracts x (1 / price before - 1 / price)`.
    INVERSE
  }

  /// What the insurance fund gains, or pays if negative, when a position that was taken over is
  /// closed, per unit of the contract's multiplier.
  ///
  /// @param contracts taken over, negative for a short
  /// @throws ArithmeticException if a price of an inverse contract is zero
  public static Fraction fundGain(
      Payoff payoff, Fraction contracts, Fraction bankruptcyPrice, Fraction fillPrice) {
    return switch (payoff) {
      case LINEAR -> contracts.times(fillPrice.minus(bankruptcyPrice));
      case INVERSE ->
          contracts.times(Fraction.ONE.over(bankruptcyPrice).minus(Fraction.ONE.over(fillPrice)));
    };
  }

  /// Rank for deleveraging, the highest first: profit share times leverage in profit, over it in
  /// loss.
  ///
  /// @param profitShare unrealised profit over the entry value
  /// @param effectiveLeverage value over margin, positive
  public static Fraction deleveragingRank(Fraction profitShare, Fraction effectiveLeverage) {
    return profitShare.signum() >= 0
        ? profitShare.times(effectiveLeverage)
        : profitShare.over(effectiveLeverage);
  }
}
