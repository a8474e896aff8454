package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.account.Account;
import trimtab.core.account.AccountView;
import trimtab.core.account.Leg;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Levy;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Prescription.Piece;
import trimtab.core.rulebook.Settle;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.adapter.CrossAccount.Perp;
import trimtab.rulebooks.adapter.CrossAccount.Token;
import trimtab.rulebooks.adapter.MangoV4Calls.PerpStep;
import trimtab.rulebooks.adapter.MangoV4Calls.Step;
import trimtab.rulebooks.adapter.MangoV4Calls.TokenStep;
import trimtab.rulebooks.derivatives.MangoV4;
import trimtab.rulebooks.derivatives.MangoV4Perps;
import trimtab.rulebooks.derivatives.MangoV4Perps.Takeover;
import trimtab.rulebooks.derivatives.MangoV4Tokens;
import trimtab.rulebooks.derivatives.MangoV4Tokens.Exchanged;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.I80F48;

/// Mango v4 on accounts of the core: perpetuals backed by the settlement currency, or loans of
/// tokens. A liquidator takes over at the mark, the account pays the fees alone.
///
/// **Units.** A native unit is a base unit of the listing, the reference unit that of the
/// settlement currency, a lot that of the listing; prices, weights and costs are read to the
/// nearest `2^-48`, as the program reads decimals. Tokens that are taken are cut down to base
/// units, fees rounded up to units of the settlement currency. Initial weights are those of the
/// listing.
///
/// **Trigger.** The core compares exactly, the venue in `2^-48`; an account that the core finds in
/// breach and the venue does not is left alone, one within that rounding of zero may go unseen.
///
/// **Calls.** Who calls when and on what is open at the venue; here one liquidator takes base of
/// one perp after the other, then borrows against deposits, in the order of the listing, as much as
/// brings liquidation-end health to 0. It takes no profits over. What closings realised counts as
/// settled.
///
/// @param constants see [MangoV4Terms]
public record MangoV4Rulebook(Parameters constants) implements VenueRulebook {
  /// With the documented constants.
  public static final MangoV4Rulebook DEFAULT = new MangoV4Rulebook(MangoV4Terms.DEFAULT);

  /// @throws IllegalArgumentException if a constant does not fit
  public MangoV4Rulebook {
    new MangoV4Terms(constants).number("overallAssetWeight");
  }

  @Override
  public String name() {
    return "mango-v4";
  }

  @Override
  public String summary() {
    return "Mango v4: as much as brings health at initial weights to 0, in lots rounded up";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "When: maintenance health strictly below 0, until health at initial weights and oracle"
            + " prices is above -1 native unit.",
        "How much: lots = ceil(-health / (price x (weight - fees))) of a perp; liability = -health"
            + " / (price x (w_L - w_A x fees)) of tokens.",
        "Order: orders, then positions and tokens as the liquidator chooses, here perps first in"
            + " the order of the listing; losses and bad debt last.",
        "Price: the oracle's, with the liquidator's and the exchange's fees.",
        "Dust: deposits below 1 native unit are swept.",
        "Bad debt: insurance vault, then socialised over positions or deposits.");
  }

  @Override
  public String source() {
    return "blockworks-foundation/mango-v4@1303a4a1:programs/mango-v4/src/instructions/"
        + "perp_liq_base_or_positive_pnl.rs, token_liq_with_token.rs";
  }

  @Override
  public Optional<String> leftOut() {
    return Optional.of(
        "a liquidation that goes on above its trigger where a call did not reach its target;"
            + " takeovers of profits and losses; bad debt");
  }

  @Override
  public MangoV4Rulebook with(Map<String, String> values) {
    return new MangoV4Rulebook(constants.with(values));
  }

  private MangoV4Terms terms() {
    return new MangoV4Terms(constants);
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    boolean loss = false;
    boolean tokens = false;
    for (int i = 0; i < account.balanceCount(); i++) {
      loss |= account.amount(i) < 0;
      boolean empty = account.amount(i) == 0 && account.debt(i) == 0;
      tokens |= account.asset(i) != 0 && !empty;
    }
    if (tokens && (loss || account.positionCount() > 0)) {
      return new Fit.Misfit(
          "holds or owes tokens beside perpetuals or their losses, which a liquidator takes over"
              + " for tokens");
    }
    return CrossAccount.fit(CrossAccount.unreadable(account, listing));
  }

  @Override
  public Optional<Prescription> prescription(Situation situation) {
    CrossAccount listed =
        CrossAccount.of(situation.account(), situation.marks(), situation.listing());
    List<Piece> pieces = new ArrayList<>();
    List<String> words = new ArrayList<>();
    try {
      for (Step step : MangoV4Calls.of(terms().account(listed), listed).steps()) {
        piece(step).ifPresent(pieces::add);
        words.add(words(step));
      }
    } catch (ArithmeticException stopped) {
      return Optional.of(
          new Prescription(List.of(), "the venue's program stops: " + stopped.getMessage()));
    }
    return Optional.of(
        new Prescription(pieces, words.isEmpty() ? "nothing to take" : String.join("; ", words)));
  }

  private static Optional<Piece> piece(Step step) {
    return switch (step) {
      case PerpStep(Perp perp, Takeover takeover) ->
          Optional.of(
              new Piece(
                  new Leg.PositionLeg(perp.market()),
                  Math.multiplyExact(
                      Math.absExact(takeover.baseLots()), perp.lot().longValueExact())));
      case TokenStep(Token liability, Token asset, Exchanged exchanged) -> {
        BigInteger taken = exchanged.assetFromAccount().floor().min(asset.net());
        yield taken.signum() == 0
            ? Optional.empty()
            : Optional.of(
                new Piece(
                    new Leg.PairLeg(liability.asset(), asset.asset()), taken.longValueExact()));
      }
    };
  }

  private static String words(Step step) {
    return switch (step) {
      case PerpStep(Perp perp, Takeover takeover) ->
          "%s: %d lots to liquidation-end health 0"
              .formatted(perp.symbol(), Math.absExact(takeover.baseLots()));
      case TokenStep(Token liability, Token asset, Exchanged exchanged) ->
          "%s for %s: %s for %s native units to liquidation-end health 0"
              .formatted(
                  asset.symbol(),
                  liability.symbol(),
                  exchanged.liabilityTransfer().floor(),
                  exchanged.assetFromAccount().floor());
    };
  }

  /// For the yardstick of over-liquidation alone: the fees, of a token twice as it is paid for
  /// both.
  @Override
  public PenaltyTerms penalty() {
    return new PenaltyTerms(
        ppm("baseLiquidationFee", "basePlatformFee", 1),
        ppm("tokenLiquidationFee", "tokenPlatformFee", 2),
        PenaltyTerms.Cap.NONE,
        0);
  }

  private long ppm(String liquidator, String platform, int times) {
    Fraction fees = constants.number(liquidator).plus(constants.number(platform));
    return fees.times(Fraction.of(Ppm.ONE * times))
        .ceil()
        .min(BigInteger.valueOf(Ppm.ONE - 1))
        .longValueExact();
  }

  @Override
  public Settle settle() {
    return Settle.LIQUIDATOR_PAYS;
  }

  /// What base is worth more, or costs less, than what is paid for it; for an exchange what the
  /// deposit taken is worth more than what it repays.
  @Override
  public Levy levy() {
    return this::levied;
  }

  private OptionalLong levied(
      HealthModel model, Account account, Marks marks, Leg leg, long quantity, long cost) {
    CrossAccount listed = CrossAccount.of(account, marks, model.listing());
    MangoV4.Account venue = terms().account(listed);
    BigInteger fee =
        switch (leg) {
          case Leg.PositionLeg(int market) -> baseFee(listed, venue, market, quantity);
          case Leg.PairLeg(int debt, int collateral) ->
              listed.premium(
                  collateral,
                  BigInteger.valueOf(quantity),
                  debt,
                  MangoV4Tokens.liabilityForAsset(
                          I80F48.of(quantity),
                          venue.tokens().get(listed.index(collateral)),
                          venue.tokens().get(listed.index(debt)))
                      .fraction());
        };
    return OptionalLong.of(fee.longValueExact());
  }

  private static BigInteger baseFee(
      CrossAccount listed, MangoV4.Account venue, int market, long quantity) {
    for (int i = 0; i < listed.perps().size(); i++) {
      Perp perp = listed.perps().get(i);
      if (perp.market() == market) {
        MangoV4.Perp base = venue.perps().get(i);
        long lots = quantity / perp.lot().longValueExact();
        long change = perp.isLong() ? -lots : lots;
        I80F48 value = base.basePrices().oracle().times(I80F48.of(quantity));
        I80F48 worth = perp.isLong() ? value : value.negate();
        return worth.minus(MangoV4Perps.payment(base, change).toAccount()).ceil();
      }
    }
    throw new IllegalArgumentException("no position in market " + market);
  }

  @Override
  public List<Figure> figures(Situation situation) {
    if (CrossAccount.unreadable(situation.account(), situation.listing()).isPresent()) {
      return List.of();
    }
    CrossAccount listed =
        CrossAccount.of(situation.account(), situation.marks(), situation.listing());
    return new MangoV4Figures(terms(), listed, terms().account(listed)).list();
  }
}
