package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import trimtab.rulebooks.derivatives.MangoV4;
import trimtab.rulebooks.derivatives.MangoV4.Account;
import trimtab.rulebooks.derivatives.MangoV4.HealthKind;
import trimtab.rulebooks.derivatives.MangoV4.Perp;
import trimtab.rulebooks.derivatives.MangoV4.PerpTerms;
import trimtab.rulebooks.derivatives.MangoV4.Prices;
import trimtab.rulebooks.derivatives.MangoV4.Token;
import trimtab.rulebooks.derivatives.MangoV4.TokenTerms;
import trimtab.rulebooks.derivatives.MangoV4Perps;
import trimtab.rulebooks.derivatives.MangoV4Tokens;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.I80F48;

/// The kinds of cases of Mango v4.
final class MangoKinds {
  private static final Fraction TWO = Fraction.of(2);
  private static final int ASSET = 0;
  private static final int LIABILITY = 1;

  private MangoKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "Mango v4/perp_base_reduction_and_pnl_settlement",
        MangoKinds::perp,
        "Mango v4/token_with_token_to_health_zero",
        MangoKinds::tokens);
  }

  private static Value.Table perp(Inputs in) {
    Fraction price = in.number("all_prices", Fraction.ONE);
    Fraction weight = in.number("base_weight");
    PerpTerms terms =
        perpTerms(
            weight,
            in.number("overall_asset_weight"),
            in.integer("base_lot_size", BigInteger.ONE).longValueExact(),
            in.number("base_liquidation_fee", Fraction.ZERO),
            in.number("platform_liquidation_fee", Fraction.ZERO),
            in.number("positive_pnl_fee", Fraction.ZERO));
    Perp perp =
        new Perp(
            terms,
            0,
            prices(in, "base", price),
            in.integer("base_lots").longValueExact(),
            0,
            0,
            number(in, "perp_quote", Fraction.ZERO));
    Account account =
        new Account(
            List.of(
                unweighted(prices(in, "settle", price), in, "settle_token"),
                unweighted(prices(in, "other", price), in, "other_token")),
            List.of(perp));
    MangoV4Perps.Takeover takeover =
        MangoV4Perps.takeOver(
            account,
            0,
            in.integer("max_base").longValueExact(),
            in.integer("max_pnl").longValueExact());
    Account after = takeover.after();
    return Value.Table.empty()
        .with("settle_token", after.tokens().getFirst().balance().fraction())
        .with("base_lots", BigInteger.valueOf(after.perps().getFirst().baseLots()))
        .with("perp_quote", after.perps().getFirst().quote().fraction())
        .with("pnl_transfer", takeover.pnlTransfer().fraction())
        .with("platform_fee", takeover.platformFee().fraction())
        .with(
            "liquidation_end_health_after",
            MangoV4.health(after, HealthKind.LIQUIDATION_END).fraction());
  }

  private static Value.Table tokens(Inputs in) {
    Account account = in.has("init_liab_weight") ? withoutPerps(in) : withPerps(in);
    Fraction liabilityMax = in.number("max_liab", Fraction.of(Long.MAX_VALUE));
    MangoV4Tokens.Result result =
        MangoV4Tokens.exchange(account, ASSET, LIABILITY, I80F48.of(liabilityMax));
    return switch (result) {
      case MangoV4Tokens.Refused _ ->
          Value.Table.empty()
              .with("accepted", false)
              .with("asset_token", new Value.Nothing())
              .with("liab_token", new Value.Nothing());
      case MangoV4Tokens.Exchanged exchanged ->
          Value.Table.empty()
              .with("accepted", true)
              .with("asset_token", balance(exchanged.after(), ASSET))
              .with("liab_token", balance(exchanged.after(), LIABILITY))
              .with("asset_to_liqor", exchanged.assetToLiquidator().fraction())
              .with("platform_fee", exchanged.platformFee().fraction())
              .with(
                  "liquidation_end_health_after",
                  MangoV4.health(exchanged.after(), HealthKind.LIQUIDATION_END).fraction());
    };
  }

  /// A deposit, a borrow, another token, and a perp without base behind deposit and borrow.
  private static Account withPerps(Inputs in) {
    Fraction price = in.number("prices", Fraction.ONE);
    Fraction fee = in.number("fees", Fraction.ZERO);
    Fraction assetWeight = in.number("asset_weight");
    Fraction liabilityWeight = in.number("liab_weight");
    PerpTerms perp =
        perpTerms(
            Fraction.ONE,
            in.number("perp_overall_weight", Fraction.ONE),
            1,
            Fraction.ZERO,
            Fraction.ZERO,
            Fraction.ZERO);
    return new Account(
        List.of(
            new Token(
                terms(in, "asset", assetWeight, TWO.minus(assetWeight), fee),
                prices(in, "asset", price),
                stored(in, "asset_token")),
            new Token(
                terms(in, "liab", TWO.minus(liabilityWeight), liabilityWeight, fee),
                prices(in, "liab", price),
                stored(in, "liab_token")),
            unweighted(prices(in, "other", price), in, "other")),
        List.of(
            quoteOnly(perp, ASSET, in, "asset_perp"), quoteOnly(perp, LIABILITY, in, "liab_perp")));
  }

  /// A deposit and a borrow, with initial and maintenance weights and stable prices.
  private static Account withoutPerps(Inputs in) {
    Fraction price = in.number("oracle_prices", Fraction.ONE);
    Fraction fee = in.number("fees", Fraction.ZERO);
    Fraction assetWeight = in.number("asset_weight", Fraction.ONE);
    Fraction liabilityWeight = in.number("init_liab_weight");
    TokenTerms liability =
        terms(in, "liab", TWO.minus(liabilityWeight), liabilityWeight, fee)
            .withMaintenanceLiabilityWeight(
                I80F48.of(in.number("maint_liab_weight", liabilityWeight)));
    return new Account(
        List.of(
            new Token(
                terms(in, "asset", assetWeight, TWO.minus(assetWeight), fee),
                prices(in, "asset", price),
                stored(in, "asset_token")),
            new Token(liability, prices(in, "liab", price), stored(in, "liab_token"))),
        List.of());
  }

  private static Fraction balance(Account account, int token) {
    return account.tokens().get(token).balance().fraction();
  }

  private static Perp quoteOnly(PerpTerms terms, int settleToken, Inputs in, String key) {
    return new Perp(
        terms, settleToken, Prices.of(I80F48.ONE), 0, 0, 0, number(in, key, Fraction.ZERO));
  }

  private static Token unweighted(Prices prices, Inputs in, String key) {
    TokenTerms terms = TokenTerms.of(I80F48.ONE, I80F48.ONE, I80F48.ZERO, I80F48.ZERO);
    return new Token(terms, prices, stored(in, key));
  }

  private static TokenTerms terms(
      Inputs in, String name, Fraction assetWeight, Fraction liabilityWeight, Fraction fee) {
    return TokenTerms.of(
        I80F48.of(assetWeight),
        I80F48.of(liabilityWeight),
        number(in, name + "_fee", fee),
        number(in, name + "_platform_fee", Fraction.ZERO));
  }

  private static PerpTerms perpTerms(
      Fraction baseAssetWeight,
      Fraction overallWeight,
      long lotSize,
      Fraction fee,
      Fraction platformFee,
      Fraction profitFee) {
    I80F48 asset = I80F48.of(baseAssetWeight);
    I80F48 liability = I80F48.of(TWO.minus(baseAssetWeight));
    I80F48 overall = I80F48.of(overallWeight);
    return new PerpTerms(
        asset,
        asset,
        liability,
        liability,
        overall,
        overall,
        lotSize,
        I80F48.of(fee),
        I80F48.of(platformFee),
        I80F48.of(profitFee));
  }

  /// `NAME_price` and `NAME_stable_price`, else the common price and the oracle's.
  private static Prices prices(Inputs in, String name, Fraction common) {
    Fraction oracle = in.number(name + "_price", common);
    return new Prices(I80F48.of(oracle), I80F48.of(in.number(name + "_stable_price", oracle)));
  }

  /// A balance as the bank has stored it.
  private static I80F48 stored(Inputs in, String key) {
    I80F48 index = number(in, "index", MangoV4.INDEX_START.fraction());
    return MangoV4.stored(number(in, key, Fraction.ZERO), index);
  }

  private static I80F48 number(Inputs in, String key, Fraction otherwise) {
    return I80F48.of(in.number(key, otherwise));
  }
}
