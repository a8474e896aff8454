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
import trimtab.rulebooks.adapter.LoanAccount.Reserve;
import trimtab.rulebooks.lending.AaveV4;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Aave v4 on accounts of the core; every number is [AaveV4]'s.
///
/// The collateral factors are the listing's asset weights, whole basis points. Target, bonus and
/// fee are a spoke's and a reserve's settings without defaults in the contract: the ones here are
/// examples. Taken: the pair of most value and as much as the target allows. An account of the core
/// has neither premium nor index: a share of debt and of supply is one base unit. Cut: prices to 8
/// decimals.
public record AaveV4Rulebook(Parameters constants) implements LendingRulebook {
  private static final int PRICE_DECIMALS = 8;
  private static final Fraction BPS = Fraction.of(Uint.BPS);

  /// With the contract's constants and example settings.
  static final AaveV4Rulebook DEFAULT =
      new AaveV4Rulebook(
          Parameters.of(
              LoanPair.PAIR,
              LoanPair.DEBT_TO_COVER,
              new Parameter(
                  "targetHealthFactorWad",
                  "1050000000000000000",
                  "x 1e-18; health factor that is restored; of the spoke, an example"),
              new Parameter(
                  "healthFactorForMaxBonusWad",
                  "900000000000000000",
                  "x 1e-18; health factor at and below which the bonus is largest; an example"),
              new Parameter(
                  "liquidationBonusFactorBps",
                  "5000",
                  "basis points; share of the largest bonus at a health of 1, an example"),
              new Parameter(
                  "maxLiquidationBonusBps",
                  "10500",
                  "basis points; repaid value and largest bonus, 10500 is 5%, an example"),
              ByAsset.exceptions("maxLiquidationBonusBps"),
              new Parameter(
                  "liquidationFeeBps",
                  "1000",
                  "basis points; the protocol's share of the bonus, an example"),
              new Parameter(
                  "liquidationHealthWad",
                  AaveV4.Parameters.DEFAULTS.liquidationHealthWad().toString(),
                  "x 1e-18; health factor, liquidatable below"),
              new Parameter(
                  "dustValue",
                  AaveV4.Parameters.DEFAULTS.dustValue().toString(),
                  "x 1e-26 dollars; what neither side may fall below"),
              new Parameter(
                  "feeRounding", "floor", "floor or ceil; later revisions round the fee up")));

  /// Refuses constants that are none.
  public AaveV4Rulebook {
    LoanPair.check(constants);
    SpokeTerms terms = SpokeTerms.of(constants);
    if (terms.spoke().targetHealthFactorWad().compareTo(Uint.WAD) < 0
        || terms.spoke().healthFactorForMaxBonusWad().compareTo(Uint.WAD) >= 0
        || terms.maxBonusBps().least().compareTo(Uint.BPS) < 0) {
      throw new IllegalArgumentException(
          "the target is at least 1, the health of the largest bonus below 1, a bonus at least"
              + " 10000 bps");
    }
  }

  /// The constants as the functions take them.
  private record SpokeTerms(
      AaveV4.SpokeConfig spoke,
      ByAsset maxBonusBps,
      BigInteger feeBps,
      AaveV4.Parameters parameters) {
    static SpokeTerms of(Parameters constants) {
      AaveV4.FeeRounding rounding =
          switch (constants.text("feeRounding")) {
            case "floor" -> AaveV4.FeeRounding.FLOOR;
            case "ceil" -> AaveV4.FeeRounding.CEIL;
            default -> throw new IllegalArgumentException("'feeRounding' is floor or ceil");
          };
      return new SpokeTerms(
          new AaveV4.SpokeConfig(
              constants.integer("targetHealthFactorWad"),
              constants.integer("healthFactorForMaxBonusWad"),
              constants.integer("liquidationBonusFactorBps")),
          ByAsset.of(constants, "maxLiquidationBonusBps"),
          constants.integer("liquidationFeeBps"),
          new AaveV4.Parameters(
              constants.integer("liquidationHealthWad"), constants.integer("dustValue"), rounding));
    }

    AaveV4.Supplied supplied(Reserve held) {
      return new AaveV4.Supplied(
          asset(held),
          held.amount(),
          new AaveV4.Hub(BigInteger.ZERO, BigInteger.ZERO, AaveV4.Hub.VIRTUAL_OFFSET),
          new AaveV4.CollateralConfig(held.thresholdBps(), maxBonusBps.of(held.symbol()), feeBps));
    }
  }

  private SpokeTerms terms() {
    return SpokeTerms.of(constants);
  }

  private static AaveV4.Asset asset(Reserve reserve) {
    return new AaveV4.Asset(reserve.decimals(), reserve.price(PRICE_DECIMALS));
  }

  private static AaveV4.Drawn drawn(Reserve owed) {
    return new AaveV4.Drawn(asset(owed), owed.amount(), BigInteger.ZERO, Uint.RAY);
  }

  private static AaveV4.Account account(LoanAccount account) {
    BigInteger debt =
        account.debts().stream()
            .map(owed -> asset(owed).value(drawn(owed).debtRay()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    List<AaveV4.Weighed> held =
        account.collaterals().stream()
            .map(each -> new AaveV4.Weighed(asset(each).value(each.amount()), each.thresholdBps()))
            .toList();
    return new AaveV4.Account(AaveV4.healthFactorWad(held, debt), debt);
  }

  private AaveV4.Answer answer(LoanAccount account, LoanPair pair) {
    SpokeTerms terms = terms();
    AaveV4.Account whole = account(account);
    AaveV4.Supplied supplied = terms.supplied(pair.collateral());
    AaveV4.Drawn drawn = drawn(pair.debt());
    BigInteger offer = pair.offer(constants).orElse(pair.debt().amount());
    Optional<AaveV4.Refusal> refusal =
        AaveV4.refusal(
            supplied, drawn, whole, offer, AaveV4.Circumstances.CLEAR, terms.parameters());
    return refusal.isPresent()
        ? new AaveV4.Answer.Refused(refusal.get())
        : AaveV4.liquidationAmounts(
            supplied, drawn, whole, offer, terms.spoke(), terms.parameters());
  }

  @Override
  public LoanCall call(LoanAccount account) {
    Optional<LoanPair> chosen = LoanPair.chosen(account, constants);
    if (chosen.isEmpty()) {
      return new LoanCall.Refused("the account lacks a side of the pair");
    }
    LoanPair pair = chosen.get();
    return switch (answer(account, pair)) {
      case AaveV4.Answer.Liquidated(AaveV4.Amounts amounts) ->
          new LoanCall.Taken(
              pair,
              amounts.assetsPaid(),
              amounts.sharesToLiquidate(),
              "health factor %s: %s, at %s bps"
                  .formatted(
                      LoanFigures.wad(account(account).healthFactorWad()),
                      LoanFigures.exchange(pair, amounts.assetsPaid(), amounts.sharesToLiquidate()),
                      amounts.liquidationBonusBps()));
      case AaveV4.Answer.Refused(AaveV4.Refusal refusal) ->
          new LoanCall.Refused("the spoke refuses: " + refusal.error());
    };
  }

  @Override
  public BigInteger seizedFor(LoanAccount account, LoanPair pair, BigInteger repaid) {
    return shares(pair, repaid, bonusBps(account, pair)).min(pair.collateral().amount());
  }

  private BigInteger shares(LoanPair pair, BigInteger repaid, BigInteger bonusBps) {
    return AaveV4.collateralShares(
        repaid.multiply(Uint.RAY),
        asset(pair.debt()).unit(),
        asset(pair.debt()).price(),
        asset(pair.collateral()).unit(),
        asset(pair.collateral()).price(),
        bonusBps,
        terms().supplied(pair.collateral()).hub());
  }

  private BigInteger bonusBps(LoanAccount account, LoanPair pair) {
    return AaveV4.liquidationBonusBps(
        account(account).healthFactorWad().min(Uint.WAD),
        terms().maxBonusBps().of(pair.collateral().symbol()),
        terms().spoke());
  }

  @Override
  public Fraction largestBonus() {
    return Fraction.of(terms().maxBonusBps().largest()).over(BPS).minus(Fraction.ONE);
  }

  /// At the bonus of this health, or a little above it.
  @Override
  public PenaltyTerms penalty(Health health, EpisodeState episode, long nowNanos) {
    BigInteger owed = health.obligation().toBigInteger();
    BigInteger backing = health.backing().toBigInteger();
    if (owed.signum() <= 0 || backing.compareTo(owed) > 0) {
      return penalty();
    }
    BigInteger factor = Uint.mulDivFloor(backing, Uint.WAD, owed);
    BigInteger bonus =
        AaveV4.liquidationBonusBps(
            Uint.minusOrZero(factor, BigInteger.TEN.pow(10)),
            terms().maxBonusBps().largest(),
            terms().spoke());
    long ppm = bonus.subtract(Uint.BPS).longValueExact() * (Ppm.ONE / 10_000) + 1;
    return penalty().atRates(0, ppm);
  }

  @Override
  public Fraction protocolShare() {
    return Fraction.of(terms().feeBps()).over(BPS);
  }

  @Override
  public List<Figure> story(LoanAccount account) {
    FigureList story = new FigureList();
    AaveV4.Account whole = account(account);
    story
        .add("totalDebtValueRay", whole.totalDebtValueRay(), "x 1e-53 dollars")
        .add(
            "healthFactor", whole.healthFactorWad(), "x 1e-18; strictly below 1e18 is liquidatable")
        .add(
            "liquidatable",
            AaveV4.isLiquidatable(whole.healthFactorWad(), terms().parameters()),
            "by the spoke's own rounding");
    LoanPair.chosen(account, constants).ifPresent(pair -> tellPair(story, account, pair));
    return story.list();
  }

  private void tellPair(FigureList story, LoanAccount account, LoanPair pair) {
    AaveV4.Account whole = account(account);
    BigInteger bonus = bonusBps(account, pair);
    story
        .add("pair", pair.symbols(), "debt/collateral, the liquidator's choice")
        .add("liquidationBonus", bonus, "bps of the repaid value, at this health")
        .tryAdd(
            "debtToTarget",
            () ->
                Fraction.of(
                    AaveV4.debtToTargetRay(
                        whole,
                        asset(pair.debt()).unit(),
                        asset(pair.debt()).price(),
                        pair.collateral().thresholdBps(),
                        bonus,
                        terms().spoke().targetHealthFactorWad())),
            pair.debt().units() + " x 1e-27")
        .amount("collateralShares", shares(pair, pair.debt().amount(), bonus), pair.collateral());
    BigInteger repaid = BigInteger.ZERO;
    if (answer(account) instanceof LoanCall.Taken
        && answer(account, pair) instanceof AaveV4.Answer.Liquidated(AaveV4.Amounts amounts)) {
      repaid = amounts.assetsPaid();
      tellAmounts(story, account, pair, amounts);
    } else if (answer(account) instanceof LoanCall.Refused(String reason)) {
      story.add("revert", reason, "");
    }
    LoanFigures.generic(
        story,
        account,
        pair.collateral(),
        Fraction.of(bonus).over(BPS),
        pair.debt().valueOf(repaid),
        Fraction.of(terms().spoke().targetHealthFactorWad()).over(Fraction.of(Uint.WAD)));
  }

  private void tellAmounts(
      FigureList story, LoanAccount account, LoanPair pair, AaveV4.Amounts amounts) {
    SpokeTerms terms = terms();
    boolean collateralEmptied = amounts.sharesToLiquidate().equals(pair.collateral().amount());
    boolean debtEmptied = amounts.repayment().drawnShares().equals(pair.debt().amount());
    story
        .amount("assetsPaid", amounts.assetsPaid(), pair.debt())
        .amount("drawnSharesToLiquidate", amounts.repayment().drawnShares(), pair.debt())
        .add("premiumDebtToLiquidate", amounts.repayment().premiumDebtRay(), "x 1e-27 base units")
        .amount("collateralSharesToLiquidate", amounts.sharesToLiquidate(), pair.collateral())
        .amount("collateralSharesToLiquidator", amounts.sharesToLiquidator(), pair.collateral())
        .amount(
            "feeShares",
            AaveV4.feeShares(
                amounts.sharesToLiquidate(),
                amounts.liquidationBonusBps(),
                terms.feeBps(),
                terms.parameters()),
            pair.collateral())
        .add(
            "isDeficit",
            AaveV4.isDeficit(
                collateralEmptied,
                account.collaterals().size(),
                debtEmptied,
                account.debts().size()),
            "whether what is left of the debts is reported to the hubs");
  }

  @Override
  public Fit shape(AccountView account, Listing listing) {
    return LoanFigures.wholeBps(LoanAccount.fit(account, listing), account, listing);
  }

  @Override
  public String name() {
    return "aave-v4";
  }

  @Override
  public Optional<String> leftOut() {
    return Optional.of("premium debt and share prices of hubs; a deficit is the fund's to pay");
  }

  @Override
  public String summary() {
    return "Aave v4: just to a target health, for a bonus that grows as health falls";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "Liquidatable with a health factor strictly below 1.",
        "The liquidator chooses debt and collateral: the adapter takes the pair of most value;"
            + " 'pair' and 'debtToCover' name another.",
        "As much debt is repaid as restores the target, rounded up, by bonus and collateral factor"
            + " of what is seized.",
        "The bonus is largest at and below a health of its own and falls linearly to a share of it"
            + " at 1; the protocol's fee is a share of the bonus.",
        "Where less than 1,000 dollars of debt would be left, all of it is repaid; where as little"
            + " collateral would be left beside debt, all of it is seized.",
        "Debt that no collateral stands behind is reported to the hubs as deficit.");
  }

  @Override
  public String source() {
    return "aave/aave-v4@36be1612 tests of src/spoke/libraries/LiquidationLogic.sol;"
        + " docs/features/LiquidationEngine.md";
  }

  @Override
  public AaveV4Rulebook with(Map<String, String> values) {
    return new AaveV4Rulebook(constants.with(values));
  }
}
