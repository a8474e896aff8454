package trimtab.lab.replay;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import trimtab.core.account.Account;
import trimtab.core.account.Side;
import trimtab.core.certificate.Certificate;
import trimtab.core.cost.CostCurve;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.plan.Certificates;
import trimtab.core.rulebook.Rulebook;
import trimtab.engine.Engine;
import trimtab.engine.EngineSettings;
import trimtab.engine.breach.BreachFinder;
import trimtab.engine.command.Command;
import trimtab.engine.command.OrderEnd;
import trimtab.engine.event.Event;
import trimtab.engine.journal.Journal;
import trimtab.lab.book.Book.Opening;
import trimtab.lab.mark.PricePath;
import trimtab.market.impact.ImpactCalibration;
import trimtab.market.impact.ImpactParameters;

/// One rulebook at one impact: the engine and the simulated exchange in virtual time.
///
/// At the close of a bar its marks are observed; `delay` later the engine sees them, plans and
/// sends orders; another `delay` later these are executed at the last close. At one instant the
/// observation comes first, then executions, then what the engine sees: an execution is in the
/// marks from the next bar, and nothing is judged twice at one batch.
final class ReplayRun implements Callable<RunResult> {
  private final ReplaySetup setup;
  private final Rulebook rulebook;
  private final BigDecimal impact;
  private final ReplayProgress progress;
  private final Predicate<Certificate> checker;
  private final Listing listing;
  private final PricePath path;
  private final SimulatedExchange exchange;
  private final boolean disturbed;
  private final CurveBook curves;
  private final List<Integer> entryOrder;
  private final RunLedger ledger;
  private final Engine engine =
      new Engine(EngineSettings.standard().with(BreachFinder.Kind.BOX_SCAN), Journal.none());
  private final ArrayDeque<Observation> observed = new ArrayDeque<>();
  private final ArrayDeque<Event.OrderPlaced> orders = new ArrayDeque<>();
  private Marks marks;
  private long nowNanos;
  private int entered;
  private long fills;
  private Settling settling = Settling.NOTHING;
  private final Optional<DetailRecorder> details;
  private int barJudged;

  /// Marks on their way to the engine.
  private record Observation(long dueNanos, int bar, Marks marks) {}

  /// The order whose fill is being applied.
  private record Settling(long planId, Execution execution, long fee, int bar) {
    static final Settling NOTHING = new Settling(0, Execution.none(Side.SELL), 0, 0);
  }

  /// @param checker whether a certificate holds
  /// @param kept beside the figures
  ReplayRun(
      ReplaySetup setup,
      Rulebook rulebook,
      BigDecimal impact,
      ReplayProgress progress,
      Predicate<Certificate> checker,
      Kept kept) {
    this.details =
        kept.details()
            ? Optional.of(new DetailRecorder(setup.path().bars(), setup.book().openings().size()))
            : Optional.empty();
    this.checker = checker;
    this.setup = setup;
    this.rulebook = rulebook;
    this.impact = impact;
    this.progress = progress;
    this.listing = setup.listing();
    this.path = setup.path();
    this.disturbed = impact.signum() > 0;
    this.exchange = new SimulatedExchange(listing, path, parameters());
    long[] highest = IntStream.range(0, path.feeds()).mapToLong(path::highest).toArray();
    this.curves =
        disturbed ? CurveBook.of(listing, setup.book(), highest) : new CurveBook(List.of());
    List<Opening> openings = setup.book().openings();
    this.entryOrder =
        IntStream.range(0, openings.size())
            .boxed()
            .sorted(Comparator.comparingInt(index -> openings.get(index).bar()))
            .toList();
    this.ledger = new RunLedger(listing, kept.proofs());
    this.marks = path.marks(0);
  }

  private List<ImpactParameters> parameters() {
    if (!disturbed) {
      return listing.feeds().stream().map(_ -> ImpactParameters.withC(0)).toList();
    }
    double multiple = impact.doubleValue();
    return setup.calibrations().stream()
        .map((ImpactCalibration calibration) -> calibration.parameters(multiple))
        .toList();
  }

  @Override
  public RunResult call() {
    nowNanos = path.closeNanos(0);
    apply(new Command.ListInstruments(nowNanos, listing));
    apply(new Command.UseRulebook(nowNanos, rulebook));
    enter(0);
    int bar = 0;
    while (bar < path.bars() || !observed.isEmpty() || !orders.isEmpty()) {
      long close = bar < path.bars() ? path.closeNanos(bar) : Long.MAX_VALUE;
      long execution = orders.isEmpty() ? Long.MAX_VALUE : dueNanos(orders.peek());
      long delivery = observed.isEmpty() ? Long.MAX_VALUE : observed.peek().dueNanos();
      if (close <= execution && close <= delivery) {
        observe(bar);
        bar++;
      } else if (execution <= delivery) {
        advanceTo(execution);
        execute(orders.remove());
      } else {
        advanceTo(delivery);
        deliver(observed.remove());
      }
    }
    minuteOver();
    return result();
  }

  private void advanceTo(long nanos) {
    nowNanos = nanos;
    exchange.advanceTo(nanos);
  }

  private long dueNanos(Event.OrderPlaced order) {
    return order.atNanos() + setup.delayNanos();
  }

  private void observe(int bar) {
    advanceTo(path.closeNanos(bar));
    Marks seen = path.marks(bar);
    if (disturbed) {
      long[] prices = new long[path.feeds()];
      for (int feed = 0; feed < prices.length; feed++) {
        prices[feed] = exchange.mark(feed, bar);
        ledger.mark(prices[feed], path.price(feed, bar));
      }
      seen = Marks.of(path.closeNanos(bar), prices);
    }
    observed.add(new Observation(nowNanos + setup.delayNanos(), bar, seen));
  }

  private void deliver(Observation observation) {
    if (observation.bar() > 0) {
      minuteOver();
    }
    marks = observation.marks();
    barJudged = observation.bar();
    for (CurveBook.Wanted wanted : curves.curves()) {
      long mark = marks.price(wanted.market().feed());
      CostCurve curve =
          exchange.curve(
              wanted.market(), wanted.key().side(), wanted.capacity(), mark, observation.bar());
      apply(new Command.CurveUpdate(nowNanos, wanted.key(), curve));
    }
    apply(new Command.MarkBatch(nowNanos, marks));
    enter(observation.bar());
    progress.barPlayed();
  }

  /// A bar is over, its liquidations are done: who is still below the threshold?
  private void minuteOver() {
    details.ifPresent(recorder -> recorder.barOver(barJudged, engine));
    engine.forEachOpenEpisode(slot -> {
      if (!engine.health(slot).isAtLeast(rulebook.thresholdPpm())) {
        ledger.minuteInBreach(slot);
      }
    });
  }

  /// Accounts whose bar has come enter. Those of bar 0 were there before its marks.
  private void enter(int bar) {
    List<Opening> openings = setup.book().openings();
    while (entered < entryOrder.size()) {
      Opening opening = openings.get(entryOrder.get(entered));
      if (opening.bar() > bar) {
        return;
      }
      Account account = Entry.at(opening.account(), listing, path.marks(bar), marks);
      ledger.entered(bar, account, marks);
      entered++;
      apply(new Command.ImportAccount(nowNanos, account));
    }
  }

  private void execute(Event.OrderPlaced order) {
    int bar = path.barAt(nowNanos);
    TradedInstrument market = TradedInstrument.of(listing, order.leg());
    long unitValue = market.unitValue(marks.price(market.feed()));
    // Money that buys a coin is ordered in money; what it buys at the mark is traded.
    boolean spends = TradedInstrument.spendsSettlement(order.leg());
    long wanted = spends ? order.quantity() / unitValue : order.quantity();
    OptionalLong limit = order.closesAccount() ? OptionalLong.empty() : order.limitPrice();
    Execution execution = exchange.execute(market, order.side(), wanted, limit, bar);
    long filled = spends ? order.quantity() : execution.quantity();
    if (filled > 0) {
      long markValue = Math.multiplyExact(execution.quantity(), unitValue);
      long fee = Rounding.mulDivCeil(markValue, market.takerFeePpm(), Ppm.ONE);
      long cost = Math.addExact(execution.cost(markValue), fee);
      settling = new Settling(order.planId(), execution, fee, bar);
      fills++;
      apply(new Command.Fill(nowNanos, order.sliceId(), fills, filled, cost));
      settling = Settling.NOTHING;
    }
    if (filled < order.quantity()) {
      apply(new Command.OrderClosed(nowNanos, order.sliceId(), OrderEnd.CANCELLED));
    }
  }

  private void apply(Command command) {
    engine.apply(command, this::on);
  }

  private void on(Event event) {
    switch (event) {
      case Event.Refused refused ->
          throw new IllegalStateException("the engine refused: " + refused.text());
      case Event.LiquidationPlanned planned -> {
        ledger.planned(planned, certificateHolds(planned));
        details.ifPresent(recorder -> recorder.planned(planned));
      }
      case Event.OrderPlaced order -> orders.add(order);
      case Event.SliceFilled fill -> {
        ledger.filled(
            settling.planId(), fill, settling.execution(), settling.fee(), settling.bar());
        details.ifPresent(recorder -> recorder.filled(settling.bar(), fill.notional()));
      }
      case Event.DeficitReported deficit -> ledger.deficit(deficit.account(), deficit.amount());
      case Event.DeficitCovered cover -> ledger.covered(cover.account(), cover.amount());
      case Event.InstrumentsListed _,
          Event.RulebookUsed _,
          Event.AccountImported _,
          Event.Deposited _,
          Event.Withdrawn _,
          Event.Traded _,
          Event.EpisodeOpened _,
          Event.EpisodeClosed _,
          Event.EpisodeWaiting _,
          Event.PenaltySplit _,
          Event.OrderDone _,
          Event.EpisodeOverdue _ -> {}
    }
  }

  private boolean certificateHolds(Event.LiquidationPlanned planned) {
    Certificate certificate =
        Certificates.of(
            listing, planned.before(), planned.marks(), planned.rulebook(), planned.plan());
    return checker.test(certificate);
  }

  private RunResult result() {
    HealthModel model =
        new HealthModel(listing, new LegSum(listing), rulebook.base(), rulebook.netting());
    Marks last = path.marks(path.bars() - 1);
    AccountOutcome[] outcomes = new AccountOutcome[entryOrder.size()];
    for (int slot = 0; slot < outcomes.length; slot++) {
      AccountRecord account = ledger.accounts().get(slot);
      Account ended = engine.account(slot);
      outcomes[entryOrder.get(slot)] =
          account.outcome(
              ended,
              setup.gas(),
              model.assess(ended, last).equity(),
              model.assess(account.entered, last).equity());
    }
    List<AccountOutcome> accounts = List.of(outcomes);
    FiguresSum sum = new FiguresSum(rulebook.name(), impact, listing.valueDecimals());
    List<Figures> figures = new ArrayList<>();
    for (AccountKind kind : AccountKind.values()) {
      figures.add(sum.of(kind, accounts, ledger));
    }
    RunDetails drawn = details.map(DetailRecorder::details).orElse(RunDetails.NONE);
    return new RunResult(rulebook.name(), impact, figures, accounts, drawn);
  }
}
