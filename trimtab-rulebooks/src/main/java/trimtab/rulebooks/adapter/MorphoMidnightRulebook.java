package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.account.AccountView;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Listing;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Parameter;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.adapter.LoanAccount.Reserve;
import trimtab.rulebooks.lending.MorphoMidnight;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Morpho Midnight on accounts of the core with one debt; every number is [MorphoMidnight]'s.
///
/// LLTVs are the listing's asset weights. Taken: the collateral of most value, the most that the
/// recovery close factor allows. The term's end is the parameter `lateSeconds` away: past it
/// healthy accounts are liquidatable, too, which the core does not ask about, so the rule is a
/// misfit there. What is written off against the lenders stays owed in the core until the fund pays
/// it; each later call writes it off anew, so the amounts are the same. Prices of 36 decimals are
/// cut below.
public record MorphoMidnightRulebook(Parameters constants) implements LendingRulebook {
  private static final Fraction WAD = Fraction.of(Uint.WAD);

  /// Before the end of the term, with the documented constants.
  static final MorphoMidnightRulebook DEFAULT =
      new MorphoMidnightRulebook(
          Parameters.of(
              LoanPair.PAIR,
              LoanPair.DEBT_TO_COVER,
              new Parameter(
                  "cursorWad",
                  MorphoMidnight.Parameters.DEFAULTS.cursorLowWad().toString(),
                  "x 1e-18; makes a collateral's highest factor, 0.25 or 0.5"),
              ByAsset.exceptions("cursorWad"),
              new Parameter(
                  "leastLltvWad",
                  "770000000000000000",
                  "x 1e-18; no collateral's LLTV is lower; for the yardstick of over-liquidation"),
              new Parameter(
                  "timeToMaxFactorSeconds",
                  MorphoMidnight.Parameters.DEFAULTS.timeToMaxFactorSeconds().toString(),
                  "seconds after the end of the term in which the factor rises"),
              new Parameter(
                  "recoveryThreshold",
                  MorphoMidnight.Parameters.DEFAULTS.recoveryThreshold().toString(),
                  "units of debt; below it what is left beyond the cap is dust"),
              new Parameter(
                  "lateSeconds", "-1", "seconds since the end of the term, negative before it")));

  /// Refuses constants that are none.
  public MorphoMidnightRulebook {
    LoanPair.check(constants);
    constants.integer("lateSeconds");
    if (constants.integer("timeToMaxFactorSeconds").signum() <= 0
        || constants.integer("recoveryThreshold").signum() < 0
        || constants.integer("leastLltvWad").signum() < 0
        || constants.integer("leastLltvWad").compareTo(Uint.WAD) > 0
        || ByAsset.of(constants, "cursorWad").largest().compareTo(Uint.WAD) >= 0) {
      throw new IllegalArgumentException(
          "'timeToMaxFactorSeconds' is above 0, 'recoveryThreshold' at least 0, a cursor below"
              + " 1e18, 'leastLltvWad' 0 to 1e18");
    }
  }

  private MorphoMidnight.Parameters terms() {
    return new MorphoMidnight.Parameters(
        MorphoMidnight.Parameters.DEFAULTS.cursorLowWad(),
        MorphoMidnight.Parameters.DEFAULTS.cursorHighWad(),
        constants.integer("timeToMaxFactorSeconds"),
        constants.integer("recoveryThreshold"));
  }

  private BigInteger late() {
    return constants.integer("lateSeconds");
  }

  private MorphoMidnight.Collateral slot(Reserve debt, Reserve held) {
    return new MorphoMidnight.Collateral(
        held.amount(),
        IsolatedMarket.price(debt, held),
        held.thresholdWad(),
        MorphoMidnight.maxFactor(
            held.thresholdWad(), ByAsset.of(constants, "cursorWad").of(held.symbol())));
  }

  private MorphoMidnight.Position position(LoanAccount account) {
    Reserve debt = account.debts().getFirst();
    return new MorphoMidnight.Position(
        debt.amount(), account.collaterals().stream().map(held -> slot(debt, held)).toList());
  }

  private BigInteger factor(LoanAccount account, LoanPair pair) {
    return MorphoMidnight.incentiveFactor(
        slot(pair.debt(), pair.collateral()).maxFactorWad(),
        MorphoMidnight.isHealthy(position(account)),
        late().max(BigInteger.ZERO),
        terms());
  }

  private BigInteger owed(MorphoMidnight.Position position) {
    return position.debt().subtract(MorphoMidnight.badDebt(position));
  }

  private BigInteger cap(LoanAccount account, LoanPair pair) {
    MorphoMidnight.Position position = position(account);
    return MorphoMidnight.recoveryCap(
        owed(position),
        MorphoMidnight.maxDebt(position.collaterals()).min(owed(position)),
        factor(account, pair),
        pair.collateral().thresholdWad());
  }

  private boolean isCapped(LoanAccount account, LoanPair pair) {
    return late().signum() <= 0
        && !MorphoMidnight.capWaived(
            slot(pair.debt(), pair.collateral()),
            factor(account, pair),
            cap(account, pair),
            terms());
  }

  /// As much as is allowed: by the cap, by the debt, and by the collateral there is.
  private MorphoMidnight.Request request(LoanAccount account, LoanPair pair) {
    MorphoMidnight.Position position = position(account);
    int index = account.collaterals().indexOf(pair.collateral());
    BigInteger most = owed(position);
    BigInteger repaid =
        pair.offer(constants)
            .orElseGet(() -> isCapped(account, pair) ? most.min(cap(account, pair)) : most);
    boolean all =
        pair.offer(constants).isEmpty()
            && seizedUncut(account, pair, repaid).compareTo(pair.collateral().amount()) > 0;
    return all
        ? new MorphoMidnight.Request(index, pair.collateral().amount(), BigInteger.ZERO)
        : new MorphoMidnight.Request(index, BigInteger.ZERO, repaid);
  }

  private BigInteger seizedUncut(LoanAccount account, LoanPair pair, BigInteger repaid) {
    return MorphoMidnight.seizedFor(repaid, IsolatedMarket.price(pair), factor(account, pair));
  }

  private MorphoMidnight.Outcome outcome(LoanAccount account, LoanPair pair) {
    MorphoMidnight.Position position = position(account);
    return MorphoMidnight.isLiquidatable(position, late())
        ? MorphoMidnight.liquidate(position, late(), terms(), request(account, pair))
        : new MorphoMidnight.Refused(MorphoMidnight.Refusal.NOT_LIQUIDATABLE);
  }

  @Override
  public LoanCall call(LoanAccount account) {
    Optional<LoanPair> chosen = LoanPair.chosen(account, constants);
    if (chosen.isEmpty()) {
      return new LoanCall.Refused("the account lacks a side of the pair");
    }
    LoanPair pair = chosen.get();
    return switch (outcome(account, pair)) {
      case MorphoMidnight.Liquidated done ->
          new LoanCall.Taken(
              pair,
              done.repaidUnits(),
              done.seizedAssets(),
              "factor %s: %s"
                  .formatted(
                      LoanFigures.wad(done.factorWad()),
                      LoanFigures.exchange(pair, done.repaidUnits(), done.seizedAssets())));
      case MorphoMidnight.Refused(MorphoMidnight.Refusal reason) ->
          new LoanCall.Refused("the contract reverts: " + reason.error());
    };
  }

  @Override
  public BigInteger seizedFor(LoanAccount account, LoanPair pair, BigInteger repaid) {
    return seizedUncut(account, pair, repaid).min(pair.collateral().amount());
  }

  /// No collateral's factor is higher than that at the least LLTV.
  @Override
  public Fraction largestBonus() {
    BigInteger cursor = ByAsset.of(constants, "cursorWad").largest();
    return Fraction.of(MorphoMidnight.maxFactor(constants.integer("leastLltvWad"), cursor))
        .over(WAD)
        .minus(Fraction.ONE);
  }

  @Override
  public List<Figure> story(LoanAccount account) {
    MorphoMidnight.Position position = position(account);
    Reserve debt = account.debts().getFirst();
    BigInteger badDebt = MorphoMidnight.badDebt(position);
    FigureList story = new FigureList();
    story
        .amount("debt", position.debt(), debt)
        .amount("maxDebt", MorphoMidnight.maxDebt(position.collaterals()), debt)
        .add("healthy", MorphoMidnight.isHealthy(position), "debt is not above maxDebt")
        .add("liquidatable", MorphoMidnight.isLiquidatable(position, late()), "unhealthy or late")
        .amount("badDebt", badDebt, debt)
        .add(
            "lossIndexAfter",
            MorphoMidnight.lossIndexAfter(BigInteger.ZERO, position.debt(), badDebt),
            "of an obligation with this loan alone; 2^128 - 1 is all");
    LoanPair.chosen(account, constants).ifPresent(pair -> tellPair(story, account, pair));
    return story.list();
  }

  private void tellPair(FigureList story, LoanAccount account, LoanPair pair) {
    BigInteger factor = factor(account, pair);
    story
        .add("pair", pair.symbols(), "debt/collateral, the liquidator's choice")
        .add(
            "maxLif",
            slot(pair.debt(), pair.collateral()).maxFactorWad(),
            "x 1e-18, highest factor of this collateral")
        .add("lif", factor, "x 1e-18, seized value over repaid value");
    boolean healthy = MorphoMidnight.isHealthy(position(account));
    if (!healthy) {
      BigInteger cap = cap(account, pair);
      BigInteger most = cap.min(owed(position(account)));
      story
          .amount("recoveryCloseFactor", cap, pair.debt())
          .add("capWaived", !isCapped(account, pair), "the cap is dust, or the term has ended")
          .amount("seizedForMaxRepaid", seizedUncut(account, pair, most), pair.collateral());
    }
    BigInteger repaid = BigInteger.ZERO;
    switch (outcome(account, pair)) {
      case MorphoMidnight.Liquidated done -> {
        repaid = done.repaidUnits();
        story
            .amount("repaidUnits", done.repaidUnits(), pair.debt())
            .amount("seizedAssets", done.seizedAssets(), pair.collateral())
            .amount(
                "repaidForSeized",
                MorphoMidnight.repaidFor(done.seizedAssets(), IsolatedMarket.price(pair), factor),
                pair.debt())
            .amount("debtLeft", done.position().debt(), pair.debt());
      }
      case MorphoMidnight.Refused(MorphoMidnight.Refusal reason) ->
          story.add("revert", reason.error(), "why the contract refuses");
    }
    LoanFigures.generic(
        story,
        account,
        pair.collateral(),
        Fraction.of(factor).over(WAD),
        pair.debt().valueOf(repaid),
        Fraction.ONE);
  }

  @Override
  public Fit shape(AccountView account, Listing listing) {
    Fit debt = LoanFigures.oneDebt(account, listing);
    if (debt instanceof Fit.Misfit) {
      return debt;
    }
    for (int held : LoanAccount.assets(account, false)) {
      Asset asset = listing.assets().get(held);
      BigInteger lltv = BigInteger.valueOf(asset.assetWeightPpm()).multiply(BigInteger.TEN.pow(12));
      if (lltv.compareTo(constants.integer("leastLltvWad")) < 0) {
        return new Fit.Misfit(
            "%s has an LLTV below 'leastLltvWad'; set that parameter".formatted(asset.symbol()));
      }
    }
    return debt;
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    return late().signum() > 0
        ? new Fit.Misfit(
            "past the end of the term healthy accounts are liquidatable, too; only accounts in"
                + " breach are asked about")
        : shape(account, listing);
  }

  @Override
  public String name() {
    return "morpho-midnight";
  }

  @Override
  public Optional<String> leftOut() {
    return Optional.of("debt that is written off stays owed until the fund pays it");
  }

  @Override
  public String summary() {
    return "Morpho Midnight: just back to health against one collateral; everything once the term"
        + " has ended";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "Liquidatable when the debt is strictly above what the collaterals carry, or the term has"
            + " ended.",
        "First what the collaterals could not pay at their highest factors is written off against"
            + " the lenders.",
        "Before the end no more may be repaid than restores health, rounded up, unless what is left"
            + " beyond is dust; the adapter repays that much against the collateral of most value;"
            + " 'pair' and 'debtToCover' name another.",
        "The factor is 1 / (1 - cursor x (1 - LLTV)) for unhealthy positions, and rises from 1"
            + " after the end of the term for healthy ones.");
  }

  @Override
  public String source() {
    return "morpho-org/midnight@26625310 src/Midnight.sol";
  }

  @Override
  public MorphoMidnightRulebook with(Map<String, String> values) {
    return new MorphoMidnightRulebook(constants.with(values));
  }
}
