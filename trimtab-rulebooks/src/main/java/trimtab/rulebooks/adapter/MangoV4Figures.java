package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import trimtab.core.rulebook.Figure;
import trimtab.rulebooks.adapter.CrossAccount.Perp;
import trimtab.rulebooks.adapter.CrossAccount.Token;
import trimtab.rulebooks.adapter.MangoV4Calls.PerpStep;
import trimtab.rulebooks.adapter.MangoV4Calls.Step;
import trimtab.rulebooks.adapter.MangoV4Calls.TokenStep;
import trimtab.rulebooks.derivatives.MangoV4;
import trimtab.rulebooks.derivatives.MangoV4.Account;
import trimtab.rulebooks.derivatives.MangoV4.HealthKind;
import trimtab.rulebooks.derivatives.MangoV4Bankruptcy;
import trimtab.rulebooks.derivatives.MangoV4Bankruptcy.TokenResolution;
import trimtab.rulebooks.derivatives.MangoV4Perps.Takeover;
import trimtab.rulebooks.derivatives.MangoV4Tokens.Exchanged;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.I80F48;

/// What Mango v4 says of an account: healths, phase, the calls of now, and who would pay for bad
/// debt.
///
/// @param listed as listed
/// @param account the same as the rule sees it
record MangoV4Figures(MangoV4Terms terms, CrossAccount listed, Account account) {
  List<Figure> list() {
    FigureList figures = new FigureList();
    String usd = listed.settlement().symbol();
    figures.add("maintenance health", health(account, HealthKind.MAINTENANCE), usd);
    figures.add("liquidation-end health", health(account, HealthKind.LIQUIDATION_END), usd);
    figures.add("liquidatable", MangoV4.isLiquidatable(account, false));
    figures.add("phase", word(MangoV4.phase(account, false)), "");
    try {
      MangoV4Calls calls = MangoV4Calls.of(account, listed);
      for (Step step : calls.steps()) {
        switch (step) {
          case PerpStep(Perp perp, Takeover takeover) -> perp(figures, perp, takeover);
          case TokenStep(Token liability, Token asset, Exchanged exchanged) ->
              tokens(figures, liability, asset, exchanged);
        }
      }
      Account after = calls.after();
      figures.add("liquidation-end health then", health(after, HealthKind.LIQUIDATION_END), usd);
      figures.add("recovered then", MangoV4.hasRecovered(after));
      figures.add("phase then", word(MangoV4.phase(after, false)), "");
      if (MangoV4.phase(after, false) == MangoV4.Phase.BANKRUPTCY) {
        badDebt(figures, after);
      }
    } catch (ArithmeticException stopped) {
      figures.add("program stops", String.valueOf(stopped.getMessage()), "");
    }
    return figures.list();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Fraction health(Account of, HealthKind kind) {
    return money(MangoV4.health(of, kind));
  }

  /// Native units of the settlement currency as they are shown: cut to six decimals of one.
  private Fraction money(I80F48 value) {
    return shown(value, listed.settlement());
  }

  private static Fraction shown(I80F48 value, Token token) {
    return value.fraction().truncate(6).over(Fraction.of(BigInteger.TEN.pow(token.decimals())));
  }

  private void perp(FigureList figures, Perp perp, Takeover takeover) {
    String symbol = perp.symbol();
    String usd = listed.settlement().symbol();
    figures
        .add(symbol + " lots taken over", Long.toString(Math.absExact(takeover.baseLots())), "lots")
        .add(symbol + " quote to account", money(takeover.quoteToAccount()), usd)
        .add(symbol + " quote to liquidator", money(takeover.quoteToLiquidator()), usd)
        .add(symbol + " platform fee", money(takeover.platformFee()), usd);
  }

  private static void tokens(
      FigureList figures, Token liability, Token asset, Exchanged exchanged) {
    String pair = asset.symbol() + " for " + liability.symbol();
    figures
        .add(pair + " repaid", shown(exchanged.liabilityTransfer(), liability), liability.symbol())
        .add(pair + " taken", shown(exchanged.assetFromAccount(), asset), asset.symbol())
        .add(pair + " to liquidator", shown(exchanged.assetToLiquidator(), asset), asset.symbol())
        .add(pair + " platform fee", shown(exchanged.platformFee(), asset), asset.symbol());
  }

  /// Of the first borrow.
  private void badDebt(FigureList figures, Account after) {
    List<I80F48> effective = MangoV4.effectiveBalances(after, HealthKind.LIQUIDATION_END, true);
    for (int i = 0; i < after.tokens().size(); i++) {
      if (after.tokens().get(i).balance().max(effective.get(i)).signum() < 0) {
        Token token = listed.tokens().get(i);
        BigInteger vault =
            CrossAccount.scaled(
                terms.constants().number("insuranceVault"), listed.settlement().decimals());
        TokenResolution resolution =
            MangoV4Bankruptcy.resolveToken(
                after, i, I80F48.MAX, vault, I80F48.ONE, token.isSettlement());
        figures
            .add("insurance pays", money(I80F48.of(resolution.insurancePayment())), "USD")
            .add(token.symbol() + " insured", shown(resolution.insured(), token), token.symbol())
            .add(
                token.symbol() + " socialised",
                shown(resolution.socialised(), token),
                token.symbol())
            .add(
                "deposit index then",
                MangoV4Bankruptcy.depositIndexAfter(
                        MangoV4.INDEX_START,
                        resolution.socialised(),
                        terms.number("indexedDeposits"))
                    .fraction()
                    .truncate(6),
                "from 1000000");
        figures.add(
            "or funding per lot of a perp",
            money(
                MangoV4Bankruptcy.fundingDelta(
                    resolution.socialised(),
                    terms.constants().integer("openInterestLots").longValueExact())),
            "USD");
        return;
      }
    }
  }
}
