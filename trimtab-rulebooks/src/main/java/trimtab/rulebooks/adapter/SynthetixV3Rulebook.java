package trimtab.rulebooks.adapter;

import static trimtab.rulebooks.adapter.CrossAccount.decimal;

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
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.adapter.PerpetualAccount.Held;
import trimtab.rulebooks.derivatives.SynthetixV3;
import trimtab.rulebooks.derivatives.SynthetixV3.Capacity;
import trimtab.rulebooks.derivatives.SynthetixV3.Closed;
import trimtab.rulebooks.derivatives.SynthetixV3.Keepers;
import trimtab.rulebooks.derivatives.SynthetixV3.Margins;
import trimtab.rulebooks.derivatives.SynthetixV3.Market;
import trimtab.rulebooks.number.Fraction;

/// The figures of [SynthetixV3] on accounts of the core: perpetuals backed by the settlement
/// currency, every market with the same constants. Sizes, prices and USD have eighteen decimals,
/// which hold the listing's exactly.
///
/// Nothing is closed by it: a flagged account loses all its collateral at once and its positions to
/// the pool, window by window, for which the core has no place; and the trigger is not the
/// listing's requirement but one that grows with size over the market's skew scale.
///
/// @param constants those of the venue's test of windows; keepers' costs are 0, as no document
///   states them
public record SynthetixV3Rulebook(Parameters constants) implements VenueRulebook {
  /// With the constants of the venue's test.
  public static final SynthetixV3Rulebook DEFAULT = new SynthetixV3Rulebook(documented());

  private static final int DECIMALS = 18;
  private static final String MISFIT =
      "all collateral is seized when an account is flagged, and its positions are closed against"
          + " the pool by windows of time";

  /// @throws IllegalArgumentException if a constant does not fit
  public SynthetixV3Rulebook {
    Fraction most = Fraction.of(1_000_000_000_000L);
    for (Parameter parameter : constants.list()) {
      constants.range(
          parameter.name(),
          parameter.name().equals("marketSkew") ? most.negate() : Fraction.ZERO,
          most);
    }
    constants.integer("maxSecondsInLiquidationWindow");
  }

  private static Parameters documented() {
    Market market = Market.DEFAULT;
    return Parameters.of(
        of("makerFee", market.makerFeeD18(), "of notional"),
        of("takerFee", market.takerFeeD18(), "of notional"),
        of("skewScale", market.skewScaleD18(), "size at which rates are per unit of skew"),
        of("initialMarginFraction", market.initialFractionD18(), "per size over skew scale"),
        of("minimumInitialMarginRatio", market.initialMinimumD18(), "added to the initial rate"),
        of("maintenanceMarginScalar", market.maintenanceScalarD18(), "of the initial rate"),
        of("minimumPositionMargin", market.positionMarginD18(), "USD per position"),
        of("flagRewardRatio", market.flagRewardRatioD18(), "of notional, to who flags"),
        of("maxLiquidationLimitAccumulationMultiplier", market.multiplierD18(), "of the cap"),
        new Parameter(
            "maxSecondsInLiquidationWindow", market.windowSeconds().toString(), "seconds"),
        of(
            "maxLiquidationPd",
            market.premiumMaxD18(),
            "premium below which one more cap is closed"),
        new Parameter("marketSkew", "0", "longs less shorts of the market"),
        new Parameter("minKeeperReward", "0", "USD above cost; not documented"),
        new Parameter("minKeeperProfitRatio", "0", "of cost; not documented"),
        new Parameter("maxKeeperScalingRatio", "1", "of available margin; not documented"),
        new Parameter("maxKeeperReward", "1000", "USD; not documented"),
        new Parameter("flagCost", "0", "USD to flag; not documented"),
        new Parameter("liquidateCost", "0", "USD to close a window; not documented"));
  }

  private static Parameter of(String name, BigInteger valueD18, String unit) {
    return new Parameter(name, decimal(valueD18, DECIMALS).toString(), unit);
  }

  private BigInteger d18(String name) {
    return CrossAccount.scaled(constants.number(name), DECIMALS);
  }

  private Market market() {
    return new Market(
        d18("makerFee"),
        d18("takerFee"),
        d18("skewScale"),
        d18("initialMarginFraction"),
        d18("minimumInitialMarginRatio"),
        d18("maintenanceMarginScalar"),
        d18("minimumPositionMargin"),
        d18("flagRewardRatio"),
        d18("maxLiquidationLimitAccumulationMultiplier"),
        constants.integer("maxSecondsInLiquidationWindow"),
        d18("maxLiquidationPd"));
  }

  private Keepers keepers() {
    return new Keepers(
        d18("minKeeperReward"),
        d18("minKeeperProfitRatio"),
        d18("maxKeeperScalingRatio"),
        d18("maxKeeperReward"));
  }

  @Override
  public String name() {
    return "synthetix-v3";
  }

  @Override
  public String summary() {
    return "Synthetix perps v3: everything, but only so much per market and window of time";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "When: maintenance margin plus what keepers may earn is above available margin, strictly.",
        "How much: everything; all collateral is seized at once, positions are closed up to a cap"
            + " per market and sliding window.",
        "Price: the oracle's, against the pool.",
        "Fee: the keeper's reward, within a floor and a ceiling.",
        "Bad debt: the pool's.");
  }

  @Override
  public String source() {
    return "Synthetixio/synthetix-v3@23585f73:markets/perps-market/contracts/storage/"
        + "PerpsMarket.sol, PerpsMarketConfiguration.sol, modules/LiquidationModule.sol";
  }

  @Override
  public Optional<String> misfit() {
    return Optional.of(MISFIT);
  }

  @Override
  public SynthetixV3Rulebook with(Map<String, String> values) {
    return new SynthetixV3Rulebook(constants.with(values));
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    return new Fit.Misfit(MISFIT);
  }

  @Override
  public Optional<Prescription> prescription(Situation situation) {
    return Optional.empty();
  }

  /// None: keepers are paid from seized collateral.
  @Override
  public PenaltyTerms penalty() {
    return new PenaltyTerms(0, 0, PenaltyTerms.Cap.NONE, 0);
  }

  @Override
  public List<Figure> figures(Situation situation) {
    boolean readable =
        PerpetualAccount.fit(situation.account(), situation.listing()) instanceof Fit.Fits;
    if (!readable || situation.account().positionCount() == 0) {
      return List.of();
    }
    PerpetualAccount account = PerpetualAccount.of(situation);
    Market market = market();
    FigureList figures = new FigureList();
    BigInteger cap = SynthetixV3.windowCap(market);
    BigInteger maintenance = BigInteger.ZERO;
    BigInteger rewards = BigInteger.ZERO;
    BigInteger windows = BigInteger.ONE;
    for (Held held : account.positions()) {
      BigInteger size = size(held);
      BigInteger price = CrossAccount.scaled(held.mark(), DECIMALS);
      Margins margins = SynthetixV3.margins(size, price, market);
      maintenance = maintenance.add(margins.maintenanceD18());
      rewards = rewards.add(SynthetixV3.flagReward(size, price, market));
      windows = cap.signum() == 0 ? windows : windows.max(SynthetixV3.windows(size, cap));
      figures
          .add(held.symbol() + " maintenance rate", usd(margins.maintenanceRateD18()), "")
          .add(held.symbol() + " initial margin", usd(margins.initialD18()), "USD")
          .add(held.symbol() + " maintenance margin", usd(margins.maintenanceD18()), "USD");
    }
    BigInteger available = CrossAccount.scaled(account.equity(), DECIMALS);
    BigInteger collateral = CrossAccount.scaled(account.cash(), DECIMALS).max(BigInteger.ZERO);
    BigInteger reward =
        SynthetixV3.possibleReward(
            rewards, d18("flagCost"), d18("liquidateCost"), collateral, windows, keepers());
    boolean eligible =
        SynthetixV3.isEligible(available, maintenance, reward, account.positions().size());
    figures
        .add("available margin", usd(available), "USD")
        .add("maintenance margin", usd(maintenance), "USD")
        .add("keepers may earn", usd(reward), "USD")
        .add("may be flagged", eligible)
        .add("collateral then seized", usd(collateral), "USD");
    for (Held held : account.positions()) {
      closing(figures, held, market, cap, situation.nowNanos());
    }
    figures.add("windows until all is closed", windows, "windows");
    if (available.signum() < 0) {
      figures.add("bad debt of the pool", usd(available.negate()), "USD");
    }
    return figures.list();
  }

  /// What a first call closes of a market in which nothing was closed before.
  private void closing(
      FigureList figures, Held held, Market market, BigInteger cap, long nowNanos) {
    BigInteger now = BigInteger.valueOf(Math.floorDiv(nowNanos, 1_000_000_000L));
    Capacity capacity = SynthetixV3.capacity(cap, market.windowSeconds(), List.of(), now);
    BigInteger closed = closable(held, market, cap, capacity, now);
    List<Closed> history = SynthetixV3.record(List.of(), closed, now);
    Capacity then = SynthetixV3.capacity(cap, market.windowSeconds(), history, now);
    figures
        .add(held.symbol() + " cap per window", usd(cap), "units")
        .add(held.symbol() + " closed now", usd(closed), "units")
        .add(held.symbol() + " capacity then", usd(then.capacityD18()), "units");
  }

  private BigInteger closable(
      Held held, Market market, BigInteger cap, Capacity capacity, BigInteger now) {
    return SynthetixV3.closable(
        size(held).abs(),
        cap,
        market.premiumMaxD18(),
        capacity,
        d18("marketSkew"),
        market.skewScaleD18(),
        now,
        false);
  }

  private static BigInteger size(Held held) {
    return CrossAccount.scaled(held.size(), DECIMALS);
  }

  private static Fraction usd(BigInteger valueD18) {
    return decimal(valueD18, DECIMALS);
  }
}
