package trimtab.app.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Feed;
import trimtab.core.mark.Marks;
import trimtab.lab.input.PlanFile;

/// A price at which an account would be in breach, all other prices held.
///
/// With one price moving, the excess over the threshold is concave: nets are linear, weights favour
/// no sign change, requirements are convex. So the prices at which the account is healthy form one
/// interval, and bisection finds both of its ends exactly. Stepped tiers, and an inverse short
/// whose coin has a price of its own, can make it several: then the price named is still one of
/// breach, beside a healthy one, but a nearer one may exist.
///
/// @param feed index of the price that moves
/// @param price the breaching price nearest to the mark, in the feed's units, on its tick
public record BreachPrice(int feed, long price) {
  /// Prices above the mark are looked at up to this multiple of it.
  static final int MULTIPLE_MAX = 10;

  /// The breach prices of a healthy account, by feed, first below the mark, then above.
  static List<BreachPrice> all(PlanFile input, HealthModel model) {
    List<BreachPrice> prices = new ArrayList<>();
    for (int i = 0; i < input.listing().feeds().size(); i++) {
      int feed = i;
      LongPredicate healthy =
          price ->
              model
                  .assess(input.account(), with(input.marks(), feed, price))
                  .isAtLeast(input.rulebook().thresholdPpm());
      long mark = input.marks().price(feed);
      Feed terms = input.listing().feeds().get(feed);
      below(terms, mark, healthy).ifPresent(price -> prices.add(new BreachPrice(feed, price)));
      above(terms, mark, healthy).ifPresent(price -> prices.add(new BreachPrice(feed, price)));
    }
    return prices;
  }

  private static OptionalLong below(Feed feed, long mark, LongPredicate healthy) {
    long low = 1;
    long high = Math.ceilDiv(mark, feed.tick());
    if (high <= 1 || isHealthy(healthy, feed.tick())) {
      return OptionalLong.empty();
    }
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (isHealthy(healthy, middle * feed.tick())) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return isInBreach(healthy, low * feed.tick())
        ? OptionalLong.of(low * feed.tick())
        : OptionalLong.empty();
  }

  /// Not where a value no longer fits, as that of an inverse contract near zero.
  private static boolean isHealthy(LongPredicate healthy, long price) {
    try {
      return healthy.test(price);
    } catch (ArithmeticException tooLarge) {
      return false;
    }
  }

  private static boolean isInBreach(LongPredicate healthy, long price) {
    try {
      return !healthy.test(price);
    } catch (ArithmeticException tooLarge) {
      return false;
    }
  }

  private static OptionalLong above(Feed feed, long mark, LongPredicate healthy) {
    try {
      long low = mark / feed.tick();
      long high = Math.multiplyExact(mark, MULTIPLE_MAX) / feed.tick();
      if (healthy.test(high * feed.tick())) {
        return OptionalLong.empty();
      }
      while (high - low > 1) {
        long middle = (low + high) >>> 1;
        if (healthy.test(middle * feed.tick())) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return OptionalLong.of(high * feed.tick());
    } catch (ArithmeticException tooLarge) {
      // A value that no longer fits is no verdict: nothing is said about prices so far away.
      return OptionalLong.empty();
    }
  }

  private static Marks with(Marks marks, int feed, long price) {
    long[] prices = marks.prices();
    prices[feed] = price;
    return Marks.of(marks.asOfNanos(), prices);
  }
}
