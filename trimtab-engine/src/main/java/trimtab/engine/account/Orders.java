package trimtab.engine.account;

import java.util.List;
import java.util.Optional;
import trimtab.core.account.Account;
import trimtab.core.account.Leg;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.account.Side;
import trimtab.core.health.Health;
import trimtab.core.money.Ppm;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Rulebook;
import trimtab.core.settlement.Closing;
import trimtab.core.settlement.LegSettlement;
import trimtab.engine.command.Command.Fill;
import trimtab.engine.command.Command.OrderClosed;
import trimtab.engine.command.MarketSide;
import trimtab.engine.event.Event;
import trimtab.engine.event.Event.OrderOutcome;
import trimtab.engine.event.Refusal;
import trimtab.engine.journal.StateWriter;
import trimtab.engine.ledger.Invariants;
import trimtab.engine.message.GrantedCurves;
import trimtab.engine.message.Message.LiquidityReleased;
import trimtab.engine.message.Message.LiquidityUsed;
import trimtab.engine.message.Message.SliceSettled;
import trimtab.engine.message.Outbox;

/// The orders of planned liquidations: placed with their plan, settled fill by fill, ended whole or
/// before.
final class Orders {
  /// A cost beyond this many value units cannot be one.
  private static final long COST_MAX = 1L << 62;

  private static final int SETTLEMENT = 0;

  private final ShardState shard;
  private final FillBooking booking;
  private final Slices slices = new Slices();
  private long lastPlanId;

  Orders(ShardState shard, FillBooking booking) {
    this.shard = shard;
    this.booking = booking;
  }

  /// Places one order per planned closing.
  ///
  /// @return how many
  int place(int account, Account before, Plan.Close plan, GrantedCurves curves, Outbox out) {
    long planId = ++lastPlanId;
    long now = out.nowNanos();
    Rulebook rulebook = shard.rulebook();
    out.emit(
        new Event.LiquidationPlanned(now, planId, account, before, shard.marks(), rulebook, plan));
    List<PlannedClosing> closings = plan.closings();
    Invariants.check(!closings.isEmpty(), () -> "plan %d closes nothing".formatted(planId));
    Account reached = before;
    for (int i = 0; i < closings.size(); i++) {
      PlannedClosing planned = closings.get(i);
      Leg leg = planned.closing().leg();
      long quantity = planned.closing().quantity();
      requireHeld(reached, leg, quantity);
      long sliceId = slices.nextId();
      Slice.Liquidity liquidity = liquidity(leg, planned.side(), curves);
      PenaltyTerms penalty = plan.grounds().penalty();
      slices.add(new Slice(sliceId, planId, account, leg, quantity, rulebook, penalty, liquidity));
      out.send(new LiquidityUsed(liquidity.side(), liquidity.quantity(quantity)));
      out.emit(
          new Event.OrderPlaced(
              now,
              sliceId,
              planId,
              account,
              i,
              leg,
              planned.side(),
              quantity,
              planned.limitPrice(),
              plan.closesEverything()));
      reached = planned.closing().account();
    }
    return closings.size();
  }

  /// No order is larger than what there is when the orders before it are done.
  private void requireHeld(Account account, Leg leg, long quantity) {
    long held =
        switch (leg) {
          case PositionLeg(int market) -> size(account, market);
          case PairLeg(int ignored, int collateral) -> {
            var asset = shard.listing().assets().get(collateral);
            long unitValue = shard.marks().unitValue(shard.listing(), asset);
            yield shard.model().cash(account, shard.marks(), collateral).divFloor(unitValue);
          }
        };
    Invariants.check(
        quantity > 0 && quantity <= held,
        () -> "%s: an order of %d, but %d is held".formatted(account.id(), quantity, held));
  }

  private static long size(Account account, int market) {
    return account.positions().stream()
        .filter(position -> position.market() == market)
        .mapToLong(position -> Math.absExact(position.quantity()))
        .sum();
  }

  /// The market that an order trades on: a pair sells its collateral, or buys the debt's asset
  /// where the collateral is money.
  private Slice.Liquidity liquidity(Leg leg, Side side, GrantedCurves curves) {
    MarketSide market =
        switch (leg) {
          case PositionLeg(int index) -> MarketSide.contract(index, side);
          case PairLeg(int debt, int collateral) ->
              collateral == SETTLEMENT
                  ? MarketSide.asset(debt, Side.BUY)
                  : MarketSide.asset(collateral, Side.SELL);
        };
    long units =
        leg instanceof PairLeg(int debt, int collateral) && collateral == SETTLEMENT
            ? shard.marks().unitValue(shard.listing(), shard.listing().assets().get(debt))
            : 1;
    return new Slice.Liquidity(market, curves.of(market).version(), units);
  }

  /// Settles a fill.
  ///
  /// @return the slice, when this fill ended its order
  Optional<Slice> fill(Fill command, Outbox out) {
    return switch (slices.of(command.sliceId())) {
      case Slices.Known.Never() -> {
        out.refuse(command, Refusal.UNKNOWN_SLICE, "no slice number " + command.sliceId());
        yield Optional.empty();
      }
      case Slices.Known.Ended ended -> {
        if (ended.fillIds().contains(command.fillId())) {
          out.refuse(command, Refusal.DUPLICATE_FILL, told(command));
        } else {
          out.refuse(command, Refusal.SLICE_CLOSED, ended(command.sliceId()));
        }
        yield Optional.empty();
      }
      case Slices.Known.InFlight(Slice slice) -> fill(command, slice, out);
    };
  }

  private Optional<Slice> fill(Fill command, Slice slice, Outbox out) {
    Optional<Refusal> wrong = wrong(command, slice);
    if (wrong.isPresent()) {
      out.refuse(command, wrong.orElseThrow(), describe(command, slice, wrong.orElseThrow()));
      return Optional.empty();
    }
    Account before = shard.book().snapshot(slice.account());
    Rulebook rulebook = slice.rulebook();
    LegSettlement settlement =
        new LegSettlement(shard.model(rulebook), slice.penalty(), rulebook.levy());
    Health healthBefore = settlement.model().assess(before, shard.marks());
    Closing closing;
    try {
      closing =
          settlement.close(
              before, shard.marks(), slice.leg(), command.quantity(), cost(rulebook, command));
    } catch (ArithmeticException e) {
      out.refuse(command, Refusal.OUT_OF_RANGE, "the settlement leaves 64 bits");
      return Optional.empty();
    }
    booking.book(slice.account(), before, closing);
    settled(command, slice, closing, healthBefore, settlement, out);
    if (slice.left() > 0) {
      return Optional.empty();
    }
    return Optional.of(end(slice, OrderOutcome.FILLED, out));
  }

  /// What the account bears: whoever takes it over at the mark trades at his own cost.
  private static long cost(Rulebook rulebook, Fill fill) {
    return switch (rulebook.settle()) {
      case MARKET -> fill.cost();
      case LIQUIDATOR_PAYS -> 0;
    };
  }

  private Optional<Refusal> wrong(Fill command, Slice slice) {
    if (slice.hasFill(command.fillId())) {
      return Optional.of(Refusal.DUPLICATE_FILL);
    }
    if (command.quantity() <= 0) {
      return Optional.of(Refusal.BAD_AMOUNT);
    }
    if (command.quantity() > slice.left() || command.quantity() > deliverable(slice)) {
      return Optional.of(Refusal.OVERFILL);
    }
    boolean fits = command.cost() >= -COST_MAX && command.cost() <= COST_MAX;
    return fits && slice.canTakeAnotherFill()
        ? Optional.empty()
        : Optional.of(Refusal.OUT_OF_RANGE);
  }

  /// What the account has of the leg: never less than the order unless the engine is wrong, as
  /// nothing else may reduce it meanwhile. Money may become negative.
  private long deliverable(Slice slice) {
    Account account = shard.book().snapshot(slice.account());
    return switch (slice.leg()) {
      case PositionLeg(int market) -> size(account, market);
      case PairLeg(int ignored, int collateral) ->
          collateral == SETTLEMENT
              ? Long.MAX_VALUE
              : account.balances().stream()
                  .filter(balance -> balance.asset() == collateral)
                  .mapToLong(Account.Balance::amount)
                  .sum();
    };
  }

  private static String describe(Fill command, Slice slice, Refusal reason) {
    return switch (reason) {
      case DUPLICATE_FILL -> told(command);
      case OVERFILL ->
          "slice %d has %d left; %d was filled"
              .formatted(slice.id(), slice.left(), command.quantity());
      default ->
          "slice %d: a fill of %d at cost %d"
              .formatted(slice.id(), command.quantity(), command.cost());
    };
  }

  private static String told(Fill command) {
    return "fill %d of slice %d was told before".formatted(command.fillId(), command.sliceId());
  }

  private static String ended(long sliceId) {
    return "the order of slice %d has ended".formatted(sliceId);
  }

  private void settled(
      Fill command,
      Slice slice,
      Closing closing,
      Health before,
      LegSettlement settlement,
      Outbox out) {
    int account = slice.account();
    Health after = settlement.model().assess(shard.book().view(account), shard.marks());
    Invariants.check(
        before.equity() - after.equity() == closing.cost() + closing.penalty(),
        () ->
            "account %d: equity fell from %d to %d, cost %d and penalty %d were taken"
                .formatted(
                    account, before.equity(), after.equity(), closing.cost(), closing.penalty()));
    long freed = before.requirement().minus(after.requirement()).divFloor(Ppm.ONE);
    slice.fill(command.fillId(), closing.quantity(), freed);
    PenaltyTerms.Split split = settlement.terms().split();
    out.send(new SliceSettled(account, slice.id(), closing.notional(), closing.penalty(), split));
    out.emit(
        new Event.SliceFilled(
            out.nowNanos(),
            slice.id(),
            command.fillId(),
            account,
            slice.leg(),
            closing.quantity(),
            slice.left(),
            closing.notional(),
            closing.cost(),
            closing.penalty(),
            closing.repaid(),
            freed));
  }

  /// Ends an order before it is filled whole.
  ///
  /// @return the slice, unless the command was refused
  Optional<Slice> close(OrderClosed command, Outbox out) {
    return switch (slices.of(command.sliceId())) {
      case Slices.Known.Never() -> {
        out.refuse(command, Refusal.UNKNOWN_SLICE, "no slice number " + command.sliceId());
        yield Optional.empty();
      }
      case Slices.Known.Ended ignored -> {
        out.refuse(command, Refusal.SLICE_CLOSED, ended(command.sliceId()));
        yield Optional.empty();
      }
      case Slices.Known.InFlight(Slice slice) -> {
        OrderOutcome outcome =
            switch (command.end()) {
              case CANCELLED -> OrderOutcome.CANCELLED;
              case REJECTED -> OrderOutcome.REJECTED;
              case EXPIRED -> OrderOutcome.EXPIRED;
            };
        yield Optional.of(end(slice, outcome, out));
      }
    };
  }

  private Slice end(Slice slice, OrderOutcome outcome, Outbox out) {
    slices.end(slice);
    if (slice.left() > 0) {
      Slice.Liquidity used = slice.liquidity();
      long unused = used.quantity(slice.filled() + slice.left()) - used.quantity(slice.filled());
      out.send(new LiquidityReleased(used.side(), unused, used.curveVersion()));
    }
    out.emit(
        new Event.OrderDone(
            out.nowNanos(), slice.id(), slice.account(), slice.filled(), slice.left(), outcome));
    return slice;
  }

  void writeState(StateWriter out) {
    out.putLong(lastPlanId);
    slices.writeState(out);
  }
}
