package trimtab.engine;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import trimtab.core.account.Account;
import trimtab.core.health.Health;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.MarketState;
import trimtab.engine.account.AccountShard;
import trimtab.engine.clearing.Clearing;
import trimtab.engine.command.Command;
import trimtab.engine.event.Event;
import trimtab.engine.event.EventSink;
import trimtab.engine.event.Refusal;
import trimtab.engine.journal.Journal;
import trimtab.engine.journal.StateHash;
import trimtab.engine.ledger.Invariants;
import trimtab.engine.message.Message;
import trimtab.engine.message.Outbox;

/// The engine: commands in, events out, one at a time.
///
/// A deterministic state machine: it has no clock, no randomness, no threads. Everything that a
/// decision reads is a command, so equal journals lead to equal states ([#stateHash()]) on every
/// host. Inside are two machines, the accounts and the clearing, that speak only by messages; both
/// run here, in the order in which they spoke.
///
/// Not thread-safe: one thread calls it.
public final class Engine {
  private final EngineSettings settings;
  private final Journal journal;
  private final ShardFactory shardFactory;
  private final ArrayDeque<Message> queue = new ArrayDeque<>();
  private Optional<Machines> machines = Optional.empty();
  private long sequence;
  private long lastNanos = Long.MIN_VALUE;
  private boolean stopped;

  private record Machines(AccountShard accounts, Clearing clearing) {}

  /// Makes the accounts' machine; only tests of the tests give another.
  @FunctionalInterface
  interface ShardFactory {
    AccountShard of(Listing listing, EngineSettings settings);
  }

  public Engine(EngineSettings settings, Journal journal) {
    this(
        settings,
        journal,
        (listing, terms) ->
            new AccountShard(listing, terms.finder(), terms.episodeDeadlineNanos()));
  }

  Engine(EngineSettings settings, Journal journal, ShardFactory shardFactory) {
    this.settings = settings;
    this.journal = journal;
    this.shardFactory = shardFactory;
  }

  /// Applies a command: journals it, changes the state, tells what happened. A command that cannot
  /// be applied is refused with an event and changes nothing.
  ///
  /// @throws trimtab.engine.ledger.InvariantViolation if the state contradicts itself afterwards;
  ///   after this or any other exception, also one of the journal or the sink, the engine has
  ///   stopped at this command
  /// @throws IllegalStateException if the engine has stopped before
  public void apply(Command command, EventSink sink) {
    if (stopped) {
      throw new IllegalStateException("the engine stopped at command " + sequence);
    }
    stopped = true;
    sequence++;
    journal.append(sequence, command);
    var out = new Pump(command.atNanos(), sink);
    if (command.atNanos() < lastNanos) {
      String text = "it is %d already, not %d".formatted(lastNanos, command.atNanos());
      out.refuse(command, Refusal.TIME_WENT_BACK, text);
    } else {
      lastNanos = command.atNanos();
      machines.ifPresentOrElse(both -> apply(both, command, out), () -> applyFirst(command, out));
    }
    stopped = false;
  }

  private void applyFirst(Command command, Pump out) {
    if (!(command instanceof Command.ListInstruments(long atNanos, Listing listing))) {
      out.refuse(command, Refusal.NOTHING_LISTED, "the first command lists instruments");
      return;
    }
    if (!listing.isPlain()) {
      out.refuse(
          command,
          Refusal.UNSUPPORTED_INSTRUMENT,
          "the engine settles linear perpetuals in the settlement currency, whose gains count in"
              + " full and whose values are whole value units");
      return;
    }
    machines =
        Optional.of(
            new Machines(
                shardFactory.of(listing, settings),
                new Clearing(listing, settings.fund(), atNanos)));
    out.emit(
        new Event.InstrumentsListed(atNanos, listing.assets().size(), listing.contracts().size()));
  }

  private void apply(Machines both, Command command, Pump out) {
    both.clearing().passTime(command.atNanos());
    AccountShard accounts = both.accounts();
    switch (command) {
      case Command.ListInstruments again ->
          out.refuse(again, Refusal.ALREADY_LISTED, "instruments are listed once");
      case Command.UseRulebook use -> accounts.use(use, out);
      case Command.ImportAccount account -> accounts.importAccount(account, out);
      case Command.Deposit deposit -> accounts.deposit(deposit, out);
      case Command.Withdraw withdraw -> accounts.withdraw(withdraw, out);
      case Command.Trade trade -> accounts.trade(trade, out);
      case Command.MarkBatch marks -> accounts.mark(marks, out);
      case Command.CurveUpdate curve -> both.clearing().update(curve, out);
      case Command.Fill fill -> accounts.fill(fill, out);
      case Command.OrderClosed closed -> accounts.closeOrder(closed, out);
      case Command.Timer ignored -> accounts.passTime(out);
    }
    deliver(both, out);
    check(both);
  }

  /// Lets the machines answer each other, first sent first handled, until both are silent.
  private void deliver(Machines both, Pump out) {
    int delivered = 0;
    while (!queue.isEmpty()) {
      delivered++;
      Invariants.check(
          delivered <= Limits.MESSAGES_PER_COMMAND_MAX,
          () -> "command %d caused too many messages".formatted(sequence));
      switch (queue.remove()) {
        case Message.ToClearing message -> both.clearing().on(message, out);
        case Message.ToAccounts message -> both.accounts().on(message, out);
      }
    }
  }

  /// Both machines' books sum to zero, and so does what is between them.
  private static void check(Machines both) {
    both.accounts().checkBalanced();
    both.clearing().checkBalanced();
    long transit = both.accounts().transit() + both.clearing().transit();
    Invariants.check(transit == 0, () -> "%d got lost in transit".formatted(transit));
  }

  /// Commands so far, refused ones included.
  public long sequence() {
    return sequence;
  }

  /// Whether instruments are listed: before, there is nothing to ask.
  public boolean isListed() {
    return machines.isPresent();
  }

  public int accountCount() {
    return accounts().accountCount();
  }

  /// The slot of an account, by the owner's name for it.
  public OptionalInt slotOf(String id) {
    return accounts().slotOf(id);
  }

  /// A copy of an account as it is now.
  ///
  /// @throws IndexOutOfBoundsException if there is no such slot
  public Account account(int account) {
    return accounts().account(account);
  }

  /// Health of an account at the marks in force, by the rulebook in use.
  public Health health(int account) {
    return accounts().health(account);
  }

  /// The marks in force.
  public Marks marks() {
    return accounts().marks();
  }

  /// How many accounts the last mark batch found in breach, before anything was done about it.
  public int breachesAtLastBatch() {
    return accounts().breachesAtLastBatch();
  }

  /// Accounts with an open episode, in ascending order.
  public void forEachOpenEpisode(IntConsumer account) {
    accounts().forEachOpenEpisode(account);
  }

  /// What an account's episode waits for, by name; empty when it has no episode.
  public String waitsFor(int account) {
    return accounts().waitsFor(account);
  }

  /// What the insurance fund holds, value units; negative: it is owed.
  public long fund() {
    return both().clearing().fund();
  }

  /// Penalty shares of executors so far, value units.
  public long fees() {
    return both().clearing().fees();
  }

  /// The venue's window.
  public MarketState market() {
    return both().clearing().market();
  }

  /// SHA-256 of the whole state, 64 hexadecimal digits. Which breach finder runs is no part of it.
  public String stateHash() {
    StateHash hash = new StateHash();
    hash.putLong(sequence);
    hash.putLong(lastNanos);
    machines.ifPresent(both -> {
      both.accounts().writeState(hash);
      both.clearing().writeState(hash);
    });
    return hash.toHex();
  }

  /// Checks everything anew from the rows, at the cost of a look at every account; commands check
  /// what they changed anyway.
  ///
  /// @throws trimtab.engine.ledger.InvariantViolation if something does not hold
  public void audit() {
    machines.ifPresent(both -> {
      both.accounts().audit();
      check(both);
    });
  }

  private Machines both() {
    return machines.orElseThrow(() -> new IllegalStateException("no instruments are listed"));
  }

  private AccountShard accounts() {
    return both().accounts();
  }

  private final class Pump implements Outbox {
    private final long nowNanos;
    private final EventSink sink;

    Pump(long nowNanos, EventSink sink) {
      this.nowNanos = nowNanos;
      this.sink = sink;
    }

    @Override
    public long nowNanos() {
      return nowNanos;
    }

    @Override
    public void send(Message message) {
      queue.add(message);
    }

    @Override
    public void emit(Event event) {
      sink.accept(event);
    }
  }
}
