package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.account.AccountView;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Parameter;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.lending.MorphoBlue;
import trimtab.rulebooks.lending.MorphoPreLiquidation;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// Morpho pre-liquidation on accounts of the core with one debt and one collateral; every number is
/// [MorphoPreLiquidation]'s.
///
/// A contract has no defaults: the ones here are those of the SDK's tests. The collateral's asset
/// weight has to be the LLTV of the contract's market. The account is asked while its health is
/// below `LLTV / preLLTV`; what the window says decides. Taken: all that the close factor allows.
/// The market is as [IsolatedMarket] says, both prices are the mark, cut to 36 decimals.
public record MorphoPreLiquidationRulebook(Parameters constants) implements LendingRulebook {
  private static final Fraction WAD = Fraction.of(Uint.WAD);

  /// With the numbers of the SDK's tests.
  static final MorphoPreLiquidationRulebook DEFAULT = new MorphoPreLiquidationRulebook(defaults());

  private static Parameters defaults() {
    MorphoPreLiquidation.Parameters tests = MorphoPreLiquidation.Parameters.DEFAULTS;
    return Parameters.of(
        LoanPair.DEBT_TO_COVER,
        wad("lltvWad", tests.lltvWad(), "loan-to-value where the window ends, the market's"),
        wad("preLltvWad", tests.preLltvWad(), "loan-to-value above which it begins"),
        wad("preLcf1Wad", tests.closeFactorLowWad(), "share of the debt where it begins"),
        wad("preLcf2Wad", tests.closeFactorHighWad(), "share of the debt where it ends"),
        wad("preLif1Wad", tests.incentiveLowWad(), "seized over repaid value where it begins"),
        wad("preLif2Wad", tests.incentiveHighWad(), "seized over repaid value where it ends"));
  }

  private static Parameter wad(String name, BigInteger value, String meaning) {
    return new Parameter(name, value.toString(), "x 1e-18; " + meaning);
  }

  /// Refuses what no contract can be created with.
  public MorphoPreLiquidationRulebook {
    LoanPair.checkOffer(constants);
    Optional<MorphoPreLiquidation.CreationRefusal> refusal =
        MorphoPreLiquidation.creationRefusal(contract(constants));
    if (refusal.isPresent()) {
      throw new IllegalArgumentException(
          "no such contract can be created: " + refusal.get().error());
    }
  }

  private static MorphoPreLiquidation.Parameters contract(Parameters constants) {
    return new MorphoPreLiquidation.Parameters(
        constants.integer("lltvWad"),
        constants.integer("preLltvWad"),
        constants.integer("preLcf1Wad"),
        constants.integer("preLcf2Wad"),
        constants.integer("preLif1Wad"),
        constants.integer("preLif2Wad"));
  }

  private MorphoPreLiquidation.Parameters contract() {
    return contract(constants);
  }

  private MorphoPreLiquidation.Outcome window(LoanPair pair) {
    return MorphoPreLiquidation.window(
        IsolatedMarket.market(pair),
        IsolatedMarket.position(pair),
        IsolatedMarket.price(pair),
        contract());
  }

  private MorphoPreLiquidation.Outcome repaying(LoanPair pair, BigInteger shares) {
    return MorphoPreLiquidation.preLiquidate(
        IsolatedMarket.market(pair),
        IsolatedMarket.position(pair),
        IsolatedMarket.price(pair),
        IsolatedMarket.price(pair),
        contract(),
        MorphoBlue.Request.repay(shares));
  }

  private MorphoPreLiquidation.Outcome outcome(LoanPair pair) {
    return switch (window(pair)) {
      case MorphoPreLiquidation.Window window ->
          repaying(
              pair,
              pair.offer(constants).map(IsolatedMarket::shares).orElse(window.repayableShares()));
      case MorphoPreLiquidation.Refused refused -> refused;
      case MorphoPreLiquidation.PreLiquidated done -> done;
    };
  }

  @Override
  public LoanCall call(LoanAccount account) {
    LoanPair pair = IsolatedMarket.pair(account);
    return switch (outcome(pair)) {
      case MorphoPreLiquidation.PreLiquidated done ->
          new LoanCall.Taken(
              pair,
              done.repaidAssets(),
              done.seizedAssets(),
              "loan-to-value %s, factor %s: %s"
                  .formatted(
                      LoanFigures.wad(done.window().ltvWad()),
                      LoanFigures.wad(done.window().incentiveFactorWad()),
                      LoanFigures.exchange(pair, done.repaidAssets(), done.seizedAssets())));
      case MorphoPreLiquidation.Refused(MorphoPreLiquidation.Refusal reason) ->
          new LoanCall.Refused("the contract reverts: " + reason.error());
      case MorphoPreLiquidation.Window _ -> new LoanCall.Refused("nothing is asked for");
    };
  }

  @Override
  public BigInteger seizedFor(LoanAccount account, LoanPair pair, BigInteger repaid) {
    return switch (repaying(pair, IsolatedMarket.shares(repaid))) {
      case MorphoPreLiquidation.PreLiquidated done -> done.seizedAssets();
      case MorphoPreLiquidation.Refused _, MorphoPreLiquidation.Window _ ->
          repaid.signum() == 0 ? BigInteger.ZERO : pair.collateral().amount();
    };
  }

  @Override
  public Fraction largestBonus() {
    return Fraction.of(contract().incentiveHighWad()).over(WAD).minus(Fraction.ONE);
  }

  @Override
  public List<Figure> story(LoanAccount account) {
    LoanPair pair = IsolatedMarket.pair(account);
    FigureList story = new FigureList();
    story.add(
        "collateralPrice", IsolatedMarket.price(pair), "x 1e-36 debt units per collateral unit");
    BigInteger factor = contract().incentiveLowWad();
    BigInteger repaid = BigInteger.ZERO;
    switch (window(pair)) {
      case MorphoPreLiquidation.Window window -> {
        factor = window.incentiveFactorWad();
        story
            .add("ltv", window.ltvWad(), "x 1e-18; in the window")
            .add("quotient", window.quotientWad(), "x 1e-18; place in the window")
            .add("preLif", factor, "x 1e-18, seized value over repaid value")
            .add("preLcf", window.closeFactorWad(), "x 1e-18, of the debt")
            .add("repayableShares", window.repayableShares(), "debt shares")
            .amount("seizableCollateral", window.seizableCollateral(), pair.collateral());
      }
      case MorphoPreLiquidation.Refused(MorphoPreLiquidation.Refusal reason) ->
          story.add("window", reason.error(), "not in it");
      case MorphoPreLiquidation.PreLiquidated _ -> {}
    }
    switch (outcome(pair)) {
      case MorphoPreLiquidation.PreLiquidated done -> {
        repaid = done.repaidAssets();
        story
            .amount("seizedAssets", done.seizedAssets(), pair.collateral())
            .add("repaidShares", done.repaidShares(), "debt shares")
            .amount("repaidAssets", done.repaidAssets(), pair.debt())
            .amount("collateralLeft", done.position().collateral(), pair.collateral())
            .add("borrowSharesLeft", done.position().borrowShares(), "debt shares");
      }
      case MorphoPreLiquidation.Refused(MorphoPreLiquidation.Refusal reason) ->
          story.add("revert", reason.error(), "why the contract refuses");
      case MorphoPreLiquidation.Window _ -> {}
    }
    LoanFigures.generic(
        story,
        account,
        pair.collateral(),
        Fraction.of(factor).over(WAD),
        pair.debt().valueOf(repaid),
        Fraction.of(contract().lltvWad()).over(Fraction.of(contract().preLltvWad())));
    return story.list();
  }

  @Override
  public Fit shape(AccountView account, Listing listing) {
    Fit pair = LoanFigures.onePair(account, listing);
    if (pair instanceof Fit.Misfit) {
      return pair;
    }
    for (int held : LoanAccount.assets(account, false)) {
      Asset asset = listing.assets().get(held);
      BigInteger wad = BigInteger.valueOf(asset.assetWeightPpm()).multiply(BigInteger.TEN.pow(12));
      if (!wad.equals(contract().lltvWad())) {
        return new Fit.Misfit(
            "%s has a threshold of %s, the contract's market an LLTV of %s"
                .formatted(
                    asset.symbol(),
                    Ppm.format(asset.assetWeightPpm()),
                    Fraction.of(contract().lltvWad()).over(WAD)));
      }
    }
    return pair;
  }

  /// Where the window begins, a little above.
  @Override
  public long thresholdPpm() {
    BigInteger scaled = contract().lltvWad().multiply(BigInteger.valueOf(Ppm.ONE));
    return Uint.divCeil(scaled, contract().preLltvWad()).longValueExact() + 1;
  }

  @Override
  public String name() {
    return "morpho-pre-liquidation";
  }

  @Override
  public String summary() {
    return "Morpho pre-liquidation: below the LLTV, a share of the debt that grows over a window";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "Inside preLLTV < loan-to-value <= LLTV; above it Morpho Blue's own rule holds.",
        "A share of the debt may be repaid that rises over the window, for a factor that rises"
            + " with it: the adapter repays all of that share; 'debtToCover' names less.",
        "It reverts where the position would be unhealthy on Morpho Blue afterwards.",
        "No fee, no rule of dust, no bad debt of its own.");
  }

  @Override
  public String source() {
    return "morpho-org/pre-liquidation@9e8b7f4 src/PreLiquidation.sol";
  }

  @Override
  public MorphoPreLiquidationRulebook with(Map<String, String> values) {
    return new MorphoPreLiquidationRulebook(constants.with(values));
  }
}
