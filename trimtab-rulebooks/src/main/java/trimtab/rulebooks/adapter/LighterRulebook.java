package trimtab.rulebooks.adapter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.account.Account;
import trimtab.core.account.AccountView;
import trimtab.core.account.Leg;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
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
import trimtab.rulebooks.derivatives.Lighter;
import trimtab.rulebooks.number.Fraction;

/// [Lighter] on accounts of the core: its partial liquidation. Where the account has fallen so far
/// that the fund takes all over, or positions are deleveraged, nothing is closed.
///
/// One position a slice, the first of the listing's order, as the venue's heuristic is not
/// documented. A market states initial and maintenance; its close-out fraction is a share of the
/// maintenance fraction, two thirds as in the venue's table of markets. The zero price is rounded
/// to the price's unit: sales up, purchases down.
///
/// @param constants as documented
public record LighterRulebook(Parameters constants) implements VenueRulebook {
  /// As documented.
  public static final LighterRulebook DEFAULT =
      new LighterRulebook(
          Parameters.of(
              new Parameter(
                  "maxFee",
                  Lighter.Parameters.DOCUMENTED.maxFee().toString(),
                  "share of a fill, the most that the insurance fund takes"),
              new Parameter(
                  "closeOutToMaintenance",
                  "2/3",
                  "close-out margin as a share of maintenance; the venue states one per market, all"
                      + " of them two thirds within rounding")));

  /// @throws IllegalArgumentException if a constant is out of its range
  public LighterRulebook {
    venue(constants);
  }

  private static Lighter.Parameters venue(Parameters constants) {
    constants.range("maxFee", Fraction.ZERO, Fraction.ONE);
    constants.range("closeOutToMaintenance", Fraction.ZERO, Fraction.ONE);
    if (constants.number("closeOutToMaintenance").equals(Fraction.ONE)) {
      throw new IllegalArgumentException("'closeOutToMaintenance' must be below 1");
    }
    return new Lighter.Parameters(constants.number("maxFee"));
  }

  @Override
  public String name() {
    return "lighter";
  }

  @Override
  public String summary() {
    return "Lighter: whole positions one by one at the zero price, until maintenance is met";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "When: account value is below the maintenance requirement, strictly; below initial no trade"
            + " may grow a position.",
        "How much: whole positions, one by one, until the maintenance requirement is met.",
        "Order: by a heuristic that is not documented; here that of the listing.",
        "Price: immediate or cancel at the zero price, at which value over requirement stays as it"
            + " is: mark x (1 -/+ fraction x value / requirement).",
        "Fee: what a fill is better than that, at most a share of the fill.",
        "Bad debt: below the close-out requirement the fund takes everything over; where it cannot,"
            + " positions are deleveraged at the zero price.");
  }

  @Override
  public String source() {
    return "https://docs.lighter.xyz/perpetual-futures/liquidations-and-insurance-fund,"
        + " .../contract-specifications; documented only";
  }

  @Override
  public Optional<String> leftOut() {
    return Optional.of(
        "the fund's takeover below the close-out requirement, and deleveraging: such accounts are"
            + " left alone");
  }

  @Override
  public LighterRulebook with(Map<String, String> values) {
    return new LighterRulebook(constants.with(values));
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    return PerpetualAccount.all(
        PerpetualAccount.fitFlat(account, listing),
        PerpetualAccount.fitWithoutFee(account, listing),
        PerpetualAccount.fitSizes(account, listing, false),
        PerpetualAccount.fit(account, listing, LighterRulebook::flaw));
  }

  private static String flaw(Contract contract) {
    if (contract.initial().tiers().size() > 1) {
      return " has several initial rates, the venue one; list it with one";
    }
    return contract.initial().maximumRatePpm() > contract.maintenance().maximumRatePpm()
        ? ""
        : " has no initial rate above its maintenance rate, as the venue asks";
  }

  /// The largest fee, for the yardstick of over-liquidation alone.
  @Override
  public PenaltyTerms penalty() {
    Fraction ppm = constants.number("maxFee").times(Fraction.of(Ppm.ONE));
    return new PenaltyTerms(
        Math.min(ppm.floor().longValueExact(), Ppm.ONE - 1), 0, PenaltyTerms.Cap.NONE, Ppm.ONE);
  }

  private Lighter.Position position(Held held) {
    return new Lighter.Position(
        held.size(),
        held.entry(),
        held.mark(),
        new Lighter.Fractions(
            held.initialRate(),
            held.rate(),
            held.rate().times(constants.number("closeOutToMaintenance"))));
  }

  private Lighter.Margin margin(PerpetualAccount account) {
    return Lighter.margin(
        account.cash(), account.positions().stream().map(this::position).toList());
  }

  @Override
  public Optional<Prescription> prescription(Situation situation) {
    PerpetualAccount account = PerpetualAccount.of(situation);
    Lighter.Margin margin = margin(account);
    String standing =
        "value %s, maintenance %s, close-out %s"
            .formatted(margin.value(), margin.maintenance(), margin.closeOut());
    return Optional.of(
        switch (Lighter.step(Lighter.state(margin), true)) {
          case NOTHING -> new Prescription(List.of(), "nothing: " + standing);
          case FUND_TAKES_OVER, DELEVERAGE ->
              new Prescription(
                  List.of(), "the fund takes all over, which is not played: " + standing);
          case CLOSE_NEXT_AT_ZERO_PRICE -> {
            Held held = account.positions().getFirst();
            Fraction zero = Lighter.zeroPrice(margin, position(held));
            yield new Prescription(
                List.of(held.piece(held.size().abs(), held.limit(zero))),
                "all of %s at its zero price %s; %s".formatted(held.symbol(), zero, standing));
          }
        });
  }

  @Override
  public Levy levy() {
    return this::fee;
  }

  /// The fee of a fill, in value units rounded up.
  private OptionalLong fee(
      HealthModel model, Account account, Marks marks, Leg leg, long quantity, long cost) {
    if (!(leg instanceof Leg.PositionLeg(int market))) {
      return OptionalLong.empty();
    }
    PerpetualAccount view = PerpetualAccount.of(account, marks, model.listing());
    Held held =
        view.positions().stream().filter(each -> each.market() == market).findFirst().orElseThrow();
    Fraction money = PerpetualAccount.tenth(model.listing().valueDecimals());
    Fraction size = Fraction.of(quantity).times(held.unit());
    Fraction lostPerUnit = Fraction.of(cost).times(money).over(size);
    Fraction price = held.isLong() ? held.mark().minus(lostPerUnit) : held.mark().plus(lostPerUnit);
    Fraction fee =
        Lighter.fee(
            venue(constants),
            held.isLong(),
            Lighter.zeroPrice(margin(view), position(held)),
            price,
            size);
    return OptionalLong.of(fee.over(money).ceil().longValueExact());
  }

  @Override
  public List<Figure> figures(Situation situation) {
    if (fits(situation.account(), situation.listing()) instanceof Fit.Misfit) {
      return List.of();
    }
    PerpetualAccount account = PerpetualAccount.of(situation);
    Lighter.Margin margin = margin(account);
    Lighter.State state = Lighter.state(margin);
    FigureList figures =
        new FigureList()
            .add("account value", margin.value(), "USD")
            .add("initial requirement", margin.initial(), "USD")
            .add("maintenance requirement", margin.maintenance(), "USD")
            .add("close-out requirement", margin.closeOut(), "USD")
            .add("state", state.name(), "")
            .add("next step", Lighter.step(state, true).name(), "")
            .add("next step where the fund cannot", Lighter.step(state, false).name(), "");
    for (Held held : account.positions()) {
      Lighter.Position position = position(held);
      Fraction zero = Lighter.zeroPrice(margin, position);
      figures
          .add(held.symbol() + " zero price", zero, "USD")
          .add(
              held.symbol() + " fee if filled at the mark",
              Lighter.fee(venue(constants), held.isLong(), zero, held.mark(), held.size().abs()),
              "USD");
    }
    return figures.list();
  }
}
