package trimtab.rulebooks.derivatives;

import static trimtab.rulebooks.number.Uint.WAD;

import java.math.BigInteger;
import java.util.List;

/// Derive (Lyra v2): Dutch auctions of a share of the whole portfolio.
///
/// **Trigger.** Anyone starts an auction of an account whose maintenance margin is below zero
/// (strictly), naming the scenario of the risk matrix in which it is; during the auction anyone may
/// name one in which it is lower (strictly). Margins are net: mark-to-market value less
/// requirement. Value above zero: the solvent auction, else the insolvent one.
///
/// **How much.** Solvent: a bidder takes a share of everything, at most the share after which the
/// buffer margin is zero; a bid for more is cut to it and ends the auction. Value below the cutoff:
/// all of it may be taken. Insolvent: any share. **Order.** None: every position is cut alike.
///
/// | step | formula (`/` and `x` of decimals) | rounding |
/// |---|---|---|
/// | buffer margin | `mm + (mm - mtm) x buffer` | product towards zero |
/// | discount, fast | `start - (start - cutoff) * elapsed / fast` | quotient down |
/// | discount, slow | `cutoff - floor(cutoff * elapsed / 1e18) * 1e18 / slow` | down, twice |
/// | bid price | `(mtm - reserved) x discount` | down |
/// | largest share | `bm / (bm - mtm x d - reserved x (1 - d))`, `bm` at most 0 | down, each |
/// | cash paid | `price x share` | down |
/// | insolvent price | `(mm - loss) * elapsed / length + loss`, `loss = min(mtm, 0)` | towards zero |
/// | starting fee | `share(d = 1, reserved = 0) x mtm x fee` | down, each |
///
/// In the slow part the elapsed seconds are multiplied as if they were a decimal, so the discount
/// falls in steps of whole weighted seconds; in a second it is never below the exact line. What
/// bidders paid is reserved: it is neither sold nor discounted again.
///
/// **Price.** The discount falls from 95 % to 70 % of the value in 15 minutes, then to 0 in 12
/// hours; at its end the auction may be turned into the insolvent one, in which the security module
/// pays the bidder, from the loss of value up to the whole maintenance margin in 60 minutes.
///
/// **Fee.** Once, when a solvent auction starts: 10 % of the value of the largest share, to the
/// security module. **Dust.** The cutoff; its default is 0, as the contract starts.
///
/// **Bad debt.** What the module cannot pay is printed as cash, which all holders of cash bear.
/// Withdrawals are blocked while the maintenance margins of insolvent auctions sum to more than the
/// module's cash.
///
/// **Scales.** Amounts in dollars, shares and prices x 1e18, signed; times in seconds.
///
/// **Source.** derivexyz/v2-core@7736900d `src/liquidation/DutchAuction.sol`,
/// `src/risk-managers/BaseManager.sol` (executeBid), `scripts/config-mainnet.sol`; derivexyz/
/// lyra-utils `src/decimals/*.sol` for the roundings. What an account is worth after a bid follows
/// from the balances (each cut towards zero); [#afterBid] scales the sums instead, which is up to
/// one unit per balance away. How the risk managers compute margins is not part of this file.
public final class DeriveV2 {
  private static final int INT_BITS = 255;

  private DeriveV2() {}

  /// What the owner sets.
  ///
  /// @param startWad share of the value at which the fast part starts
  /// @param fastCutoffWad share at which the slow part starts
  /// @param feeRateWad fee on the value of the largest share
  /// @param bufferWad share of the requirement that is added to it
  /// @param mtmCutoffWad value below which all of the portfolio may be taken, dollars x 1e18
  public record Parameters(
      BigInteger startWad,
      BigInteger fastCutoffWad,
      BigInteger fastSeconds,
      BigInteger slowSeconds,
      BigInteger insolventSeconds,
      BigInteger feeRateWad,
      BigInteger bufferWad,
      BigInteger mtmCutoffWad) {
    /// As the script of the main network sets them.
    public static final Parameters MAINNET =
        new Parameters(
            percent(95),
            percent(70),
            BigInteger.valueOf(900),
            BigInteger.valueOf(43_200),
            BigInteger.valueOf(3_600),
            percent(10),
            percent(15),
            BigInteger.ZERO);

    /// @throws IllegalArgumentException if the contract would not accept them
    public Parameters {
      if (startWad.compareTo(WAD) > 0
          || fastCutoffWad.compareTo(startWad) > 0
          || feeRateWad.compareTo(percent(10)) > 0
          || bufferWad.compareTo(percent(400)) > 0
          || mtmCutoffWad.compareTo(percent(100_000)) > 0) {
        throw new IllegalArgumentException(
            "DA_InvalidParameter: start at most 1, the fast cutoff at most the start, the fee at"
                + " most 0.1, the buffer at most 4, the cutoff of value at most 1000");
      }
      if (fastCutoffWad.signum() < 0
          || fastSeconds.signum() < 0
          || slowSeconds.signum() < 0
          || insolventSeconds.signum() < 0
          || feeRateWad.signum() < 0
          || bufferWad.signum() < 0) {
        throw new IllegalArgumentException("only the cutoff of value may be below zero");
      }
    }

    private static BigInteger percent(long percent) {
      return BigInteger.valueOf(percent).multiply(BigInteger.TEN.pow(16));
    }
  }

  /// An account in one scenario, dollars x 1e18.
  ///
  /// @param mtm mark-to-market value, what bidders paid included
  /// @param mm maintenance margin: value less requirement
  /// @param reservedCash what bidders of this auction paid
  public record Account(BigInteger mtm, BigInteger mm, BigInteger reservedCash) {}

  /// Why the contract reverts, by its own name of the error.
  public enum Refusal {
    INVALID_PERCENTAGE("DA_InvalidPercentage"),
    ABOVE_MAINTENANCE_MARGIN("DA_AccountIsAboveMaintenanceMargin"),
    SHOULD_BE_TERMINATED("DA_AuctionShouldBeTerminated"),
    RESERVED_CASH_GREATER_THAN_MTM("DA_ReservedCashGreaterThanMtM"),
    SOLVENT_AUCTION_ENDED("DA_SolventAuctionEnded"),
    ONGOING_SOLVENT_AUCTION("DA_OngoingSolventAuction"),
    INSUFFICIENT_CASH("DA_InsufficientCash"),
    PRICE_LIMIT_EXCEEDED("DA_PriceLimitExceeded");

    private final String error;

    Refusal(String error) {
      this.error = error;
    }

    /// The contract's name of the error.
    public String error() {
      return error;
    }
  }

  /// What a bid does.
  public sealed interface Outcome {}

  /// It reverts.
  public record Refused(Refusal reason) implements Outcome {}

  /// It goes through.
  ///
  /// @param shareWad of the portfolio as it is now
  /// @param cashFromBidder paid to the account
  /// @param cashToBidder paid by the security module, or printed
  /// @param bidderCash what the bidder must have had in its account
  /// @param ends whether the auction is over with it
  public record Bid(
      BigInteger shareWad,
      BigInteger cashFromBidder,
      BigInteger cashToBidder,
      BigInteger bidderCash,
      boolean ends)
      implements Outcome {}

  /// Trigger: the maintenance margin is below zero, strictly.
  public static boolean isStartable(BigInteger mm) {
    return mm.signum() < 0;
  }

  /// Whether the auction of an account starts as the solvent one: value above zero, strictly.
  public static boolean startsSolvent(BigInteger mtm) {
    return mtm.signum() > 0;
  }

  /// Whether another scenario replaces the one of the auction: lower margin, strictly.
  public static boolean isWorseScenario(BigInteger newMm, BigInteger currentMm) {
    return newMm.compareTo(currentMm) < 0;
  }

  /// The scenario to name: the first with the lowest maintenance margin.
  ///
  /// @throws IllegalArgumentException if there is none
  public static int worstScenario(List<BigInteger> maintenanceMargins) {
    if (maintenanceMargins.isEmpty()) {
      throw new IllegalArgumentException("there is no scenario");
    }
    int worst = 0;
    for (int i = 1; i < maintenanceMargins.size(); i++) {
      if (isWorseScenario(maintenanceMargins.get(i), maintenanceMargins.get(worst))) {
        worst = i;
      }
    }
    return worst;
  }

  /// What an account is liquidated to: the maintenance margin less a share of the requirement, the
  /// product towards zero.
  public static BigInteger bufferMargin(BigInteger mtm, BigInteger mm, Parameters parameters) {
    return fit(mm.add(times(mm.subtract(mtm), parameters.bufferWad())));
  }

  /// Price: the share of the value that is asked after so many seconds, x 1e18.
  public static BigInteger discount(BigInteger elapsedSeconds, Parameters parameters) {
    BigInteger start = parameters.startWad();
    BigInteger cutoff = parameters.fastCutoffWad();
    if (elapsedSeconds.compareTo(parameters.fastSeconds()) < 0) {
      BigInteger fall = start.subtract(cutoff).multiply(elapsedSeconds);
      return start.subtract(fall.divide(parameters.fastSeconds()));
    }
    if (hasRunOut(elapsedSeconds, parameters)) {
      return BigInteger.ZERO;
    }
    BigInteger slow = elapsedSeconds.subtract(parameters.fastSeconds());
    return cutoff.subtract(over(times(cutoff, slow), parameters.slowSeconds()));
  }

  /// Whether the solvent auction is over: from its last second on.
  public static boolean hasRunOut(BigInteger elapsedSeconds, Parameters parameters) {
    return elapsedSeconds.compareTo(parameters.fastSeconds().add(parameters.slowSeconds())) >= 0;
  }

  /// Price of the whole portfolio in a solvent auction, rounded down.
  ///
  /// @throws ArithmeticException if more is reserved than the value
  public static BigInteger solventBidPrice(
      BigInteger mtm, BigInteger reservedCash, BigInteger discountWad) {
    if (reservedCash.compareTo(mtm) > 0) {
      throw new ArithmeticException(Refusal.RESERVED_CASH_GREATER_THAN_MTM.error());
    }
    return times(mtm.subtract(reservedCash), discountWad);
  }

  /// Size: the largest share of the portfolio that a bid takes, x 1e18, rounded down. All of it
  /// below the cutoff of value; none with a buffer margin of zero or more.
  ///
  /// @throws ArithmeticException if buffer margin and value are zero
  public static BigInteger maxProportion(
      BigInteger mtm,
      BigInteger bufferMargin,
      BigInteger discountWad,
      BigInteger reservedCash,
      Parameters parameters) {
    if (mtm.compareTo(parameters.mtmCutoffWad()) < 0) {
      return WAD;
    }
    BigInteger margin = bufferMargin.min(BigInteger.ZERO);
    BigInteger denominator =
        margin
            .subtract(times(mtm, discountWad))
            .subtract(times(reservedCash, WAD.subtract(discountWad)));
    BigInteger share = over(margin, denominator);
    if (share.signum() < 0) {
      throw new ArithmeticException("the share is below zero: " + share);
    }
    return share;
  }

  /// Fee at the start of a solvent auction, to the security module, rounded down. None where the
  /// insolvent auction starts.
  public static BigInteger startFee(BigInteger mtm, BigInteger mm, Parameters parameters) {
    if (!startsSolvent(mtm)) {
      return BigInteger.ZERO;
    }
    BigInteger share =
        maxProportion(mtm, bufferMargin(mtm, mm, parameters), WAD, BigInteger.ZERO, parameters);
    return times(times(share, mtm), parameters.feeRateWad());
  }

  /// Price of the whole portfolio in an insolvent auction: zero or less, what is paid to the
  /// bidder. Zero once the maintenance margin is not below zero.
  public static BigInteger insolventBidPrice(
      BigInteger mtm, BigInteger mm, BigInteger elapsedSeconds, Parameters parameters) {
    if (mm.signum() >= 0) {
      return BigInteger.ZERO;
    }
    if (elapsedSeconds.compareTo(parameters.insolventSeconds()) >= 0) {
      return mm;
    }
    BigInteger loss = mtm.min(BigInteger.ZERO);
    BigInteger moved = fit(mm.subtract(loss).multiply(elapsedSeconds));
    return moved.divide(parameters.insolventSeconds()).add(loss);
  }

  /// Whether anyone may end the auction. An insolvent one, or one that has run out: the maintenance
  /// margin is zero or more. A solvent one: the buffer margin is zero or more, the value is below
  /// zero, or as much is reserved as the value (it can then be started anew).
  public static boolean canTerminate(
      Account account, boolean isInsolvent, BigInteger elapsedSeconds, Parameters parameters) {
    if (isInsolvent || hasRunOut(elapsedSeconds, parameters)) {
      return account.mm().signum() >= 0;
    }
    return isSolventOver(account, parameters);
  }

  private static boolean isSolventOver(Account account, Parameters parameters) {
    return account.mtm().signum() < 0
        || account.reservedCash().compareTo(account.mtm()) >= 0
        || bufferMargin(account.mtm(), account.mm(), parameters).signum() >= 0;
  }

  /// Whether a solvent auction can be turned into the insolvent one: its price is zero, and the
  /// maintenance margin is below zero.
  ///
  /// @throws ArithmeticException if more is reserved than the value before the auction has run out
  public static boolean canTurnInsolvent(
      Account account, BigInteger elapsedSeconds, Parameters parameters) {
    boolean isForNothing =
        hasRunOut(elapsedSeconds, parameters)
            || solventBidPrice(
                        account.mtm(), account.reservedCash(), discount(elapsedSeconds, parameters))
                    .signum()
                <= 0;
    return isForNothing && isStartable(account.mm());
  }

  /// A bid in a solvent auction after so many seconds.
  ///
  /// @param shareWad of the portfolio that is bid for, above 0 and at most 1e18
  public static Outcome bidSolvent(
      Account account, BigInteger shareWad, BigInteger elapsedSeconds, Parameters parameters) {
    if (!isShare(shareWad)) {
      return new Refused(Refusal.INVALID_PERCENTAGE);
    }
    if (canTerminate(account, false, elapsedSeconds, parameters)) {
      return new Refused(Refusal.SHOULD_BE_TERMINATED);
    }
    if (hasRunOut(elapsedSeconds, parameters)) {
      return new Refused(Refusal.SOLVENT_AUCTION_ENDED);
    }
    return bidSolventAt(account, shareWad, discount(elapsedSeconds, parameters), parameters);
  }

  /// A bid in a solvent auction that has not run out, at a discount. The bidder needs its payment
  /// and the part of the buffer margin that it takes over.
  public static Outcome bidSolventAt(
      Account account, BigInteger shareWad, BigInteger discountWad, Parameters parameters) {
    if (!isShare(shareWad)) {
      return new Refused(Refusal.INVALID_PERCENTAGE);
    }
    if (isSolventOver(account, parameters)) {
      return new Refused(Refusal.SHOULD_BE_TERMINATED);
    }
    BigInteger price = solventBidPrice(account.mtm(), account.reservedCash(), discountWad);
    if (price.signum() <= 0) {
      return new Refused(Refusal.SOLVENT_AUCTION_ENDED);
    }
    BigInteger margin = bufferMargin(account.mtm(), account.mm(), parameters);
    BigInteger most =
        maxProportion(account.mtm(), margin, discountWad, account.reservedCash(), parameters);
    BigInteger share = shareWad.min(most);
    BigInteger cash = cashFromBidder(price, share);
    BigInteger takenOver = times(margin.subtract(account.reservedCash()).abs(), share);
    return new Bid(
        share, cash, BigInteger.ZERO, cash.add(takenOver), shareWad.compareTo(most) >= 0);
  }

  /// What a bidder pays for a share, rounded down.
  public static BigInteger cashFromBidder(BigInteger bidPrice, BigInteger shareWad) {
    return times(bidPrice, shareWad);
  }

  /// What a bidder is paid for a share of an insolvent account, rounded down.
  ///
  /// @param bidPrice of the whole portfolio, zero or less
  /// @throws ArithmeticException if the price is above zero
  public static BigInteger cashToBidder(BigInteger bidPrice, BigInteger shareWad) {
    if (bidPrice.signum() > 0) {
      throw new ArithmeticException("the payout is below zero at a price of " + bidPrice);
    }
    return times(bidPrice.negate(), shareWad);
  }

  /// A bid in an insolvent auction. The bidder needs the part of the maintenance margin that it
  /// takes over, less what it is paid. Only a bid for all of it ends the auction by itself.
  public static Outcome bidInsolvent(
      Account account, BigInteger shareWad, BigInteger elapsedSeconds, Parameters parameters) {
    if (!isShare(shareWad)) {
      return new Refused(Refusal.INVALID_PERCENTAGE);
    }
    if (canTerminate(account, true, elapsedSeconds, parameters)) {
      return new Refused(Refusal.SHOULD_BE_TERMINATED);
    }
    BigInteger paid =
        cashToBidder(
            insolventBidPrice(account.mtm(), account.mm(), elapsedSeconds, parameters), shareWad);
    BigInteger needed = times(account.mm().abs(), shareWad).subtract(paid);
    if (needed.signum() < 0) {
      throw new ArithmeticException("the payout is above the maintenance margin: " + paid);
    }
    return new Bid(shareWad, BigInteger.ZERO, paid, needed, shareWad.equals(WAD));
  }

  /// What the contract makes of a bid by the bidder's own limits.
  ///
  /// @param priceLimit most that is paid (negative: least that is received); 0 for no limit
  /// @param bidderCash cash of the bidder's account, which holds nothing else
  public static Outcome within(Outcome outcome, BigInteger priceLimit, BigInteger bidderCash) {
    return switch (outcome) {
      case Refused refused -> refused;
      case Bid bid -> {
        if (bidderCash.compareTo(bid.bidderCash()) < 0) {
          yield new Refused(Refusal.INSUFFICIENT_CASH);
        }
        BigInteger paid = bid.cashFromBidder().subtract(bid.cashToBidder());
        yield priceLimit.signum() != 0 && paid.compareTo(priceLimit) > 0
            ? new Refused(Refusal.PRICE_LIMIT_EXCEEDED)
            : bid;
      }
    };
  }

  /// The account after a bid at unchanged prices: the share of everything but the reserved cash is
  /// gone (each sum cut towards zero), the payment has come and is reserved.
  public static Account afterBid(Account account, Bid bid) {
    BigInteger reserved = account.reservedCash();
    BigInteger cash = bid.cashFromBidder();
    return new Account(
        left(account.mtm(), reserved, bid.shareWad()).add(cash),
        left(account.mm(), reserved, bid.shareWad()).add(cash),
        reserved.add(cash));
  }

  /// What the manager moves of one balance: its share towards zero, without what is reserved.
  ///
  /// @param reservedCash of the balance, 0 for all assets but cash
  public static BigInteger taken(BigInteger balance, BigInteger reservedCash, BigInteger shareWad) {
    return times(balance.subtract(reservedCash), shareWad);
  }

  private static BigInteger left(BigInteger amount, BigInteger reserved, BigInteger shareWad) {
    return amount.subtract(taken(amount, reserved, shareWad));
  }

  /// Who pays a bidder of an insolvent auction.
  ///
  /// @param fromModule paid by the security module
  /// @param printed cash without backing, borne by all holders of cash
  public record Payout(BigInteger fromModule, BigInteger printed) {}

  /// Bad debt: the security module pays what it has, the rest is printed.
  public static Payout payout(BigInteger cashToBidder, BigInteger moduleCash) {
    BigInteger paid = cashToBidder.min(moduleCash.max(BigInteger.ZERO));
    return new Payout(paid, cashToBidder.subtract(paid));
  }

  /// Whether withdrawals are blocked: insolvent auctions are short of more, strictly, than the
  /// module has.
  ///
  /// @param insolventMm sum of the maintenance margins at the start of insolvent auctions, positive
  public static boolean isWithdrawBlocked(BigInteger insolventMm, BigInteger moduleCash) {
    return insolventMm.signum() > 0 && insolventMm.compareTo(moduleCash) > 0;
  }

  private static boolean isShare(BigInteger shareWad) {
    return shareWad.signum() > 0 && shareWad.compareTo(WAD) <= 0;
  }

  /// Product of decimals, towards zero.
  private static BigInteger times(BigInteger value, BigInteger factorWad) {
    return fit(value.multiply(factorWad)).divide(WAD);
  }

  /// Quotient of decimals, towards zero.
  private static BigInteger over(BigInteger value, BigInteger divisor) {
    return fit(value.multiply(WAD)).divide(divisor);
  }

  private static BigInteger fit(BigInteger value) {
    if (value.bitLength() > INT_BITS) {
      throw new ArithmeticException("more than 256 bits with sign: " + value);
    }
    return value;
  }
}
