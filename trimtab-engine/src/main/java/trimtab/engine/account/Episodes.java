package trimtab.engine.account;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import trimtab.core.account.Account;
import trimtab.core.account.Side;
import trimtab.core.health.Health;
import trimtab.core.plan.Plan;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.Rulebook;
import trimtab.core.rulebook.Trigger;
import trimtab.engine.command.MarketSide;
import trimtab.engine.event.Event;
import trimtab.engine.event.Event.EpisodeOutcome;
import trimtab.engine.journal.StateWriter;
import trimtab.engine.ledger.InvariantViolation;
import trimtab.engine.ledger.Invariants;
import trimtab.engine.message.Message.DeficitReport;
import trimtab.engine.message.Message.LiquidityGrant;
import trimtab.engine.message.Message.LiquidityRequest;
import trimtab.engine.message.Outbox;

/// Breaches and what becomes of them: one episode per account in breach, judged once per mark
/// batch, with at most one plan in flight.
final class Episodes {
  /// Waits for the prices of the next batch, at which it is judged again.
  static final String NEXT_MARKS = "next mark batch";

  /// Has nothing that could be closed, and is not short of money either.
  static final String NOTHING_TO_CLOSE = "nothing is left that could be closed";

  private final ShardState shard;
  private final Orders orders;
  private final long deadlineNanos;
  private final TreeMap<Integer, Episode> open = new TreeMap<>();
  private final List<Breach> found = new ArrayList<>();
  private final List<Integer> touched = new ArrayList<>();
  private int nextFound;
  private long batch;
  private long lastJudgedNanos;

  private record Breach(int account, Health health) {}

  /// @param deadlineNanos after which an open episode raises an alarm
  Episodes(ShardState shard, Orders orders, long deadlineNanos) {
    this.shard = shard;
    this.orders = orders;
    this.deadlineNanos = deadlineNanos;
  }

  boolean hasOrdersInFlight(int account) {
    Episode episode = open.get(account);
    return episode != null && episode.hasOrdersInFlight();
  }

  /// How many accounts were in breach at the last batch.
  int foundAtLastBatch() {
    return found.size();
  }

  void forEachOpen(IntConsumer account) {
    open.keySet().forEach(account::accept);
  }

  String waitsFor(int account) {
    Episode episode = open.get(account);
    return episode == null ? "" : episode.waitsFor();
  }

  /// New marks are in force: finds the breaches and works through them.
  void judgeAll(Outbox out) {
    batch++;
    lastJudgedNanos = out.nowNanos();
    found.clear();
    nextFound = 0;
    shard.finder().find(shard.marks(), (account, health) -> found.add(new Breach(account, health)));
    advance(out);
  }

  /// Plans one account after the other: each sees the liquidity that those before it left, so the
  /// next one starts when the clearing has answered for this one.
  private void advance(Outbox out) {
    while (nextFound < found.size()) {
      Breach breach = found.get(nextFound);
      nextFound++;
      if (asksForLiquidity(breach, out)) {
        return;
      }
    }
    closeRestored(out);
  }

  private boolean asksForLiquidity(Breach breach, Outbox out) {
    int account = breach.account();
    Episode existing = open.get(account);
    if (existing != null && existing.hasOrdersInFlight()) {
      existing.seeAt(batch);
      return false;
    }
    EpisodeState state = existing == null ? EpisodeState.opened(out.nowNanos()) : existing.state();
    return switch (shard.rulebook().trigger(breach.health(), state, out.nowNanos())) {
      case Trigger.Healthy() -> false;
      case Trigger.Wait(String reason, long untilNanos) -> {
        wait(account, inBreach(breach, reason, out), reason, untilNanos, out);
        yield false;
      }
      case Trigger.Liquidate(String reason) -> begin(breach, inBreach(breach, reason, out), out);
    };
  }

  /// The episode of a breach, opened if it is new.
  private Episode inBreach(Breach breach, String reason, Outbox out) {
    Episode episode = open.get(breach.account());
    if (episode == null) {
      episode = new Episode(out.nowNanos());
      open.put(breach.account(), episode);
      out.emit(new Event.EpisodeOpened(out.nowNanos(), breach.account(), breach.health(), reason));
    }
    touched.add(breach.account());
    episode.seeAt(batch);
    return episode;
  }

  /// @return whether it waits for the clearing
  private boolean begin(Breach breach, Episode episode, Outbox out) {
    int account = breach.account();
    var view = shard.book().view(account);
    if (shard.rulebook().fits(view, shard.listing()) instanceof Fit.Misfit(String reason)) {
      wait(account, episode, reason, out.nowNanos(), out);
      return false;
    }
    if (Remains.nothingToClose(view, shard.model(), shard.marks())) {
      if (breach.health().equity() < 0) {
        reportDeficit(account, breach.health().equity(), out);
      } else {
        wait(account, episode, NOTHING_TO_CLOSE, out.nowNanos(), out);
      }
      return false;
    }
    episode.ask();
    out.send(new LiquidityRequest(account, tradable(shard.book().snapshot(account))));
    return true;
  }

  /// Everything a plan could trade.
  private static List<MarketSide> tradable(Account account) {
    List<MarketSide> sides = new ArrayList<>();
    for (int i = 0; i < account.positionCount(); i++) {
      Side side = Side.closing(account.quantity(i));
      sides.add(MarketSide.contract(account.market(i), side));
    }
    for (int i = 0; i < account.balanceCount(); i++) {
      sides.add(MarketSide.asset(account.asset(i), Side.SELL));
      sides.add(MarketSide.asset(account.asset(i), Side.BUY));
    }
    return sides;
  }

  /// The clearing told what trading costs: the account is planned on it.
  void plan(LiquidityGrant grant, Outbox out) {
    int account = grant.account();
    Episode episode = open(account);
    episode.answer();
    Account before = shard.book().snapshot(account);
    Rulebook rulebook = shard.rulebook();
    Plan plan =
        shard
            .planner()
            .plan(before, shard.marks(), rulebook, grant.curves(), episode.state(), grant.market());
    switch (plan) {
      case Plan.Nothing(Health ignored, String reason) ->
          wait(account, episode, reason, out.nowNanos(), out);
      case Plan.Close close -> {
        episode.ordersPlaced(orders.place(account, before, close, grant.curves(), out));
      }
    }
    advance(out);
  }

  /// An order has ended. When it was the last of its plan the account is judged: restored, closed
  /// out, or still in breach until the next batch at the earliest.
  void orderEnded(Slice slice, Outbox out) {
    int account = slice.account();
    Episode episode = open(account);
    if (slice.filled() > 0) {
      long cooldown = slice.rulebook().cooldown().after(slice.filled(), slice.quantity());
      episode.sliceExecuted(out.nowNanos(), slice.freed(), cooldown);
    }
    episode.orderEnded();
    if (episode.hasOrdersInFlight()) {
      return;
    }
    Health health = shard.assess(account);
    boolean nothingLeft =
        Remains.nothingToClose(shard.book().view(account), shard.model(), shard.marks());
    if (nothingLeft && health.equity() < 0) {
      reportDeficit(account, health.equity(), out);
      return;
    }
    switch (shard.rulebook().trigger(health, episode.state(), out.nowNanos())) {
      case Trigger.Healthy() -> close(account, health, out);
      case Trigger.Wait(String reason, long untilNanos) ->
          wait(account, episode, reason, untilNanos, out);
      case Trigger.Liquidate ignored -> wait(account, episode, NEXT_MARKS, out.nowNanos(), out);
    }
  }

  private void reportDeficit(int account, long equity, Outbox out) {
    Episode episode = open(account);
    episode.ask();
    if (episode.tellsDeficit()) {
      out.emit(new Event.DeficitReported(out.nowNanos(), account, -equity));
    }
    out.send(new DeficitReport(account, -equity));
  }

  /// The clearing paid; the account has nothing and owes nothing.
  void covered(int account, Outbox out) {
    open(account).answer();
    close(account, shard.assess(account), out);
  }

  /// The clearing cannot pay now; asked again at the next batch.
  void declined(int account, String reason, Outbox out) {
    open(account).answer();
    wait(account, open(account), reason, out.nowNanos(), out);
  }

  private Episode open(int account) {
    Episode episode = open.get(account);
    if (episode == null) {
      throw new InvariantViolation("account %d has no episode".formatted(account));
    }
    touched.add(account);
    return episode;
  }

  private void wait(int account, Episode episode, String reason, long untilNanos, Outbox out) {
    if (episode.waitFor(reason, untilNanos, out.nowNanos())) {
      out.emit(new Event.EpisodeWaiting(out.nowNanos(), account, reason, untilNanos));
    }
  }

  /// Episodes whose account this batch did not find in breach are over, unless orders are out.
  private void closeRestored(Outbox out) {
    List<Integer> restored = new ArrayList<>();
    open.forEach((account, episode) -> {
      if (episode.seenAtBatch() != batch && !episode.hasOrdersInFlight()) {
        restored.add(account);
      }
    });
    for (int account : restored) {
      close(account, shard.assess(account), out);
    }
  }

  private void close(int account, Health after, Outbox out) {
    Episode episode = open(account);
    boolean nothingLeft =
        Remains.nothingToClose(shard.book().view(account), shard.model(), shard.marks());
    open.remove(account);
    EpisodeOutcome outcome = nothingLeft ? EpisodeOutcome.CLOSED_OUT : EpisodeOutcome.RESTORED;
    out.emit(new Event.EpisodeClosed(out.nowNanos(), account, outcome, after, episode.state()));
  }

  /// Raises the alarm for episodes that are open for too long.
  void checkDeadlines(Outbox out) {
    open.forEach((account, episode) -> {
      if (episode.becomesOverdue(out.nowNanos(), deadlineNanos)) {
        out.emit(
            new Event.EpisodeOverdue(
                out.nowNanos(), account, episode.state().openedNanos(), episode.waitsFor()));
      }
    });
  }

  /// After a command every breach has been worked through, and every episode that it touched has
  /// orders in flight or a named wait.
  void checkTouched() {
    Invariants.check(
        nextFound == found.size(),
        () -> "%d of %d breaches were looked at".formatted(nextFound, found.size()));
    for (int account : touched) {
      Episode episode = open.get(account);
      Invariants.check(
          episode == null || episode.isReducedOrWaits(),
          () -> "account %d is in breach and waits for nothing".formatted(account));
    }
    touched.clear();
  }

  /// Whoever is in breach has an episode.
  void checkBreach(int account, Health health) {
    long nanos = lastJudgedNanos;
    boolean healthy =
        shard.rulebook().trigger(health, EpisodeState.opened(nanos), nanos)
            instanceof Trigger.Healthy;
    Invariants.check(
        healthy || open.containsKey(account),
        () -> "account %d is in breach and has no episode".formatted(account));
  }

  void writeState(StateWriter out) {
    out.putInt(open.size());
    open.forEach((account, episode) -> {
      out.putInt(account);
      episode.writeState(out);
    });
  }
}
