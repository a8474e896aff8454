package trimtab.rulebooks.derivatives;

import java.math.BigInteger;
import trimtab.rulebooks.derivatives.MangoV4.Account;
import trimtab.rulebooks.derivatives.MangoV4.HealthKind;
import trimtab.rulebooks.derivatives.MangoV4.Perp;
import trimtab.rulebooks.derivatives.MangoV4.Token;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.I80F48;

/// Mango v4: a liquidator takes over base of a perp at the oracle price plus fees, and its profit
/// less a fee, in five steps:
///
/// 1. while unweighted health pnl is negative, base is reduced until it is not;
/// 2. profit is settled while that raises health;
/// 3. if more may be settled, base is reduced in *anticipation* of settling what it brings;
/// 4. profit is settled again;
/// 5. if the overall weight is positive, base is reduced at that weight until health is at -0.5.
///
/// Each step stops when liquidation-end health would reach 0. Lots per step are `ceil(min(amount to
/// health 0, limit of the step) / amount per lot)`, at most the position and what the liquidator
/// takes. Per lot, unweighted health pnl rises by `P x (1 - fees - w_a)` for a long, `P x (w_l - 1
/// - fees)` for a short, which must be positive. Scales, rounding and source: [MangoV4].
public final class MangoV4Perps {
  private static final HealthKind END = HealthKind.LIQUIDATION_END;
  private static final I80F48 HEALTH_TARGET = I80F48.of(Fraction.parse("-0.5"));

  private MangoV4Perps() {}

  /// A takeover.
  ///
  /// @param baseLots change of the account's lots, toward 0
  /// @param quoteToAccount change of the account's quote, all fees paid
  /// @param quoteToLiquidator change of the liquidator's quote
  /// @param platformFee to the exchange
  /// @param pnlTransfer profit that the liquidator takes
  /// @param tokensToAccount settle tokens that it pays for it
  /// @param after the account
  public record Takeover(
      long baseLots,
      I80F48 quoteToAccount,
      I80F48 quoteToLiquidator,
      I80F48 platformFee,
      I80F48 pnlTransfer,
      I80F48 tokensToAccount,
      Account after) {}

  /// One takeover. Whether the account may be liquidated is asked before, by
  /// [MangoV4#isLiquidatable].
  ///
  /// @param perpIndex the perp
  /// @param baseMax lots that the liquidator takes at most; of the sign of the position
  /// @param pnlMax native profit that it takes at most, not negative
  /// @throws ArithmeticException if reducing base does not raise unweighted health pnl
  /// @throws IllegalArgumentException if a limit has the wrong sign
  public static Takeover takeOver(Account account, int perpIndex, long baseMax, long pnlMax) {
    Perp perp = account.perps().get(perpIndex);
    boolean isLong = perp.baseLots() > 0;
    if (isLong ? baseMax < 0 : baseMax > 0) {
      throw new IllegalArgumentException("the limit of lots must have the position's sign");
    }
    if (pnlMax < 0) {
      throw new IllegalArgumentException("the limit of profit must not be negative");
    }
    Steps steps = new Steps(account, perp, baseMax, pnlMax);
    steps.run();

    long lots = isLong ? -steps.reducedLots : steps.reducedLots;
    Payment payment = payment(perp, lots);
    I80F48 tokens = steps.pnlTransfer.times(steps.gainPerSettled);

    Perp changed =
        perp.with(
            Math.addExact(perp.baseLots(), lots),
            perp.quote().plus(payment.toAccount()).minus(steps.pnlTransfer));
    Account after = account.with(perpIndex, changed);
    Token settle = account.tokens().get(perp.settleToken());
    after = after.with(perp.settleToken(), settle.plus(tokens));
    return new Takeover(
        lots,
        payment.toAccount(),
        payment.toLiquidator(),
        payment.platformFee(),
        steps.pnlTransfer,
        tokens,
        after);
  }

  /// What changes hands for base, in quote.
  ///
  /// @param toAccount change of the account's quote, all fees paid
  /// @param toLiquidator change of the liquidator's quote
  /// @param platformFee to the exchange
  public record Payment(I80F48 toAccount, I80F48 toLiquidator, I80F48 platformFee) {}

  /// What is paid for lots at the oracle price: less fees for a long, plus fees for a short.
  ///
  /// @param lots change of the account's lots, toward 0
  public static Payment payment(Perp perp, long lots) {
    boolean isLong = perp.baseLots() > 0;
    I80F48 one = I80F48.ONE;
    I80F48 fee = perp.terms().baseLiquidationFee();
    I80F48 platform = perp.terms().platformLiquidationFee();
    I80F48 liquidatorFactor = isLong ? one.minus(fee) : one.plus(fee);
    I80F48 accountFactor =
        isLong ? liquidatorFactor.minus(platform) : liquidatorFactor.plus(platform);
    I80F48 pricePerLot = perp.baseNative(1).times(perp.basePrices().oracle());
    I80F48 quote = I80F48.of(lots).negate().times(pricePerLot);
    I80F48 toAccount = quote.times(accountFactor);
    I80F48 toLiquidator = quote.negate().times(liquidatorFactor);
    return new Payment(
        toAccount, toLiquidator, toLiquidator.negate().minus(toAccount).max(I80F48.ZERO));
  }

  /// By how much unweighted health pnl rises per lot that is closed.
  ///
  /// @throws ArithmeticException if it does not
  public static I80F48 gainPerLot(Perp perp) {
    I80F48 pricePerLot = perp.baseNative(1).times(perp.basePrices().oracle());
    I80F48 fees = perp.terms().baseLiquidationFee().plus(perp.terms().platformLiquidationFee());
    I80F48 rate =
        perp.baseLots() > 0
            ? I80F48.ONE.minus(fees).minus(perp.terms().initialBaseAssetWeight())
            : perp.terms().initialBaseLiabilityWeight().minus(I80F48.ONE.plus(fees));
    I80F48 gain = pricePerLot.times(rate);
    if (gain.signum() <= 0) {
      throw new ArithmeticException("closing a lot brings " + gain);
    }
    return gain;
  }

  /// The state that the five steps pass on.
  private static final class Steps {
    private final Token settle;
    private final I80F48 perLot;
    private final I80F48 gainPerSettled;
    private final I80F48 overallWeight;
    private final I80F48 pnlMax;
    private final long lotsMax;
    private long reducedLots;
    private I80F48 pnlTransfer = I80F48.ZERO;
    private I80F48 pnl;
    private I80F48 health;
    private I80F48 balance;

    Steps(Account account, Perp perp, long baseMax, long pnlMax) {
      this.settle = account.tokens().get(perp.settleToken());
      this.perLot = gainPerLot(perp);
      this.gainPerSettled = I80F48.ONE.minus(perp.terms().profitLiquidationFee());
      this.overallWeight = perp.terms().initialOverallAssetWeight();
      this.pnlMax = I80F48.of(pnlMax);
      this.lotsMax =
          Math.min(Math.absExact(perp.baseLots()), Math.abs(Math.max(baseMax, -Long.MAX_VALUE)));
      this.pnl = MangoV4.unweightedHealthPnl(perp, END);
      this.health = MangoV4.health(account, END);
      this.balance = MangoV4.effectiveBalances(account, END, true).get(perp.settleToken());
    }

    void run() {
      if (pnl.signum() < 0) {
        reduce(pnl.negate(), perLot, perLot);
      }
      settle();
      if (pnl.signum() >= 0 && pnlTransfer.compareTo(pnlMax) < 0) {
        reduce(
            pnlMax.minus(pnlTransfer), perLot.times(gainPerSettled), perLot.times(overallWeight));
      }
      settle();
      if (health.compareTo(HEALTH_TARGET) < 0 && overallWeight.signum() > 0) {
        I80F48 weighted = perLot.times(overallWeight);
        reduce(I80F48.MAX, weighted, weighted);
      }
    }

    /// Closes lots.
    ///
    /// @param limit of settle tokens to be gained
    /// @param expectedPerLot settle tokens per lot once its profit is settled
    /// @param actualPerLot settle tokens per lot at once
    private void reduce(I80F48 limit, I80F48 expectedPerLot, I80F48 actualPerLot) {
      BigInteger wanted = amountToHealthZero().min(limit).over(expectedPerLot).ceil();
      long lots =
          wanted
              .min(BigInteger.valueOf(lotsMax - reducedLots))
              .max(BigInteger.ZERO)
              .longValueExact();
      change(actualPerLot.times(I80F48.of(lots)));
      pnl = pnl.plus(perLot.times(I80F48.of(lots)));
      reducedLots += lots;
    }

    /// Settles profit, unless it is worth more unsettled.
    private void settle() {
      if (pnl.signum() < 0 || gainPerSettled.compareTo(overallWeight) <= 0) {
        return;
      }
      I80F48 perSettled = gainPerSettled.minus(overallWeight);
      I80F48 settled =
          amountToHealthZero()
              .over(perSettled)
              .min(pnlMax.minus(pnlTransfer))
              .min(pnl)
              .max(I80F48.ZERO);
      change(settled.times(perSettled));
      pnl = pnl.minus(settled);
      pnlTransfer = pnlTransfer.plus(settled);
    }

    private I80F48 amountToHealthZero() {
      return MangoV4.amountGivenForHealthZero(
          health, balance, settle.assetValue(END), settle.liabilityValue(END));
    }

    private void change(I80F48 tokens) {
      I80F48 changed = balance.plus(tokens);
      health =
          health.minus(settle.contribution(END, balance)).plus(settle.contribution(END, changed));
      balance = changed;
    }
  }
}
