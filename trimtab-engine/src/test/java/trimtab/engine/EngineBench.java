package trimtab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.mark.Marks;
import trimtab.engine.breach.BreachFinder;
import trimtab.engine.command.Command;
import trimtab.engine.command.MarketSide;
import trimtab.engine.event.Event;
import trimtab.engine.event.Event.OrderPlaced;
import trimtab.engine.journal.Journal;

/// What a run costs: 10,000 accounts, five days of minutes on two markets, a crash in the middle.
/// Prints CPU time of the thread; asserts nothing about time.
@Tag("bench")
class EngineBench {
  private static final int ACCOUNTS = 10_000;
  private static final int BATCHES = 7_200;
  private static final int RUNS = 6;

  @Test
  void aCrashOverTenThousandAccounts() {
    for (double volatility : new double[] {0.0003, 0.0008}) {
      for (int run = 0; run < RUNS; run++) {
        Run crash = new Run(BreachFinder.Kind.BOX_SCAN, volatility, true);
        report("crash with curves, box scan", crash);
        assertThat(crash.liquidations).isGreaterThan(1_000);
      }
      report("the same, naive scan", new Run(BreachFinder.Kind.NAIVE_SCAN, volatility, true));
    }
    for (int run = 0; run < RUNS; run++) {
      report("calm, box scan", new Run(BreachFinder.Kind.BOX_SCAN, 0.000_01, false));
    }
  }

  private static void report(String what, Run run) {
    long millis = run.cpuNanos / 1_000_000;
    double perAccount = (double) run.cpuNanos / ((long) ACCOUNTS * BATCHES);
    System.out.printf(
        "%s: %d ms CPU, %.2f ns per account and batch, %d liquidations, %d events%n",
        what, millis, perAccount, run.liquidations, run.events);
  }

  private static final class Run {
    private final Engine engine;
    private final Random random = new Random(7);
    private final List<OrderPlaced> orders = new ArrayList<>();
    private final double[] prices = {300_000, 6_000_000};
    private final long cpuNanos;
    private long nowNanos;
    private long fills;
    private long liquidations;
    private long events;

    Run(BreachFinder.Kind finder, double volatility, boolean crash) {
      engine = new Engine(EngineSettings.standard().with(finder), Journal.none());
      send(new Command.ListInstruments(0, Venue.listing()));
      send(new Command.UseRulebook(0, Venue.targetHealth()));
      for (int i = 0; i < ACCOUNTS; i++) {
        send(new Command.ImportAccount(0, account(i)));
      }
      var threads = ManagementFactory.getThreadMXBean();
      long start = threads.getCurrentThreadCpuTime();
      for (int batch = 0; batch < BATCHES; batch++) {
        boolean falling = crash && batch > 3_000 && batch < 3_600;
        double common = volatility * random.nextGaussian() + (falling ? -volatility / 2 : 0);
        for (int feed = 0; feed < prices.length; feed++) {
          prices[feed] *= Math.exp(common + volatility * 0.4 * random.nextGaussian());
        }
        minute(crash);
      }
      cpuNanos = threads.getCurrentThreadCpuTime() - start;
    }

    private void minute(boolean curves) {
      nowNanos += 60_000_000_000L;
      long[] marks = {Math.round(prices[0]), Math.round(prices[1])};
      if (curves) {
        for (int market = 0; market < 2; market++) {
          curve(market, Side.BUY, marks[market]);
          curve(market, Side.SELL, marks[market]);
        }
      }
      orders.clear();
      send(new Command.MarkBatch(nowNanos, Marks.of(nowNanos, marks)));
      for (OrderPlaced order : List.copyOf(orders)) {
        send(new Command.Fill(nowNanos, order.sliceId(), ++fills, order.quantity(), 0));
      }
    }

    private void curve(int market, Side side, long price) {
      long depth = 1_000_000_000_000L / price;
      CostCurve curve =
          CostCurve.through(
              new long[] {depth, 4 * depth, 16 * depth, 1_000_000 * depth},
              new long[] {
                depth * price / 4_000,
                depth * price / 500,
                depth * price / 60,
                depth * price * 1_100L
              });
      send(new Command.CurveUpdate(nowNanos, MarketSide.contract(market, side), curve));
    }

    private void send(Command command) {
      engine.apply(
          command,
          event -> {
            events++;
            if (event instanceof OrderPlaced order) {
              orders.add(order);
            } else if (event instanceof Event.LiquidationPlanned) {
              liquidations++;
            } else if (event instanceof Event.Refused refused) {
              throw new IllegalStateException(refused.toString());
            }
          });
    }

    private Account account(int number) {
      List<Balance> balances = new ArrayList<>();
      List<Position> positions = new ArrayList<>();
      double notional = 2_000 * Math.exp(1.5 * random.nextGaussian());
      if (number % 10 < 3) {
        double health = 1.03 + 0.5 * random.nextDouble();
        balances.add(new Balance(0, 0, Venue.usd(notional * 0.83 / health)));
        balances.add(new Balance(1, Math.max(1, Venue.units(notional / 3_000)), 0));
      } else {
        double leverage = 1 + 30 * random.nextDouble() * random.nextDouble();
        balances.add(new Balance(0, Venue.usd(notional / leverage), 0));
        add(positions, 0, notional / 3_000 * (random.nextDouble() < 0.6 ? 1 : -1));
        if (random.nextBoolean()) {
          add(positions, 1, notional / 120_000 * (random.nextDouble() < 0.6 ? 1 : -1));
        }
      }
      return new Account("a" + number, balances, positions);
    }

    private void add(List<Position> positions, int market, double quantity) {
      long units = Venue.units(quantity);
      if (units != 0) {
        positions.add(new Position(market, units, units * (market == 0 ? 300_000 : 6_000_000)));
      }
    }
  }
}
