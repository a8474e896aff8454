package trimtab.engine.breach;

import java.util.Arrays;
import trimtab.core.account.AccountView;
import trimtab.core.health.Health;
import trimtab.core.mark.Marks;

/// Judges only the accounts whose prices left their *safe box*: bounds per feed, computed at the
/// account's last exact judgement, inside which it cannot be in breach.
///
/// With an excess of S over the threshold, feed `f` gets a budget `b_f` with `sum b_f <= S`, and
/// its price may move until [LossSlopes] alone could have lost `b_f`: then the loss of all feeds
/// together is at most S and the excess is not negative. Budgets are in proportion to `slope x
/// price`, which gives every feed the same relative distance. Boxes are doubles, shrunk by far more
/// than their rounding; a price outside causes an exact judgement in integers, never a verdict. So
/// a finding is never a false alarm and never missing, as long as the rule's trigger is healthy at
/// every excess that is not negative.
///
/// Accounts in breach are on a hot list: without a box, judged at every batch. So are accounts
/// whose loss no slope bounds, because their margin tiers are stepped.
public final class BoxScan implements BreachFinder {
  /// Budgets are shrunk by this: the sums of up to 512 legs in doubles are off by less than 1e-12.
  private static final double SHRINK = 1 - 1e-9;

  private static final int NONE = -1;

  private final AccountSource accounts;
  private final double widening;
  private final AccountSet due = new AccountSet();
  private BreachRule rule;
  private LossSlopes slopes;
  private final FeedBoxes[] boxes;
  private final long[] scanned;
  // The sides of one account: a chain of entries, each a feed and a place in its boxes.
  private int[] firstEntry = new int[0];
  private int[] nextEntry = new int[64];
  private int[] entryFeed = new int[64];
  private int[] entryPlace = new int[64];
  private int entries;

  public BoxScan(AccountSource accounts, BreachRule rule) {
    this(accounts, rule, 1);
  }

  /// @param widening 1; a test of the tests passes more and must find accounts missing
  BoxScan(AccountSource accounts, BreachRule rule, double widening) {
    this.accounts = accounts;
    this.widening = widening;
    this.rule = rule;
    this.slopes = new LossSlopes(rule);
    this.boxes = new FeedBoxes[rule.model().listing().feeds().size()];
    this.scanned = new long[boxes.length];
    Arrays.setAll(boxes, feed -> new FeedBoxes());
    due.addAll(accounts.accountCount());
  }

  @Override
  public void rulesChanged(BreachRule changed) {
    rule = changed;
    slopes = new LossSlopes(changed);
    due.addAll(accounts.accountCount());
  }

  @Override
  public void accountChanged(int account) {
    due.add(account);
  }

  @Override
  public void find(Marks marks, BreachVisitor visitor) {
    for (int feed = 0; feed < boxes.length; feed++) {
      // At the price of the last scan every box still holds: boxes only change around it.
      if (marks.price(feed) != scanned[feed]) {
        scanned[feed] = marks.price(feed);
        boxes[feed].collect(marks.price(feed), due);
      }
    }
    due.drain(account -> judge(account, marks, visitor));
  }

  private void judge(int account, Marks marks, BreachVisitor visitor) {
    AccountView view = accounts.view(account);
    Health health = rule.assess(view, marks);
    reserve(account);
    if (rule.inBreach(health)) {
      // The hot list: judged again at the next batch, whatever the prices do.
      due.add(account);
      openAll(account);
      visitor.inBreach(account, health);
      return;
    }
    slopes.measure(view, health.base());
    if (!slopes.bounded()) {
      due.add(account);
      openAll(account);
    } else {
      openUnused(account);
      rebox(account, marks, health.excess(rule.levelPpm()).toDouble() * SHRINK * widening);
    }
  }

  private void rebox(int account, Marks marks, double budget) {
    double total = 0;
    for (int i = 0; i < slopes.count(); i++) {
      total += weight(slopes.feed(i), marks);
    }
    for (int i = 0; i < slopes.count(); i++) {
      int feed = slopes.feed(i);
      double share = budget * weight(feed, marks) / total;
      long price = marks.price(feed);
      long fall = distance(share, slopes.down(feed));
      long rise = distance(share, slopes.up(feed));
      long low = Math.max(FeedBoxes.OPEN_LOW, price - fall);
      long high = rise > FeedBoxes.OPEN_HIGH - price ? FeedBoxes.OPEN_HIGH : price + rise;
      int entry = entryOf(account, feed);
      boxes[feed].set(entryPlace[entry], low, high);
    }
  }

  private double weight(int feed, Marks marks) {
    return Math.max(slopes.up(feed), slopes.down(feed)) * marks.price(feed);
  }

  /// How far a price may go on a budget, rounded down; very far when nothing is lost that way.
  private static long distance(double budget, double slope) {
    return slope == 0 ? FeedBoxes.OPEN_HIGH : (long) (budget / slope);
  }

  private void openAll(int account) {
    for (int entry = firstEntry[account]; entry != NONE; entry = nextEntry[entry]) {
      open(entry);
    }
  }

  private void openUnused(int account) {
    for (int entry = firstEntry[account]; entry != NONE; entry = nextEntry[entry]) {
      if (!slopes.dependsOn(entryFeed[entry])) {
        open(entry);
      }
    }
  }

  private void open(int entry) {
    boxes[entryFeed[entry]].set(entryPlace[entry], FeedBoxes.OPEN_LOW, FeedBoxes.OPEN_HIGH);
  }

  private int entryOf(int account, int feed) {
    for (int entry = firstEntry[account]; entry != NONE; entry = nextEntry[entry]) {
      if (entryFeed[entry] == feed) {
        return entry;
      }
    }
    if (entries == nextEntry.length) {
      nextEntry = Arrays.copyOf(nextEntry, 2 * entries);
      entryFeed = Arrays.copyOf(entryFeed, 2 * entries);
      entryPlace = Arrays.copyOf(entryPlace, 2 * entries);
    }
    entryFeed[entries] = feed;
    entryPlace[entries] = boxes[feed].add(account);
    nextEntry[entries] = firstEntry[account];
    firstEntry[account] = entries;
    return entries++;
  }

  private void reserve(int account) {
    if (account >= firstEntry.length) {
      int old = firstEntry.length;
      firstEntry = Arrays.copyOf(firstEntry, Math.max(account + 1, 2 * old));
      Arrays.fill(firstEntry, old, firstEntry.length, NONE);
    }
  }
}
