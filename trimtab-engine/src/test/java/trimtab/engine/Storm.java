package trimtab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.engine.command.Command;
import trimtab.engine.command.MarketSide;
import trimtab.engine.command.OrderEnd;
import trimtab.engine.event.Event;
import trimtab.engine.event.Event.OrderPlaced;
import trimtab.engine.event.Refusal;
import trimtab.engine.journal.MemoryJournal;

/// A seeded stream of commands of every kind, sensible and not, thrown at an engine; after each the
/// books are compared with a model of their own that is kept from commands and events alone.
final class Storm {
  private static final CloseRule[] RULES = {
    new CloseRule.Full(),
    new CloseRule.FixedFraction(500_000),
    new CloseRule.TargetHealth(1_000_000),
    new CloseRule.TargetHealth(300_000)
  };

  final MemoryJournal journal = new MemoryJournal();
  final List<Event> events = new ArrayList<>();
  final Engine engine;
  private final Random random;
  private final Listing listing = listing();
  private final List<Pending> pending = new ArrayList<>();
  private final List<Command.Fill> fills = new ArrayList<>();
  private final List<long[]> quantities = new ArrayList<>();
  private OwnRulebook rulebook;
  private long[] prices = {300_000, 6_000_000};
  private long nowNanos = 1;
  private long lastFillId;
  private List<Event> told = List.of();

  private static final class Pending {
    private final OrderPlaced order;
    private long left;

    Pending(OrderPlaced order) {
      this.order = order;
      this.left = order.quantity();
    }
  }

  Storm(long seed, EngineSettings settings) {
    random = new Random(seed);
    engine = new Engine(settings, journal);
    begin();
  }

  Storm(long seed, Engine.ShardFactory shards) {
    random = new Random(seed);
    engine = new Engine(EngineSettings.standard(), journal, shards);
    begin();
  }

  private void begin() {
    rulebook = rulebook();
    send(new Command.ListInstruments(nowNanos, listing));
    send(new Command.UseRulebook(nowNanos, rulebook));
    send(new Command.MarkBatch(nowNanos, Marks.of(nowNanos, prices)));
    for (int i = 0; i < 25; i++) {
      importAccount();
    }
  }

  void run(int steps) {
    for (int step = 0; step < steps; step++) {
      nowNanos += 1 + random.nextInt(1_000);
      long worth = worth(engine.marks());
      long flow = step();
      assertThat(worth(engine.marks())).as("worth after %s", told).isEqualTo(worth + flow);
      checkQuantities();
      checkOrders();
    }
  }

  /// What all accounts, the fund and the executors own together at marks, value units.
  private long worth(Marks marks) {
    HealthModel model = new HealthModel(listing, new LegSum(listing), Base.AUTO);
    long sum = engine.fund() + engine.fees();
    for (int account = 0; account < engine.accountCount(); account++) {
      sum += model.assess(engine.account(account), marks).equity();
    }
    return sum;
  }

  /// @return by how much the worth may have changed
  private long step() {
    int kind = random.nextInt(100);
    if (kind < 30) {
      return mark();
    } else if (kind < 55) {
      return fill();
    } else if (kind < 60) {
      return closeOrder();
    } else if (kind < 64) {
      return nonsense();
    } else if (kind < 70) {
      return deposit();
    } else if (kind < 75) {
      return withdraw();
    } else if (kind < 87) {
      return trade();
    } else if (kind < 90) {
      return importAccount();
    } else if (kind < 96) {
      return curve();
    } else if (kind < 98) {
      rulebook = rulebook();
      send(new Command.UseRulebook(nowNanos, rulebook));
      return 0;
    } else {
      send(new Command.Timer(nowNanos));
      return 0;
    }
  }

  private long mark() {
    long before = worth(engine.marks());
    prices = prices.clone();
    for (int feed = 0; feed < prices.length; feed++) {
      double scale = random.nextInt(10) == 0 ? 0.05 : 0.008;
      prices[feed] = Math.round(prices[feed] * Math.exp(scale * random.nextGaussian()));
    }
    Marks marks = Marks.of(nowNanos, prices);
    long after = worth(marks);
    send(new Command.MarkBatch(nowNanos, marks));
    checkBreaches(marks);
    return after - before;
  }

  /// Who is in breach has an episode, and that is one with a name.
  private void checkBreaches(Marks marks) {
    HealthModel model = new HealthModel(listing, new LegSum(listing), rulebook.base());
    for (int account = 0; account < engine.accountCount(); account++) {
      Health health = model.assess(engine.account(account), marks);
      if (!health.isAtLeast(rulebook.thresholdPpm())) {
        assertThat(engine.waitsFor(account)).as("account %d", account).isNotEmpty();
      }
    }
  }

  private long fill() {
    if (pending.isEmpty()) {
      return 0;
    }
    Pending chosen = pending.get(random.nextInt(pending.size()));
    boolean whole = random.nextInt(3) > 0;
    long part = whole ? chosen.left : 1 + (long) (random.nextDouble() * (chosen.left - 1));
    double slippage = random.nextInt(8) == 0 ? 0.2 * random.nextDouble() : 0.002;
    long value = (long) (part * (double) unitValue(chosen.order));
    long cost = (long) (value * slippage * (random.nextInt(5) - 1) / 3);
    Command.Fill fill =
        new Command.Fill(nowNanos, chosen.order.sliceId(), ++lastFillId, part, cost);
    fills.add(fill);
    send(fill);
    chosen.left -= part;
    if (chosen.left == 0) {
      pending.remove(chosen);
    }
    if (chosen.order.leg() instanceof PositionLeg(int market)) {
      int sign = chosen.order.side().sign();
      quantities.get(chosen.order.account())[market] += sign * part;
    }
    assertThat(Desk.only(told, Event.SliceFilled.class).quantity()).isEqualTo(part);
    return -cost;
  }

  private long unitValue(OrderPlaced order) {
    return switch (order.leg()) {
      case PositionLeg(int market) ->
          engine.marks().unitValue(listing, listing.contracts().get(market));
      case PairLeg(int ignored, int collateral) ->
          engine.marks().unitValue(listing, listing.assets().get(collateral));
    };
  }

  private long closeOrder() {
    if (!pending.isEmpty()) {
      Pending chosen = pending.remove(random.nextInt(pending.size()));
      OrderEnd end = oneOf(OrderEnd.values());
      send(new Command.OrderClosed(nowNanos, chosen.order.sliceId(), end));
    }
    return 0;
  }

  /// Fills told twice, too large, too late, for nobody; time that goes back.
  private long nonsense() {
    Command command = new Command.Deposit(nowNanos, 99_999, 0, 1);
    int kind = random.nextInt(5);
    if (kind == 0) {
      command = new Command.Fill(nowNanos, 1_000_000, ++lastFillId, 1, 0);
    } else if (kind == 1) {
      command = new Command.Timer(0);
    } else if (kind == 2 && !fills.isEmpty()) {
      Command.Fill old = fills.get(random.nextInt(fills.size()));
      command = new Command.Fill(nowNanos, old.sliceId(), old.fillId(), old.quantity(), old.cost());
    } else if (kind == 3 && !pending.isEmpty()) {
      Pending chosen = pending.get(random.nextInt(pending.size()));
      long sliceId = chosen.order.sliceId();
      command = new Command.Fill(nowNanos, sliceId, ++lastFillId, chosen.left + 1, 0);
    }
    send(command);
    assertThat(told).as("%s", command).hasSize(1).hasOnlyElementsOfType(Event.Refused.class);
    return 0;
  }

  private long deposit() {
    int asset = random.nextInt(3);
    long amount = 1 + (long) (random.nextDouble() * 1e9 / unitValue(asset));
    send(new Command.Deposit(nowNanos, anyAccount(), asset, amount));
    return amount * unitValue(asset);
  }

  private long withdraw() {
    int asset = random.nextInt(3);
    long amount = 1 + (long) (random.nextDouble() * 1e9 / unitValue(asset));
    send(new Command.Withdraw(nowNanos, anyAccount(), asset, amount));
    return accepted() ? -amount * unitValue(asset) : 0;
  }

  private long unitValue(int asset) {
    return engine.marks().unitValue(listing, listing.assets().get(asset));
  }

  private long trade() {
    int account = anyAccount();
    int market = random.nextInt(2);
    Contract contract = listing.contracts().get(market);
    long mark = prices[contract.feed()];
    long price = Math.round(mark * (1 + 0.002 * random.nextGaussian()));
    long size = 1 + (long) (random.nextDouble() * 2e10 / listing.unitValue(contract, mark));
    long quantity = random.nextBoolean() ? size : -size;
    send(new Command.Trade(nowNanos, account, market, quantity, price));
    if (!accepted()) {
      return 0;
    }
    quantities.get(account)[market] += quantity;
    return quantity * listing.unitValue(contract, mark - price);
  }

  private long curve() {
    int market = random.nextInt(2);
    long unit = listing.unitValue(listing.contracts().get(market), prices[market]);
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    long depth = Math.max(2, (long) (1e10 * (1 + random.nextInt(50)) / unit));
    CostCurve curve =
        CostCurve.through(
            new long[] {depth, 40 * depth},
            new long[] {depth * unit / 2_000, 40 * depth * unit / 300});
    MarketSide on =
        random.nextBoolean() ? MarketSide.contract(market, side) : MarketSide.asset(1, side);
    send(new Command.CurveUpdate(nowNanos, on, curve));
    return 0;
  }

  private <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private int anyAccount() {
    return random.nextInt(engine.accountCount());
  }

  private boolean accepted() {
    return Desk.all(told, Event.Refused.class).isEmpty();
  }

  private long importAccount() {
    List<Position> positions = new ArrayList<>();
    long risk = 0;
    for (int market = 0; market < 2; market++) {
      if (random.nextInt(3) > 0) {
        long unit = listing.unitValue(listing.contracts().get(market), prices[market]);
        long notional = (long) (1e10 * Math.exp(random.nextGaussian()));
        long quantity = notional / unit * (random.nextBoolean() ? 1 : -1);
        if (quantity != 0) {
          positions.add(new Position(market, quantity, quantity * unit));
          risk += notional;
        }
      }
    }
    List<Balance> balances = new ArrayList<>();
    balances.add(new Balance(0, (long) (risk * (0.02 + 0.06 * random.nextDouble())), 0));
    if (random.nextInt(2) == 0) {
      int debt = random.nextInt(3);
      int collateral = 1 + random.nextInt(2);
      long value = (long) (1e10 * (0.5 + random.nextDouble()));
      long owed = (long) (value * 0.83 / (1.01 + 0.1 * random.nextDouble())) / unitValue(debt);
      add(balances, debt, 0, owed);
      add(balances, collateral, value / unitValue(collateral), 0);
    }
    int slot = engine.accountCount();
    Account account = new Account("a" + slot, balances, positions);
    send(new Command.ImportAccount(nowNanos, account));
    long[] held = new long[2];
    positions.forEach(position -> held[position.market()] = position.quantity());
    quantities.add(held);
    HealthModel model = new HealthModel(listing, new LegSum(listing), Base.AUTO);
    return model.assess(account, engine.marks()).equity();
  }

  private static void add(List<Balance> balances, int asset, long amount, long debt) {
    for (int i = 0; i < balances.size(); i++) {
      Balance old = balances.get(i);
      if (old.asset() == asset) {
        balances.set(i, new Balance(asset, old.amount() + amount, old.debt() + debt));
        return;
      }
    }
    balances.add(new Balance(asset, amount, debt));
    balances.sort(Comparator.comparingInt(Balance::asset));
  }

  private OwnRulebook rulebook() {
    return new OwnRulebook(
        "r" + random.nextInt(9),
        oneOf(RULES),
        Base.AUTO,
        1_000_000,
        1_000_000 + random.nextInt(100_000),
        new PenaltyTerms(
            random.nextInt(15_000),
            random.nextInt(80_000),
            random.nextBoolean() ? Cap.IMPROVEMENT : Cap.NONE,
            random.nextInt(1_000_001)),
        oneOf(OnHarmfulClose.values()),
        random.nextBoolean() ? 0 : random.nextInt(3_000));
  }

  private void send(Command command) {
    List<Event> out = new ArrayList<>();
    engine.apply(command, out::add);
    engine.audit();
    told = out;
    events.addAll(out);
    out.stream()
        .filter(OrderPlaced.class::isInstance)
        .forEach(event -> pending.add(new Pending((OrderPlaced) event)));
  }

  /// Positions are what imports, trades and fills made of them.
  private void checkQuantities() {
    for (int account = 0; account < quantities.size(); account++) {
      long[] actual = new long[2];
      for (Position position : engine.account(account).positions()) {
        actual[position.market()] = position.quantity();
      }
      assertThat(actual)
          .as("account %d after %s", account, told)
          .containsExactly(quantities.get(account));
    }
  }

  /// No order is larger than what it closes.
  private void checkOrders() {
    for (Pending each : pending) {
      if (each.order.leg() instanceof PositionLeg(int market)) {
        long held = quantities.get(each.order.account())[market];
        assertThat(each.left).isLessThanOrEqualTo(Math.abs(held));
        assertThat(each.order.side()).isEqualTo(Side.closing(held));
      }
    }
  }

  long count(Class<? extends Event> type) {
    return events.stream().filter(type::isInstance).count();
  }

  long refused(Refusal reason) {
    return Desk.all(events, Event.Refused.class).stream()
        .filter(event -> event.reason() == reason)
        .count();
  }

  private static Listing listing() {
    MarginTiers initial =
        new MarginTiers(List.of(new Tier(0, 40_000), new Tier(20_000_000_000L, 80_000)));
    MarginTiers maintenance =
        new MarginTiers(List.of(new Tier(0, 20_000), new Tier(20_000_000_000L, 40_000)));
    return new Listing(
        6,
        List.of(new Feed("ETHUSDT", 2, 1), new Feed("BTCUSDT", 2, 1)),
        List.of(
            // Money moves in cents: the planner's search refuses lots far finer than a unit of
            // debt.
            new Asset("USD", Asset.SETTLEMENT, 6, 1_000_000, 1_000_000, 10_000, 0, 0, 0),
            new Asset("ETH", 0, 4, 830_000, 1_000_000, 1, 0, 0, 0),
            new Asset("BTC", 1, 4, 830_000, 1_050_000, 10, 5_000_000, 5_000_000, 500)),
        List.of(
            new Contract("ETH-PERP", 0, 4, 1, 0, 0, initial, maintenance, 0),
            new Contract("BTC-PERP", 1, 4, 10, 5_000_000, 5_000_000, initial, maintenance, 500)));
  }
}
