package trimtab.lab.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import trimtab.core.account.Account;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.rulebook.Rulebook;
import trimtab.lab.input.RulebookFit;

/// What is stressed: every rulebook at every point of a grid, on the same book.
///
/// @param listing what can be held and traded
/// @param marks before any shock
/// @param accounts in the order in which ties are broken
/// @param rulebooks in the order of the results
/// @param grid shocks
/// @param liquidity of each feed, before any shock
/// @param fund what the insurance fund holds, value units; empty: it pays every deficit
public record StressSetup(
    Listing listing,
    Marks marks,
    List<Account> accounts,
    List<Rulebook> rulebooks,
    ShockGrid grid,
    List<MarketLiquidity> liquidity,
    OptionalLong fund) {
  /// Rulebooks of one stress.
  public static final int RULEBOOKS_MAX = 64;

  public StressSetup {
    accounts = List.copyOf(accounts);
    rulebooks = List.copyOf(rulebooks);
    liquidity = List.copyOf(liquidity);
    if (rulebooks.isEmpty() || rulebooks.size() > RULEBOOKS_MAX) {
      throw new IllegalArgumentException("a stress needs 1 to 64 rulebooks");
    }
    if (liquidity.size() != listing.feeds().size()) {
      throw new IllegalArgumentException("a stress needs the liquidity of every feed");
    }
    Marks highest = highest(listing, marks, grid);
    accounts.forEach(account -> requireBudget(listing, highest, account));
    RulebookFit.require(rulebooks, accounts, listing);
  }

  private static Marks highest(Listing listing, Marks marks, ShockGrid grid) {
    List<String> symbols = listing.feeds().stream().map(Feed::name).toList();
    long[] prices = marks.prices();
    for (List<Long> move : grid.priceMoves(symbols)) {
      Marks moved = shocked(listing, marks, move);
      for (int feed = 0; feed < prices.length; feed++) {
        prices[feed] = Math.max(prices[feed], moved.price(feed));
      }
    }
    return Marks.of(marks.asOfNanos(), prices);
  }

  /// Every leg must fit the exact integers at the highest prices of the grid.
  private static void requireBudget(Listing listing, Marks marks, Account account) {
    try {
      for (Account.Balance balance : account.balances()) {
        Asset asset = listing.assets().get(balance.asset());
        long size = Math.max(Math.absExact(balance.amount()), balance.debt());
        listing.requireBudget(asset.symbol(), size, marks.unitValue(listing, asset));
      }
      for (Account.Position position : account.positions()) {
        Contract contract = listing.contracts().get(position.market());
        long unitValue = marks.unitValue(listing, contract);
        listing.requireBudget(contract.symbol(), position.quantity(), unitValue);
      }
    } catch (IllegalArgumentException | ArithmeticException tooLarge) {
      throw new IllegalArgumentException(
          "account '%s' at the highest prices of the grid: %s"
              .formatted(account.id(), tooLarge.getMessage()),
          tooLarge);
    }
  }

  /// The marks after a move: each price times one plus its change, rounded half up to the tick, at
  /// least one tick; a price that does not change is left as it is.
  static Marks shocked(Listing listing, Marks marks, List<Long> changesPpm) {
    long[] prices = marks.prices();
    for (int feed = 0; feed < prices.length; feed++) {
      long change = changesPpm.get(feed);
      if (change != 0) {
        long tick = listing.feeds().get(feed).tick();
        long moved = Rounding.mulDivFloor(prices[feed], Ppm.ONE + change, Ppm.ONE);
        // Twice the exact price in half ticks decides: floor loses less than a unit of the price.
        long ticks = roundedTicks(prices[feed], Ppm.ONE + change, moved, tick);
        prices[feed] = Math.multiplyExact(Math.max(1, ticks), tick);
      }
    }
    return Marks.of(marks.asOfNanos(), prices);
  }

  private static long roundedTicks(long price, long factorPpm, long floor, long tick) {
    long ticks = floor / tick;
    var twice = trimtab.core.money.Wide.product(price, factorPpm).times(2);
    var border = trimtab.core.money.Wide.product(2 * ticks + 1, tick).times(Ppm.ONE);
    return twice.compareTo(border) >= 0 ? ticks + 1 : ticks;
  }

  /// Markets by feed.
  public List<String> symbols() {
    return listing.feeds().stream().map(Feed::name).toList();
  }

  /// The moves of prices, each with the marks that it leads to.
  List<PriceMove> moves() {
    List<PriceMove> moves = new ArrayList<>();
    for (List<Long> changes : grid.priceMoves(symbols())) {
      moves.add(new PriceMove(changes, shocked(listing, marks, changes)));
    }
    return moves;
  }

  /// @param changesPpm by feed
  /// @param marks after the move
  record PriceMove(List<Long> changesPpm, Marks marks) {}

  /// Changes of volatility and of depth at each price, in the order of results.
  List<LiquidityMove> liquidityMoves() {
    List<LiquidityMove> moves = new ArrayList<>();
    for (long volatility : grid.changes(ShockGrid.Kind.VOLATILITY)) {
      for (long depth : grid.changes(ShockGrid.Kind.DEPTH)) {
        moves.add(new LiquidityMove(volatility, depth));
      }
    }
    return moves;
  }

  /// Parts per million.
  record LiquidityMove(long volatilityPpm, long depthPpm) {}

  /// What trading costs at these marks after a change of liquidity.
  StressCurves curves(Marks moved, LiquidityMove change) {
    return StressCurves.of(
        listing,
        moved,
        liquidity.stream()
            .map(each -> each.shocked(change.volatilityPpm(), change.depthPpm()))
            .toList());
  }
}
