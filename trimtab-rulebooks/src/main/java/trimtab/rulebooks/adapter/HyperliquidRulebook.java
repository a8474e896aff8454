package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.account.AccountView;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Levy;
import trimtab.core.rulebook.Parameter;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.adapter.PerpetualAccount.Held;
import trimtab.rulebooks.derivatives.Hyperliquid;
import trimtab.rulebooks.number.Fraction;

/// [Hyperliquid] on accounts of the core: its market orders. Where the account has fallen so far
/// that the liquidator vault takes over, or positions are deleveraged, nothing is closed.
///
/// A market's maintenance rates must be those of whole leverages, `1 / (2 x leverage)`. The user's
/// last part is remembered as the last slice of the episode, whether that was a part or not; a
/// breach after the account was safe again begins without a cooldown.
///
/// @param constants as documented
public record HyperliquidRulebook(Parameters constants) implements VenueRulebook {
  /// As documented.
  public static final HyperliquidRulebook DEFAULT =
      new HyperliquidRulebook(
          Parameters.of(
              new Parameter(
                  "partialAboveNotional",
                  Hyperliquid.Parameters.DOCUMENTED.partialAboveNotional().toString(),
                  "dollars above which a position is closed in part"),
              new Parameter(
                  "partialShare",
                  Hyperliquid.Parameters.DOCUMENTED.partialShare().toString(),
                  "share of a position: that part"),
              new Parameter(
                  "cooldownSeconds",
                  seconds(Hyperliquid.Parameters.DOCUMENTED.cooldownNanos()).toString(),
                  "seconds after a part in which whole positions are closed"),
              new Parameter(
                  "backstopShare",
                  Hyperliquid.Parameters.DOCUMENTED.backstopShare().toString(),
                  "share of the requirement below which the liquidator vault takes over")));

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// @throws IllegalArgumentException if a constant is out of its range
  public HyperliquidRulebook {
    venue(constants);
  }

  private static Fraction seconds(long nanos) {
    return Fraction.of(nanos).over(Fraction.of(NANOS_PER_SECOND));
  }

  private static Hyperliquid.Parameters venue(Parameters constants) {
    constants.range("partialAboveNotional", Fraction.ZERO, Fraction.of(Long.MAX_VALUE));
    constants.range("partialShare", Fraction.ZERO, Fraction.ONE);
    constants.range("cooldownSeconds", Fraction.ZERO, Fraction.of(86_400));
    constants.range("backstopShare", Fraction.ZERO, Fraction.ONE);
    return new Hyperliquid.Parameters(
        constants.number("partialAboveNotional"),
        constants.number("partialShare"),
        constants
            .number("cooldownSeconds")
            .times(Fraction.of(NANOS_PER_SECOND))
            .floor()
            .longValueExact(),
        constants.number("backstopShare"));
  }

  @Override
  public String name() {
    return "hyperliquid";
  }

  @Override
  public String summary() {
    return "Hyperliquid: market orders for whole positions, of large ones a fifth at first";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "When: account value is below the maintenance requirement, strictly; its rates are half the"
            + " initial margin at the largest leverage.",
        "How much: every position whole, of one above a notional a share; for a cooldown after such"
            + " a part whole positions. No health target.",
        "Order: not documented; all positions at once.",
        "Price: market orders without a limit. Fee: none.",
        "Backstop: below a share of the requirement the liquidator vault takes positions and margin"
            + " over; below zero positions are deleveraged.");
  }

  @Override
  public String source() {
    return "https://hyperliquid.gitbook.io/hyperliquid-docs/trading/liquidations,"
        + " .../trading/margin-tiers, .../trading/auto-deleveraging; documented only";
  }

  @Override
  public Optional<String> leftOut() {
    return Optional.of(
        "the liquidator vault's takeover below two thirds of the requirement, and deleveraging:"
            + " such accounts are left alone");
  }

  @Override
  public HyperliquidRulebook with(Map<String, String> values) {
    return new HyperliquidRulebook(constants.with(values));
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    return PerpetualAccount.all(
        PerpetualAccount.fitWithoutFee(account, listing),
        PerpetualAccount.fitSizes(account, listing, false),
        PerpetualAccount.fit(account, listing, HyperliquidRulebook::flaw));
  }

  private static String flaw(Contract contract) {
    if (contract.maintenance().jumps()) {
      return " has stepped rates; the venue's requirement is continuous";
    }
    for (MarginTiers.Tier tier : contract.maintenance().tiers()) {
      if (Ppm.ONE % (2 * tier.ratePpm()) != 0) {
        return " has a maintenance rate of %s, which is that of no whole leverage, 1 / (2 x leverage)"
            .formatted(Ppm.format(tier.ratePpm()));
      }
    }
    return "";
  }

  /// None.
  @Override
  public PenaltyTerms penalty() {
    return new PenaltyTerms(0, 0, PenaltyTerms.Cap.NONE, Ppm.ONE);
  }

  /// None.
  @Override
  public Levy levy() {
    return (model, account, marks, leg, quantity, cost) -> OptionalLong.of(0);
  }

  private static Hyperliquid.Position position(Held held) {
    return new Hyperliquid.Position(
        held.size(),
        held.mark(),
        held.tiers().stream()
            .map(tier ->
                new Hyperliquid.Tier(
                    tier.fromNotional(),
                    Fraction.ONE
                        .over(tier.rate().times(Fraction.of(2)))
                        .truncate()
                        .longValueExact()))
            .toList());
  }

  private static Fraction maintenance(PerpetualAccount account) {
    return Hyperliquid.maintenance(
        account.positions().stream().map(HyperliquidRulebook::position).toList());
  }

  private Hyperliquid.Order order(Situation situation, Held held) {
    return Hyperliquid.order(
        venue(constants), position(held), nanosSincePartial(situation), held.lot());
  }

  private static long nanosSincePartial(Situation situation) {
    EpisodeState episode = situation.episode();
    return episode.slices() == 0 ? -1 : situation.nowNanos() - episode.lastSliceNanos();
  }

  @Override
  public Optional<Prescription> prescription(Situation situation) {
    PerpetualAccount account = PerpetualAccount.of(situation);
    Fraction maintenance = maintenance(account);
    Hyperliquid.State state = Hyperliquid.state(venue(constants), account.equity(), maintenance);
    String standing = "value %s, requirement %s".formatted(account.equity(), maintenance);
    return Optional.of(
        switch (state) {
          case HEALTHY -> new Prescription(List.of(), "nothing: " + standing);
          case BACKSTOP ->
              new Prescription(
                  List.of(), "the liquidator vault takes over, which is not played: " + standing);
          case DELEVERAGE ->
              new Prescription(
                  List.of(), "positions are deleveraged, which is not played: " + standing);
          case LIQUIDATABLE -> orders(situation, account, standing);
        });
  }

  private Prescription orders(Situation situation, PerpetualAccount account, String standing) {
    List<Prescription.Piece> pieces = new ArrayList<>();
    List<String> orders = new ArrayList<>();
    for (Held held : account.positions()) {
      Hyperliquid.Order order = order(situation, held);
      pieces.add(held.piece(order.size().abs()));
      orders.add(
          "%s %s of %s"
              .formatted(order.isPartial() ? "a part" : "all", order.size().abs(), held.symbol()));
    }
    return new Prescription(pieces, String.join(", ", orders) + "; " + standing);
  }

  @Override
  public List<Figure> figures(Situation situation) {
    if (fits(situation.account(), situation.listing()) instanceof Fit.Misfit) {
      return List.of();
    }
    PerpetualAccount account = PerpetualAccount.of(situation);
    Hyperliquid.Parameters venue = venue(constants);
    Fraction maintenance = maintenance(account);
    FigureList figures =
        new FigureList()
            .add("account value", account.equity(), "USD")
            .add("maintenance requirement", maintenance, "USD")
            .add("the vault takes over below", venue.backstopShare().times(maintenance), "USD")
            .add("state", Hyperliquid.state(venue, account.equity(), maintenance).name(), "")
            .add("in cooldown", Hyperliquid.inCooldown(venue, nanosSincePartial(situation)));
    for (Held held : account.positions()) {
      add(figures, situation, held, account.equity().minus(maintenance));
    }
    return figures.list();
  }

  private void add(FigureList figures, Situation situation, Held held, Fraction available) {
    Hyperliquid.Position position = position(held);
    Hyperliquid.Tier tier = Hyperliquid.tier(position.tiers(), position.notional());
    Hyperliquid.Order order = order(situation, held);
    Hyperliquid.Counterparty ranked =
        new Hyperliquid.Counterparty(
            held.symbol(),
            held.mark(),
            held.entry(),
            position.notional(),
            PerpetualAccount.of(situation).equity());
    String name = held.symbol();
    figures
        .add(name + " largest leverage", BigInteger.valueOf(tier.maxLeverage()), "x")
        .add(name + " deduction", Hyperliquid.deduction(position.tiers(), tier), "USD")
        .add(name + " requirement", Hyperliquid.maintenance(position), "USD")
        .add(name + " order", order.size(), order.isPartial() ? "units, a part" : "units, whole")
        .tryAdd(
            name + " liquidation price",
            () -> Hyperliquid.liquidationPrice(position, available),
            "USD")
        .tryAdd(name + " index of deleveraging", ranked::index, "the highest comes first");
  }
}
