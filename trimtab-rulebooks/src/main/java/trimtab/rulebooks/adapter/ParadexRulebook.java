package trimtab.rulebooks.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.account.Account;
import trimtab.core.account.AccountView;
import trimtab.core.account.Leg;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Levy;
import trimtab.core.rulebook.Parameter;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Settle;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.Parameters;
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.adapter.PerpetualAccount.Held;
import trimtab.rulebooks.derivatives.Paradex;
import trimtab.rulebooks.number.Fraction;

/// [Paradex] on accounts of the core.
///
/// A share of a position is cut down to its market's lot, as documents name no rounding; each
/// position pays the penalty of the share that is cut of it, in value units rounded up. The
/// insurance fund takes over at the mark, so that the account pays the penalty alone.
///
/// The trigger is the core's: requirement above value. Its ratio of one is no constant here.
///
/// @param constants as the text documents them
public record ParadexRulebook(Parameters constants) implements VenueRulebook {
  /// As the text documents them.
  public static final ParadexRulebook DEFAULT =
      new ParadexRulebook(
          Parameters.of(
              new Parameter(
                  "targetRatio",
                  Paradex.Parameters.DOCUMENTED.targetRatio().toString(),
                  "requirement over value below which an account is brought"),
              new Parameter(
                  "shareStep",
                  Paradex.Parameters.DOCUMENTED.shareStep().toString(),
                  "shares are multiples of it"),
              new Parameter(
                  "fee",
                  Paradex.Parameters.DOCUMENTED.fee().toString(),
                  "penalty of a full liquidation, a share of the requirement; the worked example"
                      + " has "
                      + Paradex.Parameters.EXAMPLE.fee())));

  /// @throws IllegalArgumentException if a constant is out of its range
  public ParadexRulebook {
    venue(constants);
  }

  private static Paradex.Parameters venue(Parameters constants) {
    constants.range("targetRatio", Fraction.ZERO, Fraction.ONE);
    constants.range("shareStep", Fraction.ZERO, Fraction.ONE);
    constants.range("fee", Fraction.ZERO, Fraction.ONE);
    return new Paradex.Parameters(
        Paradex.Parameters.DOCUMENTED.triggerRatio(),
        constants.number("targetRatio"),
        constants.number("shareStep"),
        constants.number("fee"));
  }

  @Override
  public String name() {
    return "paradex";
  }

  @Override
  public String summary() {
    return "Paradex: the same share of every position, the least multiple of 20 % below a ratio";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "When: requirement over value is above one, strictly.",
        "How much: of all positions the least multiple of the step after which the ratio is below"
            + " the target, strictly; all where none is.",
        "Price: the insurance fund takes over at the mark.",
        "Penalty: share x fee x requirement to the insurance fund.",
        "Bad debt: withdrawals are cut by the factor of socialised loss; deleveraging is the last"
            + " resort.");
  }

  @Override
  public String source() {
    return "https://docs.paradex.trade/risk/liquidations,"
        + " https://docs.paradex.trade/risk/socialized-losses; documented only";
  }

  @Override
  public Optional<String> leftOut() {
    return Optional.of("what the insurance fund takes over is not unwound; no socialised losses");
  }

  @Override
  public ParadexRulebook with(Map<String, String> values) {
    return new ParadexRulebook(constants.with(values));
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    return PerpetualAccount.all(
        PerpetualAccount.fitFlat(account, listing),
        PerpetualAccount.fitSizes(account, listing, false));
  }

  @Override
  public Settle settle() {
    return Settle.LIQUIDATOR_PAYS;
  }

  /// The fee on the requirement that is freed, for the yardstick of over-liquidation alone.
  @Override
  public PenaltyTerms penalty() {
    Fraction ppm = constants.number("fee").times(Fraction.of(Ppm.ONE));
    return new PenaltyTerms(
        Math.min(ppm.floor().longValueExact(), Ppm.ONE - 1),
        0,
        PenaltyTerms.PositionBase.REQUIREMENT,
        PenaltyTerms.PairBase.REPAID,
        PenaltyTerms.Cap.NONE,
        new PenaltyTerms.Split(Ppm.ONE, 0, 0));
  }

  @Override
  public Optional<Prescription> prescription(Situation situation) {
    PerpetualAccount account = PerpetualAccount.of(situation);
    Fraction value = account.equity();
    Fraction requirement = requirement(account);
    Fraction share = Paradex.share(venue(constants), value, requirement);
    List<Prescription.Piece> pieces = new ArrayList<>();
    for (Held held : account.positions()) {
      Fraction size = cut(held, share);
      if (size.signum() > 0) {
        pieces.add(held.piece(size));
      }
    }
    return Optional.of(
        new Prescription(
            pieces,
            "a share of %s of every position, as the requirement is %s and the value %s"
                .formatted(share, requirement, value)));
  }

  /// A share of a position in lots.
  private static Fraction cut(Held held, Fraction share) {
    Fraction size = held.size().abs();
    Fraction part = size.minus(Paradex.sizeLeft(size, share));
    return share.equals(Fraction.ONE) ? size : part.floorTo(held.lot());
  }

  private static Fraction requirement(Held held) {
    return held.notional().abs().times(held.rate());
  }

  private static Fraction requirement(PerpetualAccount account) {
    return account.positions().stream()
        .map(ParadexRulebook::requirement)
        .reduce(Fraction.ZERO, Fraction::plus);
  }

  @Override
  public Levy levy() {
    return this::fee;
  }

  /// The penalty of a share of one position.
  private OptionalLong fee(
      HealthModel model, Account account, Marks marks, Leg leg, long quantity, long cost) {
    if (!(leg instanceof Leg.PositionLeg(int market))) {
      return OptionalLong.empty();
    }
    Held held =
        PerpetualAccount.of(account, marks, model.listing()).positions().stream()
            .filter(each -> each.market() == market)
            .findFirst()
            .orElseThrow();
    Fraction share = Fraction.of(quantity).over(Fraction.of(held.quantity().abs()));
    Fraction penalty = Paradex.penalty(venue(constants), requirement(held), share);
    return OptionalLong.of(
        penalty
            .over(PerpetualAccount.tenth(model.listing().valueDecimals()))
            .ceil()
            .longValueExact());
  }

  @Override
  public List<Figure> figures(Situation situation) {
    if (fits(situation.account(), situation.listing()) instanceof Fit.Misfit) {
      return List.of();
    }
    PerpetualAccount account = PerpetualAccount.of(situation);
    Paradex.Parameters venue = venue(constants);
    Fraction value = account.equity();
    Fraction requirement = requirement(account);
    Fraction share = Paradex.share(venue, value, requirement);
    Paradex.Outcome after = Paradex.afterShare(venue, value, requirement, share);
    FigureList figures =
        new FigureList()
            .add("account value", value, "USD")
            .add("maintenance requirement", requirement, "USD")
            .add("may be liquidated", Paradex.isLiquidatable(venue, value, requirement))
            .add("share", share, "of every position");
    for (Held held : account.positions()) {
      figures.add(held.symbol() + " left", Paradex.sizeLeft(held.size(), share), "units");
    }
    return figures
        .add("penalty", after.penalty(), "USD")
        .add("requirement then", after.requirement(), "USD")
        .add("account value then", after.value(), "USD")
        .tryAdd("ratio then", after::ratio, "requirement over value")
        .add(
            "collateral left",
            Paradex.collateralLeft(
                account.cash(), value.minus(account.cash()), share, after.penalty()),
            "USD")
        .add("lacking if all is closed at the mark", Paradex.bankruptcyAmount(value), "USD")
        .add(
            "lacking without an insurance fund",
            Paradex.exchangeBankruptcyAmount(List.of(value), Fraction.ZERO),
            "USD")
        .list();
  }
}
