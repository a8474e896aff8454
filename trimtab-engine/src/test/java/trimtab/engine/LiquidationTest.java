package trimtab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static trimtab.engine.Desk.all;
import static trimtab.engine.Desk.only;
import static trimtab.engine.Venue.ETH_PERP;
import static trimtab.engine.Venue.USD;
import static trimtab.engine.Venue.price;
import static trimtab.engine.Venue.units;
import static trimtab.engine.Venue.usd;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Leg;
import trimtab.core.account.Side;
import trimtab.core.certificate.Claim;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.engine.command.Command;
import trimtab.engine.command.OrderEnd;
import trimtab.engine.event.Event;
import trimtab.engine.event.Event.EpisodeOutcome;
import trimtab.engine.event.Event.OrderOutcome;
import trimtab.engine.event.Refusal;

/// Episodes from the breach to their end: planned, filled in parts or whole, cancelled, cooled
/// down, restored. Numbers are computed by hand in the comments.
class LiquidationTest {
  // 1,000 in cash and 10 ETH bought at 3,000: breach below 29,000 / 9.8 = 2,959.18.
  // At 2,950: E = 500, O = 590; the least that lifts E / O to 1.05 at 1 % penalty is
  // (1.05 x 590 - 500) / (1.05 x 0.02 - 0.01) = 10,863.64 or 3.68259 ETH, in lots 3.6826.
  private static final long LEAST = 36_826;

  private final Desk desk = Desk.with(Venue.targetHealth());

  private Event.OrderPlaced breach() {
    int ann = desk.perpAccount("ann", 1_000, 10, 3_000);
    assertThat(ann).isZero();
    assertThat(desk.mark(2_960, 60_000)).as("above the line").isEmpty();
    return only(desk.mark(2_950, 60_000), Event.OrderPlaced.class);
  }

  @Test
  void aBreachIsPlannedAndOrdered() {
    int ann = desk.perpAccount("ann", 1_000, 10, 3_000);

    var told = desk.mark(2_950, 60_000);

    assertThat(told).hasSize(3);
    Event.EpisodeOpened opened = only(told, Event.EpisodeOpened.class);
    assertThat(opened.account()).isEqualTo(ann);
    assertThat(opened.before().equity()).isEqualTo(usd(500));
    assertThat(opened.reason()).contains("0.847").contains("below the threshold 1");
    Event.LiquidationPlanned planned = only(told, Event.LiquidationPlanned.class);
    assertThat(planned.plan().claim()).isInstanceOf(Claim.RestoresMinimal.class);
    assertThat(planned.before()).isEqualTo(desk.engine.account(ann));
    Event.OrderPlaced order = only(told, Event.OrderPlaced.class);
    assertThat(order.side()).isEqualTo(Side.SELL);
    assertThat(order.quantity()).isEqualTo(LEAST);
    assertThat(order.leg()).isEqualTo(new Leg.PositionLeg(ETH_PERP));
    assertThat(order.closesAccount()).isFalse();
    // In proportion to what is closed, 500 x 0.36826 may be lost on 3.6826 ETH, 50 on each.
    assertThat(order.limitPrice()).hasValue(price(2_900));
    assertThat(desk.engine.waitsFor(ann)).isEqualTo("orders in flight");
    assertThat(desk.engine.breachesAtLastBatch()).isEqualTo(1);
  }

  @Test
  void aFilledOrderRestores() {
    Event.OrderPlaced order = breach();

    var told = desk.fillWhole(order, 0);

    // 3.6826 x 2,950 = 10,863.67; 1 % = 108.6367.
    Event.SliceFilled filled = only(told, Event.SliceFilled.class);
    assertThat(filled.notional()).isEqualTo(usd(10_863.67));
    assertThat(filled.penalty()).isEqualTo(usd(108.6367));
    assertThat(filled.freed()).isEqualTo(usd(217.2734));
    Event.PenaltySplit split = only(told, Event.PenaltySplit.class);
    assertThat(split.toFund()).isEqualTo(usd(54.31835));
    assertThat(split.toExecutor()).isEqualTo(usd(54.31835));
    assertThat(only(told, Event.OrderDone.class).end()).isEqualTo(OrderOutcome.FILLED);
    Event.EpisodeClosed closed = only(told, Event.EpisodeClosed.class);
    assertThat(closed.outcome()).isEqualTo(EpisodeOutcome.RESTORED);
    assertThat(closed.after().isAtLeast(1_050_000)).isTrue();
    assertThat(closed.after().equity()).isEqualTo(usd(500 - 108.6367));
    assertThat(closed.state().slices()).isEqualTo(1);
    assertThat(closed.state().freedRequirement()).isEqualTo(usd(217.2734));
    assertThat(desk.engine.fund()).isEqualTo(usd(54.31835));
    assertThat(desk.engine.fees()).isEqualTo(usd(54.31835));
    assertThat(desk.engine.account(0).positions())
        .containsExactly(
            new Position(ETH_PERP, units(10) - LEAST, (units(10) - LEAST) * price(3_000)));
    assertThat(desk.mark(2_950, 60_000)).as("no second breach at this price").isEmpty();
  }

  @Test
  void partsAreSettledAsTheyComeAndTheRestIsGivenUp() {
    Event.OrderPlaced order = breach();

    var part = desk.fill(order.sliceId(), 10_000, 3);
    assertThat(part).hasSize(2);
    assertThat(only(part, Event.SliceFilled.class).left()).isEqualTo(LEAST - 10_000);
    // One of ten ETH was closed at the mark of 2,950, bought at 3,000; cost 3, penalty 29.5.
    assertThat(desk.cash(0)).isEqualTo(usd(1_000 - 50 - 3 - 29.5));

    var told = desk.cancel(order.sliceId());

    Event.OrderDone done = only(told, Event.OrderDone.class);
    assertThat(done.end()).isEqualTo(OrderOutcome.CANCELLED);
    assertThat(done.filled()).isEqualTo(10_000);
    assertThat(done.unfilled()).isEqualTo(LEAST - 10_000);
    assertThat(only(told, Event.EpisodeWaiting.class).reason()).isEqualTo("next mark batch");
    var next = desk.mark(2_950, 60_000);
    assertThat(all(next, Event.EpisodeOpened.class)).isEmpty();
    assertThat(only(next, Event.OrderPlaced.class).sliceId()).isEqualTo(order.sliceId() + 1);
    assertThat(only(next, Event.LiquidationPlanned.class).planId()).isEqualTo(2);
  }

  @Test
  void anOrderThatIsRejectedChangesNothingAndIsTriedAgain() {
    Event.OrderPlaced order = breach();

    var told = desk.send(new Command.OrderClosed(desk.tick(), order.sliceId(), OrderEnd.REJECTED));

    assertThat(only(told, Event.OrderDone.class).end()).isEqualTo(OrderOutcome.REJECTED);
    assertThat(desk.engine.account(0).positions().getFirst().quantity()).isEqualTo(units(10));
    var again = only(desk.mark(2_950, 60_000), Event.OrderPlaced.class);
    assertThat(again.quantity()).isEqualTo(LEAST);
    var expired = new Command.OrderClosed(desk.tick(), again.sliceId(), OrderEnd.EXPIRED);
    assertThat(only(desk.send(expired), Event.OrderDone.class).end())
        .isEqualTo(OrderOutcome.EXPIRED);
  }

  @Test
  void onePlanIsInFlightPerAccount() {
    breach();

    assertThat(desk.mark(2_940, 60_000)).isEmpty();
    assertThat(desk.mark(2_930, 60_000)).isEmpty();
    assertThat(desk.engine.breachesAtLastBatch()).isEqualTo(1);
  }

  @Test
  void fillsThatCannotBeAreRefusedByName() {
    Event.OrderPlaced order = breach();
    long slice = order.sliceId();
    desk.send(new Command.Fill(desk.tick(), slice, 77, 10_000, usd(3)));

    desk.refuses(fill(99, 1, 1), Refusal.UNKNOWN_SLICE);
    desk.refuses(fill(0, 1, 1), Refusal.UNKNOWN_SLICE);
    desk.refuses(fill(slice, 77, 10_000), Refusal.DUPLICATE_FILL);
    desk.refuses(fill(slice, 78, LEAST - 10_000 + 1), Refusal.OVERFILL);
    desk.refuses(fill(slice, 78, 0), Refusal.BAD_AMOUNT);
    desk.refuses(new Command.Fill(desk.tick(), slice, 78, 1, Long.MIN_VALUE), Refusal.OUT_OF_RANGE);
    desk.cancel(slice);
    desk.refuses(fill(slice, 77, 10_000), Refusal.DUPLICATE_FILL);
    desk.refuses(fill(slice, 79, 1), Refusal.SLICE_CLOSED);
    desk.refuses(
        new Command.OrderClosed(desk.tick(), slice, OrderEnd.EXPIRED), Refusal.SLICE_CLOSED);
    desk.refuses(new Command.OrderClosed(desk.tick(), 99, OrderEnd.EXPIRED), Refusal.UNKNOWN_SLICE);
  }

  private Command.Fill fill(long sliceId, long fillId, long quantity) {
    return new Command.Fill(desk.tick(), sliceId, fillId, quantity, 0);
  }

  @Test
  void whileOrdersAreOutTheOwnerMayOnlyAddMoney() {
    Event.OrderPlaced order = breach();

    desk.refuses(new Command.Withdraw(desk.tick(), 0, USD, 1), Refusal.ORDERS_IN_FLIGHT);
    desk.refuses(
        new Command.Trade(desk.tick(), 0, ETH_PERP, -1, price(2_950)), Refusal.ORDERS_IN_FLIGHT);
    desk.send(new Command.Deposit(desk.tick(), 0, USD, usd(1_000)));
    assertThat(desk.mark(2_950, 60_000)).as("healthy, but an order is out").isEmpty();
    var told = desk.cancel(order.sliceId());

    assertThat(only(told, Event.EpisodeClosed.class).outcome()).isEqualTo(EpisodeOutcome.RESTORED);
    assertThat(only(told, Event.EpisodeClosed.class).state().slices()).isZero();
  }

  @Test
  void pricesAloneCanRestore() {
    Event.OrderPlaced order = breach();
    desk.cancel(order.sliceId());

    var told = desk.mark(2_960, 60_000);

    assertThat(told).hasSize(1);
    assertThat(only(told, Event.EpisodeClosed.class).outcome()).isEqualTo(EpisodeOutcome.RESTORED);
    assertThat(desk.engine.waitsFor(0)).isEmpty();
  }

  @Test
  void theNextSliceWaitsForTheCooldown() {
    var cool = Desk.with(Venue.withCooldown(Venue.targetHealth(), 60 * Desk.SECOND));
    cool.perpAccount("ann", 1_000, 10, 3_000);
    var order = only(cool.mark(2_950, 60_000), Event.OrderPlaced.class);
    cool.fill(order.sliceId(), order.quantity() / 2 + 1, 0);
    var told = cool.cancel(order.sliceId());

    Event.EpisodeWaiting waiting = only(told, Event.EpisodeWaiting.class);
    assertThat(waiting.reason()).isEqualTo("cooldown after a slice");
    assertThat(waiting.untilNanos()).isEqualTo(cool.now() + 60 * Desk.SECOND);
    assertThat(cool.mark(2_950, 60_000)).as("told once").isEmpty();
    cool.passSeconds(60);
    assertThat(all(cool.mark(2_950, 60_000), Event.OrderPlaced.class)).hasSize(1);
  }

  /// Griefing: whoever executes fills a hair of the order and cancels the rest, so that the account
  /// falls on while the rule waits. Less than half of an order starts no pause.
  @Test
  void aTinyFillBuysNoCooldown() {
    var cool = Desk.with(Venue.withCooldown(Venue.targetHealth(), 60 * Desk.SECOND));
    cool.perpAccount("ann", 1_000, 10, 3_000);
    var order = only(cool.mark(2_950, 60_000), Event.OrderPlaced.class);
    cool.fill(order.sliceId(), order.quantity() / 2 - 1, 0);
    cool.cancel(order.sliceId());

    assertThat(cool.engine.waitsFor(0)).isEqualTo("next mark batch");
    assertThat(all(cool.mark(2_950, 60_000), Event.OrderPlaced.class)).hasSize(1);
  }

  /// The pause is for the market to recover, not for the account to go bankrupt in.
  @Test
  void aCooldownEndsHalfWayToBankruptcy() {
    var cool = Desk.with(Venue.withCooldown(Venue.targetHealth(), 60 * Desk.SECOND));
    cool.perpAccount("ann", 1_000, 10, 3_000);
    var order = only(cool.mark(2_950, 60_000), Event.OrderPlaced.class);
    cool.fill(order.sliceId(), order.quantity() / 2 + 1, 0);
    cool.cancel(order.sliceId());

    assertThat(all(cool.mark(2_945, 60_000), Event.OrderPlaced.class)).as("it waits").isEmpty();
    assertThat(all(cool.mark(2_910, 60_000), Event.OrderPlaced.class)).hasSize(1);
  }

  @Test
  void aRefusedHarmfulCloseIsANamedWaitToldOnce() {
    OwnRulebook half = Venue.rulebook(new CloseRule.FixedFraction(500_000));
    var refusing =
        Desk.with(
            new OwnRulebook(
                half.name(),
                half.closeRule(),
                half.base(),
                half.thresholdPpm(),
                half.targetPpm(),
                half.penalty(),
                OnHarmfulClose.REFUSE,
                0));
    int bob = refusing.loanAccount("bob", 1, 2_000);

    // HF = 0.83 x 2,090 / 2,000 = 0.867 < 0.8715: repaying half lowers it.
    var told = refusing.mark(2_090, 60_000);

    assertThat(told).hasSize(2);
    assertThat(only(told, Event.EpisodeWaiting.class).reason()).contains("refused");
    assertThat(refusing.mark(2_089, 60_000)).isEmpty();
    assertThat(refusing.engine.waitsFor(bob)).contains("refused");
  }

  @Test
  void ordersInFlightAreSettledByTheRuleThatPlacedThem() {
    Event.OrderPlaced order = breach();
    OwnRulebook full = Venue.full();
    desk.send(
        new Command.UseRulebook(
            desk.tick(),
            new OwnRulebook(
                "free",
                full.closeRule(),
                full.base(),
                1_000_000,
                1_000_000,
                new PenaltyTerms(0, 0, full.penalty().cap(), 0),
                full.onHarmfulClose(),
                0)));

    var told = desk.fillWhole(order, 0);

    assertThat(only(told, Event.SliceFilled.class).penalty()).isEqualTo(usd(108.6367));
    assertThat(only(told, Event.PenaltySplit.class).toFund()).isEqualTo(usd(54.31835));
  }

  @Test
  void everyAccountIsJudgedOnTheWholeBatch() {
    // Long ETH against short BTC, hedged: fine at (2,700, 54,000), lost at (2,700, 60,000).
    int ann =
        desk.account(
            "ann",
            List.of(new Balance(USD, usd(1_500), 0)),
            List.of(
                new Position(0, units(10), usd(30_000)),
                new Position(1, units(-0.5), usd(-30_000))));

    assertThat(desk.mark(2_700, 54_000)).isEmpty();
    assertThat(desk.engine.health(ann).equity()).isEqualTo(usd(1_500));
  }

  @Test
  void accountsAreWorkedThroughInTheOrderOfTheirSlots() {
    desk.perpAccount("zoe", 1_000, 10, 3_000);
    desk.perpAccount("ann", 2_000, 20, 3_000);
    desk.perpAccount("mia", 500, 5, 3_000);

    var told = desk.mark(2_950, 60_000);

    assertThat(all(told, Event.OrderPlaced.class).stream().map(Event.OrderPlaced::account))
        .containsExactly(0, 1, 2);
    assertThat(told.get(1)).isInstanceOf(Event.LiquidationPlanned.class);
    assertThat(told.get(2)).isInstanceOf(Event.OrderPlaced.class);
  }

  @Test
  void anEpisodePastItsDeadlineRaisesOneAlarm() {
    breach();
    desk.passSeconds(3_600);

    var told = desk.send(new Command.Timer(desk.tick()));

    Event.EpisodeOverdue overdue = only(told, Event.EpisodeOverdue.class);
    assertThat(overdue.waitsFor()).isEqualTo("orders in flight");
    assertThat(desk.send(new Command.Timer(desk.tick()))).isEmpty();
    assertThat(desk.mark(2_950, 60_000)).isEmpty();
  }

  @Test
  void severalLegsAreSeveralOrdersOfOnePlan() {
    var halves = Desk.with(Venue.rulebook(new CloseRule.FixedFraction(500_000)));
    int ann =
        halves.account(
            "ann",
            List.of(new Balance(USD, usd(2_000), 0)),
            List.of(
                new Position(0, units(10), usd(30_000)), new Position(1, units(1), usd(60_000))));

    var told = halves.mark(2_950, 59_900);
    List<Event.OrderPlaced> orders = all(told, Event.OrderPlaced.class);
    assertThat(orders).extracting(Event.OrderPlaced::quantity).contains(units(5), units(0.5));
    assertThat(orders).extracting(Event.OrderPlaced::planId).containsOnly(1L);
    assertThat(orders).extracting(Event.OrderPlaced::legIndex).containsExactly(0, 1);

    var second = halves.fillWhole(orders.get(1), 0);
    assertThat(all(second, Event.EpisodeClosed.class)).as("the other is out").isEmpty();
    assertThat(halves.engine.waitsFor(ann)).isEqualTo("orders in flight");
    var first = halves.fillWhole(orders.get(0), 0);
    assertThat(all(first, Event.OrderDone.class)).hasSize(1);
    // E = 1,400 less 1 % of half of 89,400; O = half of 1,788: 953 / 894.
    Event.EpisodeClosed closed = only(first, Event.EpisodeClosed.class);
    assertThat(closed.state().slices()).isEqualTo(2);
    assertThat(closed.after().equity()).isEqualTo(usd(1_400 - 447));
  }
}
