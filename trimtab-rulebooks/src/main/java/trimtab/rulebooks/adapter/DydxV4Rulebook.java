package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
import trimtab.rulebooks.derivatives.DydxV4;
import trimtab.rulebooks.derivatives.DydxV4Deleveraging;
import trimtab.rulebooks.number.Fraction;

/// [DydxV4] on accounts of the core.
///
/// A base quantum is a market's quantity unit, its step the market's lot, a subtick the price's
/// unit; a quote quantum is a millionth of the settlement currency. Balances and entry values finer
/// than that are cut down to it. Of a market the initial rate and maintenance over initial must be
/// whole parts per million.
///
/// The core looks for `equity < requirement` in exact numbers; the venue rounds each requirement up
/// and cuts each notional off. An account between the two, by at most three quote quantums a
/// position, is liquidated by the venue one price later here, or found safe by it.
///
/// One batch of prices stands for one block: one slice of one position, with a fresh budget.
///
/// @param constants the genesis file's
public record DydxV4Rulebook(Parameters constants) implements VenueRulebook {
  /// With the constants of the genesis file.
  public static final DydxV4Rulebook DEFAULT = new DydxV4Rulebook(genesis());

  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  /// @throws IllegalArgumentException if a constant is out of its range
  public DydxV4Rulebook {
    venue(constants);
  }

  private static Parameters genesis() {
    DydxV4.Parameters venue = DydxV4.Parameters.GENESIS;
    return Parameters.of(
        ppm(
            "maxLiquidationFeePpm",
            venue.maxLiquidationFeePpm(),
            "of a fill, the most that the insurance fund takes"),
        ppm(
            "bankruptcyAdjustmentPpm",
            venue.bankruptcyAdjustmentPpm(),
            "how fast the price falls with collateral, at least 1000000"),
        ppm(
            "spreadToMaintenanceMarginRatioPpm",
            venue.spreadToMaintenanceMarginRatioPpm(),
            "of the requirement, the widest spread"),
        quantums(
            "minPositionNotionalLiquidated",
            venue.minPositionNotional(),
            "the least that a slice may close"),
        ppm(
            "maxPositionPortionLiquidatedPpm",
            venue.maxPositionPortionPpm(),
            "of a position, the most that a slice closes"),
        quantums(
            "maxNotionalLiquidated",
            venue.maxNotionalPerBlock(),
            "per account and block, the most that is closed"),
        quantums(
            "maxQuantumsInsuranceLost",
            venue.maxInsuranceLostPerBlock(),
            "per account and block, the most that the insurance fund pays"),
        new Parameter(
            "positionOffset",
            "0",
            "place of the position that is liquidated, counted from the first of the account; drawn"
                + " by chance at the venue"));
  }

  private static Parameter ppm(String name, long value, String meaning) {
    return new Parameter(name, Long.toString(value), "parts per million " + meaning);
  }

  private static Parameter quantums(String name, BigInteger value, String meaning) {
    return new Parameter(name, value.toString(), "millionths of a dollar: " + meaning);
  }

  private static DydxV4.Parameters venue(Parameters constants) {
    constants.range("maxLiquidationFeePpm", 0, Ppm.ONE);
    constants.range("bankruptcyAdjustmentPpm", Ppm.ONE, Integer.MAX_VALUE);
    constants.range("spreadToMaintenanceMarginRatioPpm", 0, Integer.MAX_VALUE);
    constants.range("maxPositionPortionLiquidatedPpm", 0, Ppm.ONE);
    constants.range("positionOffset", 0, Account.LEGS_MAX);
    for (String name :
        List.of(
            "minPositionNotionalLiquidated", "maxNotionalLiquidated", "maxQuantumsInsuranceLost")) {
      constants.range(name, 0, Long.MAX_VALUE);
    }
    return DydxV4.Parameters.GENESIS
        .withMaxLiquidationFeePpm(constants.integer("maxLiquidationFeePpm").longValueExact())
        .withFillablePrice(
            constants.integer("bankruptcyAdjustmentPpm").longValueExact(),
            constants.integer("spreadToMaintenanceMarginRatioPpm").longValueExact())
        .withLimits(
            constants.integer("minPositionNotionalLiquidated"),
            constants.integer("maxPositionPortionLiquidatedPpm").longValueExact(),
            constants.integer("maxNotionalLiquidated"),
            constants.integer("maxQuantumsInsuranceLost"));
  }

  @Override
  public String name() {
    return "dydx-v4";
  }

  @Override
  public String summary() {
    return "dYdX v4: a tenth of one position per block at the fillable price, without a target";
  }

  @Override
  public List<String> rule() {
    return List.of(
        "When: the requirement is above net collateral, strictly; notionals are cut off to a quote"
            + " quantum, requirements rounded up.",
        "How much: of one position per block the larger of a least notional and a share, within the"
            + " block's budget, in steps; a rest of one step is closed, too. No health target.",
        "Price: immediate or cancel at (N - ABR x SMMR x MMR) / size with ABR = BA x (1 - TNC /"
            + " TMMR); sales are rounded up to a tick, purchases down.",
        "Fee: what the fill is better than the bankruptcy price, at most a share of the fill; where"
            + " it is worse the insurance fund pays the difference.",
        "Bad debt: what finds no fill below zero is deleveraged at the bankruptcy price.");
  }

  @Override
  public String source() {
    return "dydxprotocol/v4-chain@84d4664b protocol/x/clob/keeper/liquidations.go, deleveraging.go,"
        + " protocol/x/perpetuals/lib/lib.go, protocol/lib/margin/risk.go,"
        + " protocol/testing/genesis.sh";
  }

  @Override
  public Optional<String> leftOut() {
    return Optional.of(
        "deleveraging of accounts below zero whose order found no fill, and whether the insurance"
            + " fund can pay for a fill worse than bankruptcy");
  }

  @Override
  public DydxV4Rulebook with(Map<String, String> values) {
    return new DydxV4Rulebook(constants.with(values));
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    return PerpetualAccount.all(
        PerpetualAccount.fitFlat(account, listing),
        PerpetualAccount.fitWithoutFee(account, listing),
        PerpetualAccount.fitSizes(account, listing, false),
        PerpetualAccount.fit(account, listing, DydxV4Rulebook::flaw));
  }

  /// What the venue states of a market: an initial margin, and the maintenance's share of it.
  private static String flaw(Contract contract) {
    if (contract.initial().tiers().size() > 1) {
      return " has several initial rates, the venue one; list it with one";
    }
    long initial = contract.initial().tiers().getFirst().ratePpm();
    long maintenance = contract.maintenance().tiers().getFirst().ratePpm();
    return maintenance <= initial && maintenance * Ppm.ONE % initial == 0
        ? ""
        : ": maintenance must be a share of initial in whole parts per million, as at the venue";
  }

  /// What the fund takes at most, for the yardstick of over-liquidation alone.
  @Override
  public PenaltyTerms penalty() {
    long rate = Math.min(venue(constants).maxLiquidationFeePpm(), Ppm.ONE - 1);
    return new PenaltyTerms(rate, 0, PenaltyTerms.Cap.NONE, Ppm.ONE);
  }

  @Override
  public Optional<Prescription> prescription(Situation situation) {
    View view = View.of(situation.account(), situation.marks(), situation.listing());
    if (!DydxV4.isLiquidatable(view.risk())) {
      return Optional.of(
          new Prescription(
              List.of(),
              "TMMR %s is not above TNC %s quote quantums"
                  .formatted(view.risk().maintenance(), view.risk().netCollateral())));
    }
    Slice slice = Slice.of(this, view);
    if (slice.fillable().isEmpty()) {
      return Optional.of(
          new Prescription(List.of(), "the fillable price is below zero, where the chain fails"));
    }
    Fraction size = Fraction.of(slice.delta().abs()).times(slice.held().unit());
    Fraction limit = Fraction.of(slice.subticks()).times(slice.held().priceUnit());
    return Optional.of(
        new Prescription(
            List.of(slice.held().piece(size, OptionalLong.of(slice.subticks().longValueExact()))),
            "%s %s, as a slice closes %s to %s quote quantums, at %s or better"
                .formatted(
                    size,
                    slice.held().symbol(),
                    slice.limits().min(),
                    slice.limits().max().min(slice.budget().notional()),
                    limit)));
  }

  @Override
  public Levy levy() {
    return this::fee;
  }

  /// What the insurance fund gets of a fill, quote quantums as value units rounded up; negative
  /// where it pays.
  private OptionalLong fee(
      HealthModel model, Account account, Marks marks, Leg leg, long quantity, long cost) {
    if (!(leg instanceof Leg.PositionLeg(int market))) {
      return OptionalLong.empty();
    }
    Listing listing = model.listing();
    View view = View.of(account, marks, listing);
    int place = view.place(market);
    Held held = view.account().positions().get(place);
    BigInteger delta = BigInteger.valueOf(quantity);
    delta = held.isLong() ? delta.negate() : delta;
    Fraction notional = Fraction.of(quantity).times(held.unit()).times(held.mark());
    Fraction lost = Fraction.of(cost).times(PerpetualAccount.tenth(listing.valueDecimals()));
    Fraction received = held.isLong() ? notional.minus(lost) : notional.plus(lost);
    Fraction price = quote(received).over(Fraction.of(quantity));
    BigInteger fund =
        DydxV4.insuranceFundDelta(
            venue(constants),
            view.risk(),
            view.positions().get(place).perpetual(),
            view.positions().get(place).baseQuantums(),
            delta,
            DydxV4.fillQuote(price, delta));
    return OptionalLong.of(valueUnits(fund, listing));
  }

  private static long valueUnits(BigInteger quantums, Listing listing) {
    Fraction scale = PerpetualAccount.tenth(listing.valueDecimals());
    return new Fraction(quantums, MILLION).over(scale).ceil().longValueExact();
  }

  /// Dollars as quote quantums, exactly.
  private static Fraction quote(Fraction dollars) {
    return dollars.times(Fraction.of(MILLION));
  }

  /// An account in quantums.
  private record View(
      PerpetualAccount account,
      BigInteger quoteBalance,
      List<DydxV4.Position> positions,
      DydxV4.Risk risk) {
    static View of(AccountView view, Marks marks, Listing listing) {
      PerpetualAccount account = PerpetualAccount.of(view, marks, listing);
      BigInteger balance = quote(account.quoteBalance()).floor();
      List<DydxV4.Position> positions =
          account.positions().stream()
              .map(held -> new DydxV4.Position(held.market(), held.quantity(), perpetual(held)))
              .toList();
      return new View(account, balance, positions, DydxV4.risk(balance, positions));
    }

    private static DydxV4.Perpetual perpetual(Held held) {
      Fraction million = Fraction.of(MILLION);
      return new DydxV4.Perpetual(
          quote(held.mark()).times(held.unit()),
          held.initialRate().times(million).truncate().longValueExact(),
          held.rate().over(held.initialRate()).times(million).truncate().longValueExact());
    }

    int place(int market) {
      for (int i = 0; i < positions.size(); i++) {
        if (positions.get(i).perpetualId() == market) {
          return i;
        }
      }
      throw new IllegalArgumentException("no position in market " + market);
    }
  }

  /// The order of a block.
  ///
  /// @param delta base quantums, with the sign against the position
  /// @param fillable price, quote quantums per base quantum; empty where it is below zero
  /// @param subticks that price on the grid; zero without one
  private record Slice(
      Held held,
      DydxV4.Position position,
      DydxV4.NotionalLimits limits,
      DydxV4.BlockBudget budget,
      BigInteger delta,
      Optional<Fraction> fillable,
      BigInteger subticks) {
    static Slice of(DydxV4Rulebook rulebook, View view) {
      DydxV4.Parameters venue = venue(rulebook.constants());
      List<Integer> ids = view.positions().stream().map(DydxV4.Position::perpetualId).toList();
      int offset = rulebook.constants().integer("positionOffset").intValueExact() % ids.size();
      int place = DydxV4.positionToLiquidate(ids, Set.of(), offset).orElseThrow();
      Held held = view.account().positions().get(place);
      DydxV4.Position position = view.positions().get(place);
      DydxV4.BlockBudget budget = DydxV4.blockBudget(venue, BigInteger.ZERO, BigInteger.ZERO);
      Fraction subtick = quote(held.priceUnit()).times(held.unit());
      DydxV4.ClobPair pair =
          new DydxV4.ClobPair(
              held.lot().over(held.unit()).truncate(), held.tick(), exponent(subtick));
      Optional<Fraction> fillable = fillable(venue, view, position);
      return new Slice(
          held,
          position,
          DydxV4.notionalLimits(
              venue, DydxV4.notional(position.perpetual(), position.baseQuantums())),
          budget,
          DydxV4.sizeDelta(
              venue, position.perpetual(), pair, position.baseQuantums(), budget.notional()),
          fillable,
          fillable
              .map(price -> DydxV4.subticks(price, held.isLong(), pair))
              .orElse(BigInteger.ZERO));
    }

    private static Optional<Fraction> fillable(
        DydxV4.Parameters venue, View view, DydxV4.Position position) {
      try {
        return Optional.of(
            DydxV4.fillablePrice(
                venue, view.risk(), position.perpetual(), position.baseQuantums()));
      } catch (ArithmeticException _) {
        return Optional.empty();
      }
    }

    /// The exponent of a power of ten.
    private static int exponent(Fraction power) {
      return power.numerator().toString().length() - power.denominator().toString().length();
    }
  }

  @Override
  public List<Figure> figures(Situation situation) {
    if (fits(situation.account(), situation.listing()) instanceof Fit.Misfit) {
      return List.of();
    }
    View view = View.of(situation.account(), situation.marks(), situation.listing());
    DydxV4.Risk risk = view.risk();
    FigureList figures =
        new FigureList()
            .add("net collateral TNC", risk.netCollateral(), "quote quantums")
            .add("initial requirement", risk.initial(), "quote quantums")
            .add("maintenance requirement TMMR", risk.maintenance(), "quote quantums")
            .add("may be liquidated", DydxV4.isLiquidatable(risk));
    if (risk.maintenance().signum() > 0) {
      add(figures, view, Slice.of(this, view));
    }
    return figures.list();
  }

  private void add(FigureList figures, View view, Slice slice) {
    DydxV4.Parameters venue = venue(constants);
    DydxV4.Perpetual perpetual = slice.position().perpetual();
    BigInteger position = slice.position().baseQuantums();
    figures
        .add("position that is liquidated", slice.held().symbol(), "")
        .add("slice at least", slice.limits().min(), "quote quantums")
        .add("slice at most", slice.limits().max(), "quote quantums")
        .add("block's notional left", slice.budget().notional(), "quote quantums")
        .add("block's insurance left", slice.budget().insurance(), "quote quantums")
        .add("size delta", slice.delta(), "base quantums");
    slice
        .fillable()
        .ifPresentOrElse(
            price -> add(figures, view, slice, price),
            () -> figures.add("fillable price", "below zero, where the chain fails", ""));
    DydxV4Deleveraging.Price price = DydxV4Deleveraging.price(view.risk(), false);
    figures.add("deleveraging without a fill", price.name(), "price");
    if (price != DydxV4Deleveraging.Price.NONE) {
      figures.add(
          "deleveraging of the position",
          DydxV4Deleveraging.quote(price, view.risk(), perpetual, position, position.negate()),
          "quote quantums received");
    }
    figures.add(
        "withdrawals shut after an account below zero",
        Integer.toString(venue.withdrawalGateBlocks()),
        "blocks");
  }

  private void add(FigureList figures, View view, Slice slice, Fraction price) {
    DydxV4.Perpetual perpetual = slice.position().perpetual();
    BigInteger fill = DydxV4.fillQuote(price, slice.delta());
    DydxV4.Settlement settlement =
        DydxV4.settle(
            venue(constants),
            view.quoteBalance(),
            view.risk(),
            perpetual,
            slice.position().baseQuantums(),
            slice.delta(),
            fill);
    Fraction dollars = price.over(quote(slice.held().unit()));
    figures
        .add("fillable price", price, "quote quantums per base quantum")
        .add("fillable price in dollars", dollars, "USD")
        .add("limit on the grid", slice.subticks(), "subticks")
        .add(
            "off the oracle price",
            price.minus(perpetual.oraclePrice()).abs().over(perpetual.oraclePrice()),
            "of it; the furthest account comes first")
        .add(
            "slice at its bankruptcy price",
            DydxV4.bankruptcyQuote(
                view.risk(), perpetual, slice.position().baseQuantums(), slice.delta()),
            "quote quantums received")
        .add("slice filled at the fillable price", fill, "quote quantums")
        .add("insurance fund then gets", settlement.insuranceFundDelta(), "quote quantums")
        .add("quote balance then", settlement.quoteBalance(), "quote quantums")
        .add("position then", settlement.position(), "base quantums")
        .add("notional liquidated then", settlement.notionalLiquidated(), "quote quantums");
  }
}
