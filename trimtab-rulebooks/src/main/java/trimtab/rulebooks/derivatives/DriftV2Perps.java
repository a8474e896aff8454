package trimtab.rulebooks.derivatives;

import static trimtab.rulebooks.derivatives.DriftV2.BASE_PRECISION;
import static trimtab.rulebooks.derivatives.DriftV2.FEE_PER_MARGIN;
import static trimtab.rulebooks.derivatives.DriftV2.FEE_PRECISION;
import static trimtab.rulebooks.derivatives.DriftV2.MARGIN_PRECISION;
import static trimtab.rulebooks.derivatives.DriftV2.PRICE_PRECISION;
import static trimtab.rulebooks.derivatives.RustIntegers.divCeil;
import static trimtab.rulebooks.derivatives.RustIntegers.divFloor;
import static trimtab.rulebooks.derivatives.RustIntegers.minusOrZero;
import static trimtab.rulebooks.derivatives.RustIntegers.mulDivFloor;
import static trimtab.rulebooks.derivatives.RustIntegers.u128;
import static trimtab.rulebooks.derivatives.RustIntegers.u64;

import java.math.BigInteger;
import trimtab.rulebooks.derivatives.DriftV2.Margin;
import trimtab.rulebooks.derivatives.DriftV2.Parameters;
import trimtab.rulebooks.derivatives.DriftV2.PerpMarket;
import trimtab.rulebooks.derivatives.DriftV2.PerpPosition;

/// Drift v2: how much of a perp is taken over, at which price and fee, and one call of a liquidator
/// from its first check to its exit. Rule, scales and source: [DriftV2].
public final class DriftV2Perps {
  /// What stands for "as much as there is": `2^64 - 1`.
  public static final BigInteger UNLIMITED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  /// The liquidator's fee grows to at most this many times the base fee.
  private static final BigInteger FEE_MULTIPLIER_MAX = BigInteger.valueOf(3);

  private static final BigInteger NINETEEN = BigInteger.valueOf(19);
  private static final BigInteger TWENTY = BigInteger.valueOf(20);

  private DriftV2Perps() {}

  /// The base amount whose closing covers a shortage, `1e9`: shortage over what one unit frees, `P
  /// x P_q x (ratio - f_l) - P x f_i`. Each product of price and rate rounds down, and so does the
  /// amount. [#UNLIMITED] if the price is 0 or the ratio is not above the liquidator's fee.
  ///
  /// @param ratio1e4 maintenance ratio with the buffer
  /// @throws ArithmeticException if the fund's fee leaves nothing to be freed, or the amount has
  ///   more than 64 bits
  public static BigInteger baseToCover(
      BigInteger shortage1e6,
      BigInteger ratio1e4,
      BigInteger liquidatorFee1e6,
      BigInteger insuranceFee1e6,
      BigInteger price1e6,
      BigInteger quotePrice1e6) {
    BigInteger ratio1e6 = ratio1e4.multiply(FEE_PER_MARGIN);
    if (price1e6.signum() == 0 || ratio1e6.compareTo(liquidatorFee1e6) <= 0) {
      return UNLIMITED;
    }
    BigInteger price = mulDivFloor(price1e6, quotePrice1e6, PRICE_PRECISION);
    BigInteger freed = mulDivFloor(price, ratio1e6.subtract(liquidatorFee1e6), FEE_PRECISION);
    BigInteger toFund = mulDivFloor(price1e6, insuranceFee1e6, FEE_PRECISION);
    return u64(divFloor(shortage1e6.multiply(BASE_PRECISION), u128(freed.subtract(toFund))));
  }

  /// The insurance fund's fee, `1e6`: 95 % of what the buffered ratio leaves after the liquidator's
  /// fee and the shortage per value of the position, at most the market's. So the fee cannot eat
  /// the last of the collateral. Quotients round down; 0 if a price, the position or what is left
  /// is 0.
  ///
  /// @param shortage1e6 the part of the shortage that the market stands for
  /// @param base1e9 size of the position, not negative
  /// @param ratio1e4 maintenance ratio with the buffer
  public static BigInteger insuranceFee(
      BigInteger shortage1e6,
      BigInteger base1e9,
      BigInteger ratio1e4,
      BigInteger liquidatorFee1e6,
      BigInteger price1e6,
      BigInteger quotePrice1e6,
      BigInteger feeMax1e6) {
    BigInteger ratio1e6 = ratio1e4.multiply(FEE_PER_MARGIN);
    if (price1e6.signum() == 0
        || quotePrice1e6.signum() == 0
        || base1e9.signum() == 0
        || ratio1e6.compareTo(liquidatorFee1e6) <= 0) {
      return BigInteger.ZERO;
    }
    BigInteger price = mulDivFloor(price1e6, quotePrice1e6, PRICE_PRECISION);
    BigInteger perBase = mulDivFloor(shortage1e6, BASE_PRECISION, base1e9);
    BigInteger missing = mulDivFloor(perBase, PRICE_PRECISION, price);
    BigInteger left = minusOrZero(ratio1e6.subtract(liquidatorFee1e6), missing);
    return left.multiply(NINETEEN).divide(TWENTY).min(feeMax1e6);
  }

  /// The liquidator's fee, `1e6`: the base fee within the grace period, from its last slot on the
  /// base fee plus the increase for *every* slot since the liquidation began, at most the maximum.
  ///
  /// @throws ArithmeticException if the slots run backward
  public static BigInteger liquidatorFee(
      BigInteger baseFee1e6,
      BigInteger maxFee1e6,
      BigInteger lastActiveSlot,
      BigInteger slot,
      Parameters parameters) {
    BigInteger elapsed = u64(slot.subtract(lastActiveSlot));
    if (elapsed.compareTo(parameters.feeGraceSlots()) < 0) {
      return baseFee1e6;
    }
    return baseFee1e6.add(elapsed.multiply(parameters.feeIncreasePerSlot1e6())).min(maxFee1e6);
  }

  /// The largest fee of a liquidator, `1e6`: three base fees, at most the maintenance ratio.
  public static BigInteger liquidatorFeeMax(PerpMarket market) {
    return market
        .liquidatorFee1e6()
        .multiply(FEE_MULTIPLIER_MAX)
        .min(market.maintenanceRatio1e4().multiply(FEE_PER_MARGIN));
  }

  /// The price that a liquidator gets, or the limit of an order on the book, `1e6`: the oracle's
  /// less the fee for a long, plus the fee for a short; the fee rounds down.
  public static BigInteger transferPrice(
      BigInteger price1e6, BigInteger liquidatorFee1e6, boolean isLong) {
    BigInteger fee = mulDivFloor(price1e6.abs(), liquidatorFee1e6, FEE_PRECISION);
    return isLong ? price1e6.abs().subtract(fee) : price1e6.abs().add(fee);
  }

  /// A base amount rounded up to the market's step.
  public static BigInteger ceilToStep(BigInteger base1e9, BigInteger stepSize1e9) {
    return divCeil(base1e9, stepSize1e9).multiply(stepSize1e9);
  }

  /// A base amount rounded down to the market's step.
  public static BigInteger floorToStep(BigInteger base1e9, BigInteger stepSize1e9) {
    return divFloor(base1e9, stepSize1e9).multiply(stepSize1e9);
  }

  /// The base amount of one transfer, `1e9`: the covering amount times the share, rounded down, or
  /// the whole position if it is worth at most the small one; at most the position and what the
  /// liquidator takes; then up to the step. 0 if the share of the covering amount is 0.
  ///
  /// @param cover1e9 already a multiple of the step, or [#UNLIMITED]
  public static BigInteger baseToTransfer(
      BigInteger base1e9,
      BigInteger cover1e9,
      BigInteger share1e4,
      BigInteger liquidatorMax1e9,
      BigInteger price1e6,
      PerpMarket market,
      Parameters parameters) {
    BigInteger allowed = u64(mulDivFloor(cover1e9, share1e4, MARGIN_PRECISION));
    if (allowed.signum() == 0) {
      return BigInteger.ZERO;
    }
    boolean small =
        DriftV2.baseValue(base1e9, price1e6).compareTo(parameters.smallPosition1e6()) <= 0;
    BigInteger wanted = small ? allowed.max(base1e9) : allowed;
    return ceilToStep(base1e9.min(liquidatorMax1e9).min(wanted), market.stepSize1e9());
  }

  /// How far an account is in its liquidation.
  ///
  /// @param active whether it is being liquidated
  /// @param lastActiveSlot the slot in which that began
  /// @param freed1e6 margin freed since
  public record Progress(boolean active, BigInteger lastActiveSlot, BigInteger freed1e6) {
    /// Not being liquidated.
    public static final Progress NONE = new Progress(false, BigInteger.ZERO, BigInteger.ZERO);

    private Progress entered(BigInteger slot) {
      return active ? this : new Progress(true, slot, BigInteger.ZERO);
    }

    private Progress freed(BigInteger more1e6) {
      return new Progress(active, lastActiveSlot, freed1e6.add(more1e6));
    }

    private Progress exited() {
      return new Progress(false, lastActiveSlot, BigInteger.ZERO);
    }
  }

  /// An account as one market's liquidation sees it.
  ///
  /// @param others margin of everything but this perp, under the buffer in force
  /// @param position the perp
  /// @param backed whether the account has a deposit, another position, a profit or an order, any
  ///   of which keeps it from being bankrupt
  /// @param progress of the liquidation
  public record PerpAccount(
      Margin others, PerpPosition position, boolean backed, Progress progress) {}

  /// A liquidator's call.
  ///
  /// @param liquidatorMax1e9 base that it takes at most
  public record Call(
      BigInteger slot,
      BigInteger price1e6,
      BigInteger quotePrice1e6,
      BigInteger liquidatorMax1e9) {}

  /// What became of a call.
  public enum Status {
    /// Collateral meets the requirement, and no liquidation was under way: refused.
    NOT_LIQUIDATABLE,
    /// A liquidation ended before anything was closed.
    EXITED_WITHOUT_TRANSFER,
    /// There is no position, or the throttle allows nothing now.
    NOTHING_TO_TRANSFER,
    /// Some was closed, and the liquidation goes on.
    TRANSFERRED,
    /// As much was closed as covers the shortage: the liquidation ended.
    EXITED,
    /// The account has nothing left but a loss.
    BANKRUPT
  }

  /// The account after a call, and what was done.
  ///
  /// @param base1e9 size taken over
  /// @param value1e6 its value at the oracle price
  /// @param liquidatorFee1e6 paid to the liquidator on top
  /// @param insuranceFee1e6 paid to the insurance fund
  /// @param cover1e9 what would have covered the shortage
  /// @param share1e4 of it that was allowed
  /// @param shortage1e6 after orders were cancelled
  public record Outcome(
      Status status,
      BigInteger base1e9,
      BigInteger value1e6,
      BigInteger liquidatorFee1e6,
      BigInteger insuranceFee1e6,
      BigInteger cover1e9,
      BigInteger share1e4,
      BigInteger shortage1e6,
      PerpAccount account) {
    private static Outcome nothing(Status status, BigInteger shortage1e6, PerpAccount account) {
      BigInteger zero = BigInteger.ZERO;
      return new Outcome(status, zero, zero, zero, zero, zero, zero, shortage1e6, account);
    }
  }

  /// The margin of an account, its perp tracked.
  public static Margin margin(
      PerpAccount account, PerpMarket market, Parameters parameters, Call call) {
    return account
        .others()
        .plusPerp(
            DriftV2.perpMargin(
                account.position(), market, call.price1e6(), call.quotePrice1e6(), parameters),
            true);
  }

  /// One call: refuse or exit, enter, cancel orders, exit if that was enough, else transfer.
  ///
  /// @throws ArithmeticException if the liquidator takes less than a step
  public static Outcome liquidate(
      PerpAccount account, PerpMarket market, Parameters parameters, Call call) {
    Margin before = margin(account, market, parameters, call);
    Progress progress = account.progress();
    if (!progress.active() && !DriftV2.canBeLiquidated(before)) {
      return Outcome.nothing(Status.NOT_LIQUIDATABLE, BigInteger.ZERO, account);
    }
    if (progress.active() && DriftV2.canExit(before)) {
      return Outcome.nothing(
          Status.EXITED_WITHOUT_TRANSFER, BigInteger.ZERO, with(account, progress.exited()));
    }
    PerpAccount entered = with(account, progress.entered(call.slot()));
    Margin margin = before;
    if (account.position().openOrders() > 0) {
      PerpAccount cancelled =
          new PerpAccount(
              entered.others(),
              entered.position().withoutOrders(),
              entered.backed(),
              entered.progress());
      margin = margin(cancelled, market, parameters, call);
      entered = with(cancelled, cancelled.progress().freed(freed(before, margin)));
      if (DriftV2.canExit(margin)) {
        return Outcome.nothing(
            Status.EXITED_WITHOUT_TRANSFER,
            BigInteger.ZERO,
            with(entered, entered.progress().exited()));
      }
    }
    return transfer(entered, margin, market, parameters, call);
  }

  /// What a transfer is sized and paid by.
  ///
  /// @param ratio1e4 maintenance ratio with the buffer
  public record Rates(
      BigInteger ratio1e4, BigInteger liquidatorFee1e6, BigInteger insuranceFee1e6) {
    /// The liquidator's fee on a value, `1e6`, rounded down.
    public BigInteger toLiquidator(BigInteger value1e6) {
      return mulDivFloor(value1e6, liquidatorFee1e6, FEE_PRECISION);
    }

    /// The insurance fund's fee on a value, `1e6`, rounded down.
    public BigInteger toFund(BigInteger value1e6) {
      return mulDivFloor(value1e6, insuranceFee1e6, FEE_PRECISION);
    }
  }

  /// The rates of an account that is being liquidated.
  ///
  /// @param margin of the account, its perp tracked
  public static Rates rates(
      PerpAccount account, Margin margin, PerpMarket market, Parameters parameters, Call call) {
    BigInteger size = account.position().base1e9().abs();
    BigInteger ratio = DriftV2.maintenanceRatio(market, size).add(parameters.bufferRatio1e4());
    BigInteger fee =
        liquidatorFee(
            market.liquidatorFee1e6(),
            liquidatorFeeMax(market),
            account.progress().lastActiveSlot(),
            call.slot(),
            parameters);
    BigInteger fundFee =
        insuranceFee(
            DriftV2.trackedShortage(margin, DriftV2.shortage(margin)),
            size,
            ratio,
            fee,
            call.price1e6(),
            call.quotePrice1e6(),
            market.insuranceFeeMax1e6());
    return new Rates(ratio, fee, fundFee);
  }

  private static Outcome transfer(
      PerpAccount account, Margin margin, PerpMarket market, Parameters parameters, Call call) {
    BigInteger shortage = DriftV2.shortage(margin);
    BigInteger size = account.position().base1e9().abs();
    if (size.signum() == 0) {
      return Outcome.nothing(Status.NOTHING_TO_TRANSFER, shortage, account);
    }
    BigInteger takes = floorToStep(call.liquidatorMax1e9(), market.stepSize1e9());
    if (takes.signum() == 0) {
      throw new ArithmeticException("the liquidator takes less than a step");
    }
    Rates rates = rates(account, margin, market, parameters, call);
    BigInteger cover =
        baseToCover(
            shortage,
            rates.ratio1e4(),
            rates.liquidatorFee1e6(),
            rates.insuranceFee1e6(),
            call.price1e6(),
            call.quotePrice1e6());
    if (!cover.equals(UNLIMITED)) {
      cover = ceilToStep(cover, market.stepSize1e9());
    }
    BigInteger share =
        DriftV2.maxShare(
            shortage,
            account.progress().freed1e6(),
            u64(call.slot().subtract(account.progress().lastActiveSlot())),
            parameters);
    BigInteger base =
        baseToTransfer(size, cover, share, takes, call.price1e6(), market, parameters);
    if (base.signum() == 0) {
      return Outcome.nothing(Status.NOTHING_TO_TRANSFER, shortage, account);
    }
    BigInteger value = DriftV2.baseValue(base, call.price1e6());
    BigInteger toLiquidator = rates.toLiquidator(value);
    BigInteger toFund = rates.toFund(value);
    PerpAccount closed = closed(account, base, value, toLiquidator.add(toFund));
    Margin after = margin(closed, market, parameters, call);
    closed = with(closed, closed.progress().freed(freed(margin, after)));
    Status status = status(closed, base.compareTo(cover) >= 0);
    PerpAccount result =
        status == Status.EXITED ? with(closed, closed.progress().exited()) : closed;
    return new Outcome(status, base, value, toLiquidator, toFund, cover, share, shortage, result);
  }

  private static Status status(PerpAccount account, boolean covered) {
    if (covered) {
      return Status.EXITED;
    }
    return DriftV2Bankruptcy.isBankrupt(account.position(), account.backed())
        ? Status.BANKRUPT
        : Status.TRANSFERRED;
  }

  private static BigInteger freed(Margin before, Margin after) {
    return minusOrZero(DriftV2.shortage(before), DriftV2.shortage(after));
  }

  private static PerpAccount closed(
      PerpAccount account, BigInteger base, BigInteger value, BigInteger fees) {
    PerpPosition old = account.position();
    boolean isLong = old.base1e9().signum() > 0;
    PerpPosition position =
        new PerpPosition(
            isLong ? old.base1e9().subtract(base) : old.base1e9().add(base),
            (isLong ? old.quote1e6().add(value) : old.quote1e6().subtract(value)).subtract(fees),
            old.openBids1e9(),
            old.openAsks1e9(),
            old.openOrders());
    return new PerpAccount(account.others(), position, account.backed(), account.progress());
  }

  private static PerpAccount with(PerpAccount account, Progress progress) {
    return new PerpAccount(account.others(), account.position(), account.backed(), progress);
  }
}
