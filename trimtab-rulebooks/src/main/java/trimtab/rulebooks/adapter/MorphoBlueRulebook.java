package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.account.AccountView;
import trimtab.core.health.Health;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Parameter;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.lending.MorphoBlue;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Morpho Blue on accounts of the core with one debt and one collateral; every number is
/// [MorphoBlue]'s.
///
/// LLTV is the collateral's asset weight. Taken: the largest seizure as the protocol's own bots
/// size it, or a repayment of `debtToCover`. The market is as [IsolatedMarket] says; prices of 36
/// decimals are cut below. Debt that is written off against the suppliers is what the fund pays in
/// the core.
public record MorphoBlueRulebook(Parameters constants) implements LendingRulebook {
  private static final Fraction WAD = Fraction.of(Uint.WAD);

  /// With the contract's constants.
  static final MorphoBlueRulebook DEFAULT =
      new MorphoBlueRulebook(
          Parameters.of(
              LoanPair.DEBT_TO_COVER,
              new Parameter(
                  "cursorWad",
                  MorphoBlue.Parameters.DEFAULTS.cursorWad().toString(),
                  "x 1e-18; share of 1 - LLTV that the incentive's divisor gives up"),
              new Parameter(
                  "maxFactorWad",
                  MorphoBlue.Parameters.DEFAULTS.maxFactorWad().toString(),
                  "x 1e-18; highest incentive factor")));

  /// Refuses constants that are none.
  public MorphoBlueRulebook {
    LoanPair.checkOffer(constants);
    if (constants.integer("maxFactorWad").compareTo(Uint.WAD) < 0
        || constants.integer("cursorWad").signum() < 0) {
      throw new IllegalArgumentException("'maxFactorWad' is at least 1e18, 'cursorWad' at least 0");
    }
  }

  private MorphoBlue.Parameters market(LoanPair pair) {
    return new MorphoBlue.Parameters(
        pair.collateral().thresholdWad(),
        constants.integer("cursorWad"),
        constants.integer("maxFactorWad"));
  }

  private MorphoBlue.Outcome outcome(LoanPair pair, MorphoBlue.Request request) {
    return MorphoBlue.liquidate(
        IsolatedMarket.market(pair),
        IsolatedMarket.position(pair),
        IsolatedMarket.price(pair),
        market(pair),
        request);
  }

  private BigInteger largestSeizure(LoanPair pair) {
    return MorphoBlue.largestSeizure(
        IsolatedMarket.market(pair),
        IsolatedMarket.position(pair),
        IsolatedMarket.price(pair),
        market(pair));
  }

  private MorphoBlue.Request request(LoanPair pair) {
    return pair.offer(constants)
        .map(units ->
            MorphoBlue.Request.repay(IsolatedMarket.shares(units.min(pair.debt().amount()))))
        .orElseGet(() -> MorphoBlue.Request.seize(largestSeizure(pair)));
  }

  @Override
  public LoanCall call(LoanAccount account) {
    LoanPair pair = IsolatedMarket.pair(account);
    return switch (outcome(pair, request(pair))) {
      case MorphoBlue.Liquidated done ->
          new LoanCall.Taken(
              pair,
              done.repaidAssets(),
              done.seizedAssets(),
              "factor %s: %s"
                  .formatted(
                      LoanFigures.wad(done.factorWad()),
                      LoanFigures.exchange(pair, done.repaidAssets(), done.seizedAssets())));
      case MorphoBlue.Refused(MorphoBlue.Refusal reason) ->
          new LoanCall.Refused("the contract reverts: " + reason);
    };
  }

  @Override
  public BigInteger seizedFor(LoanAccount account, LoanPair pair, BigInteger repaid) {
    MorphoBlue.Request request = MorphoBlue.Request.repay(IsolatedMarket.shares(repaid));
    return switch (outcome(pair, request)) {
      case MorphoBlue.Liquidated done -> done.seizedAssets();
      case MorphoBlue.Refused(MorphoBlue.Refusal reason) ->
          reason == MorphoBlue.Refusal.ARITHMETIC_UNDERFLOW
              ? pair.collateral().amount()
              : BigInteger.ZERO;
    };
  }

  @Override
  public Fraction largestBonus() {
    return Fraction.of(constants.integer("maxFactorWad")).over(WAD).minus(Fraction.ONE);
  }

  /// At the account's LLTV, which health tells: backing over the value held.
  @Override
  public PenaltyTerms penalty(Health health, EpisodeState episode, long nowNanos) {
    BigInteger held =
        BigInteger.valueOf(health.equity())
            .multiply(BigInteger.valueOf(health.exactScale()))
            .multiply(BigInteger.valueOf(Ppm.ONE))
            .add(health.obligation().toBigInteger());
    BigInteger backing = health.backing().toBigInteger();
    if (held.signum() <= 0 || backing.compareTo(held) > 0) {
      return penalty();
    }
    // A little less: a lower LLTV has a higher factor, and the terms must not be below the venue's.
    BigInteger lltv =
        Uint.minusOrZero(Uint.mulDivFloor(backing, Uint.WAD, held), BigInteger.TEN.pow(13));
    BigInteger factor =
        MorphoBlue.liquidationIncentiveFactor(
            new MorphoBlue.Parameters(
                lltv, constants.integer("cursorWad"), constants.integer("maxFactorWad")));
    BigInteger bonusPpm = Uint.divCeil(factor.subtract(Uint.WAD), BigInteger.TEN.pow(12));
    return penalty().atRates(0, bonusPpm.longValueExact() + 1);
  }

  @Override
  public List<Figure> story(LoanAccount account) {
    LoanPair pair = IsolatedMarket.pair(account);
    MorphoBlue.Market market = IsolatedMarket.market(pair);
    MorphoBlue.Position position = IsolatedMarket.position(pair);
    BigInteger price = IsolatedMarket.price(pair);
    BigInteger lltv = market(pair).lltvWad();
    BigInteger factor = MorphoBlue.liquidationIncentiveFactor(market(pair));
    FigureList story = new FigureList();
    story
        .amount("borrowed", MorphoBlue.borrowed(market, position.borrowShares()), pair.debt())
        .amount("maxBorrow", MorphoBlue.maxBorrow(position.collateral(), price, lltv), pair.debt())
        .add(
            "healthy",
            MorphoBlue.isHealthy(market, position, price, lltv),
            "borrowed is not above maxBorrow")
        .add("collateralPrice", price, "x 1e-36 debt units per collateral unit")
        .add("lltv", lltv, "x 1e-18")
        .add("liquidationIncentiveFactor", factor, "x 1e-18, seized value over repaid value")
        .add("closeFactor", MorphoBlue.CLOSE_FACTOR_WAD, "x 1e-18, all of the debt")
        .amount("largestSeizure", largestSeizure(pair), pair.collateral());
    BigInteger repaid = BigInteger.ZERO;
    switch (outcome(pair, request(pair))) {
      case MorphoBlue.Liquidated done -> {
        repaid = done.repaidAssets();
        story
            .amount("seizedAssets", done.seizedAssets(), pair.collateral())
            .add("repaidShares", done.repaidShares(), "debt shares")
            .amount("repaidAssets", done.repaidAssets(), pair.debt())
            .add("borrowSharesLeft", done.position().borrowShares(), "debt shares")
            .amount("collateralLeft", done.position().collateral(), pair.collateral())
            .add("badDebtShares", done.badDebtShares(), "debt shares written off")
            .amount("badDebtAssets", done.badDebtAssets(), pair.debt());
      }
      case MorphoBlue.Refused(MorphoBlue.Refusal reason) ->
          story.add("revert", reason.name(), "why the contract refuses");
    }
    LoanFigures.generic(
        story,
        account,
        pair.collateral(),
        Fraction.of(factor).over(WAD),
        pair.debt().valueOf(repaid),
        Fraction.ONE);
    return story.list();
  }

  @Override
  public Fit shape(AccountView account, Listing listing) {
    return LoanFigures.onePair(account, listing);
  }

  @Override
  public String name() {
    return "morpho-blue";
  }

  @Override
  public Optional<String> leftOut() {
    return Optional.of("debt that is written off is the fund's to pay");
  }

  @Override
  public String summary() {
    return "Morpho Blue: up to all of the debt, for a factor that follows from the LLTV alone";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "Liquidatable when the debt is strictly above what the collateral carries at its LLTV.",
        "Anyone may repay up to all of it: the adapter seizes as much as that pays for, or all"
            + " there is; 'debtToCover' names less.",
        "Each unit repaid seizes min(1.15, 1 / (1 - 0.3 x (1 - LLTV))) of its value; no fee, no"
            + " rule of dust.",
        "Once no collateral is left, the rest of the debt is written off against the suppliers.");
  }

  @Override
  public String source() {
    return "morpho-org/morpho-blue src/Morpho.sol; sizes of morpho-org/morpho-bots"
        + " bots/blue-liquidation";
  }

  @Override
  public MorphoBlueRulebook with(Map<String, String> values) {
    return new MorphoBlueRulebook(constants.with(values));
  }
}
