package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.account.AccountView;
import trimtab.core.instrument.Listing;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Parameter;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.adapter.LoanAccount.Reserve;
import trimtab.rulebooks.lending.AaveV3;
import trimtab.rulebooks.lending.AaveV30;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Aave v3 on accounts of the core, one version each: [trimtab.rulebooks.lending.AaveV30] and its
/// successors, of which every number is.
///
/// The thresholds are the listing's asset weights, whole basis points. Bonus and fee are the
/// market's, so the defaults (5%, of which 10% are the protocol's) are examples; the constants of
/// the contracts are theirs. Taken: the pair of most value, the most that is allowed; where that
/// leaves dust, the most that keeps the least on the debt's side. Efficiency modes are not asked.
///
/// Cut: prices to 8 decimals. Before 3.6 an account's average threshold is cut to whole basis
/// points, so an account may be liquidatable above a health of 1: such a pool is asked from 1.001
/// on.
///
/// @param version whose rule this is
public record AaveV3Rulebook(AaveV3Version version, Parameters constants)
    implements LendingRulebook {
  private static final long ASKED_OF_AVERAGES_PPM = 1_001_000;
  private static final Fraction BPS = Fraction.of(Uint.BPS);
  private static final Fraction DOLLAR = Fraction.of(100_000_000);

  /// Refuses constants that are none.
  public AaveV3Rulebook {
    AaveV3Pool pool = new AaveV3Pool(version, constants);
    Object read = version.knowsDust() ? pool.parameters() : pool.parameters30();
    LoanPair.check(constants);
    if (pool.bonusBps().least().compareTo(Uint.BPS) < 0 || read.toString().isEmpty()) {
      throw new IllegalArgumentException("'liquidationBonusBps' is at least 10000, no bonus");
    }
  }

  /// A version with the documented constants.
  static AaveV3Rulebook of(AaveV3Version version) {
    List<Parameter> list = new ArrayList<>();
    AaveV3.Parameters later = AaveV3.Parameters.DEFAULTS;
    AaveV30.Parameters first = AaveV30.Parameters.DEFAULTS;
    list.add(LoanPair.PAIR);
    list.add(LoanPair.DEBT_TO_COVER);
    list.add(
        bps("liquidationBonusBps", "10500", "repaid value and bonus; 10500 is 5%, an example"));
    list.add(ByAsset.exceptions("liquidationBonusBps"));
    list.add(bps("protocolFeeBps", "1000", "the protocol's share of the bonus; an example"));
    list.add(wad("liquidationHealthWad", later.liquidationHealthWad(), "liquidatable below"));
    list.add(
        bps(
            "closeFactorBps",
            later.closeFactorBps().toString(),
            version.knowsDust() ? "of all debt of the account" : "of the debt of the reserve"));
    list.add(wad("closeFactorHealthWad", later.closeFactorHealthWad(), "it holds strictly above"));
    if (version.knowsDust()) {
      list.add(base("minBaseMaxCloseFactor", later.minBaseMaxCloseFactor(), "it holds from on"));
      list.add(
          base("minLeftoverBase", later.minLeftoverBase(), "what neither side may fall below"));
    } else {
      list.add(bps("maxCloseFactorBps", first.maxCloseFactorBps().toString(), "at and below it"));
    }
    if (version.hasSentinel()) {
      list.add(
          new Parameter("sentinelAllows", "true", "false: the sequencer was down a while ago"));
    }
    return new AaveV3Rulebook(version, Parameters.of(list.toArray(Parameter[]::new)));
  }

  private static Parameter bps(String name, String value, String meaning) {
    return new Parameter(name, value, "basis points; " + meaning);
  }

  private static Parameter wad(String name, BigInteger value, String meaning) {
    return new Parameter(name, value.toString(), "x 1e-18; health factor, " + meaning);
  }

  private static Parameter base(String name, BigInteger value, String meaning) {
    return new Parameter(name, value.toString(), "x 1e-8 base currency; " + meaning);
  }

  private AaveV3Pool pool() {
    return new AaveV3Pool(version, constants);
  }

  @Override
  public LoanCall call(LoanAccount account) {
    Optional<LoanPair> chosen = LoanPair.chosen(account, constants);
    if (chosen.isEmpty()) {
      return new LoanCall.Refused("the account lacks a side of the pair");
    }
    LoanPair pair = chosen.get();
    AaveV3.Account whole = pool().account(account);
    if (!pool().isLiquidatable(whole.healthFactorWad())) {
      return new LoanCall.Refused("not liquidatable: health factor " + whole.healthFactorWad());
    }
    AaveV3.Answer answer = answer(account, pair, whole);
    return switch (answer) {
      case AaveV3.Answer.Liquidated(BigInteger most, AaveV3.Seizure seizure) ->
          new LoanCall.Taken(
              pair,
              seizure.debtRepaid(),
              seizure.seizedTotal(),
              "health factor %s: %s, at most %s may be repaid"
                  .formatted(
                      LoanFigures.wad(whole.healthFactorWad()),
                      LoanFigures.exchange(pair, seizure.debtRepaid(), seizure.seizedTotal()),
                      pair.debt().tokens(most)));
      case AaveV3.Answer.Refused(AaveV3.Refusal refusal) ->
          new LoanCall.Refused("the pool refuses: " + refusal.error());
    };
  }

  /// The pool's answer to the offer: what is offered, else everything, else what leaves no dust.
  private AaveV3.Answer answer(LoanAccount account, LoanPair pair, AaveV3.Account whole) {
    BigInteger offer = pair.offer(constants).orElse(pair.debt().amount());
    AaveV3.Answer answer = pool().liquidationCall(pair, whole, offer);
    boolean isDust = answer.equals(new AaveV3.Answer.Refused(AaveV3.Refusal.MUST_NOT_LEAVE_DUST));
    if (!isDust || pair.offer(constants).isPresent()) {
      return answer;
    }
    BigInteger partial =
        pool().allowedDebt(account, pair.debt()).map(AaveV3.Allowed::partialMax).orElseThrow();
    AaveV3.Asset asset = AaveV3Pool.asset(pair.debt());
    BigInteger less = Uint.mulDivFloor(partial, asset.unit(), asset.price());
    AaveV3.Answer second = pool().liquidationCall(pair, whole, less);
    return less.signum() > 0 && second instanceof AaveV3.Answer.Liquidated ? second : answer;
  }

  @Override
  public BigInteger seizedFor(LoanAccount account, LoanPair pair, BigInteger repaid) {
    return pool().seize(pair, repaid).seizedTotal();
  }

  @Override
  public Fraction largestBonus() {
    return Fraction.of(pool().bonusBps().largest()).over(BPS).minus(Fraction.ONE);
  }

  @Override
  public Fraction protocolShare() {
    return constants.number("protocolFeeBps").over(BPS);
  }

  @Override
  public List<Figure> story(LoanAccount account) {
    FigureList story = new FigureList();
    AaveV3.Totals totals = pool().totals(account);
    BigInteger health = totals.healthFactorWad();
    story
        .add("totalCollateralBase", totals.collateralBase(), "x 1e-8 base currency")
        .add("totalDebtBase", totals.debtBase(), "x 1e-8 base currency")
        .add("healthFactor", health, "x 1e-18; strictly below 1e18 is liquidatable")
        .add("liquidatable", pool().isLiquidatable(health), "by the pool's own rounding");
    Optional<LoanPair> chosen = LoanPair.chosen(account, constants);
    chosen.ifPresent(pair -> tellPair(story, account, pair, totals));
    if (version.knowsDust()) {
      for (Reserve debt : account.debts()) {
        tellAllowed(story, "debt " + debt.symbol(), pool().allowedDebt(account, debt));
      }
      for (Reserve held : account.collaterals()) {
        tellAllowed(story, "collateral " + held.symbol(), pool().allowedCollateral(held));
      }
    }
    return story.list();
  }

  private void tellPair(
      FigureList story, LoanAccount account, LoanPair pair, AaveV3.Totals totals) {
    AaveV3.Account whole = pool().account(account);
    AaveV3.Pair asked = pool().pair(pair);
    story
        .add("pair", pair.symbols(), "debt/collateral, the liquidator's choice")
        .add("debtPrice", asked.debt().price(), "x 1e-8 base currency")
        .add("collateralPrice", asked.collateral().price(), "x 1e-8 base currency")
        .add("liquidationBonus", asked.liquidationBonusBps(), "bps of the repaid value")
        .add(
            "closeFactor",
            pool().closeFactorBps(totals.healthFactorWad(), pair),
            version.knowsDust() ? "bps of all debt" : "bps of the reserve's debt");
    BigInteger repaid = BigInteger.ZERO;
    switch (answer(account, pair, whole)) {
      case AaveV3.Answer.Liquidated(BigInteger most, AaveV3.Seizure seizure) -> {
        repaid = seizure.debtRepaid();
        story
            .amount("maxLiquidatableDebt", most, pair.debt())
            .amount("debtRepaid", seizure.debtRepaid(), pair.debt())
            .amount("collateralSeized", seizure.seizedTotal(), pair.collateral())
            .amount("toLiquidator", seizure.toLiquidator(), pair.collateral())
            .amount("protocolFee", seizure.protocolFee(), pair.collateral());
        tellBadDebt(story, account, pair, seizure);
      }
      case AaveV3.Answer.Refused(AaveV3.Refusal refusal) ->
          story.add("revert", refusal.error(), "why the pool refuses");
    }
    LoanFigures.generic(
        story,
        account,
        pair.collateral(),
        Fraction.of(asked.liquidationBonusBps()).over(BPS),
        pair.debt().valueOf(repaid),
        Fraction.ONE);
  }

  private void tellBadDebt(
      FigureList story, LoanAccount account, LoanPair pair, AaveV3.Seizure seizure) {
    if (!version.knowsDust()) {
      story.add("badDebt", "stays", "3.0 to 3.2 write nothing off");
      return;
    }
    boolean none = pool().noCollateralLeft(account, pair, seizure);
    List<BigInteger> others =
        account.debts().stream()
            .filter(debt -> !debt.equals(pair.debt()))
            .map(Reserve::amount)
            .toList();
    List<BigInteger> deficits = AaveV3.deficits(pool().pair(pair), seizure, others, none);
    story
        .add("hasNoCollateralLeft", none, "then every debt of the account is burned as deficit")
        .add("deficits", deficits.toString(), "base units, of the repaid debt first");
  }

  private static void tellAllowed(FigureList story, String of, Optional<AaveV3.Allowed> allowed) {
    allowed.ifPresent(each ->
        story.add(
            "allowed " + of,
            "up to %s%s"
                .formatted(
                    Fraction.of(each.partialMax()).over(DOLLAR),
                    each.full().map(full -> ", or " + Fraction.of(full).over(DOLLAR)).orElse("")),
            "base currency, leaving no dust"));
  }

  @Override
  public Fit shape(AccountView account, Listing listing) {
    return LoanFigures.wholeBps(LoanAccount.fit(account, listing), account, listing);
  }

  @Override
  public long thresholdPpm() {
    return version.averagesThresholds() ? ASKED_OF_AVERAGES_PPM : ASKED_BELOW_PPM;
  }

  @Override
  public String name() {
    return version.title();
  }

  @Override
  public Optional<String> leftOut() {
    return Optional.of(
        version.knowsDust()
            ? "efficiency modes, grace periods; burned debt is the fund's to pay"
            : "efficiency modes");
  }

  @Override
  public String summary() {
    return version.summary();
  }

  @Override
  public List<String> rule() {
    return version.rule();
  }

  @Override
  public String source() {
    return version.source();
  }

  @Override
  public AaveV3Rulebook with(Map<String, String> values) {
    return new AaveV3Rulebook(version, constants.with(values));
  }
}
