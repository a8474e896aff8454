package trimtab.core.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import trimtab.core.account.AccountView;
import trimtab.core.health.PriceRange.Direction;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.mark.PositionValue;
import trimtab.core.money.Wide;

/// At which prices of one feed, all other prices held, an account is in breach or bankrupt:
/// exactly, on every tick from one to [#MULTIPLE_MAX] times the mark, or as far as its value can be
/// counted and a price may go ([Marks#PRICE_MAX]).
///
/// With hedges, collateral on the same price or stepped tiers there may be several ranges, and a
/// price beyond one may be sound again. So the search enumerates the prices between which every
/// part of the health is a straight line: where a tier begins, a profit turns into a loss, an
/// asset's net changes its sign. Between two of them the verdict changes at most once, and
/// bisection finds the tick; the verdicts themselves are those of [HealthModel#assess].
public final class PriceRanges {
  /// Prices above the mark are looked at up to this multiple of it.
  public static final int MULTIPLE_MAX = 100;

  private final HealthModel model;
  private final AccountView account;
  private final Marks marks;
  private final int feed;
  private final long tick;
  private final long lowest;
  private final long highest;

  private PriceRanges(HealthModel model, AccountView account, Marks marks, int feed) {
    this.model = model;
    this.account = account;
    this.marks = marks;
    this.feed = feed;
    this.tick = model.listing().feeds().get(feed).tick();
    this.lowest = lowest();
    this.highest = highest();
  }

  /// The prices at which the account is below a level.
  ///
  /// @param levelPpm such as a rulebook's threshold
  /// @return nearest to the mark first; a range that the mark itself lies in is left out
  public static List<PriceRange> below(
      HealthModel model, AccountView account, Marks marks, int feed, long levelPpm) {
    return new PriceRanges(model, account, marks, feed)
        .ranges(health -> !health.isAtLeast(levelPpm));
  }

  /// The prices at which the account is bankrupt: its equity is zero or less.
  ///
  /// @return nearest to the mark first; a range that the mark itself lies in is left out
  public static List<PriceRange> bankrupt(
      HealthModel model, AccountView account, Marks marks, int feed) {
    return new PriceRanges(model, account, marks, feed).ranges(Health::isBankrupt);
  }

  /// The feeds that something of the account depends on, ascending.
  public static List<Integer> feeds(Listing listing, AccountView account) {
    TreeSet<Integer> feeds = new TreeSet<>();
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = listing.contracts().get(account.market(i));
      feeds.add(contract.feed());
      if (contract.settlement() != 0) {
        feeds.add(listing.assets().get(contract.settlement()).feed());
      }
    }
    for (int i = 0; i < account.balanceCount(); i++) {
      if (account.asset(i) != 0 && account.amount(i) != account.debt(i)) {
        feeds.add(listing.assets().get(account.asset(i)).feed());
      }
    }
    return List.copyOf(feeds);
  }

  private List<PriceRange> ranges(Predicate<Health> wanted) {
    LongPredicate is = step -> wanted.test(model.assess(account, at(step)));
    boolean now = wanted.test(model.assess(account, marks));
    NavigableSet<Long> ends = ends();
    List<PriceRange> found = new ArrayList<>();
    Scan down = new Scan(Direction.DOWN, is, now);
    for (long high = Math.floorDiv(mark(), tick); high >= lowest; ) {
      Long end = ends.lower(high);
      long low = end == null ? lowest : Math.max(lowest, end + 1);
      down.piece(high, low);
      high = low - 1;
    }
    found.addAll(down.ranges());
    Scan up = new Scan(Direction.UP, is, now);
    for (long low = Math.ceilDiv(mark(), tick); low <= highest; ) {
      Long end = ends.ceiling(low);
      long high = end == null ? highest : Math.min(end, highest);
      up.piece(low, high);
      low = high + 1;
    }
    found.addAll(up.ranges());
    found.sort(Comparator.comparingLong(range -> Math.abs(range.nearest() - mark())));
    return List.copyOf(found);
  }

  /// One walk away from the mark.
  private final class Scan {
    private final Direction direction;
    private final LongPredicate is;
    private final List<PriceRange> ranges = new ArrayList<>();
    private boolean inside;
    private long nearest;

    Scan(Direction direction, LongPredicate is, boolean now) {
      this.direction = direction;
      this.is = is;
      this.inside = now;
    }

    /// A range of ticks in which the verdict changes at most once.
    void piece(long from, long to) {
      boolean first = is.test(from);
      turn(first, from);
      if (is.test(to) != first) {
        turn(!first, firstOther(from, to, first));
      }
    }

    private void turn(boolean becomes, long step) {
      if (becomes == inside) {
        return;
      }
      if (becomes) {
        nearest = step;
      } else if (nearest > 0) {
        long before = direction == Direction.DOWN ? step + 1 : step - 1;
        ranges.add(range(OptionalLong.of(before * tick)));
      }
      inside = becomes;
    }

    /// The tick nearest to `from` whose verdict is not that of `from`.
    private long firstOther(long from, long to, boolean verdict) {
      long same = from;
      long other = to;
      while (Math.abs(other - same) > 1) {
        long middle = (same + other) >>> 1;
        if (is.test(middle) == verdict) {
          same = middle;
        } else {
          other = middle;
        }
      }
      return other;
    }

    private PriceRange range(OptionalLong farthest) {
      return new PriceRange(feed, direction, nearest * tick, farthest);
    }

    List<PriceRange> ranges() {
      if (inside && nearest > 0) {
        ranges.add(range(OptionalLong.empty()));
      }
      return ranges;
    }
  }

  private long mark() {
    return marks.price(feed);
  }

  private Marks at(long step) {
    return marks.with(feed, step * tick);
  }

  /// The first tick at which everything can be counted: near zero an inverse contract is worth too
  /// much.
  private long lowest() {
    long mark = Math.max(1, Math.floorDiv(mark(), tick));
    return mark - last(0, mark - 1, down -> counts(mark - down));
  }

  /// The last tick up to the limit at which everything can be counted.
  private long highest() {
    long from = Math.ceilDiv(mark(), tick);
    // Marks are below 2^50, so the product fits.
    long most = Math.min(mark() * MULTIPLE_MAX, Marks.PRICE_MAX - 1) / tick;
    return last(from, Math.max(from, most), this::counts);
  }

  private boolean counts(long step) {
    try {
      return model.assess(account, at(step)).obligation().signum() >= 0;
    } catch (ArithmeticException tooLarge) {
      return false;
    }
  }

  /// The last tick of each piece, ascending; the last piece ends at the highest tick.
  private NavigableSet<Long> ends() {
    NavigableSet<Long> ends = new TreeSet<>();
    for (int i = 0; i < account.positionCount(); i++) {
      int position = i;
      if (!dependsOnFeed(i)) {
        continue;
      }
      for (long limit : model.requirements().notionalLimits(account.market(i))) {
        Wide exact = Wide.product(limit, model.listing().exactScale());
        boolean within = notional(position, lowest).compareTo(exact) <= 0;
        ends.add(
            last(
                lowest,
                highest,
                step -> (notional(position, step).compareTo(exact) <= 0) == within));
      }
      boolean first = gains(position, lowest);
      ends.add(last(lowest, highest, step -> gains(position, step) == first));
    }
    if (isCurved()) {
      ends.addAll(turns(ends));
    }
    ends.addAll(signChanges(ends));
    return ends;
  }

  /// Whether an inverse contract is marked by this price but paid in something that another price
  /// values: then health is no straight line between two ends, but has at most one turn.
  private boolean isCurved() {
    for (int i = 0; i < account.positionCount(); i++) {
      Contract contract = model.listing().contracts().get(account.market(i));
      Asset settlement = model.listing().assets().get(contract.settlement());
      if (contract.isInverse() && contract.feed() == feed && settlement.feed() != feed) {
        return true;
      }
    }
    return false;
  }

  /// Where backing less obligation is largest and least inside each piece.
  private List<Long> turns(NavigableSet<Long> ends) {
    List<Long> turns = new ArrayList<>();
    long from = lowest;
    for (long end : withHighest(ends)) {
      turns.add(largest(from, end, 1));
      turns.add(largest(from, end, -1));
      from = Math.min(end + 1, highest);
    }
    return turns;
  }

  private long largest(long from, long to, int sign) {
    long low = from;
    long high = to;
    while (high - low > 2) {
      long third = (high - low) / 3;
      long left = low + third;
      long right = high - third;
      if (sign * distance(left).compareTo(distance(right)) < 0) {
        low = left;
      } else {
        high = right;
      }
    }
    return low;
  }

  private Wide distance(long step) {
    Health health = model.assess(account, at(step));
    return health.backing().minus(health.obligation());
  }

  /// Whether the feed marks a position's contract or values what it is settled in.
  private boolean dependsOnFeed(int position) {
    Contract contract = model.listing().contracts().get(account.market(position));
    Asset settlement = model.listing().assets().get(contract.settlement());
    return contract.feed() == feed || settlement.feed() == feed;
  }

  private PositionValue value(int position, long step) {
    Contract contract = model.listing().contracts().get(account.market(position));
    return PositionValue.of(model.listing(), contract, at(step));
  }

  private Wide notional(int position, long step) {
    return value(position, step).notional(Math.absExact(account.quantity(position)));
  }

  private boolean gains(int position, long step) {
    return value(position, step).profit(account.quantity(position), account.cost(position)) >= 0;
  }

  /// Where the net value of an asset changes its sign, within pieces in which it is a straight
  /// line.
  private List<Long> signChanges(NavigableSet<Long> ends) {
    List<Long> changes = new ArrayList<>();
    for (int asset = 0; asset < model.listing().assets().size(); asset++) {
      int index = asset;
      long from = lowest;
      for (long end : withHighest(ends)) {
        boolean owed = owes(index, from);
        if (owes(index, end) != owed) {
          changes.add(last(from, end, step -> owes(index, step) == owed));
        }
        from = Math.min(end + 1, highest);
      }
    }
    return changes;
  }

  private List<Long> withHighest(NavigableSet<Long> ends) {
    List<Long> all = new ArrayList<>(ends.headSet(highest, false));
    all.add(highest);
    return all;
  }

  private boolean owes(int asset, long step) {
    return model.cash(account, at(step), asset).isNegative();
  }

  /// The last step from `low` on for which a predicate still holds that holds at `low` and, once it
  /// does not, never again; `low` where it does not even hold there.
  private static long last(long low, long high, LongPredicate holds) {
    if (holds.test(high)) {
      return high;
    }
    long holding = low;
    long failing = high;
    while (failing - holding > 1) {
      long middle = (holding + failing) >>> 1;
      if (holds.test(middle)) {
        holding = middle;
      } else {
        failing = middle;
      }
    }
    return holding;
  }
}
