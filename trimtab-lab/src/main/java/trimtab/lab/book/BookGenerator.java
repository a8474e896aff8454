package trimtab.lab.book;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.health.MarginKind;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Decimals;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;
import trimtab.lab.book.Book.Opening;
import trimtab.lab.mark.PricePath;

/// Generates a book from a seed: a pure function of parameters, listing, prices and seed.
///
/// Each account enters at its own bar, at the close of that bar, with at least its initial margin
/// (a loan: with a health factor above one). An account too small for one lot of its market brings
/// the USD that the lot needs.
public final class BookGenerator {
  private final BookParameters parameters;
  private final Listing listing;
  private final PricePath path;
  private final LegSum requirements;
  private final HealthModel model;
  private final double valueUnits;
  private final int[] coins;

  public BookGenerator(BookParameters parameters, Listing listing, PricePath path) {
    if (!listing.isPlain()) {
      throw new IllegalArgumentException(
          "a generated book has linear perpetuals in the settlement currency alone; list with"
              + " MarketsFile.plainListing");
    }
    this.parameters = parameters;
    this.listing = listing;
    this.path = path;
    this.requirements = new LegSum(listing);
    this.model = new HealthModel(listing, requirements, Base.AUTO);
    this.valueUnits = Decimals.powerOfTen(listing.valueDecimals());
    this.coins =
        IntStream.range(0, listing.assets().size())
            .filter(asset -> !listing.assets().get(asset).isSettlement())
            .toArray();
    if (listing.contracts().isEmpty() && coins.length == 0) {
      throw new IllegalArgumentException("the markets list nothing that an account could hold");
    }
  }

  /// @param accounts how many, at most [Book#ACCOUNTS_MAX]
  public Book generate(long seed, int accounts) {
    if (accounts < 0 || accounts > Book.ACCOUNTS_MAX) {
      throw new IllegalArgumentException("accounts must be 0 to " + Book.ACCOUNTS_MAX);
    }
    List<Opening> openings = new ArrayList<>(accounts);
    for (int number = 0; number < accounts; number++) {
      openings.add(opening(SplitMix64.stream(seed, number), number));
    }
    return new Book(openings);
  }

  private Opening opening(SplitMix64 random, int number) {
    String id = "a%06d".formatted(number);
    double place = random.uniform(parameters.entry().minimum(), parameters.entry().maximum());
    int bar = (int) (place * (path.bars() - 1));
    double equity = parameters.equity().at(random.uniform());
    boolean wantsLoan = random.chance(parameters.loanShare());
    boolean isLoan = listing.contracts().isEmpty() || (wantsLoan && coins.length > 0);
    Marks marks = path.marks(bar);
    return new Opening(
        bar, isLoan ? loan(id, random, equity, marks) : perp(id, random, equity, marks));
  }

  /// A coin as collateral, USD owed.
  private Account loan(String id, SplitMix64 random, double equity, Marks marks) {
    int coin = coins[random.below(coins.length)];
    Asset asset = listing.assets().get(coin);
    double excess = parameters.loan().healthExcess().at(random.normal());
    double loanToValue = (double) asset.assetWeightPpm() / Ppm.ONE / (1 + excess);
    long held = units(equity / (1 - loanToValue), marks.unitValue(listing, asset), asset.lot());
    listing.requireBudget(asset.symbol(), held, unitValueAtHighest(asset));
    long value = Math.multiplyExact(held, marks.unitValue(listing, asset));
    long debt = Math.max(1, (long) (value * loanToValue));
    return new Account(id, List.of(new Balance(0, 0, debt), new Balance(coin, held, 0)), List.of());
  }

  private Account perp(String id, SplitMix64 random, double equity, Marks marks) {
    List<Balance> balances = collateral(random, equity, marks);
    double notional = equity * parameters.perp().leverage().at(random.normal());
    boolean two =
        random.chance(parameters.perp().twoMarketsShare()) && listing.contracts().size() > 1;
    int first = random.below(listing.contracts().size());
    double firstShare = two ? random.uniform(0.25, 0.75) : 1;
    List<Position> positions = new ArrayList<>();
    positions.add(position(random, first, notional * firstShare, marks));
    if (two) {
      int step = 1 + random.below(listing.contracts().size() - 1);
      int second = (first + step) % listing.contracts().size();
      Position other = position(random, second, notional * (1 - firstShare), marks);
      positions.add(second < first ? 0 : 1, other);
    }
    return withInitialMargin(new Account(id, balances, positions), marks);
  }

  private List<Balance> collateral(SplitMix64 random, double equity, Marks marks) {
    boolean holdsCoin = random.chance(parameters.perp().coinAccountShare()) && coins.length > 0;
    if (!holdsCoin) {
      return List.of(new Balance(0, (long) (equity * valueUnits), 0));
    }
    BookParameters.Range range = parameters.perp().coinPortion();
    double portion = random.uniform(range.minimum(), range.maximum());
    int coin = coins[random.below(coins.length)];
    Asset asset = listing.assets().get(coin);
    long held = units(equity * portion, marks.unitValue(listing, asset), asset.lot());
    listing.requireBudget(asset.symbol(), held, unitValueAtHighest(asset));
    long dollars = (long) (equity * (1 - portion) * valueUnits);
    return List.of(new Balance(0, dollars, 0), new Balance(coin, held, 0));
  }

  private Position position(SplitMix64 random, int market, double notional, Marks marks) {
    Contract contract = listing.contracts().get(market);
    long unitValue = marks.unitValue(listing, contract);
    boolean isLong = random.chance(parameters.perp().longShare());
    long size = units(notional, unitValue, contract.lot());
    long highest = path.highest(contract.feed());
    listing.requireBudget(contract.symbol(), size, listing.unitValue(contract, highest));
    long quantity = isLong ? size : -size;
    return new Position(market, quantity, Math.multiplyExact(quantity, unitValue));
  }

  /// Shrinks positions to the initial margin, then tops up what a lot of each still lacks. A tiered
  /// requirement is convex, so positions at `r <= 1` of their size need at most `r` of the margin.
  private Account withInitialMargin(Account account, Marks marks) {
    double scale = Math.min(1, available(account, marks).toDouble() / initial(account, marks));
    List<Position> shrunk = new ArrayList<>();
    for (Position position : account.positions()) {
      Contract contract = listing.contracts().get(position.market());
      long size = (long) (Math.abs(position.quantity()) * scale);
      long lots = Math.max(contract.lot(), Rounding.floorToStep(size, contract.lot()));
      long quantity = Long.signum(position.quantity()) * lots;
      long cost = Math.multiplyExact(quantity, marks.unitValue(listing, contract));
      shrunk.add(new Position(position.market(), quantity, cost));
    }
    Account fitted = new Account(account.id(), account.balances(), shrunk);
    Wide lacking =
        requirements.requirement(fitted, marks, MarginKind.INITIAL).minus(available(fitted, marks));
    if (lacking.signum() <= 0) {
      return fitted;
    }
    List<Balance> balances = new ArrayList<>(fitted.balances());
    Balance dollars = balances.getFirst();
    long added = lacking.divCeil(listing.settlement().assetWeightPpm());
    balances.set(0, new Balance(0, Math.addExact(dollars.amount(), added), dollars.debt()));
    return new Account(fitted.id(), balances, shrunk);
  }

  private double initial(Account account, Marks marks) {
    return requirements.requirement(account, marks, MarginKind.INITIAL).toDouble();
  }

  /// Weighted collateral: what the initial requirement is held against.
  private Wide available(Account account, Marks marks) {
    Health health = model.assess(account, marks);
    return health.backing().minus(health.obligation()).plus(health.requirement());
  }

  /// USD in units of an instrument, rounded down to lots, at least one lot.
  private long units(double usd, long unitValue, long lot) {
    double units = usd * valueUnits / unitValue;
    return Math.max(lot, Rounding.floorToStep((long) Math.min(units, 0x1p62), lot));
  }

  private long unitValueAtHighest(Asset asset) {
    return listing.unitValue(asset, path.highest(asset.feed()));
  }
}
