package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Parameter;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.adapter.LoanAccount.Reserve;
import trimtab.rulebooks.lending.CompoundV2;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Compound v2 on accounts of the core; every number is [CompoundV2]'s.
///
/// The collateral factors are the listing's asset weights. Close factor and incentive are the
/// governance's, the defaults the ones in force. Taken: the pair of most value and what the close
/// factor allows. An amount that is held is `floor(amount / exchange rate)` cTokens, and seized
/// cTokens are `floor(cTokens x exchange rate)` of it; at the default rate of 1 nothing is cut.
/// Prices are `10^(36 - decimals)` to the settlement currency, cut below.
public record CompoundV2Rulebook(Parameters constants) implements LendingRulebook {
  private static final int MANTISSA_DECIMALS = 36;
  private static final Fraction WAD = Fraction.of(Uint.WAD);

  /// With the numbers in force.
  static final CompoundV2Rulebook DEFAULT =
      new CompoundV2Rulebook(
          Parameters.of(
              LoanPair.PAIR,
              LoanPair.DEBT_TO_COVER,
              new Parameter(
                  "closeFactorWad",
                  CompoundV2.Parameters.DEFAULTS.closeFactorWad().toString(),
                  "x 1e-18; share of one borrow that a call may repay"),
              new Parameter(
                  "liquidationIncentiveWad",
                  CompoundV2.Parameters.DEFAULTS.liquidationIncentiveWad().toString(),
                  "x 1e-18; seized value over repaid value"),
              new Parameter(
                  "protocolSeizeShareWad",
                  CompoundV2.Parameters.DEFAULTS.protocolSeizeShareWad().toString(),
                  "x 1e-18; the protocol's share of the seized cTokens"),
              new Parameter(
                  "exchangeRateWad",
                  Uint.WAD.toString(),
                  "x 1e-18; base units of the underlying per cToken"),
              ByAsset.exceptions("exchangeRateWad"),
              new Parameter(
                  "deprecated", "false", "true: the borrow's market is, all of it may be repaid")));

  /// Refuses constants that are none.
  public CompoundV2Rulebook {
    LoanPair.check(constants);
    if (ByAsset.of(constants, "exchangeRateWad").least().signum() <= 0
        || constants.integer("liquidationIncentiveWad").compareTo(Uint.WAD) < 0
        || constants.integer("closeFactorWad").signum() <= 0) {
      throw new IllegalArgumentException(
          "exchange rates and the close factor are above 0, the incentive at least 1e18");
    }
  }

  private CompoundV2.Parameters rates() {
    return new CompoundV2.Parameters(
        constants.integer("closeFactorWad"),
        constants.integer("liquidationIncentiveWad"),
        constants.integer("protocolSeizeShareWad"));
  }

  private BigInteger exchangeRateWad(Reserve reserve) {
    return ByAsset.of(constants, "exchangeRateWad").of(reserve.symbol());
  }

  private static BigInteger price(Reserve reserve) {
    return reserve.price(MANTISSA_DECIMALS - reserve.decimals());
  }

  private BigInteger tokens(Reserve held) {
    return Uint.mulDivFloor(held.amount(), Uint.WAD, exchangeRateWad(held));
  }

  private BigInteger underlying(Reserve held, BigInteger tokens) {
    return Uint.mulDivFloor(tokens, exchangeRateWad(held), Uint.WAD);
  }

  private List<CompoundV2.Snapshot> markets(LoanAccount account) {
    List<CompoundV2.Snapshot> markets = new ArrayList<>();
    for (Reserve held : account.collaterals()) {
      markets.add(snapshot(held, tokens(held), BigInteger.ZERO));
    }
    for (Reserve owed : account.debts()) {
      markets.add(snapshot(owed, BigInteger.ZERO, owed.amount()));
    }
    return markets;
  }

  private CompoundV2.Snapshot snapshot(Reserve reserve, BigInteger tokens, BigInteger borrow) {
    return new CompoundV2.Snapshot(
        tokens, borrow, exchangeRateWad(reserve), price(reserve), reserve.thresholdWad());
  }

  private CompoundV2.Pair pair(LoanPair pair) {
    return new CompoundV2.Pair(
        pair.debt().amount(),
        price(pair.debt()),
        tokens(pair.collateral()),
        price(pair.collateral()),
        exchangeRateWad(pair.collateral()),
        constants.flag("deprecated"));
  }

  private BigInteger seizeTokens(LoanPair pair, BigInteger repaid) {
    return CompoundV2.seizeTokens(
        repaid,
        price(pair.debt()),
        price(pair.collateral()),
        exchangeRateWad(pair.collateral()),
        rates());
  }

  /// What is offered: what the close factor allows, or what the collateral pays for if that is
  /// less; more would be refused.
  private BigInteger offer(LoanPair pair) {
    BigInteger most =
        CompoundV2.maxClose(pair.debt().amount(), constants.flag("deprecated"), rates());
    BigInteger tokens = tokens(pair.collateral());
    return pair.offer(constants).orElseGet(() -> mostSeizing(pair, most, tokens));
  }

  /// The largest repayment up to `most` that seizes no more than there is.
  private BigInteger mostSeizing(LoanPair pair, BigInteger most, BigInteger tokens) {
    if (seizeTokens(pair, most).compareTo(tokens) <= 0) {
      return most;
    }
    BigInteger low = BigInteger.ZERO;
    BigInteger high = most;
    while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = low.add(high).shiftRight(1);
      if (seizeTokens(pair, middle).compareTo(tokens) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private CompoundV2.Answer answer(LoanAccount account, LoanPair pair) {
    BigInteger shortfall = CompoundV2.liquidity(markets(account)).shortfall();
    return CompoundV2.liquidateBorrow(pair(pair), shortfall, offer(pair), rates());
  }

  @Override
  public LoanCall call(LoanAccount account) {
    Optional<LoanPair> chosen = LoanPair.chosen(account, constants);
    if (chosen.isEmpty()) {
      return new LoanCall.Refused("the account lacks a side of the pair");
    }
    LoanPair pair = chosen.get();
    return switch (answer(account, pair)) {
      case CompoundV2.Answer.Liquidated(CompoundV2.Seizure seizure) ->
          new LoanCall.Taken(
              pair,
              seizure.repaid(),
              underlying(pair.collateral(), seizure.seizedTokens()),
              "%s, %s cTokens"
                  .formatted(
                      LoanFigures.exchange(
                          pair,
                          seizure.repaid(),
                          underlying(pair.collateral(), seizure.seizedTokens())),
                      seizure.seizedTokens()));
      case CompoundV2.Answer.Refused(CompoundV2.Refusal refusal) ->
          new LoanCall.Refused("the market refuses: " + refusal.error());
    };
  }

  @Override
  public BigInteger seizedFor(LoanAccount account, LoanPair pair, BigInteger repaid) {
    return underlying(pair.collateral(), seizeTokens(pair, repaid)).min(pair.collateral().amount());
  }

  @Override
  public Fraction largestBonus() {
    return Fraction.of(rates().liquidationIncentiveWad()).over(WAD).minus(Fraction.ONE);
  }

  /// Of the seized cTokens, the bonus included, as a part of the bonus.
  @Override
  public Fraction protocolShare() {
    Fraction bonus = largestBonus();
    Fraction share = Fraction.of(rates().protocolSeizeShareWad()).over(WAD);
    return bonus.signum() == 0
        ? Fraction.ZERO
        : share.times(Fraction.ONE.plus(bonus)).over(bonus).min(Fraction.ONE);
  }

  @Override
  public List<Figure> story(LoanAccount account) {
    FigureList story = new FigureList();
    CompoundV2.Liquidity liquidity = CompoundV2.liquidity(markets(account));
    story
        .add("excess", liquidity.excess(), "x 1e-18 settlement currency")
        .add("shortfall", liquidity.shortfall(), "x 1e-18 settlement currency")
        .add("liquidatable", CompoundV2.isLiquidatable(markets(account)), "a shortfall above 0");
    LoanPair.chosen(account, constants).ifPresent(pair -> tellPair(story, account, pair));
    return story.list();
  }

  private void tellPair(FigureList story, LoanAccount account, LoanPair pair) {
    story
        .add("pair", pair.symbols(), "debt/collateral, the liquidator's choice")
        .add("debtPrice", price(pair.debt()), "mantissa")
        .add("collateralPrice", price(pair.collateral()), "mantissa")
        .amount(
            "maxClose",
            CompoundV2.maxClose(pair.debt().amount(), constants.flag("deprecated"), rates()),
            pair.debt());
    BigInteger repaid = BigInteger.ZERO;
    switch (answer(account, pair)) {
      case CompoundV2.Answer.Liquidated(CompoundV2.Seizure seizure) -> {
        repaid = seizure.repaid();
        String tokens = "cTokens of " + pair.collateral().symbol();
        story
            .amount("repaid", repaid, pair.debt())
            .add("seizeTokens", seizeTokens(pair, repaid), tokens)
            .add("liquidatorSeizeTokens", seizure.liquidatorTokens(), tokens)
            .add("protocolSeizeTokens", seizure.protocolTokens(), tokens)
            .amount("addedReserves", seizure.addedReserves(), pair.collateral());
      }
      case CompoundV2.Answer.Refused(CompoundV2.Refusal refusal) ->
          story.add("fails", refusal.error(), "");
    }
    story.add("badDebt", "stays", "no rule of dust, nothing is written off");
    LoanFigures.generic(
        story,
        account,
        pair.collateral(),
        Fraction.of(rates().liquidationIncentiveWad()).over(WAD),
        pair.debt().valueOf(repaid),
        Fraction.ONE);
  }

  @Override
  public String name() {
    return "compound-v2";
  }

  @Override
  public String summary() {
    return "Compound v2: half of one borrow, for a fixed incentive";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "Liquidatable with a shortfall above 0: collateral at its factors below the borrows, every"
            + " step rounded down.",
        "Up to the close factor of one borrow, all of it in a deprecated market; more is refused.",
        "The liquidator chooses borrow and collateral: the adapter takes the pair of most value and"
            + " the most that is allowed; 'pair' and 'debtToCover' name another.",
        "Seized are cTokens worth the repaid value times the incentive; the protocol keeps a share"
            + " of them.",
        "There is no rule of dust or bad debt: both stay.");
  }

  @Override
  public String source() {
    return "compound-finance/compound-protocol@00b1e162 contracts/Comptroller.sol";
  }

  @Override
  public CompoundV2Rulebook with(Map<String, String> values) {
    return new CompoundV2Rulebook(constants.with(values));
  }
}
