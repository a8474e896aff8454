package trimtab.rulebooks.derivatives;

import java.math.BigInteger;
import java.util.List;
import trimtab.rulebooks.derivatives.MangoV4.Account;
import trimtab.rulebooks.derivatives.MangoV4.HealthKind;
import trimtab.rulebooks.derivatives.MangoV4.Perp;
import trimtab.rulebooks.derivatives.MangoV4.Token;
import trimtab.rulebooks.number.I80F48;

/// Mango v4: losses and bad debt, the last phase. A liquidator takes over a perp's loss for settle
/// tokens as far as the account's own tokens back it; then the insurance vault pays the liquidator,
/// with its fee and rounded *up*, for taking over the loss, or the borrow, that health 0 needs
/// gone; and when the vault is empty what is left is socialised, a perp's through the funding of
/// longs and shorts, a token's through the deposit index. The liquidator's limit does not bind what
/// is socialised. Scales and source: [MangoV4].
public final class MangoV4Bankruptcy {
  private MangoV4Bankruptcy() {}

  /// How much of losses may be settled against a token: what maintenance health, without any perp's
  /// loss, can spare of it.
  public static I80F48 settleMax(Account account, int tokenIndex) {
    HealthKind kind = HealthKind.MAINTENANCE;
    List<I80F48> effective = MangoV4.effectiveBalances(account, kind, false);
    Token token = account.tokens().get(tokenIndex);
    return MangoV4.amountTakenForHealthZero(
        MangoV4.health(account, kind, effective),
        effective.get(tokenIndex),
        token.assetValue(kind),
        token.liabilityValue(kind));
  }

  /// How a perp's loss was resolved, in native units.
  ///
  /// @param settlement loss that the liquidator took for settle tokens, one for one
  /// @param insurancePayment from the vault to the liquidator, whole units
  /// @param insuredLoss that it took for them
  /// @param socialised loss of all longs and shorts
  /// @param after the account
  public record PerpResolution(
      I80F48 settlement,
      BigInteger insurancePayment,
      I80F48 insuredLoss,
      I80F48 socialised,
      Account after) {}

  /// Resolves a perp's loss.
  ///
  /// @param perpIndex a perp without base
  /// @param settleLimit of the loss, what the market lets be settled now
  /// @param lossMax that the liquidator takes
  /// @param vault balance of the insurance vault; 0 if the market may not draw on it
  /// @param insurancePrice of the vault's token
  /// @throws ArithmeticException if there is no loss
  public static PerpResolution resolvePerp(
      Account account,
      int perpIndex,
      I80F48 settleLimit,
      long lossMax,
      BigInteger vault,
      I80F48 insurancePrice) {
    Perp perp = account.perps().get(perpIndex);
    if (perp.quote().signum() >= 0 || perp.baseLots() != 0) {
      throw new ArithmeticException("no loss without base to be resolved");
    }
    I80F48 health = MangoV4.health(account, HealthKind.LIQUIDATION_END);
    I80F48 effective =
        MangoV4.effectiveBalances(account, HealthKind.LIQUIDATION_END, true)
            .get(perp.settleToken());
    I80F48 settleable =
        settleMax(account, perp.settleToken())
            .min(perp.quote().negate().min(settleLimit))
            .max(I80F48.ZERO);
    I80F48 settlement = settleable.min(I80F48.of(lossMax)).max(I80F48.ZERO);
    I80F48 pnl = perp.quote().plus(settlement);
    Account after =
        account
            .with(
                perp.settleToken(),
                account.tokens().get(perp.settleToken()).plus(settlement.negate()))
            .with(perpIndex, perp.with(0, pnl));
    if (!settlement.equals(settleable) || pnl.signum() >= 0) {
      return new PerpResolution(settlement, BigInteger.ZERO, I80F48.ZERO, I80F48.ZERO, after);
    }
    Token settle = account.tokens().get(perp.settleToken());
    I80F48 needed =
        pnl.negate()
            .min(
                MangoV4.amountGivenForHealthZero(
                    health,
                    effective,
                    settle.assetValue(HealthKind.LIQUIDATION_END),
                    settle.liabilityValue(HealthKind.LIQUIDATION_END)))
            .max(I80F48.ZERO);
    I80F48 taken = needed.min(I80F48.of(lossMax).minus(settlement)).max(I80F48.ZERO);
    I80F48 priceWithFee =
        settle.prices().oracle().times(I80F48.ONE.plus(perp.terms().baseLiquidationFee()));
    BigInteger payment = taken.times(priceWithFee).over(insurancePrice).ceil().min(vault);
    I80F48 insured = I80F48.of(payment).times(insurancePrice).over(priceWithFee).min(taken);
    I80F48 rest = needed.minus(insured);
    I80F48 socialised = payment.equals(vault) && rest.signum() > 0 ? rest : I80F48.ZERO;
    return new PerpResolution(
        settlement,
        payment,
        insured,
        socialised,
        after.with(perpIndex, perp.with(0, pnl.plus(insured).plus(socialised))));
  }

  /// How funding per lot changes when a loss is socialised: loss over open interest; nothing if
  /// there is none. Longs' funding rises by it, shorts' falls by it.
  ///
  /// @param openInterestLots of one side
  public static I80F48 fundingDelta(I80F48 loss, long openInterestLots) {
    return openInterestLots == 0
        ? I80F48.ZERO
        : loss.negate().over(I80F48.of(openInterestLots)).negate();
  }

  /// How a borrow was resolved, in native units.
  ///
  /// @param insurancePayment from the vault, whole units
  /// @param insured borrow that was repaid for them
  /// @param socialised by all depositors
  public record TokenResolution(
      BigInteger insurancePayment, I80F48 insured, I80F48 socialised, Account after) {}

  /// Resolves a borrow without deposits left. Both the borrow and what perps leave of it must be
  /// negative.
  ///
  /// @param liabilityMax that the liquidator takes over
  /// @param vault balance of the insurance vault; 0 if the token may not draw on it
  /// @param insurancePrice of the vault's token
  /// @param inInsuranceToken whether the borrow is of that token: then it is paid one for one
  /// @throws ArithmeticException if there is no borrow
  public static TokenResolution resolveToken(
      Account account,
      int tokenIndex,
      I80F48 liabilityMax,
      BigInteger vault,
      I80F48 insurancePrice,
      boolean inInsuranceToken) {
    Token token = account.tokens().get(tokenIndex);
    I80F48 effective =
        MangoV4.effectiveBalances(account, HealthKind.LIQUIDATION_END, true).get(tokenIndex);
    if (token.balance().max(effective).signum() >= 0) {
      throw new ArithmeticException("no borrow to be resolved");
    }
    I80F48 loss = token.balance().negate().min(effective.negate());
    I80F48 rate =
        inInsuranceToken
            ? I80F48.ONE
            : token
                .prices()
                .oracle()
                .times(I80F48.ONE.plus(token.terms().liquidationFee()))
                .over(insurancePrice);
    BigInteger payment = loss.min(liabilityMax).times(rate).ceil().max(BigInteger.ZERO).min(vault);
    I80F48 repaid = I80F48.of(payment).over(rate);
    I80F48 balance = MangoV4.dusted(token.balance().plus(repaid));
    I80F48 rest = loss.minus(balance.minus(token.balance()));
    I80F48 socialised = payment.equals(vault) && rest.signum() > 0 ? rest : I80F48.ZERO;
    return new TokenResolution(
        payment,
        repaid,
        socialised,
        account.with(
            tokenIndex, new Token(token.terms(), token.prices(), balance.plus(socialised))));
  }

  /// The deposit index after a loss was socialised: less loss over all deposits as the index counts
  /// them.
  ///
  /// @param indexedDeposits native deposits over the index
  /// @throws ArithmeticException if there are no deposits
  public static I80F48 depositIndexAfter(
      I80F48 depositIndex, I80F48 socialised, I80F48 indexedDeposits) {
    return depositIndex.minus(socialised.over(indexedDeposits));
  }
}
