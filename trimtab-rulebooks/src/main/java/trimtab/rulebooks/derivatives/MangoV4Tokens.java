package trimtab.rulebooks.derivatives;

import java.util.List;
import trimtab.rulebooks.derivatives.MangoV4.Account;
import trimtab.rulebooks.derivatives.MangoV4.HealthKind;
import trimtab.rulebooks.derivatives.MangoV4.Token;
import trimtab.rulebooks.derivatives.MangoV4.TokenTerms;
import trimtab.rulebooks.number.I80F48;

/// Mango v4: a liquidator repays a borrow and takes a deposit for it, as much as brings
/// liquidation-end health to 0: `x = -H / (w_L x P_L - w_A x P_L x F)`, the asset paid for it being
/// `x x P_L x F / P_A`, `F = (1 + f_L + p_L) x (1 + f_A + p_A)`.
///
/// Borrow and deposit count only as far as perps that settle in the same token leave them: a perp's
/// loss must not escape into spot, nor a profit be taken before it is settled. Scales, rounding and
/// source: [MangoV4].
public final class MangoV4Tokens {
  private MangoV4Tokens() {}

  /// Why an exchange is refused.
  public enum Refusal {
    /// The account has no deposit of the asset.
    NO_DEPOSIT,
    /// The account has no borrow of the liability.
    NO_BORROW,
    /// Perps outweigh the borrow, or the liquidator repays nothing.
    NO_LIABILITY_LEFT,
    /// Perps outweigh the deposit.
    NO_ASSET_LEFT
  }

  /// What became of an exchange.
  public sealed interface Result {}

  /// Nothing changed hands.
  public record Refused(Refusal refusal) implements Result {}

  /// An exchange, in native units.
  ///
  /// @param liabilityTransfer repaid
  /// @param assetFromAccount taken from the account
  /// @param assetToLiquidator of it, to the liquidator
  /// @param platformFee of it, to the exchange
  /// @param after the account, its dust swept
  public record Exchanged(
      I80F48 liabilityTransfer,
      I80F48 assetFromAccount,
      I80F48 assetToLiquidator,
      I80F48 platformFee,
      Account after)
      implements Result {}

  /// The factor by which the asset is worth less to the account than the liability it repays.
  ///
  /// @param withPlatform whether the exchange's fees are in it, or only the liquidator's
  public static I80F48 feeFactor(TokenTerms liability, TokenTerms asset, boolean withPlatform) {
    I80F48 ofLiability = I80F48.ONE.plus(liability.liquidationFee());
    I80F48 ofAsset = I80F48.ONE.plus(asset.liquidationFee());
    return withPlatform
        ? ofLiability
            .plus(liability.platformLiquidationFee())
            .times(ofAsset.plus(asset.platformLiquidationFee()))
        : ofLiability.times(ofAsset);
  }

  /// The liability whose repayment brings health to 0; negative or meaningless where repayment does
  /// not help, which is then capped at 0.
  ///
  /// @param health liquidation-end health
  /// @throws ArithmeticException if repayment changes nothing
  public static I80F48 liabilityToHealthZero(I80F48 health, Token asset, Token liability) {
    I80F48 price = liability.prices().oracle();
    I80F48 adjusted = price.times(feeFactor(liability.terms(), asset.terms(), true));
    return health
        .negate()
        .over(
            price
                .times(liability.terms().initialLiabilityWeight())
                .minus(adjusted.times(asset.terms().initialAssetWeight())));
  }

  /// The liability that an amount of the asset pays for, all fees included.
  public static I80F48 liabilityForAsset(I80F48 assetAmount, Token asset, Token liability) {
    I80F48 factor = feeFactor(liability.terms(), asset.terms(), true);
    I80F48 adjusted = liability.prices().oracle().times(factor);
    return assetAmount.times(asset.prices().oracle()).over(adjusted);
  }

  /// One exchange. Whether the account may be liquidated is asked before, by
  /// [MangoV4#isLiquidatable].
  ///
  /// @param assetIndex the deposit
  /// @param liabilityIndex the borrow
  /// @param liabilityMax that the liquidator repays
  public static Result exchange(
      Account account, int assetIndex, int liabilityIndex, I80F48 liabilityMax) {
    Token asset = account.tokens().get(assetIndex);
    Token liability = account.tokens().get(liabilityIndex);
    if (asset.balance().signum() <= 0) {
      return new Refused(Refusal.NO_DEPOSIT);
    }
    if (liability.balance().signum() >= 0) {
      return new Refused(Refusal.NO_BORROW);
    }
    HealthKind end = HealthKind.LIQUIDATION_END;
    List<I80F48> effective = MangoV4.effectiveBalances(account, end, true);
    I80F48 liabilityLeft =
        liabilityMax.min(liability.balance().negate()).min(effective.get(liabilityIndex).negate());
    I80F48 assetLeft = asset.balance().min(effective.get(assetIndex));
    if (liabilityLeft.signum() <= 0) {
      return new Refused(Refusal.NO_LIABILITY_LEFT);
    }
    if (assetLeft.signum() <= 0) {
      return new Refused(Refusal.NO_ASSET_LEFT);
    }
    I80F48 factor = feeFactor(liability.terms(), asset.terms(), true);
    I80F48 possible = liabilityForAsset(assetLeft, asset, liability);
    I80F48 transfer =
        liabilityToHealthZero(MangoV4.health(account, end), asset, liability)
            .min(possible)
            .min(liabilityLeft)
            .max(I80F48.ZERO);
    I80F48 base = transfer.times(liability.prices().oracle()).over(asset.prices().oracle());
    I80F48 fromAccount = base.times(factor);
    I80F48 toLiquidator = base.times(feeFactor(liability.terms(), asset.terms(), false));
    Account after =
        account
            .with(liabilityIndex, dusted(liability.plus(transfer)))
            .with(assetIndex, dusted(asset.plus(fromAccount.negate())));
    return new Exchanged(
        transfer, fromAccount, toLiquidator, fromAccount.minus(toLiquidator), after);
  }

  private static Token dusted(Token token) {
    return new Token(token.terms(), token.prices(), MangoV4.dusted(token.balance()));
  }
}
