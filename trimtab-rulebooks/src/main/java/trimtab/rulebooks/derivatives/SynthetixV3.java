package trimtab.rulebooks.derivatives;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.divCeil;
import static trimtab.rulebooks.number.Uint.minusOrZero;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Synthetix perps v3 (Solidity): an account is never restored. When its available margin is below
/// maintenance margin plus what keepers may earn, it is *flagged*: all collateral is seized,
/// pending orders are cancelled, and its positions are closed to zero, only so much per market and
/// sliding window of time.
///
/// **Formulas.** Initial rate `size / skewScale x fraction + minimum`; maintenance rate `initial x
/// scalar`; margins `size x price x rate + constant`. Window cap `(maker + taker fee) x skewScale x
/// multiplier x seconds`; capacity `max(0, cap - closed within the window)`. At capacity 0 one more
/// cap may be closed, once per block, while `|skew| / skewScale` is strictly below the premium or
/// discount that the market allows. A cap of 0 means no cap. An endorsed liquidator has no cap, and
/// earns nothing.
///
/// **Price.** Positions are closed at the oracle price, against the pool.
///
/// **Keepers.** Reward `min(max(floor, rewards + cost), ceiling)`, floor `max(cost + minimum, cost
/// x (1 + profit ratio))`, ceiling `min(margin x scaling, maximum)`, or the maximum where margin is
/// 0, as it is once flagged.
///
/// **Bad debt.** The pool carries what collateral does not cover; there is no insurance fund.
///
/// **Scales.** Amounts, prices, rates and USD `1e18` (`D18`); times in seconds. **Rounding.** Every
/// product and quotient of `1e18` rounds down; the number of windows rounds up.
///
/// **Source.** Synthetixio/synthetix-v3@23585f73: `markets/perps-market/contracts/storage/
/// PerpsMarket.sol`, `PerpsMarketConfiguration.sol`, `GlobalPerpsMarketConfiguration.sol`,
/// `PerpsAccount.sol`, `modules/LiquidationModule.sol`. Documented only: SIP-2005 and SIP-337,
/// which state why there are caps. Rates are set per market; the defaults are those of the venue's
/// tests.
public final class SynthetixV3 {
  /// Liquidations of one market that are remembered.
  public static final int HISTORY_MAX = 100_000;

  private SynthetixV3() {}

  /// Constants of a market.
  ///
  /// @param skewScaleD18 size at which the rates are what they are per unit of skew
  /// @param initialFractionD18 initial rate per `size / skewScale`
  /// @param initialMinimumD18 added to the initial rate
  /// @param maintenanceScalarD18 maintenance rate over initial rate
  /// @param positionMarginD18 constant USD per position
  /// @param flagRewardRatioD18 of notional, to the keeper who flags
  /// @param multiplierD18 of the window cap
  /// @param windowSeconds length of the sliding window
  /// @param premiumMaxD18 premium or discount below which one more cap may be closed; 0 for never
  public record Market(
      BigInteger makerFeeD18,
      BigInteger takerFeeD18,
      BigInteger skewScaleD18,
      BigInteger initialFractionD18,
      BigInteger initialMinimumD18,
      BigInteger maintenanceScalarD18,
      BigInteger positionMarginD18,
      BigInteger flagRewardRatioD18,
      BigInteger multiplierD18,
      BigInteger windowSeconds,
      BigInteger premiumMaxD18) {
    /// As in the venue's test of windows: fees 0.7 % and 0.3 %, a skew scale of 10,000, fraction 3,
    /// scalar 0.66, reward 1 %, 30 seconds.
    public static final Market DEFAULT =
        new Market(
            thousandths(7),
            thousandths(3),
            thousandths(10_000_000),
            thousandths(3_000),
            BigInteger.ZERO,
            thousandths(660),
            BigInteger.ZERO,
            thousandths(10),
            WAD,
            BigInteger.valueOf(30),
            BigInteger.ZERO);
  }

  /// What keepers may earn.
  ///
  /// @param rewardMinimumD18 USD above cost
  /// @param profitRatioD18 of cost
  /// @param scalingRatioD18 of available margin
  /// @param rewardMaximumD18 USD
  public record Keepers(
      BigInteger rewardMinimumD18,
      BigInteger profitRatioD18,
      BigInteger scalingRatioD18,
      BigInteger rewardMaximumD18) {}

  /// What a position requires, USD; and the rates.
  public record Margins(
      BigInteger initialRateD18,
      BigInteger maintenanceRateD18,
      BigInteger initialD18,
      BigInteger maintenanceD18) {}

  /// What a position requires; nothing for none. A skew scale of 0 leaves only the minimum rate.
  ///
  /// @param sizeD18 of either sign
  public static Margins margins(BigInteger sizeD18, BigInteger priceD18, Market market) {
    BigInteger zero = BigInteger.ZERO;
    if (sizeD18.signum() == 0) {
      return new Margins(zero, zero, zero, zero);
    }
    BigInteger size = sizeD18.abs();
    BigInteger impact =
        market.skewScaleD18().signum() == 0 ? zero : mulDivFloor(size, WAD, market.skewScaleD18());
    BigInteger initialRate =
        times(impact, market.initialFractionD18()).add(market.initialMinimumD18());
    BigInteger maintenanceRate = times(initialRate, market.maintenanceScalarD18());
    BigInteger notional = times(size, priceD18);
    return new Margins(
        initialRate,
        maintenanceRate,
        times(notional, initialRate).add(market.positionMarginD18()),
        times(notional, maintenanceRate).add(market.positionMarginD18()));
  }

  /// Whether an account may be flagged: maintenance margin plus keepers' reward strictly above
  /// available margin (collateral plus profit and loss). Never without a position.
  public static boolean isEligible(
      BigInteger availableD18, BigInteger maintenanceD18, BigInteger rewardD18, int positions) {
    return positions > 0 && maintenanceD18.add(rewardD18).compareTo(availableD18) > 0;
  }

  /// What the keeper who flags a position may earn before cost and bounds: its full notional times
  /// the ratio.
  public static BigInteger flagReward(BigInteger sizeD18, BigInteger priceD18, Market market) {
    return times(times(sizeD18.abs(), priceD18), market.flagRewardRatioD18());
  }

  /// A keeper's reward within its bounds.
  ///
  /// @param rewardsD18 summed over positions
  /// @param costD18 of execution
  /// @param availableD18 margin; 0 for an account that is flagged
  public static BigInteger keeperReward(
      BigInteger rewardsD18, BigInteger costD18, BigInteger availableD18, Keepers keepers) {
    BigInteger floor =
        costD18
            .add(keepers.rewardMinimumD18())
            .max(times(costD18, keepers.profitRatioD18().add(WAD)));
    BigInteger ceiling =
        availableD18.signum() == 0
            ? keepers.rewardMaximumD18()
            : times(availableD18, keepers.scalingRatioD18()).min(keepers.rewardMaximumD18());
    return floor.max(rewardsD18.add(costD18)).min(ceiling);
  }

  /// What keepers may earn by flagging an account and closing it window by window: the reward for
  /// flagging and the first window, and the reward for closing for each further one.
  ///
  /// @param rewardsD18 flag rewards, summed
  /// @param windows largest number of windows of any position
  public static BigInteger possibleReward(
      BigInteger rewardsD18,
      BigInteger flagCostD18,
      BigInteger liquidateCostD18,
      BigInteger collateralD18,
      BigInteger windows,
      Keepers keepers) {
    BigInteger further =
        keeperReward(BigInteger.ZERO, liquidateCostD18, BigInteger.ZERO, keepers)
            .multiply(minusOrZero(windows, BigInteger.ONE));
    return keeperReward(rewardsD18, flagCostD18, collateralD18, keepers).add(further);
  }

  /// What may be closed in one window: fees times skew scale times multiplier per second, times
  /// seconds.
  public static BigInteger windowCap(Market market) {
    return times(
            times(market.makerFeeD18().add(market.takerFeeD18()), market.skewScaleD18()),
            market.multiplierD18())
        .multiply(market.windowSeconds());
  }

  /// Windows that closing a position takes, rounded up.
  ///
  /// @throws ArithmeticException if the cap is 0
  public static BigInteger windows(BigInteger sizeD18, BigInteger capD18) {
    return divCeil(sizeD18.abs(), capD18);
  }

  /// What was closed of a market in one block.
  ///
  /// @param time of the block, seconds
  public record Closed(BigInteger time, BigInteger amountD18) {}

  /// What may be closed of a market now.
  ///
  /// @param capacityD18 left of the cap
  /// @param latestTime of the last block in which something was closed; 0 if none
  public record Capacity(BigInteger capacityD18, BigInteger latestTime) {}

  /// What is left of a cap: less everything closed strictly after `now - window`. What was closed
  /// exactly a window ago does not count any more.
  ///
  /// @param history in the order of time
  public static Capacity capacity(
      BigInteger capD18, BigInteger windowSeconds, List<Closed> history, BigInteger now) {
    BigInteger start = now.subtract(windowSeconds);
    BigInteger closed =
        history.stream()
            .filter(each -> each.time().compareTo(start) > 0)
            .map(Closed::amountD18)
            .reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger latest = history.isEmpty() ? BigInteger.ZERO : history.getLast().time();
    return new Capacity(minusOrZero(capD18, closed), latest);
  }

  /// What a call closes, of an amount that is asked for.
  ///
  /// @param capD18 from [#windowCap]; 0 for none
  /// @param premiumMaxD18 0 if there is never a further cap
  /// @param skewD18 longs less shorts of the market, before the call
  /// @param endorsed whether the caller is the endorsed liquidator
  public static BigInteger closable(
      BigInteger requestedD18,
      BigInteger capD18,
      BigInteger premiumMaxD18,
      Capacity capacity,
      BigInteger skewD18,
      BigInteger skewScaleD18,
      BigInteger now,
      boolean endorsed) {
    if (endorsed || capD18.signum() == 0) {
      return requestedD18;
    }
    if (capacity.capacityD18().signum() > 0) {
      return capacity.capacityD18().min(requestedD18);
    }
    boolean further =
        premiumMaxD18.signum() > 0
            && !capacity.latestTime().equals(now)
            && mulDivFloor(skewD18.abs(), WAD, skewScaleD18).compareTo(premiumMaxD18) < 0;
    return further ? capD18.min(requestedD18) : BigInteger.ZERO;
  }

  /// The history after a call: amounts of one block are one entry; nothing closed leaves it as it
  /// is.
  ///
  /// @throws IllegalArgumentException if time runs backward or the history is full
  public static List<Closed> record(List<Closed> history, BigInteger amountD18, BigInteger now) {
    if (amountD18.signum() == 0) {
      return history;
    }
    List<Closed> more = new ArrayList<>(history);
    BigInteger amount = amountD18;
    if (!history.isEmpty()) {
      int order = history.getLast().time().compareTo(now);
      if (order > 0 || history.size() >= HISTORY_MAX) {
        throw new IllegalArgumentException(
            order > 0
                ? "a liquidation at %s after one at %s".formatted(now, history.getLast().time())
                : "more than " + HISTORY_MAX + " liquidations");
      }
      if (order == 0) {
        amount = amount.add(more.removeLast().amountD18());
      }
    }
    more.add(new Closed(now, amount));
    return List.copyOf(more);
  }

  /// The product of two numbers of 18 decimals, rounded down.
  private static BigInteger times(BigInteger left, BigInteger right) {
    return mulDivFloor(left, right, WAD);
  }

  private static BigInteger thousandths(long value) {
    return BigInteger.valueOf(value).multiply(BigInteger.TEN.pow(15));
  }
}
