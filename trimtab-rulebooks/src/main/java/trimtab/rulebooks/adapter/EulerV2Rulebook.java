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
import trimtab.rulebooks.lending.EulerV2;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Euler v2 on accounts of the core with one debt, of which every figure is [EulerV2]'s. No account
/// is closed: the liquidator inherits the debt.
///
/// The liquidation LTVs are the listing's asset weights, whole basis points; a share of a
/// collateral vault is one base unit. The unit of account has 18 decimals of the settlement
/// currency, cut below. Discount, cool-off and socialisation are a vault's settings. Told is the
/// collateral of most value and as much debt as possible, unless `pair` and `debtToCover` name
/// another.
public record EulerV2Rulebook(Parameters constants) implements LoanFigures {
  private static final Fraction WAD = Fraction.of(Uint.WAD);
  private static final String STYLE =
      "the liquidator inherits the debt with the collateral; a debt that changes hands is not"
          + " hosted";

  /// With the numbers of the contract's tests.
  static final EulerV2Rulebook DEFAULT =
      new EulerV2Rulebook(
          Parameters.of(
              LoanPair.PAIR,
              LoanPair.DEBT_TO_COVER,
              new Parameter(
                  "maxLiquidationDiscountBps",
                  EulerV2.Parameters.DEFAULTS.maxDiscountBps().toString(),
                  "basis points; highest discount, of the vault"),
              new Parameter(
                  "coolOffSeconds",
                  EulerV2.Parameters.DEFAULTS.coolOffSeconds().toString(),
                  "seconds after a status check in which nobody is liquidated, of the vault"),
              new Parameter(
                  "sinceStatusCheckSeconds", "3600", "seconds since the account's last one"),
              new Parameter(
                  "minSocialisedValue",
                  EulerV2.Parameters.DEFAULTS.minSocialisedValue().toString(),
                  "units of account; least liability whose rest is written off"),
              new Parameter(
                  "socialisesDebt", "true", "whether the rest is written off, of the vault"),
              new Parameter("minYield", "0", "whole tokens that the liquidator accepts at least")));

  /// Refuses constants that are none.
  public EulerV2Rulebook {
    LoanPair.check(constants);
    vault(constants);
    if (constants.integer("maxLiquidationDiscountBps").compareTo(Uint.BPS) >= 0
        || constants.number("minYield").signum() < 0
        || constants.integer("sinceStatusCheckSeconds").signum() < 0) {
      throw new IllegalArgumentException(
          "'maxLiquidationDiscountBps' is below 10000, the yield and seconds are at least 0");
    }
  }

  private static EulerV2.Parameters vault(Parameters constants) {
    return new EulerV2.Parameters(
        constants.integer("maxLiquidationDiscountBps"),
        constants.integer("coolOffSeconds"),
        constants.integer("minSocialisedValue"),
        constants.flag("socialisesDebt"));
  }

  private EulerV2.Parameters vault() {
    return vault(constants);
  }

  /// Units of account per base unit x 1e18.
  private static BigInteger priceWad(Reserve reserve) {
    return reserve.valueOf(BigInteger.ONE).times(WAD).times(WAD).floor();
  }

  private static EulerV2.Collateral collateral(Reserve held) {
    return new EulerV2.Collateral(held.amount(), priceWad(held), held.thresholdBps());
  }

  @Override
  public List<Figure> story(LoanAccount account) {
    Reserve owed = account.debts().getFirst();
    EulerV2.Debt debt = new EulerV2.Debt(owed.amount(), priceWad(owed));
    List<EulerV2.Collateral> held =
        account.collaterals().stream().map(EulerV2Rulebook::collateral).toList();
    EulerV2.Liquidity liquidity = EulerV2.liquidity(debt, held);
    FigureList story = new FigureList();
    story
        .add("liabilityValue", liquidity.liabilityValue(), "x 1e-18 units of account")
        .add(
            "collateralAdjustedValue",
            liquidity.collateralAdjustedValue(),
            "x 1e-18 units of account")
        .add("inViolation", EulerV2.isViolation(liquidity), "adjusted is not above liability")
        .add(
            "coolingOff",
            EulerV2.isCoolingOff(
                constants.integer("sinceStatusCheckSeconds"), BigInteger.ZERO, vault()),
            "by the seconds since the last status check")
        .tryAdd(
            "discountFactor",
            () -> Fraction.of(EulerV2.discountFactor(liquidity, vault())),
            "x 1e-18; 1e18 less the discount, where in violation");
    LoanPair.chosen(account, constants)
        .ifPresent(pair -> tellPair(story, account, pair, debt, held));
    return story.list();
  }

  private void tellPair(
      FigureList story,
      LoanAccount account,
      LoanPair pair,
      EulerV2.Debt debt,
      List<EulerV2.Collateral> held) {
    int seized = account.collaterals().indexOf(pair.collateral());
    EulerV2.Liquidation most = EulerV2.maxLiquidation(debt, held, seized, vault());
    EulerV2.Outcome outcome =
        EulerV2.liquidate(
            debt,
            held,
            seized,
            vault(),
            pair.offer(constants).orElse(EulerV2.AS_MUCH_AS_POSSIBLE),
            constants.number("minYield").times(Fraction.of(pair.collateral().unit())).floor());
    story
        .add("pair", pair.symbols(), "debt/collateral, the liquidator's choice")
        .amount("maxRepay", most.repay(), pair.debt())
        .amount("maxYield", most.yieldBalance(), pair.collateral());
    BigInteger repaid = BigInteger.ZERO;
    switch (outcome) {
      case EulerV2.Liquidation done -> {
        repaid = done.repay();
        story
            .amount("inheritedDebt", done.repay(), pair.debt())
            .amount("yieldBalance", done.yieldBalance(), pair.collateral())
            .amount(
                "socialisedDebt",
                EulerV2.socialisedDebt(debt, held, seized, done, vault()),
                pair.debt());
      }
      case EulerV2.Refused(EulerV2.Refusal reason, EulerV2.Liquidity _) ->
          story.add("revert", reason.error(), "why the contract refuses");
    }
    LoanFigures.generic(
        story,
        account,
        pair.collateral(),
        WAD.over(Fraction.of(most.discountFactorWad())),
        pair.debt().valueOf(repaid),
        Fraction.ONE);
  }

  @Override
  public Fit shape(AccountView account, Listing listing) {
    return LoanFigures.wholeBps(LoanFigures.oneDebt(account, listing), account, listing);
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
    return "euler-v2";
  }

  @Override
  public String summary() {
    return "Euler v2: the liquidator inherits the debt, at a discount of 1 less the health score";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "In violation when the collaterals at their liquidation LTVs are not above the debt;"
            + " equality is in violation.",
        "A liquidator names a collateral and inherits debt up to all of it, for that much"
            + " collateral at the discount; where it does not cover all, it is seized whole.",
        "The discount is 1 less the health score, at most the vault's maximum; no fee, no rule of"
            + " dust.",
        "Once every collateral is gone, the rest of a debt worth the least value is written off"
            + " against the depositors.");
  }

  @Override
  public String source() {
    return "euler-xyz/euler-vault-kit@5b98b420 src/EVault/modules/Liquidation.sol";
  }

  @Override
  public EulerV2Rulebook with(Map<String, String> values) {
    return new EulerV2Rulebook(constants.with(values));
  }
}
