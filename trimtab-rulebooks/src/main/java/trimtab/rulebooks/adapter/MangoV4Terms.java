package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
import trimtab.core.rulebook.Parameter;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.adapter.CrossAccount.Perp;
import trimtab.rulebooks.adapter.CrossAccount.Token;
import trimtab.rulebooks.derivatives.MangoV4;
import trimtab.rulebooks.derivatives.MangoV4.Account;
import trimtab.rulebooks.derivatives.MangoV4.PerpTerms;
import trimtab.rulebooks.derivatives.MangoV4.Prices;
import trimtab.rulebooks.derivatives.MangoV4.TokenTerms;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.I80F48;

/// The constants of Mango v4 by name, and an account in its units: a native unit is a base unit of
/// the listing, the reference unit that of the settlement currency, a lot the listing's. Balances
/// are what banks that have not earned interest yet have stored of them.
record MangoV4Terms(Parameters constants) {
  /// Fees as in the venue's tests.
  static final Parameters DEFAULT =
      Parameters.of(
          new Parameter("baseLiquidationFee", "0.012", "of a perp's value, to the liquidator"),
          new Parameter("basePlatformFee", "0", "of a perp's value, to the exchange"),
          new Parameter("overallAssetWeight", "1", "of a perp's profit in initial health"),
          new Parameter("tokenLiquidationFee", "0.02", "of a token's value, to the liquidator"),
          new Parameter("tokenPlatformFee", "0", "of a token's value, to the exchange"),
          new Parameter("insuranceVault", "0", "USD in the insurance vault; figures only"),
          new Parameter("openInterestLots", "1000000", "lots of one side of a perp; figures only"),
          new Parameter(
              "indexedDeposits", "1000000", "native deposits over the index; figures only"));

  /// @throws IllegalArgumentException if one is out of its bounds
  MangoV4Terms {
    for (String name :
        List.of(
            "baseLiquidationFee",
            "basePlatformFee",
            "overallAssetWeight",
            "tokenLiquidationFee",
            "tokenPlatformFee")) {
      constants.range(name, Fraction.ZERO, Fraction.ONE);
    }
    constants.range("insuranceVault", Fraction.ZERO, Fraction.of(1_000_000_000_000L));
    constants.range("openInterestLots", 1, Long.MAX_VALUE);
    constants.range("indexedDeposits", 1, Long.MAX_VALUE);
  }

  I80F48 number(String name) {
    return I80F48.of(constants.number(name));
  }

  /// The account, its perps settled in the settlement currency.
  Account account(CrossAccount account) {
    int decimals = account.settlement().decimals();
    return new Account(
        account.tokens().stream().map(token -> token(token, decimals)).toList(),
        account.perps().stream().map(perp -> perp(perp, decimals)).toList());
  }

  private MangoV4.Token token(Token token, int decimals) {
    TokenTerms terms =
        new TokenTerms(
            I80F48.of(token.maintenance().holding()),
            I80F48.of(token.initial().holding()),
            I80F48.of(token.initial().holding()),
            I80F48.of(token.maintenance().debt()),
            I80F48.of(token.initial().debt()),
            I80F48.of(token.initial().debt()),
            number("tokenLiquidationFee"),
            number("tokenPlatformFee"));
    return new MangoV4.Token(
        terms,
        Prices.of(price(token.price(), decimals, token.decimals())),
        MangoV4.stored(I80F48.of(token.net()), MangoV4.INDEX_START));
  }

  private MangoV4.Perp perp(Perp perp, int decimals) {
    PerpTerms terms =
        new PerpTerms(
            I80F48.of(Fraction.ONE.minus(perp.maintenance())),
            I80F48.of(Fraction.ONE.minus(perp.initial())),
            I80F48.of(Fraction.ONE.plus(perp.maintenance())),
            I80F48.of(Fraction.ONE.plus(perp.initial())),
            I80F48.ONE,
            number("overallAssetWeight"),
            perp.lot().longValueExact(),
            number("baseLiquidationFee"),
            number("basePlatformFee"),
            I80F48.ZERO);
    Fraction quote = perp.cost().negate().times(Fraction.of(BigInteger.TEN.pow(decimals)));
    return new MangoV4.Perp(
        terms,
        0,
        Prices.of(price(perp.mark(), decimals, perp.decimals())),
        perp.quantity().divide(perp.lot()).longValueExact(),
        0,
        0,
        I80F48.of(quote));
  }

  private static I80F48 price(Fraction price, int referenceDecimals, int decimals) {
    return I80F48.of(
        price.times(
            new Fraction(BigInteger.TEN.pow(referenceDecimals), BigInteger.TEN.pow(decimals))));
  }
}
