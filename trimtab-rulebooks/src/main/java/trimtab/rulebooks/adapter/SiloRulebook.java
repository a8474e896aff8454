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
import trimtab.rulebooks.lending.Silo;
import trimtab.rulebooks.lending.SiloV2;
import trimtab.rulebooks.lending.SiloV3;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Silo v2 and v3 on accounts of the core with one debt and one collateral; every number is
/// [SiloV2]'s or [SiloV3]'s.
///
/// The threshold is the collateral's asset weight; target and fee are a market's, the defaults
/// those of the contract's tests. Taken: the most that the rule allows. Values have 18 decimals of
/// the settlement currency, cut below. Liquidation by defaulting (v3) is told in the figures alone:
/// it redistributes.
///
/// @param version whose functions are called
public record SiloRulebook(SiloVersion version, Parameters constants) implements LendingRulebook {
  private static final Fraction WAD = Fraction.of(Uint.WAD);

  /// Refuses constants that are none.
  public SiloRulebook {
    LoanPair.checkOffer(constants);
    if (constants.number("protectedTokens").signum() < 0
        || constants.integer("liquidationFeeWad").compareTo(Uint.WAD) >= 0
        || constants.integer("targetLtvWad").signum() < 0
        || constants.integer("fullLiquidationThresholdWad").signum() < 0) {
      throw new IllegalArgumentException(
          "target, fee, threshold and protected tokens are at least 0, the fee below 1e18");
    }
  }

  /// A version with the numbers of its tests.
  static SiloRulebook of(SiloVersion version) {
    Silo.Parameters tests = version == SiloVersion.V2 ? SiloV2.DEFAULTS : SiloV3.DEFAULTS;
    List<Parameter> list = new ArrayList<>();
    list.add(LoanPair.DEBT_TO_COVER);
    list.add(wad("targetLtvWad", tests.targetLtvWad(), "loan-to-value that is restored; 0: none"));
    list.add(wad("liquidationFeeWad", tests.liquidationFeeWad(), "of the repaid value, on top"));
    list.add(
        wad(
            "fullLiquidationThresholdWad",
            tests.fullLiquidationThresholdWad(),
            "share of the debt above which all of it must be repaid"));
    list.add(
        new Parameter(
            "protectedTokens", "0", "whole tokens of the collateral that are not lent on"));
    if (version == SiloVersion.V3) {
      list.add(
          wad(
              "defaultingMarginWad",
              SiloV3.DEFAULTING_MARGIN_WAD,
              "above the threshold, defaulting"));
      list.add(wad("keeperFeeWad", SiloV3.KEEPER_FEE_WAD, "the keeper's part of the fee then"));
    }
    return new SiloRulebook(version, Parameters.of(list.toArray(Parameter[]::new)));
  }

  private static Parameter wad(String name, BigInteger value, String meaning) {
    return new Parameter(name, value.toString(), "x 1e-18; " + meaning);
  }

  private Silo.Parameters market(LoanPair pair) {
    return new Silo.Parameters(
        pair.collateral().thresholdWad(),
        constants.integer("targetLtvWad"),
        constants.integer("liquidationFeeWad"),
        constants.integer("fullLiquidationThresholdWad"));
  }

  private static BigInteger value(Reserve reserve) {
    return reserve.value().times(WAD).floor();
  }

  private Silo.Position position(LoanPair pair) {
    Reserve held = pair.collateral();
    BigInteger kept = constants.number("protectedTokens").times(Fraction.of(held.unit())).floor();
    return new Silo.Position(
        held.amount(),
        kept.min(held.amount()),
        value(held),
        pair.debt().amount(),
        value(pair.debt()));
  }

  private Silo.Outcome outcome(LoanPair pair) {
    return version.liquidate(
        position(pair), pair.offer(constants).orElse(pair.debt().amount()), market(pair));
  }

  @Override
  public LoanCall call(LoanAccount account) {
    LoanPair pair = IsolatedMarket.pair(account);
    return switch (outcome(pair)) {
      case Silo.Liquidated done ->
          new LoanCall.Taken(
              pair,
              done.debtAssets(),
              done.collateralAssets(),
              "loan-to-value %s: %s"
                  .formatted(
                      LoanFigures.wad(
                          version.loanToValue(value(pair.debt()), value(pair.collateral()))),
                      LoanFigures.exchange(pair, done.debtAssets(), done.collateralAssets())));
      case Silo.Refused(Silo.Refusal reason) ->
          new LoanCall.Refused("the contract reverts: " + reason.error());
    };
  }

  @Override
  public BigInteger seizedFor(LoanAccount account, LoanPair pair, BigInteger repaid) {
    Silo.Position position = position(pair);
    BigInteger repayValue = Uint.mulDivFloor(repaid, position.debtValue(), position.debtAssets());
    return version.collateralsToLiquidate(repayValue, position, market(pair)).collateralAssets();
  }

  @Override
  public Fraction largestBonus() {
    return Fraction.of(constants.integer("liquidationFeeWad")).over(WAD);
  }

  @Override
  public List<Figure> story(LoanAccount account) {
    LoanPair pair = IsolatedMarket.pair(account);
    Silo.Position position = position(pair);
    Silo.Parameters market = market(pair);
    FigureList story = new FigureList();
    story
        .add("collateralValue", position.collateralValue(), "x 1e-18 settlement currency")
        .add("debtValue", position.debtValue(), "x 1e-18 settlement currency")
        .tryAdd(
            "loanToValue",
            () ->
                Fraction.of(version.loanToValue(position.debtValue(), position.collateralValue())),
            "x 1e-18, rounded up")
        .add("solvent", version.isSolvent(position, market), "loan-to-value is not above threshold")
        .add("threshold", market.liquidationThresholdWad(), "x 1e-18");
    if (version == SiloVersion.V2) {
      story.add(
          "targetOfThreshold",
          SiloV2.targetOf(market.liquidationThresholdWad()),
          "x 1e-18; the target where a market has no setting for it");
    }
    BigInteger repayValue = version.estimateMaxRepayValue(position, market);
    Silo.Values preview = version.maxLiquidationPreview(position, market);
    Silo.Seizure seizure = version.collateralsToLiquidate(repayValue, position, market);
    Silo.Split split = version.split(seizure.collateralAssets(), position.protectedAssets());
    Silo.Assets forecast = version.maxLiquidation(position, market);
    story
        .add("estimateMaxRepayValue", repayValue, "x 1e-18 settlement currency")
        .add("maxLiquidationCollateral", preview.collateralValue(), "x 1e-18 settlement currency")
        .amount("forecastCollateral", forecast.collateralAssets(), pair.collateral())
        .amount("forecastDebt", forecast.debtAssets(), pair.debt())
        .amount("collateralsToLiquidate", seizure.collateralAssets(), pair.collateral())
        .amount("fromProtected", split.fromProtected(), pair.collateral())
        .amount("fromCollateral", split.fromCollateral(), pair.collateral());
    BigInteger repaid = tellOutcome(story, pair);
    if (version == SiloVersion.V3) {
      tellDefaulting(story, pair);
    }
    Fraction threshold = Fraction.of(market.liquidationThresholdWad());
    Fraction target = Fraction.of(market.targetLtvWad());
    LoanFigures.generic(
        story,
        account,
        pair.collateral(),
        Fraction.ONE.plus(largestBonus()),
        pair.debt().valueOf(repaid),
        target.signum() == 0 ? Fraction.ONE : threshold.over(target));
    return story.list();
  }

  private BigInteger tellOutcome(FigureList story, LoanPair pair) {
    return switch (outcome(pair)) {
      case Silo.Liquidated done -> {
        story
            .amount("repaid", done.debtAssets(), pair.debt())
            .amount("seized", done.collateralAssets(), pair.collateral())
            .add("loanToValueAfter", done.ltvAfterWad(), "x 1e-18; 0 if a side is empty")
            .add("badDebt", "stays", "nothing is written off");
        yield done.debtAssets();
      }
      case Silo.Refused(Silo.Refusal reason) -> {
        story.add("revert", reason.error(), "why the contract refuses");
        yield BigInteger.ZERO;
      }
    };
  }

  private void tellDefaulting(FigureList story, LoanPair pair) {
    Silo.Outcome outcome =
        SiloV3.liquidateByDefaulting(
            position(pair), market(pair), constants.integer("defaultingMarginWad"));
    switch (outcome) {
      case Silo.Liquidated done -> {
        BigInteger keeper =
            SiloV3.keeperShares(
                done.collateralAssets(),
                constants.integer("liquidationFeeWad"),
                constants.integer("keeperFeeWad"));
        story
            .amount("defaultingCancels", done.debtAssets(), pair.debt())
            .amount("defaultingSeizes", done.collateralAssets(), pair.collateral())
            .amount("keeperShares", keeper, pair.collateral());
      }
      case Silo.Refused(Silo.Refusal reason) ->
          story.add("defaulting", reason.error(), "loan-to-value is within the margin");
    }
  }

  @Override
  public Fit shape(AccountView account, Listing listing) {
    return LoanFigures.onePair(account, listing);
  }

  @Override
  public String name() {
    return version == SiloVersion.V2 ? "silo-v2" : "silo-v3";
  }

  @Override
  public Optional<String> leftOut() {
    return version == SiloVersion.V3
        ? Optional.of("liquidation by defaulting, which redistributes to the lenders")
        : Optional.empty();
  }

  @Override
  public String summary() {
    return switch (version) {
      case V2 -> "Silo v2: down to a target loan-to-value, or all of the debt, for a fee";
      case V3 -> "Silo v3: as v2; far above the threshold the debt may be cancelled (figures)";
    };
  }

  @Override
  public List<String> rule() {
    return List.of(
        "Liquidatable with a loan-to-value strictly above the threshold, rounded up.",
        "Down to the target; all of the debt where the target cannot be reached or more than 90% of"
            + " it would be repaid. The adapter repays the most that is allowed; 'debtToCover'"
            + " names less.",
        "The liquidator receives the repaid value and the fee, at most all of the collateral; the"
            + " protected part goes first.",
        "Nothing is written off: from a loan-to-value of 100% any amount may be repaid.");
  }

  @Override
  public String source() {
    return switch (version) {
      case V2 -> "silo-finance/silo-contracts-v2@b4208e9a PartialLiquidationLib.sol";
      case V3 -> "silo-finance/silo-contracts-v3@a3c0e19e PartialLiquidationLib.sol";
    };
  }

  @Override
  public SiloRulebook with(Map<String, String> values) {
    return new SiloRulebook(version, constants.with(values));
  }
}
