package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.account.AccountView;
import trimtab.core.instrument.Listing;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Parameter;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.adapter.LoanAccount.Reserve;
import trimtab.rulebooks.lending.CompoundV3;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Compound III on accounts of the core with one debt, of which every figure is [CompoundV3]'s. No
/// account is closed: the protocol takes it over whole and sells later.
///
/// The liquidate factors are the listing's asset weights; the other factors and the reserves are a
/// market's, the ones here examples. Told is absorption now, and then a purchase of each absorbed
/// collateral for `baseAmount`. Prices are cut to 8 decimals.
public record CompoundV3Rulebook(Parameters constants) implements LoanFigures {
  private static final int PRICE_DECIMALS = 8;
  private static final String STYLE =
      "the protocol absorbs the whole account and sells its collateral later; a sale after the"
          + " account is gone is not hosted";

  /// With example settings.
  static final CompoundV3Rulebook DEFAULT =
      new CompoundV3Rulebook(
          Parameters.of(
              new Parameter(
                  "liquidationFactorWad",
                  "930000000000000000",
                  "x 1e-18; share of a collateral's value that is credited, an example"),
              ByAsset.exceptions("liquidationFactorWad"),
              new Parameter(
                  "storeFrontPriceFactorWad",
                  "500000000000000000",
                  "x 1e-18; the buyer's share of the penalty, an example"),
              new Parameter(
                  "baseReserves", "0", "whole tokens of base that the market has before; signed"),
              new Parameter(
                  "targetReserves",
                  "5000000",
                  "whole tokens of base; from there on nothing is for sale, an example"),
              new Parameter("baseAmount", "1000", "whole tokens of base that a buyer offers"),
              new Parameter(
                  "minAmount", "0", "whole tokens of collateral that the buyer accepts")));

  /// Refuses constants that are none.
  public CompoundV3Rulebook {
    constants.number("baseReserves");
    if (ByAsset.of(constants, "liquidationFactorWad").largest().compareTo(Uint.WAD) > 0
        || constants.integer("storeFrontPriceFactorWad").compareTo(Uint.WAD) > 0
        || constants.number("targetReserves").signum() < 0
        || constants.number("baseAmount").signum() <= 0
        || constants.number("minAmount").signum() < 0) {
      throw new IllegalArgumentException(
          "factors are at most 1e18, amounts of a purchase not negative");
    }
  }

  private BigInteger units(String name, Reserve reserve) {
    return constants.number(name).times(Fraction.of(reserve.unit())).floor();
  }

  private static CompoundV3.Base base(Reserve debt) {
    return new CompoundV3.Base(debt.price(PRICE_DECIMALS), debt.unit());
  }

  private BigInteger liquidationFactorWad(Reserve held) {
    return ByAsset.of(constants, "liquidationFactorWad").of(held.symbol());
  }

  private CompoundV3.Collateral collateral(Reserve held) {
    return new CompoundV3.Collateral(
        held.amount(),
        held.price(PRICE_DECIMALS),
        held.unit(),
        held.thresholdWad(),
        liquidationFactorWad(held));
  }

  @Override
  public List<Figure> story(LoanAccount account) {
    Reserve debt = account.debts().getFirst();
    CompoundV3.Base base = base(debt);
    List<CompoundV3.Collateral> held =
        account.collaterals().stream().map(this::collateral).toList();
    BigInteger principal =
        CompoundV3.principalValue(debt.amount().negate(), CompoundV3.Indices.START);
    BigInteger balance = CompoundV3.presentValue(principal, CompoundV3.Indices.START);
    FigureList story = new FigureList();
    story
        .amount("balance", balance, debt)
        .add("liquidity", CompoundV3.liquidity(balance, base, held), "x 1e-8 settlement currency")
        .add(
            "isLiquidatable",
            CompoundV3.isLiquidatable(balance, base, held),
            "liquidity strictly below 0");
    BigInteger reserves = units("baseReserves", debt);
    switch (CompoundV3.absorb(balance, base, held)) {
      case CompoundV3.Absorption.Done(CompoundV3.Absorbed absorbed) -> {
        story
            .amount("credited", absorbed.credited(), debt)
            .amount("newBalance", absorbed.newBalance(), debt)
            .amount("basePaidOut", absorbed.basePaidOut(), debt)
            .amount("badDebt", absorbed.badDebt(), debt);
        reserves = reserves.subtract(absorbed.basePaidOut());
      }
      case CompoundV3.Absorption.NotLiquidatable() ->
          story.add("revert", "NotLiquidatable", "why the market refuses");
    }
    story.amount("baseReserves", reserves, debt);
    for (Reserve each : account.collaterals()) {
      tellSale(story, debt, each, reserves);
    }
    generic(story, account);
    return story.list();
  }

  private void tellSale(FigureList story, Reserve debt, Reserve held, BigInteger baseReserves) {
    CompoundV3.Sale sale =
        new CompoundV3.Sale(
            held.price(PRICE_DECIMALS),
            held.unit(),
            liquidationFactorWad(held),
            constants.integer("storeFrontPriceFactorWad"));
    CompoundV3.Reserves reserves =
        new CompoundV3.Reserves(baseReserves, units("targetReserves", debt), held.amount());
    BigInteger offered = units("baseAmount", debt);
    story
        .add(
            "discountedPrice " + held.symbol(),
            CompoundV3.discountedPrice(sale),
            "x 1e-8 settlement currency")
        .amount(
            "quoteCollateral " + held.symbol(),
            CompoundV3.quoteCollateral(offered, base(debt), sale),
            held);
    switch (CompoundV3.buyCollateral(
        offered, units("minAmount", held), base(debt), sale, reserves)) {
      case CompoundV3.Purchase.Sold(BigInteger amount, BigInteger after) ->
          story
              .amount("buyCollateral " + held.symbol(), amount, held)
              .amount("reservesAfter " + held.symbol(), after, debt);
      case CompoundV3.Purchase.Refused(CompoundV3.Refusal refusal) ->
          story.add("buyCollateral " + held.symbol(), refusal.error(), "why the market refuses");
    }
  }

  /// Of closing everything, at the penalty of the largest collateral.
  private void generic(FigureList story, LoanAccount account) {
    LoanPair.largest(account)
        .ifPresent(pair ->
            LoanFigures.generic(
                story,
                account,
                pair.collateral(),
                Fraction.of(Uint.WAD).over(Fraction.of(liquidationFactorWad(pair.collateral()))),
                account.debtValue(),
                Fraction.ONE));
  }

  @Override
  public Fit shape(AccountView account, Listing listing) {
    return LoanFigures.oneDebt(account, listing);
  }

  @Override
  public Optional<String> misfit() {
    return Optional.of(STYLE);
  }

  @Override
  public Optional<Prescription> prescription(Situation situation) {
    return Optional.of(new Prescription(List.of(), STYLE));
  }

  /// Nothing is closed, so nothing is paid.
  @Override
  public PenaltyTerms penalty() {
    return new PenaltyTerms(0, 0, PenaltyTerms.Cap.NONE, 0);
  }

  @Override
  public String name() {
    return "compound-v3";
  }

  @Override
  public String summary() {
    return "Compound III: absorbs the whole account, then sells its collateral at a discount";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "Liquidatable when the collateral at its liquidate factors is strictly below the debt,"
            + " every step truncated.",
        "All collateral and all debt are taken over; the account is credited the collateral at its"
            + " liquidation factors, and what that has over becomes its supply.",
        "What the credit does not cover is paid by the reserves: bad debt.",
        "While the reserves are below their target, anyone buys absorbed collateral at a discount:"
            + " the store-front share of the penalty.");
  }

  @Override
  public String source() {
    return "compound-finance/comet@d5a30b0a contracts/Comet.sol";
  }

  @Override
  public CompoundV3Rulebook with(Map<String, String> values) {
    return new CompoundV3Rulebook(constants.with(values));
  }
}
