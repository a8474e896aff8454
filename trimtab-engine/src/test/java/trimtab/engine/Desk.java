package trimtab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.Rulebook;
import trimtab.engine.command.Command;
import trimtab.engine.command.OrderEnd;
import trimtab.engine.event.Event;
import trimtab.engine.event.Event.OrderPlaced;
import trimtab.engine.event.Refusal;
import trimtab.engine.journal.MemoryJournal;

/// An engine with somebody at it: sends commands a second apart, keeps the events of the last one,
/// and audits the whole state after each.
public final class Desk {
  static final long SECOND = 1_000_000_000L;

  final MemoryJournal journal = new MemoryJournal();
  final Engine engine;
  private final List<Event> events = new ArrayList<>();
  private long nowNanos;
  private long lastFillId;

  Desk(EngineSettings settings) {
    engine = new Engine(settings, journal);
  }

  /// A desk at the test venue with a rule in use; ETH 3,000, BTC 60,000.
  static Desk with(Rulebook rulebook) {
    return with(EngineSettings.standard(), rulebook);
  }

  static Desk with(EngineSettings settings, Rulebook rulebook) {
    Desk desk = new Desk(settings);
    desk.send(new Command.ListInstruments(desk.tick(), Venue.listing()));
    desk.send(new Command.UseRulebook(desk.tick(), rulebook));
    desk.mark(3_000, 60_000);
    return desk;
  }

  /// An engine with one account in breach whose order goes to `orders`.
  static void perpBreach(Engine engine, Consumer<OrderPlaced> orders) {
    Position position = new Position(Venue.ETH_PERP, Venue.units(10), Venue.usd(30_000));
    Account ann =
        new Account("ann", List.of(new Balance(Venue.USD, Venue.usd(1_000), 0)), List.of(position));
    Marks marks = Marks.of(4, Venue.price(2_950), Venue.price(60_000));
    for (Command command :
        List.of(
            new Command.ListInstruments(1, Venue.listing()),
            new Command.UseRulebook(2, Venue.targetHealth()),
            new Command.ImportAccount(3, ann),
            new Command.MarkBatch(4, marks))) {
      engine.apply(
          command,
          event -> {
            if (event instanceof OrderPlaced order) {
              orders.accept(order);
            }
          });
    }
  }

  long tick() {
    nowNanos += SECOND;
    return nowNanos;
  }

  long now() {
    return nowNanos;
  }

  void passSeconds(long seconds) {
    nowNanos += seconds * SECOND;
  }

  List<Event> send(Command command) {
    events.clear();
    engine.apply(command, events::add);
    engine.audit();
    return List.copyOf(events);
  }

  List<Event> mark(double eth, double btc) {
    long at = tick();
    return send(new Command.MarkBatch(at, Marks.of(at, Venue.price(eth), Venue.price(btc))));
  }

  int account(String id, List<Balance> balances, List<Position> positions) {
    send(new Command.ImportAccount(tick(), new Account(id, balances, positions)));
    return engine.slotOf(id).orElseThrow();
  }

  /// Cash and one ETH position at an entry price.
  int perpAccount(String id, double cash, double quantity, double entry) {
    long units = Venue.units(quantity);
    Position position = new Position(Venue.ETH_PERP, units, units * Venue.price(entry));
    return account(id, List.of(new Balance(Venue.USD, Venue.usd(cash), 0)), List.of(position));
  }

  /// ETH as collateral, dollars owed.
  int loanAccount(String id, double collateral, double debt) {
    return account(
        id,
        List.of(
            new Balance(Venue.USD, 0, Venue.usd(debt)),
            new Balance(Venue.ETH, Venue.units(collateral), 0)),
        List.of());
  }

  List<Event> fill(long sliceId, long quantity, double cost) {
    return send(new Command.Fill(tick(), sliceId, ++lastFillId, quantity, Venue.usd(cost)));
  }

  List<Event> fillWhole(OrderPlaced order, double cost) {
    return fill(order.sliceId(), order.quantity(), cost);
  }

  List<Event> cancel(long sliceId) {
    return send(new Command.OrderClosed(tick(), sliceId, OrderEnd.CANCELLED));
  }

  static <T extends Event> T only(List<Event> events, Class<T> type) {
    List<T> matching = all(events, type);
    assertThat(matching).as("%s in %s", type.getSimpleName(), events).hasSize(1);
    return matching.getFirst();
  }

  static <T extends Event> List<T> all(List<Event> events, Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// The command is refused for this reason, and nothing but the count of commands and the time
  /// changes.
  void refuses(Command command, Refusal reason) {
    List<Account> before = accounts();
    long fund = engine.isListed() ? engine.fund() : 0;
    List<Event> told = send(command);
    assertThat(told).hasSize(1);
    assertThat(only(told, Event.Refused.class).reason()).isEqualTo(reason);
    assertThat(only(told, Event.Refused.class).text()).isNotBlank().doesNotContain("\n");
    assertThat(only(told, Event.Refused.class).command()).isEqualTo(command);
    assertThat(accounts()).isEqualTo(before);
    assertThat(engine.isListed() ? engine.fund() : 0).isEqualTo(fund);
  }

  private List<Account> accounts() {
    List<Account> all = new ArrayList<>();
    for (int i = 0; engine.isListed() && i < engine.accountCount(); i++) {
      all.add(engine.account(i));
    }
    return all;
  }

  /// Cash of an account, value units.
  long cash(int account) {
    return engine.account(account).balances().stream()
        .filter(balance -> balance.asset() == Venue.USD)
        .mapToLong(balance -> balance.amount() - balance.debt())
        .sum();
  }
}
