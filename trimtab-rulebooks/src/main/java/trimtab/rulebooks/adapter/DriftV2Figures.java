package trimtab.rulebooks.adapter;

import static trimtab.rulebooks.adapter.CrossAccount.decimal;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.adapter.CrossAccount.Perp;
import trimtab.rulebooks.adapter.CrossAccount.Token;
import trimtab.rulebooks.adapter.DriftV2Calls.PerpStep;
import trimtab.rulebooks.adapter.DriftV2Calls.Step;
import trimtab.rulebooks.adapter.DriftV2Calls.TokenStep;
import trimtab.rulebooks.derivatives.DriftV2;
import trimtab.rulebooks.derivatives.DriftV2.Margin;
import trimtab.rulebooks.derivatives.DriftV2Bankruptcy;
import trimtab.rulebooks.derivatives.DriftV2Bankruptcy.PerpResolution;
import trimtab.rulebooks.derivatives.DriftV2Bankruptcy.SpotResolution;
import trimtab.rulebooks.derivatives.DriftV2Perps;
import trimtab.rulebooks.derivatives.DriftV2Perps.Outcome;
import trimtab.rulebooks.derivatives.DriftV2Spot.Exchange;
import trimtab.rulebooks.number.Fraction;

/// What Drift v2 says of an account: margin, the calls of now, and who would pay a deficit.
///
/// @param calls not yet made
record DriftV2Figures(DriftV2Terms terms, DriftV2Calls calls, Situation situation) {
  private static final int QUOTE = 6;
  private static final int BASE = 9;
  private static final int RATIO = 4;
  private static final String USD = "USD";

  List<Figure> list() {
    FigureList figures = new FigureList();
    Margin before = calls.margin();
    figures.add("total collateral", decimal(before.collateral1e6(), QUOTE), USD);
    figures.add("maintenance requirement", decimal(before.requirement1e6(), QUOTE), USD);
    figures.add("requirement plus buffer", decimal(before.requirementPlusBuffer1e6(), QUOTE), USD);
    figures.add("collateral buffer", decimal(before.collateralBuffer1e6(), QUOTE), USD);
    figures.add("liquidatable", DriftV2.canBeLiquidated(before));
    try {
      for (Step step : calls.run()) {
        switch (step) {
          case PerpStep(Perp perp, Outcome outcome) -> perp(figures, perp, outcome);
          case TokenStep(Token liability, Token asset, Exchange exchange) ->
              exchange(figures, liability, asset, exchange);
        }
      }
      Margin after = calls.margin();
      figures.add("margin freed", decimal(calls.progress().freed1e6(), QUOTE), USD);
      if (calls.progress().active() && calls.progress().freed1e6().signum() > 0) {
        figures.add(
            "progress",
            decimal(DriftV2.progressPpm(after, calls.progress().freed1e6()), QUOTE),
            "share");
      }
      figures.add("liquidation over", DriftV2.canExit(after));
      deficit(figures);
    } catch (ArithmeticException stopped) {
      figures.add("program stops", String.valueOf(stopped.getMessage()), "");
    }
    return figures.list();
  }

  private void perp(FigureList figures, Perp perp, Outcome outcome) {
    String symbol = perp.symbol();
    figures.add(
        symbol + " call", outcome.status().name().toLowerCase(Locale.ROOT).replace('_', ' '), "");
    if (outcome.base1e9().signum() == 0) {
      return;
    }
    figures.add(symbol + " shortage", decimal(outcome.shortage1e6(), QUOTE), USD);
    if (outcome.cover1e9().equals(DriftV2Perps.UNLIMITED)) {
      figures.add(symbol + " base to cover", "no part covers it", "");
    } else {
      figures.add(symbol + " base to cover", decimal(outcome.cover1e9(), BASE), "");
    }
    figures.add(symbol + " share allowed", decimal(outcome.share1e4(), RATIO), "");
    figures.add(symbol + " base taken over", decimal(outcome.base1e9(), BASE), "");
    BigInteger price = DriftV2Terms.price1e6(perp.mark());
    figures.add(
        symbol + " transfer price",
        decimal(DriftV2Perps.transferPrice(price, calls.liquidatorFee(perp), perp.isLong()), QUOTE),
        USD);
    figures.add(symbol + " liquidator fee", decimal(outcome.liquidatorFee1e6(), QUOTE), USD);
    figures.add(symbol + " insurance fee", decimal(outcome.insuranceFee1e6(), QUOTE), USD);
  }

  private static void exchange(
      FigureList figures, Token liability, Token asset, Exchange exchange) {
    String pair = asset.symbol() + " for " + liability.symbol();
    figures.add(
        pair + " to cover", decimal(exchange.cover(), liability.decimals()), liability.symbol());
    figures.add(pair + " share allowed", decimal(exchange.share1e4(), RATIO), "");
    figures.add(
        pair + " repaid",
        decimal(exchange.liabilityTransfer(), liability.decimals()),
        liability.symbol());
    figures.add(
        pair + " taken", decimal(exchange.assetTransfer(), asset.decimals()), asset.symbol());
    figures.add(
        pair + " insurance fee",
        decimal(exchange.insuranceFee(), liability.decimals()),
        liability.symbol());
  }

  private void deficit(FigureList figures) {
    CrossAccount account =
        CrossAccount.of(situation.account(), situation.marks(), situation.listing());
    BigInteger loss = CrossAccount.scaled(account.equity(), QUOTE).negate();
    if (loss.signum() <= 0) {
      figures.add("bad debt", Fraction.ZERO, USD);
      return;
    }
    figures.add("bad debt", decimal(loss, QUOTE), USD);
    BigInteger vault = terms.number("insuranceVault1e6");
    if (account.perps().isEmpty() && calls.loss().signum() == 0) {
      SpotResolution spot =
          DriftV2Bankruptcy.resolveSpot(
              loss, vault, terms.number("totalDeposits1e6"), terms.number("depositIndex1e10"));
      figures.add("insurance pays", decimal(spot.insurancePayment(), QUOTE), USD);
      figures.add("socialised over deposits", decimal(spot.socialised(), QUOTE), USD);
      figures.add("deposit index falls by", decimal(spot.interestDelta1e10(), 10), "");
      return;
    }
    BigInteger otherLong = terms.number("otherLong1e9");
    BigInteger otherShort = terms.number("otherShort1e9");
    PerpResolution perp =
        DriftV2Bankruptcy.resolvePerp(
            loss, vault, vault, terms.number("feePool1e6"), otherLong, otherShort);
    figures.add("insurance pays", decimal(perp.insurancePayment1e6(), QUOTE), USD);
    figures.add("fee pool pays", decimal(perp.feePoolPayment1e6(), QUOTE), USD);
    figures.add("socialised", decimal(perp.socialised1e6(), QUOTE), USD);
    figures.add("cumulative funding rises by", decimal(perp.fundingDelta1e9(), BASE), "per base");
    figures.add(
        "longs pay",
        decimal(DriftV2Bankruptcy.fundingPayment(perp.fundingDelta1e9(), otherLong), QUOTE),
        USD);
    figures.add(
        "shorts pay",
        decimal(DriftV2Bankruptcy.fundingPayment(perp.fundingDelta1e9(), otherShort), QUOTE),
        USD);
  }
}
