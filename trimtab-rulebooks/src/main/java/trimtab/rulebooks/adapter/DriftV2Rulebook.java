package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.account.Account;
import trimtab.core.account.AccountView;
import trimtab.core.account.Leg;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Levy;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Prescription.Piece;
import trimtab.core.rulebook.Settle;
import trimtab.core.rulebook.Situation;
import trimtab.core.rulebook.Trigger;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.adapter.CrossAccount.Token;
import trimtab.rulebooks.adapter.DriftV2Calls.PerpStep;
import trimtab.rulebooks.adapter.DriftV2Calls.Step;
import trimtab.rulebooks.adapter.DriftV2Calls.TokenStep;
import trimtab.rulebooks.derivatives.DriftV2;
import trimtab.rulebooks.derivatives.DriftV2Perps;
import trimtab.rulebooks.derivatives.DriftV2Perps.Outcome;
import trimtab.rulebooks.derivatives.DriftV2Perps.Progress;
import trimtab.rulebooks.derivatives.DriftV2Spot.Exchange;
import trimtab.rulebooks.number.Fraction;

/// Drift v2 on accounts of the core: perpetuals backed by the settlement currency, or loans of
/// tokens. A liquidator takes over at the mark, the account pays the fees alone.
///
/// **Units.** Bases have nine decimals, quotes, prices and values six: amounts of the settlement
/// currency and costs are cut to millionths, prices and bases must have no more. Tokens keep the
/// listing's decimals. Fees are exact; what an exchange repays is cut to whole units of the token
/// and of the settlement currency.
///
/// **Trigger.** The core compares exactly, the venue rounds every value to a millionth: an account
/// that the core finds in breach and the venue does not is left alone; one that the venue's
/// rounding alone puts below, by less than a millionth per position, is not seen.
///
/// **Calls.** Who calls when is open at the venue; here one liquidator calls when the breach is
/// found, takes what it may of one perp or borrow after the other in the order of the listing, and
/// calls again when the ramp allows all that is left, for which it does not matter what was freed
/// until then. What closings realised counts as settled.
///
/// @param constants see [DriftV2Terms]
public record DriftV2Rulebook(Parameters constants) implements VenueRulebook {
  /// With the documented constants.
  public static final DriftV2Rulebook DEFAULT = new DriftV2Rulebook(DriftV2Terms.DEFAULT);

  private static final int QUOTE = 6;
  private static final int BASE = 9;
  private static final int RATIO = 4;

  /// @throws IllegalArgumentException if a constant does not fit
  public DriftV2Rulebook {
    DriftV2Terms.of(constants);
  }

  private DriftV2Terms terms() {
    return DriftV2Terms.of(constants);
  }

  @Override
  public String name() {
    return "drift-v2";
  }

  @Override
  public String summary() {
    return "Drift v2: as much of one perp as covers the shortage to requirement plus buffer, a share"
        + " that grows with time";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "When: collateral strictly below the maintenance requirement, until it is at or above"
            + " requirement plus buffer.",
        "How much: shortage / (price x (ratio + buffer - liquidator fee - fund fee)), up to the"
            + " step, times a share that grows with the slots; small shortages and positions at"
            + " once. Borrows likewise, at weights.",
        "Order: the liquidator's choice; here that of the listing.",
        "Price: the oracle's; the liquidator's fee grows after a grace, the insurance fund's is cut"
            + " so that it cannot make a solvent close bankrupt.",
        "Bad debt: insurance fund, fee pool, then socialised over positions or deposits.");
  }

  @Override
  public String source() {
    return "drift-labs/protocol-v2@0ae3e3b1:programs/drift/src/math/liquidation.rs,"
        + " controller/liquidation.rs";
  }

  @Override
  public Optional<String> leftOut() {
    return Optional.of(
        "calls between the first and the end of the ramp, and above the requirement up to its"
            + " buffer; a liquidator's fee that grows; losses exchanged for deposits; bad debt");
  }

  @Override
  public DriftV2Rulebook with(Map<String, String> values) {
    return new DriftV2Rulebook(constants.with(values));
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    return CrossAccount.fit(unfit(account, listing));
  }

  private static Optional<String> unfit(AccountView account, Listing listing) {
    boolean loss = false;
    boolean tokens = false;
    for (int i = 0; i < account.balanceCount(); i++) {
      loss |= account.amount(i) < 0;
      boolean empty = account.amount(i) == 0 && account.debt(i) == 0;
      tokens |= account.asset(i) != 0 && !empty;
    }
    if (tokens && (loss || account.positionCount() > 0)) {
      return Optional.of(
          "holds or owes tokens beside perpetuals or their losses; the venue exchanges these by"
              + " tiers that are not listed");
    }
    return unreadable(account, listing);
  }

  private static Optional<String> unreadable(AccountView account, Listing listing) {
    if (listing.valueDecimals() < QUOTE) {
      return Optional.of("the settlement currency has fewer than the venue's six decimals");
    }
    for (int i = 0; i < account.balanceCount(); i++) {
      Asset asset = listing.assets().get(account.asset(i));
      if (asset.assetWeightPpm() % 100 != 0 || asset.debtWeightPpm() % 100 != 0) {
        return Optional.of(asset.symbol() + " has weights finer than the venue's 0.0001");
      }
      if (asset.decimals() < QUOTE) {
        return Optional.of(asset.symbol() + " has fewer than six decimals");
      }
      if (!asset.isSettlement() && listing.feeds().get(asset.feed()).priceDecimals() > QUOTE) {
        return Optional.of(asset.symbol() + " has a price finer than the venue's millionths");
      }
    }
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = listing.contracts().get(account.market(i));
      if (contract.maintenance().maximumRatePpm() % 100 != 0) {
        return Optional.of(contract.symbol() + " has a rate finer than the venue's 0.0001");
      }
      if (contract.quantityDecimals() > BASE
          || listing.feeds().get(contract.feed()).priceDecimals() > QUOTE) {
        return Optional.of(contract.symbol() + " is quoted finer than the venue's units");
      }
    }
    return CrossAccount.unreadable(account, listing);
  }

  /// After a first call the next is made when all may be closed.
  @Override
  public Trigger trigger(Health health, EpisodeState episode, long nowNanos) {
    Trigger trigger = VenueRulebook.super.trigger(health, episode, nowNanos);
    if (trigger instanceof Trigger.Liquidate && episode.slices() > 0) {
      DriftV2Terms terms = terms();
      BigInteger until =
          DriftV2.slotsUntilAll(terms.exchange())
              .multiply(terms.number("slotNanos"))
              .add(BigInteger.valueOf(episode.openedNanos()));
      if (BigInteger.valueOf(nowNanos).compareTo(until) < 0) {
        return new Trigger.Wait("the ramp until all may be closed", until.longValueExact());
      }
    }
    return trigger;
  }

  /// The calls of now.
  private DriftV2Calls calls(DriftV2Terms terms, Situation situation) {
    CrossAccount account =
        CrossAccount.of(situation.account(), situation.marks(), situation.listing());
    EpisodeState episode = situation.episode();
    return episode.slices() == 0
        ? new DriftV2Calls(terms, account, BigInteger.ZERO, Progress.NONE)
        : new DriftV2Calls(
            terms,
            account,
            terms.slots(situation.nowNanos() - episode.openedNanos()),
            new Progress(true, BigInteger.ZERO, BigInteger.ZERO));
  }

  @Override
  public Optional<Prescription> prescription(Situation situation) {
    DriftV2Terms terms = terms();
    EpisodeState episode = situation.episode();
    BigInteger elapsed = terms.slots(situation.nowNanos() - episode.openedNanos());
    if (episode.slices() > 0 && elapsed.compareTo(terms.exchange().feeGraceSlots()) >= 0) {
      return Optional.of(
          new Prescription(List.of(), "the liquidator's fee grows by the slot, which is left out"));
    }
    List<Piece> pieces = new ArrayList<>();
    List<String> words = new ArrayList<>();
    try {
      for (Step step : calls(terms, situation).run()) {
        piece(step).ifPresent(pieces::add);
        words.add(words(step));
      }
    } catch (ArithmeticException stopped) {
      return Optional.of(
          new Prescription(List.of(), "the venue's program stops: " + stopped.getMessage()));
    }
    return Optional.of(
        new Prescription(pieces, words.isEmpty() ? "not liquidatable" : String.join("; ", words)));
  }

  private static Optional<Piece> piece(Step step) {
    return switch (step) {
      case PerpStep(CrossAccount.Perp perp, Outcome outcome) -> {
        BigInteger quantity = DriftV2Terms.quantity(perp, outcome.base1e9());
        yield quantity.signum() == 0
            ? Optional.empty()
            : Optional.of(new Piece(new Leg.PositionLeg(perp.market()), quantity.longValueExact()));
      }
      case TokenStep(Token liability, Token asset, Exchange exchange) ->
          Optional.of(
              new Piece(
                  new Leg.PairLeg(liability.asset(), asset.asset()),
                  exchange.assetTransfer().longValueExact()));
    };
  }

  private static String words(Step step) {
    return switch (step) {
      case PerpStep(CrossAccount.Perp perp, Outcome outcome) ->
          outcome.base1e9().signum() == 0
              ? "%s: %s".formatted(perp.symbol(), word(outcome.status()))
              : "%s: shortage %s, %s to cover it, share %s: %s"
                  .formatted(
                      perp.symbol(),
                      text(outcome.shortage1e6(), QUOTE),
                      cover(outcome.cover1e9()),
                      text(outcome.share1e4(), RATIO),
                      text(outcome.base1e9(), BASE));
      case TokenStep(Token liability, Token asset, Exchange exchange) ->
          "%s for %s: %s to cover the shortage, share %s: %s for %s"
              .formatted(
                  asset.symbol(),
                  liability.symbol(),
                  text(exchange.cover(), liability.decimals()),
                  text(exchange.share1e4(), RATIO),
                  text(exchange.liabilityTransfer(), liability.decimals()),
                  text(exchange.assetTransfer(), asset.decimals()));
    };
  }

  private static String word(Enum<?> status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String cover(BigInteger cover1e9) {
    return cover1e9.equals(DriftV2Perps.UNLIMITED) ? "all" : text(cover1e9, BASE);
  }

  private static String text(BigInteger value, int decimals) {
    return CrossAccount.decimal(value, decimals).toString();
  }

  /// For the yardstick of over-liquidation alone: the liquidator's fee.
  @Override
  public PenaltyTerms penalty() {
    return new PenaltyTerms(
        constants.integer("liquidatorFee1e6").min(BigInteger.valueOf(999_999)).longValueExact(),
        constants.integer("spotLiquidatorFee1e6").longValueExact(),
        PenaltyTerms.Cap.NONE,
        0);
  }

  @Override
  public Settle settle() {
    return Settle.LIQUIDATOR_PAYS;
  }

  /// Both fees on a perp; for an exchange what the deposit taken is worth more than what it repays.
  @Override
  public Levy levy() {
    return this::levied;
  }

  private OptionalLong levied(
      HealthModel model, Account account, Marks marks, Leg leg, long quantity, long cost) {
    Listing listing = model.listing();
    CrossAccount cross = CrossAccount.of(account, marks, listing);
    DriftV2Calls calls =
        new DriftV2Calls(
            terms(), cross, BigInteger.ZERO, new Progress(true, BigInteger.ZERO, BigInteger.ZERO));
    BigInteger amount = BigInteger.valueOf(quantity);
    BigInteger fee =
        switch (leg) {
          case Leg.PositionLeg(int market) ->
              calls
                  .fees1e6(market, amount)
                  .multiply(BigInteger.TEN.pow(listing.valueDecimals() - QUOTE));
          case Leg.PairLeg(int debt, int collateral) ->
              cross.premium(
                  collateral, amount, debt, Fraction.of(calls.repaid(debt, collateral, amount)));
        };
    return OptionalLong.of(fee.longValueExact());
  }

  @Override
  public List<Figure> figures(Situation situation) {
    if (unreadable(situation.account(), situation.listing()).isPresent()) {
      return List.of();
    }
    DriftV2Terms terms = terms();
    return new DriftV2Figures(terms, calls(terms, situation), situation).list();
  }
}
