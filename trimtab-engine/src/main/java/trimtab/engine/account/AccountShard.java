package trimtab.engine.account;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import trimtab.core.account.Account;
import trimtab.core.account.AccountView;
import trimtab.core.health.Health;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Rulebook;
import trimtab.engine.breach.BreachFinder;
import trimtab.engine.command.Command.Deposit;
import trimtab.engine.command.Command.Fill;
import trimtab.engine.command.Command.ImportAccount;
import trimtab.engine.command.Command.MarkBatch;
import trimtab.engine.command.Command.OrderClosed;
import trimtab.engine.command.Command.Trade;
import trimtab.engine.command.Command.UseRulebook;
import trimtab.engine.command.Command.Withdraw;
import trimtab.engine.event.Event;
import trimtab.engine.event.Refusal;
import trimtab.engine.journal.StateWriter;
import trimtab.engine.ledger.Invariants;
import trimtab.engine.ledger.LedgerAccount;
import trimtab.engine.message.Message.DeficitCover;
import trimtab.engine.message.Message.DeficitDeclined;
import trimtab.engine.message.Message.LiquidityGrant;
import trimtab.engine.message.Message.ToAccounts;
import trimtab.engine.message.Outbox;

/// The accounts of one shard: what they have, whether they are in breach, and what is done about
/// it. It knows the fund and the venue's liquidity only by messages.
public final class AccountShard {
  private static final int SETTLEMENT = 0;

  private final ShardState shard;
  private final Postings postings;
  private final AccountChanges changes;
  private final Orders orders;
  private final Episodes episodes;

  public AccountShard(Listing listing, BreachFinder.Kind finder, long episodeDeadlineNanos) {
    this(new ShardState(listing, finder::over), FillBooking::new, episodeDeadlineNanos);
  }

  /// How fills are written; only tests of the tests give another.
  @FunctionalInterface
  interface BookingFactory {
    FillBooking of(ShardState shard, Postings postings);
  }

  AccountShard(ShardState shard, BookingFactory booking, long episodeDeadlineNanos) {
    this.shard = shard;
    this.postings = new Postings(shard.listing(), shard.ledger());
    this.orders = new Orders(shard, booking.of(shard, postings));
    this.episodes = new Episodes(shard, orders, episodeDeadlineNanos);
    this.changes = new AccountChanges(shard, postings, episodes::hasOrdersInFlight);
  }

  public void use(UseRulebook command, Outbox out) {
    Rulebook rulebook = command.rulebook();
    for (int account = 0; account < shard.book().accountCount(); account++) {
      AccountView view = shard.book().view(account);
      if (rulebook.fits(view, shard.listing()) instanceof Fit.Misfit(String reason)) {
        String id = shard.book().id(account);
        out.refuse(command, Refusal.MISFIT, "account '%s': %s".formatted(id, reason));
        return;
      }
    }
    shard.use(rulebook);
    out.emit(new Event.RulebookUsed(out.nowNanos(), rulebook.name()));
  }

  public void importAccount(ImportAccount command, Outbox out) {
    changes.importAccount(command, out);
  }

  public void deposit(Deposit command, Outbox out) {
    changes.deposit(command, out);
  }

  public void withdraw(Withdraw command, Outbox out) {
    changes.withdraw(command, out);
  }

  public void trade(Trade command, Outbox out) {
    changes.trade(command, out);
  }

  /// Applies a batch of marks and judges every account once.
  public void mark(MarkBatch command, Outbox out) {
    Marks marks = command.marks();
    if (!shard.hasRulebook()) {
      out.refuse(command, Refusal.NO_RULEBOOK, "marks are judged by a rulebook; none is in use");
    } else if (marks.feedCount() != shard.listing().feeds().size()) {
      int feeds = shard.listing().feeds().size();
      String text = "%d prices for %d feeds".formatted(marks.feedCount(), feeds);
      out.refuse(command, Refusal.BAD_MARKS, text);
    } else if (marks.asOfNanos() > command.atNanos()) {
      out.refuse(command, Refusal.BAD_MARKS, "the marks are from the future");
    } else if (shard.hasMarks() && marks.asOfNanos() < shard.marks().asOfNanos()) {
      out.refuse(command, Refusal.BAD_MARKS, "the marks are older than those in force");
    } else {
      shard
          .budget()
          .refuses(marks)
          .ifPresentOrElse(
              tooLarge -> out.refuse(command, Refusal.OUT_OF_RANGE, tooLarge),
              () -> {
                shard.mark(marks);
                episodes.judgeAll(out);
                episodes.checkDeadlines(out);
              });
    }
  }

  public void fill(Fill command, Outbox out) {
    orders.fill(command, out).ifPresent(ended -> episodes.orderEnded(ended, out));
  }

  public void closeOrder(OrderClosed command, Outbox out) {
    orders.close(command, out).ifPresent(ended -> episodes.orderEnded(ended, out));
  }

  public void passTime(Outbox out) {
    episodes.checkDeadlines(out);
  }

  /// Handles one answer of the clearing.
  public void on(ToAccounts message, Outbox out) {
    switch (message) {
      case LiquidityGrant grant -> episodes.plan(grant, out);
      case DeficitCover cover -> cover(cover, out);
      case DeficitDeclined(int account, long ignored, String reason) ->
          episodes.declined(account, reason, out);
    }
  }

  private void cover(DeficitCover cover, Outbox out) {
    int account = cover.account();
    Account before = shard.book().snapshot(account);
    Invariants.check(
        shard.assess(before).equity() == -cover.amount(),
        () -> "account %d does not miss %d".formatted(account, cover.amount()));
    shard.book().write(account, new Account(before.id(), List.of(), List.of()));
    postings.covered(before, shard.marks(), cover.amount());
    shard.changed(account);
    out.emit(new Event.DeficitCovered(out.nowNanos(), account, cover.amount(), cover.fundAfter()));
    episodes.covered(account, out);
  }

  public int accountCount() {
    return shard.book().accountCount();
  }

  public OptionalInt slotOf(String id) {
    return shard.book().slotOf(id);
  }

  /// A copy of an account as it is now.
  ///
  /// @throws IndexOutOfBoundsException if there is no such slot
  public Account account(int account) {
    return shard.book().snapshot(account);
  }

  /// At the marks in force.
  public Health health(int account) {
    return shard.assess(account);
  }

  public boolean hasMarks() {
    return shard.hasMarks();
  }

  public Marks marks() {
    return shard.marks();
  }

  /// How many accounts the last batch found in breach.
  public int breachesAtLastBatch() {
    return episodes.foundAtLastBatch();
  }

  /// Accounts with an open episode, ascending.
  public void forEachOpenEpisode(IntConsumer account) {
    episodes.forEachOpen(account);
  }

  /// What an account's episode waits for; empty without an episode.
  public String waitsFor(int account) {
    return episodes.waitsFor(account);
  }

  /// On the way to (negative: from) the clearing, value units.
  public long transit() {
    return shard.ledger().balance(LedgerAccount.TRANSIT, SETTLEMENT);
  }

  /// Checks what a command could have broken: the sums over accounts and the outside, and the
  /// episodes it touched.
  ///
  /// @throws trimtab.engine.ledger.InvariantViolation unless every sum is zero and every breach is
  ///   being dealt with
  public void checkBalanced() {
    for (int asset = 0; asset < shard.listing().assets().size(); asset++) {
      long accounts = shard.book().netTotal(asset);
      long others = shard.ledger().sum(asset);
      String symbol = shard.listing().assets().get(asset).symbol();
      Invariants.check(
          accounts + others == 0,
          () -> "%s: accounts hold %d, the others %d".formatted(symbol, accounts, others));
    }
    for (int market = 0; market < shard.listing().contracts().size(); market++) {
      long quantity = shard.book().quantityTotal(market) + shard.ledger().externalQuantity(market);
      long cost = shard.book().costTotal(market) + shard.ledger().externalCost(market);
      String symbol = shard.listing().contracts().get(market).symbol();
      Invariants.check(
          quantity == 0 && cost == 0,
          () -> "%s: quantities sum to %d, costs to %d".formatted(symbol, quantity, cost));
    }
    episodes.checkTouched();
  }

  /// The same from nothing but the rows, and every account judged anew: whoever is in breach at the
  /// marks in force, and was not changed since they arrived, has an episode.
  ///
  /// @throws trimtab.engine.ledger.InvariantViolation if the running sums or the finder missed
  ///   something
  public void audit() {
    shard.book().checkTotals();
    checkBalanced();
    if (!shard.hasMarks()) {
      return;
    }
    for (int account = 0; account < shard.book().accountCount(); account++) {
      if (!shard.changedSinceMarks(account)) {
        episodes.checkBreach(account, shard.assess(account));
      }
    }
  }

  public void writeState(StateWriter out) {
    shard.writeState(out);
    orders.writeState(out);
    episodes.writeState(out);
  }
}
