package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import trimtab.core.account.AccountView;
import trimtab.core.account.Leg;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Prescription.Piece;
import trimtab.core.rulebook.Situation;
import trimtab.rulebooks.number.Fraction;

/// An account of perpetuals in the settlement currency, as exact decimals: what the rules of
/// derivatives venues look at. Nothing is rounded on the way in.
///
/// @param cash balance of the settlement currency less what is owed of it
/// @param positions open, in the order of the listing
public record PerpetualAccount(Fraction cash, List<Held> positions) {
  public PerpetualAccount {
    positions = List.copyOf(positions);
  }

  /// A position.
  ///
  /// @param market index in the listing
  /// @param quantity in the contract's quantity units, negative for a short
  /// @param unit what one quantity unit is
  /// @param mark price
  /// @param priceUnit what one unit of the feed is
  /// @param tick smallest step of a price, in those units
  /// @param cost what was paid for it, negative for a short: entry price x size
  /// @param lot smallest step
  /// @param dust a rest worth less may not stay open, in the settlement currency
  /// @param tiers maintenance rates, ascending in notional
  /// @param initialTiers initial rates, ascending in notional
  public record Held(
      int market,
      String symbol,
      BigInteger quantity,
      Fraction unit,
      Fraction mark,
      Fraction priceUnit,
      BigInteger tick,
      Fraction cost,
      Fraction lot,
      Fraction dust,
      List<Rate> tiers,
      List<Rate> initialTiers) {
    public Held {
      tiers = List.copyOf(tiers);
      initialTiers = List.copyOf(initialTiers);
    }

    /// Signed size.
    public Fraction size() {
      return Fraction.of(quantity).times(unit);
    }

    /// Signed value at the mark.
    public Fraction notional() {
      return size().times(mark);
    }

    /// Average price that was paid.
    public Fraction entry() {
      return cost.over(size());
    }

    /// Unrealised profit at the mark.
    public Fraction profit() {
      return notional().minus(cost);
    }

    public boolean isLong() {
      return quantity.signum() > 0;
    }

    /// The one maintenance rate.
    ///
    /// @throws IllegalStateException if there are several
    public Fraction rate() {
      return only(tiers, "maintenance");
    }

    /// The one initial rate.
    ///
    /// @throws IllegalStateException if there are several
    public Fraction initialRate() {
      return only(initialTiers, "initial");
    }

    private Fraction only(List<Rate> rates, String kind) {
      if (rates.size() != 1) {
        throw new IllegalStateException("%s has several %s rates".formatted(symbol, kind));
      }
      return rates.getFirst().rate();
    }

    /// A part of it as the core closes it, cut off to its quantity units, at any price.
    ///
    /// @param size positive
    public Piece piece(Fraction size) {
      return piece(size, OptionalLong.empty());
    }

    /// The same at a limit.
    ///
    /// @param limitPrice see [#limit(Fraction)]
    public Piece piece(Fraction size, OptionalLong limitPrice) {
      return new Piece(
          new Leg.PositionLeg(market),
          size.over(unit).truncate().min(quantity.abs()).longValueExact(),
          limitPrice);
    }

    /// A price in the feed's units as the limit of an order that closes this, in ticks: up where a
    /// long is sold, down where a short is bought back; at least zero.
    public OptionalLong limit(Fraction price) {
      Fraction units = price.over(priceUnit);
      Fraction step = Fraction.of(tick);
      Fraction limit = isLong() ? units.ceilTo(step) : units.floorTo(step);
      return OptionalLong.of(limit.truncate().max(BigInteger.ZERO).longValueExact());
    }
  }

  /// A maintenance rate and the notional above which it begins.
  public record Rate(Fraction fromNotional, Fraction rate) {}

  /// The account at the marks, with all its profits.
  public Fraction equity() {
    return positions.stream().map(Held::profit).reduce(cash, Fraction::plus);
  }

  /// Balance with what positions cost taken out: what is left once all are closed at nothing.
  public Fraction quoteBalance() {
    return positions.stream().map(Held::cost).reduce(cash, Fraction::minus);
  }

  /// The account of a situation that [#fit] accepts.
  public static PerpetualAccount of(Situation situation) {
    return of(situation.account(), situation.marks(), situation.listing());
  }

  /// An account that [#fit] accepts, at marks.
  public static PerpetualAccount of(AccountView account, Marks marks, Listing listing) {
    Fraction money = tenth(listing.valueDecimals());
    Fraction cash = Fraction.ZERO;
    for (int i = 0; i < account.balanceCount(); i++) {
      if (account.asset(i) == 0) {
        cash = cash.plus(Fraction.of(account.amount(i)).minus(Fraction.of(account.debt(i))));
      }
    }
    List<Held> positions = new ArrayList<>();
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = listing.contracts().get(account.market(i));
      int priceDecimals = listing.feeds().get(contract.feed()).priceDecimals();
      Fraction unit = tenth(contract.quantityDecimals());
      positions.add(
          new Held(
              account.market(i),
              contract.symbol(),
              BigInteger.valueOf(account.quantity(i)),
              unit,
              Fraction.of(marks.price(contract.feed())).times(tenth(priceDecimals)),
              tenth(priceDecimals),
              BigInteger.valueOf(listing.feeds().get(contract.feed()).tick()),
              Fraction.of(account.cost(i)).times(tenth(listing.costDecimals(contract))),
              Fraction.of(contract.lot()).times(unit),
              Fraction.of(contract.dustValue()).times(money),
              rates(contract.maintenance(), money),
              rates(contract.initial(), money)));
    }
    return new PerpetualAccount(cash.times(money), positions);
  }

  private static List<Rate> rates(MarginTiers tiers, Fraction money) {
    return tiers.tiers().stream()
        .map(tier ->
            new Rate(
                Fraction.of(tier.fromValue()).times(money),
                new Fraction(BigInteger.valueOf(tier.ratePpm()), BigInteger.valueOf(1_000_000))))
        .toList();
  }

  /// Whether an account is one: linear perpetuals in the settlement currency, and nothing else held
  /// or owed.
  public static Fit fit(AccountView account, Listing listing) {
    return misfit(account, listing).<Fit>map(Fit.Misfit::new).orElse(new Fit.Fits());
  }

  /// The same, where each market has one maintenance rate.
  public static Fit fitFlat(AccountView account, Listing listing) {
    return fit(
        account,
        listing,
        contract ->
            contract.maintenance().tiers().size() > 1
                ? " has several maintenance rates, the venue one; list it with one"
                : "");
  }

  /// The same, where the venue charges liquidations no trading fee.
  public static Fit fitWithoutFee(AccountView account, Listing listing) {
    return fit(
        account,
        listing,
        contract ->
            contract.takerFeePpm() == 0
                ? ""
                : " has a taker fee, which the venue charges no liquidation; list it with takerFee:"
                    + " 0");
  }

  /// The same, where sizes are the venue's own: they would be changed by a least order, and by dust
  /// unless the rule knows it.
  public static Fit fitSizes(AccountView account, Listing listing, boolean knowsDust) {
    return fit(
        account,
        listing,
        contract ->
            contract.minimumOrderValue() == 0 && (knowsDust || contract.dustValue() == 0)
                ? ""
                : " has a least order or dust that the venue's rule does not know;"
                    + (knowsDust ? " list it with minimumOrder: 0" : " list it with 0 for both"));
  }

  /// An account of linear perpetuals where a contract has no flaw.
  ///
  /// @param flaw what is wrong with a contract, to follow its symbol; empty: nothing
  public static Fit fit(AccountView account, Listing listing, Function<Contract, String> flaw) {
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = listing.contracts().get(account.market(i));
      String found = flaw.apply(contract);
      if (!found.isEmpty()) {
        return new Fit.Misfit(contract.symbol() + found);
      }
    }
    return fit(account, listing);
  }

  /// The first that does not fit.
  public static Fit all(Fit... fits) {
    for (Fit fit : fits) {
      if (fit instanceof Fit.Misfit) {
        return fit;
      }
    }
    return new Fit.Fits();
  }

  private static Optional<String> misfit(AccountView account, Listing listing) {
    for (int i = 0; i < account.balanceCount(); i++) {
      if (account.asset(i) != 0 && (account.amount(i) != 0 || account.debt(i) != 0)) {
        return Optional.of(
            "holds or owes %s; the rule knows collateral in %s alone"
                .formatted(
                    listing.assets().get(account.asset(i)).symbol(),
                    listing.settlement().symbol()));
      }
    }
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = listing.contracts().get(account.market(i));
      if (!contract.isPlain()) {
        return Optional.of(
            contract.symbol() + " is no linear perpetual in " + listing.settlement().symbol());
      }
    }
    return Optional.empty();
  }

  static Fraction tenth(int decimals) {
    return new Fraction(BigInteger.ONE, BigInteger.TEN.pow(decimals));
  }
}
