package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
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
import trimtab.rulebooks.derivatives.Dango;
import trimtab.rulebooks.number.Fraction;

/// [Dango] on accounts of the core.
///
/// Prices and sizes have at most the venue's six decimals; sizes that the rule states finer than a
/// market's lot are cut down to it. Margin and average entry prices are cut off to millionths, and
/// the account has settled its funding. The least order of a pair is the market's dust.
///
/// The core looks for `equity < requirement` in exact numbers, the venue in millionths that are cut
/// off at each step: an account between the two, by some millionths a position, is found safe by
/// the one and not by the other; both must find it in breach here.
///
/// Limit prices are those before the first close. Of several positions that are closed at once each
/// pays the fee of its own close, capped by the equity that this close leaves; the venue cuts off
/// and caps the sum.
///
/// @param constants what governance sets; the code's defaults
public record DangoRulebook(Parameters constants) implements VenueRulebook {
  /// The defaults of the venue's code.
  public static final DangoRulebook DEFAULT =
      new DangoRulebook(
          Parameters.of(
              new Parameter(
                  "liquidationFee",
                  new Fraction(Dango.Parameters.DEFAULT.feeRate(), Dango.ONE).toString(),
                  "share of the closed notional, to the insurance fund; six decimals"),
              new Parameter(
                  "buffer",
                  new Fraction(Dango.Parameters.DEFAULT.buffer(), Dango.ONE).toString(),
                  "how far beyond its requirement an account is brought; 0.05 on the main net, six"
                      + " decimals"),
              new Parameter(
                  "adlPrice",
                  "bankruptcy",
                  "at which price the remainder is deleveraged: bankruptcy, or oracle_if_solvent as"
                      + " in later versions")));

  private static final int DECIMALS = 6;

  /// @throws IllegalArgumentException if a constant is out of its range
  public DangoRulebook {
    venue(constants);
  }

  private static Dango.Parameters venue(Parameters constants) {
    constants.range("liquidationFee", Fraction.ZERO, Fraction.ONE);
    constants.range("buffer", Fraction.ZERO, Fraction.of(1_000));
    return new Dango.Parameters(
        millionths(constants.number("liquidationFee")),
        millionths(constants.number("buffer")),
        switch (constants.text("adlPrice")) {
          case "bankruptcy" -> Dango.AdlRule.BANKRUPTCY;
          case "oracle_if_solvent" -> Dango.AdlRule.ORACLE_IF_SOLVENT;
          default ->
              throw new IllegalArgumentException(
                  "'adlPrice' is bankruptcy or oracle_if_solvent, not '%s'"
                      .formatted(constants.text("adlPrice")));
        });
  }

  @Override
  public String name() {
    return "dango";
  }

  @Override
  public String summary() {
    return "Dango: the least that takes the deficit of requirement away, largest requirement first";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "When: equity is below the requirement, strictly, in millionths that are cut off.",
        "How much: deficit = requirement - equity / (1 + buffer); down the positions ceil(deficit /"
            + " (price x rate)), at most the whole. Fee and price are not considered.",
        "Order: the largest requirement first, then by name.",
        "Price: the book up to the bankruptcy price, up to the oracle price without equity; the"
            + " remainder is deleveraged.",
        "Fee: a share of the closed notional, at most the equity, to the insurance fund.",
        "Dust: a rest below the least order is closed, too.",
        "Bad debt: the insurance fund makes up equity below zero.");
  }

  @Override
  public String source() {
    return "left-curve/left-curve@c1468dae dango/exchange/perps/src/core/closure.rs, margin.rs,"
        + " fill.rs, maintain/liquidate.rs, dango/order-book/src/typed_number.rs,"
        + " book/perps/4-liquidation-and-adl.md";
  }

  @Override
  public Optional<String> leftOut() {
    return Optional.of("deleveraging of what the book leaves; it stays open until the next prices");
  }

  @Override
  public DangoRulebook with(Map<String, String> values) {
    return new DangoRulebook(constants.with(values));
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    return PerpetualAccount.all(
        PerpetualAccount.fitFlat(account, listing),
        PerpetualAccount.fitWithoutFee(account, listing),
        PerpetualAccount.fitSizes(account, listing, true),
        PerpetualAccount.fit(account, listing, contract -> flaw(contract, listing)));
  }

  private static String flaw(Contract contract, Listing listing) {
    return contract.quantityDecimals() <= DECIMALS
            && listing.feeds().get(contract.feed()).priceDecimals() <= DECIMALS
        ? ""
        : " has a price or a quantity with more than the venue's six decimals";
  }

  /// The fee's rate, for the yardstick of over-liquidation alone.
  @Override
  public PenaltyTerms penalty() {
    long rate = venue(constants).feeRate().min(BigInteger.valueOf(Ppm.ONE - 1)).longValueExact();
    return new PenaltyTerms(rate, 0, PenaltyTerms.Cap.NONE, Ppm.ONE);
  }

  @Override
  public Optional<Prescription> prescription(Situation situation) {
    View view = View.of(situation.account(), situation.marks(), situation.listing());
    Dango.Parameters venue = venue(constants);
    BigInteger deficit = Dango.deficit(venue, view.account());
    if (!Dango.isLiquidatable(view.account())) {
      return Optional.of(
          new Prescription(
              List.of(),
              "equity %s is not below the requirement %s"
                  .formatted(
                      units(Dango.equity(view.account())),
                      units(Dango.maintenance(view.account())))));
    }
    List<Prescription.Piece> pieces = new ArrayList<>();
    List<String> closes = new ArrayList<>();
    for (Dango.Close close : Dango.schedule(view.account(), deficit)) {
      int place = view.place(close.name());
      Held held = view.held().get(place);
      Dango.Position position = view.account().positions().get(place);
      Fraction size = units(close.size().abs()).floorTo(held.unit());
      if (size.signum() > 0) {
        pieces.add(held.piece(size, held.limit(units(Dango.limitPrice(view.account(), position)))));
        closes.add(units(close.size().abs()) + " " + close.name());
      }
    }
    return Optional.of(
        new Prescription(
            pieces,
            "%s take a deficit of %s away".formatted(String.join(", ", closes), units(deficit))));
  }

  @Override
  public Levy levy() {
    return this::fee;
  }

  /// The fee of a close, millionths as value units rounded up.
  private OptionalLong fee(
      HealthModel model, Account account, Marks marks, Leg leg, long quantity, long cost) {
    if (!(leg instanceof Leg.PositionLeg(int market))) {
      return OptionalLong.empty();
    }
    Listing listing = model.listing();
    View view = View.of(account, marks, listing);
    Held held =
        view.held().stream().filter(each -> each.market() == market).findFirst().orElseThrow();
    BigInteger size = millionths(Fraction.of(quantity).times(held.unit()));
    BigInteger closed =
        Dango.settle(
                venue(constants),
                view.account(),
                List.of(new Dango.Fill(held.symbol(), size, millionths(held.mark()))),
                List.of())
            .closedNotional();
    Fraction money = PerpetualAccount.tenth(listing.valueDecimals());
    BigInteger lost = Fraction.of(cost).times(money).times(Fraction.of(Dango.ONE)).ceil();
    BigInteger left = Dango.settledEquity(view.account()).subtract(lost);
    BigInteger fee = Dango.fee(venue(constants), closed, left);
    return OptionalLong.of(units(fee).over(money).ceil().longValueExact());
  }

  private static BigInteger millionths(Fraction number) {
    return number.times(Fraction.of(Dango.ONE)).truncate();
  }

  private static Fraction units(BigInteger millionths) {
    return new Fraction(millionths, Dango.ONE);
  }

  /// An account in millionths; its positions stand in the same order.
  private record View(List<Held> held, Dango.Account account) {
    static View of(AccountView view, Marks marks, Listing listing) {
      PerpetualAccount account = PerpetualAccount.of(view, marks, listing);
      List<Dango.Position> positions =
          account.positions().stream()
              .map(held ->
                  new Dango.Position(
                      held.symbol(),
                      millionths(held.size()),
                      millionths(held.entry()),
                      BigInteger.ZERO,
                      new Dango.Pair(
                          millionths(held.mark()),
                          millionths(held.rate()),
                          millionths(held.dust()),
                          BigInteger.ZERO)))
              .toList();
      return new View(
          account.positions(), new Dango.Account(millionths(account.cash()), positions));
    }

    int place(String name) {
      for (int i = 0; i < held.size(); i++) {
        if (held.get(i).symbol().equals(name)) {
          return i;
        }
      }
      throw new IllegalArgumentException("no position in " + name);
    }
  }

  @Override
  public List<Figure> figures(Situation situation) {
    if (fits(situation.account(), situation.listing()) instanceof Fit.Misfit) {
      return List.of();
    }
    View view = View.of(situation.account(), situation.marks(), situation.listing());
    Dango.Parameters venue = venue(constants);
    BigInteger deficit = Dango.deficit(venue, view.account());
    FigureList figures =
        new FigureList()
            .add("equity", units(Dango.equity(view.account())), "USD")
            .add("maintenance requirement", units(Dango.maintenance(view.account())), "USD")
            .add("may be liquidated", Dango.isLiquidatable(view.account()))
            .add("deficit", units(deficit), "USD");
    if (Dango.isLiquidatable(view.account())) {
      for (Dango.Close close : Dango.schedule(view.account(), deficit)) {
        add(figures, view, close, deficit);
      }
      addWithoutBook(figures, view);
    }
    return figures.list();
  }

  private void add(FigureList figures, View view, Dango.Close close, BigInteger deficit) {
    Dango.Position position = view.account().positions().get(view.place(close.name()));
    String name = close.name();
    figures
        .add(name + " requirement", units(Dango.maintenance(position)), "USD")
        .add(name + " close", units(close.size()), "units")
        .add(name + " close if it came first", units(Dango.closeAmount(position, deficit)), "units")
        .add(
            name + " bankruptcy price",
            units(Dango.bankruptcyPrice(view.account(), position)),
            "USD")
        .add(name + " limit price", units(Dango.limitPrice(view.account(), position)), "USD")
        .add(
            name + " deleveraging price",
            units(Dango.adlPrice(venue(constants).adlRule(), view.account(), position)),
            "USD");
  }

  /// What the venue would do if nobody bought: everything scheduled is deleveraged.
  private void addWithoutBook(FigureList figures, View view) {
    Dango.Parameters venue = venue(constants);
    List<Dango.Fill> remainders = Dango.remainders(venue, view.account(), List.of());
    Dango.Outcome outcome = Dango.settle(venue, view.account(), List.of(), remainders);
    figures
        .add("closed notional", units(outcome.closedNotional()), "USD")
        .add("fee without a book", units(outcome.fee()), "USD")
        .add("bad debt without a book", units(outcome.badDebt()), "USD")
        .add("equity then", units(Dango.equity(outcome.account())), "USD")
        .add("requirement then", units(Dango.maintenance(outcome.account())), "USD")
        .add("may be liquidated then", Dango.isLiquidatable(outcome.account()));
  }
}
