package trimtab.lab.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.core.account.Account;
import trimtab.core.account.Leg;
import trimtab.core.instrument.Listing;
import trimtab.engine.event.Event;
import trimtab.lab.replay.AccountOutcome.First;
import trimtab.lab.replay.AccountOutcome.InstrumentClosing;
import trimtab.lab.replay.AccountOutcome.Totals;

/// What happens to one account during a run, as it happens.
final class AccountRecord {
  private static final int PRICE_DECIMALS = 12;

  final int entryBar;
  final Account entered;
  final AccountKind kind;
  private final Listing listing;
  private final long entryNotional;
  private final List<Decided> decisions = new ArrayList<>();
  private final List<LegTotal> legs = new ArrayList<>();
  private long countedPlanId;
  private long firstPlanId;
  private int firstBar = -1;
  private int lastBar = -1;
  private long firstLegQuantity;
  private long firstLegExecuted;
  private long firstNotional;
  private long firstPenalty;
  private long liquidations;
  private long notional;
  private long penalty;
  private long slippage;
  private long exchangeFees;
  private long badDebt;
  private long fundDraw;
  private long minutesInBreach;

  private static final class LegTotal {
    private final Leg leg;
    private long quantity;
    private long notional;

    LegTotal(Leg leg) {
      this.leg = leg;
    }
  }

  /// @param entered the account as it enters
  /// @param entryNotional see [AccountOutcome#entryNotional()]
  AccountRecord(Listing listing, int entryBar, Account entered, long entryNotional) {
    this.listing = listing;
    this.entryBar = entryBar;
    this.entered = entered;
    this.entryNotional = entryNotional;
    this.kind = entered.positionCount() > 0 ? AccountKind.PERP : AccountKind.LOAN;
  }

  void planned(Decided decided) {
    decisions.add(decided);
  }

  /// A fill of a plan.
  ///
  /// @return whether it is the first of its plan: then this is a liquidation more
  boolean filled(long planId, Event.SliceFilled fill, Execution execution, long fee, int bar) {
    boolean opens = planId != countedPlanId;
    if (opens) {
      countedPlanId = planId;
      liquidations++;
    }
    if (firstPlanId == 0) {
      firstPlanId = planId;
      firstBar = bar;
    }
    lastBar = bar;
    LegTotal total = total(fill.leg());
    total.quantity = Math.addExact(total.quantity, fill.quantity());
    total.notional = Math.addExact(total.notional, fill.notional());
    notional = Math.addExact(notional, fill.notional());
    penalty = Math.addExact(penalty, Math.max(0, fill.penalty()));
    // What a venue's fund makes up of a fill is a loss that it bears.
    long madeUp = Math.max(0, Math.negateExact(fill.penalty()));
    badDebt = Math.addExact(badDebt, madeUp);
    fundDraw = Math.addExact(fundDraw, madeUp);
    slippage = Math.addExact(slippage, execution.slippage() + fee);
    exchangeFees = Math.addExact(exchangeFees, fee);
    if (planId == firstPlanId) {
      firstNotional = Math.addExact(firstNotional, fill.notional());
      firstPenalty = Math.addExact(firstPenalty, fill.penalty());
      if (fill.leg().equals(legs.getFirst().leg)) {
        firstLegQuantity += fill.quantity();
        firstLegExecuted += execution.paidOrReceived();
      }
    }
    return opens;
  }

  private LegTotal total(Leg leg) {
    for (LegTotal total : legs) {
      if (total.leg.equals(leg)) {
        return total;
      }
    }
    legs.add(new LegTotal(leg));
    return legs.getLast();
  }

  void deficit(long amount) {
    badDebt = Math.addExact(badDebt, amount);
  }

  void covered(long amount) {
    fundDraw = Math.addExact(fundDraw, amount);
  }

  void minuteInBreach() {
    minutesInBreach++;
  }

  AccountOutcome outcome(Account ended, long gas, long equityAtEnd, long equityUntouched) {
    long fixed = Math.multiplyExact(liquidations, gas);
    return new AccountOutcome(
        entryBar,
        entered,
        ended,
        kind,
        entryNotional,
        first(),
        lastBar,
        new Totals(
            liquidations, notional, penalty, slippage, exchangeFees, fixed, badDebt, fundDraw),
        legs.stream().map(this::closing).toList(),
        decisions,
        minutesInBreach,
        equityAtEnd,
        equityUntouched);
  }

  private Optional<First> first() {
    if (firstPlanId == 0) {
      return Optional.empty();
    }
    BigDecimal quantity = quantity(legs.getFirst().leg, firstLegQuantity);
    BigDecimal executed = BigDecimal.valueOf(firstLegExecuted, listing.valueDecimals());
    BigDecimal price = executed.divide(quantity, PRICE_DECIMALS, RoundingMode.HALF_EVEN);
    return Optional.of(new First(firstBar, price, quantity, firstPenalty, firstNotional));
  }

  private InstrumentClosing closing(LegTotal total) {
    String instrument =
        switch (total.leg) {
          case Leg.PositionLeg(int market) -> listing.contracts().get(market).symbol();
          case Leg.PairLeg(int _, int collateral) -> listing.assets().get(collateral).symbol();
        };
    return new InstrumentClosing(instrument, quantity(total.leg, total.quantity), total.notional);
  }

  private BigDecimal quantity(Leg leg, long units) {
    int decimals =
        switch (leg) {
          case Leg.PositionLeg(int market) -> listing.contracts().get(market).quantityDecimals();
          case Leg.PairLeg(int _, int collateral) -> listing.assets().get(collateral).decimals();
        };
    return BigDecimal.valueOf(units, decimals);
  }
}
