package trimtab.rulebooks.adapter;

import static trimtab.rulebooks.adapter.CrossAccount.decimal;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
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
import trimtab.rulebooks.derivatives.GmxV2;
import trimtab.rulebooks.derivatives.GmxV2.Pool;
import trimtab.rulebooks.derivatives.GmxV2.Position;
import trimtab.rulebooks.derivatives.GmxV2.Price;
import trimtab.rulebooks.derivatives.GmxV2.Test;
import trimtab.rulebooks.derivatives.GmxV2.Verdict;
import trimtab.rulebooks.number.Fraction;

/// The figures of [GmxV2] on accounts of the core with one position, backed by the settlement
/// currency: positions are isolated at the venue. A smallest unit of the index token is a quantity
/// unit, one of the collateral a unit of the settlement currency; costs are cut to `1e-30` USD.
///
/// Nothing is closed by it: what collateral must cover is a share of what the position *cost*, not
/// of its value, so that the core's breach is not the venue's; and the pool takes the other side
/// whatever is left.
///
/// @param constants of a market; impact and fees of a closing, and the pool, are not computed but
///   stated
public record GmxV2Rulebook(Parameters constants) implements VenueRulebook {
  /// With the constants that documents state.
  public static final GmxV2Rulebook DEFAULT = new GmxV2Rulebook(documented());

  private static final int DECIMALS = 30;
  private static final String MISFIT =
      "a position is closed whole against the pool, when collateral falls below a share of what it"
          + " cost rather than of its value";

  /// @throws IllegalArgumentException if a constant does not fit
  public GmxV2Rulebook {
    Fraction most = Fraction.of(1_000_000_000_000L);
    for (Parameter parameter : constants.list()) {
      boolean signed = List.of("priceImpactUsd", "sidePnlUsd").contains(parameter.name());
      constants.range(parameter.name(), signed ? most.negate() : Fraction.ZERO, most);
    }
  }

  private static Parameters documented() {
    GmxV2.Parameters market = GmxV2.Parameters.DEFAULT;
    return Parameters.of(
        of("minCollateralUsd", market.minCollateralUsd1e30(), "USD, whatever the size"),
        of("minCollateralFactor", market.minCollateralFactor1e30(), "of size"),
        of("maxPriceImpactFactor", market.maxImpactFactor1e30(), "of size, impact that counts"),
        of("liquidationFeeFactor", market.liquidationFeeFactor1e30(), "of size"),
        of("maxPnlFactor", market.maxProfitFactor1e30(), "of the pool, profits above are cut"),
        of("maxPnlFactorForAdl", market.adlFactor1e30(), "of the pool, above it deleveraging"),
        of("minPnlFactorAfterAdl", market.adlFloor1e30(), "of the pool, not below it"),
        new Parameter("priceImpactUsd", "0", "USD of closing, signed; stated"),
        new Parameter("closingFeesUsd", "0", "USD of closing, less the liquidation fee; stated"),
        new Parameter("sidePnlUsd", "0", "USD, profits of all positions of the side; stated"),
        new Parameter("poolUsd", "0", "USD in the pool that pays them; stated"));
  }

  private static Parameter of(String name, BigInteger value1e30, String unit) {
    return new Parameter(name, decimal(value1e30, DECIMALS).toString(), unit);
  }

  private BigInteger usd(String name) {
    return CrossAccount.scaled(constants.number(name), DECIMALS);
  }

  private GmxV2.Parameters market() {
    return new GmxV2.Parameters(
        usd("minCollateralUsd"),
        usd("minCollateralFactor"),
        usd("maxPriceImpactFactor"),
        usd("liquidationFeeFactor"),
        usd("maxPnlFactor"),
        usd("maxPnlFactorForAdl"),
        usd("minPnlFactorAfterAdl"));
  }

  @Override
  public String name() {
    return "gmx-v2";
  }

  @Override
  public String summary() {
    return "GMX v2: the whole isolated position against the pool at the oracle price";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "When: collateral after loss, negative price impact down to a floor and fees is below a"
            + " minimum, not above 0, or below a share of size; the liquidation fee is no part.",
        "How much: the whole position.",
        "Price: the oracle's with the impact, without a bound.",
        "Fee: size times the liquidation factor.",
        "Bad debt: the pool's.",
        "Deleveraging: while profits over pool are above a factor, not pushing it below a second.");
  }

  @Override
  public String source() {
    return "gmx-io/gmx-synthetics@a5c0c883:contracts/position/PositionUtils.sol,"
        + " liquidation/LiquidationUtils.sol, adl/AdlUtils.sol";
  }

  @Override
  public Optional<String> misfit() {
    return Optional.of(MISFIT);
  }

  @Override
  public GmxV2Rulebook with(Map<String, String> values) {
    return new GmxV2Rulebook(constants.with(values));
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    return new Fit.Misfit(MISFIT);
  }

  @Override
  public Optional<Prescription> prescription(Situation situation) {
    return Optional.empty();
  }

  /// The liquidation fee, of what a position cost at the venue.
  @Override
  public PenaltyTerms penalty() {
    long ppm =
        CrossAccount.scaled(constants.number("liquidationFeeFactor"), 6)
            .min(BigInteger.valueOf(999_999))
            .longValueExact();
    return new PenaltyTerms(ppm, 0, PenaltyTerms.Cap.NONE, 0);
  }

  @Override
  public List<Figure> figures(Situation situation) {
    Listing listing = situation.listing();
    if (situation.account().positionCount() != 1
        || PerpetualAccount.fit(situation.account(), listing) instanceof Fit.Misfit) {
      return List.of();
    }
    PerpetualAccount account = PerpetualAccount.of(situation);
    Held held = account.positions().getFirst();
    if (account.cash().signum() < 0) {
      return List.of();
    }
    GmxV2.Parameters market = market();
    Position position =
        new Position(
            held.isLong(),
            CrossAccount.scaled(held.cost().abs(), DECIMALS),
            held.quantity().abs(),
            CrossAccount.scaled(account.cash(), listing.valueDecimals()));
    Price index = Price.of(CrossAccount.scaled(held.mark().times(held.unit()), DECIMALS));
    Price collateral = Price.of(BigInteger.TEN.pow(DECIMALS - listing.valueDecimals()));
    Pool pool = new Pool(usd("sidePnlUsd"), usd("poolUsd"));
    Test test =
        GmxV2.test(
            position,
            index,
            collateral,
            usd("priceImpactUsd"),
            usd("closingFeesUsd"),
            pool,
            true,
            market);
    BigInteger profit = GmxV2.pnl(position, index.min1e30(), pool, market);
    BigInteger least = GmxV2.applyFactor(position.sizeUsd1e30(), market.minCollateralFactor1e30());
    FigureList figures =
        new FigureList()
            .add("size in USD", usd(position.sizeUsd1e30()), "USD")
            .add("profit or loss", usd(profit), "USD")
            .add("remaining collateral", usd(test.remainingUsd1e30()), "USD")
            .add("least collateral for the size", usd(least), "USD")
            .add("least collateral", usd(market.minCollateralUsd1e30()), "USD")
            .add("verdict", word(test.verdict()), "");
    BigInteger fee = GmxV2.liquidationFee(position.sizeUsd1e30(), market);
    if (test.verdict() != Verdict.HEALTHY) {
      BigInteger closed = GmxV2.liquidationSize(position);
      BigInteger left = test.remainingUsd1e30().subtract(fee);
      figures
          .add("closed", usd(closed), "USD")
          .add(
              "tokens closed",
              decimal(GmxV2.tokensOfPart(position, closed), 0).times(held.unit()),
              "")
          .add("liquidation fee", usd(fee), "USD")
          .add("left to the account", usd(left.max(BigInteger.ZERO)), "USD")
          .add("borne by the pool", usd(left.negate().max(BigInteger.ZERO)), "USD");
    }
    deleveraging(figures, position, profit, pool, market);
    return figures.list();
  }

  /// As if closing the position took its profit out of those of the side.
  private static void deleveraging(
      FigureList figures,
      Position position,
      BigInteger profit,
      Pool pool,
      GmxV2.Parameters market) {
    BigInteger factor = GmxV2.profitFactor(pool);
    figures
        .add("profits over pool", usd(factor), "")
        .add("may be deleveraged", GmxV2.mayDeleverage(factor, market));
    BigInteger paid = profit.max(BigInteger.ZERO);
    BigInteger after =
        GmxV2.profitFactor(
            new Pool(pool.pnlUsd1e30().subtract(paid), pool.poolUsd1e30().subtract(paid)));
    figures
        .add("profits over pool without the position", usd(after), "")
        .add(
            "deleveraging the position whole",
            word(GmxV2.deleveraging(position.sizeUsd1e30(), position, factor, after, market)),
            "");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Fraction usd(BigInteger value1e30) {
    return decimal(value1e30, DECIMALS);
  }
}
