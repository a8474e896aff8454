package trimtab.engine.clearing;

import trimtab.core.instrument.Listing;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.engine.command.Command.CurveUpdate;
import trimtab.engine.event.Event;
import trimtab.engine.event.Refusal;
import trimtab.engine.journal.StateWriter;
import trimtab.engine.ledger.Invariants;
import trimtab.engine.ledger.Ledger;
import trimtab.engine.ledger.LedgerAccount;
import trimtab.engine.message.GrantedCurves;
import trimtab.engine.message.Message.DeficitCover;
import trimtab.engine.message.Message.DeficitDeclined;
import trimtab.engine.message.Message.DeficitReport;
import trimtab.engine.message.Message.LiquidityGrant;
import trimtab.engine.message.Message.LiquidityReleased;
import trimtab.engine.message.Message.LiquidityRequest;
import trimtab.engine.message.Message.LiquidityUsed;
import trimtab.engine.message.Message.SliceSettled;
import trimtab.engine.message.Message.ToClearing;
import trimtab.engine.message.Outbox;

/// What belongs to the venue and not to an account: the insurance fund, the windows and budgets,
/// the liquidity that plans share. It knows no account but by its slot, and no rulebook.
public final class Clearing {
  /// The fund does not hold the amount.
  public static final String FUND_EXHAUSTED = "the insurance fund does not hold the deficit";

  /// The amount exceeds what is left of the window's budget.
  public static final String WINDOW_SPENT = "the insurance fund's budget of this window is spent";

  private static final int SETTLEMENT = 0;

  private final FundTerms terms;
  private final Ledger ledger;
  private final CurvesLeft curves;
  private MarketState market;

  public Clearing(Listing listing, FundTerms terms, long nowNanos) {
    this.terms = terms;
    this.ledger = new Ledger(listing);
    this.curves = new CurvesLeft(listing);
    this.market = MarketState.fresh(nowNanos);
    ledger.post(LedgerAccount.FUND, SETTLEMENT, terms.capital().orElse(0));
    ledger.post(LedgerAccount.EXTERNAL, SETTLEMENT, -terms.capital().orElse(0));
  }

  /// Begins a new window when the present one is over.
  public void passTime(long nowNanos) {
    long age = nowNanos - market.windowStartNanos();
    if (age >= terms.windowNanos()) {
      market = MarketState.fresh(nowNanos - age % terms.windowNanos());
    }
  }

  public void update(CurveUpdate command, Outbox out) {
    if (!curves.has(command.market())) {
      out.refuse(command, Refusal.UNKNOWN_INSTRUMENT, "not listed: " + command.market());
      return;
    }
    curves.update(command.market(), command.curve());
  }

  /// Handles one message of the accounts' machine.
  public void on(ToClearing message, Outbox out) {
    switch (message) {
      case LiquidityRequest request -> grant(request, out);
      case LiquidityUsed(var side, var quantity) -> curves.use(side, quantity);
      case LiquidityReleased(var side, var quantity, var version) ->
          curves.release(side, quantity, version);
      case SliceSettled settled -> settle(settled, out);
      case DeficitReport report -> cover(report, out);
    }
  }

  private void grant(LiquidityRequest request, Outbox out) {
    var granted = new GrantedCurves(request.sides().stream().map(curves::left).toList());
    out.send(new LiquidityGrant(request.account(), granted, market));
  }

  private void settle(SliceSettled settled, Outbox out) {
    long penalty = settled.penalty();
    PenaltyTerms.Split split = settled.split();
    long toFund = Rounding.mulDivCeil(penalty, split.fundPpm(), Ppm.ONE);
    long toProtocol =
        Math.min(penalty - toFund, Rounding.mulDivCeil(penalty, split.protocolPpm(), Ppm.ONE));
    long toExecutor = penalty - toFund - toProtocol;
    ledger.post(LedgerAccount.TRANSIT, SETTLEMENT, -penalty);
    ledger.post(LedgerAccount.FUND, SETTLEMENT, toFund);
    ledger.post(LedgerAccount.PROTOCOL, SETTLEMENT, toProtocol);
    ledger.post(LedgerAccount.FEES, SETTLEMENT, toExecutor);
    market = market.afterClosing(settled.notional(), 0);
    if (penalty != 0) {
      out.emit(
          new Event.PenaltySplit(
              out.nowNanos(),
              settled.account(),
              settled.sliceId(),
              toFund,
              toExecutor,
              toProtocol));
    }
  }

  private void cover(DeficitReport report, Outbox out) {
    long amount = report.amount();
    if (terms.capital().isPresent() && fund() < amount) {
      out.send(new DeficitDeclined(report.account(), amount, FUND_EXHAUSTED));
    } else if (terms.windowSpendMaximum() - market.fundSpentInWindow() < amount) {
      out.send(new DeficitDeclined(report.account(), amount, WINDOW_SPENT));
    } else {
      ledger.post(LedgerAccount.FUND, SETTLEMENT, -amount);
      ledger.post(LedgerAccount.TRANSIT, SETTLEMENT, amount);
      market = market.afterClosing(0, amount);
      out.send(new DeficitCover(report.account(), amount, fund()));
    }
  }

  /// What the insurance fund holds, value units; negative: it is owed.
  public long fund() {
    return ledger.balance(LedgerAccount.FUND, SETTLEMENT);
  }

  /// Penalty shares of executors so far, value units.
  public long fees() {
    return ledger.balance(LedgerAccount.FEES, SETTLEMENT);
  }

  /// On the way to (negative: from) the accounts' machine, value units.
  public long transit() {
    return ledger.balance(LedgerAccount.TRANSIT, SETTLEMENT);
  }

  public MarketState market() {
    return market;
  }

  /// Checks the clearing's own books.
  ///
  /// @throws trimtab.engine.ledger.InvariantViolation unless they sum to zero
  public void checkBalanced() {
    Invariants.check(
        ledger.sum(SETTLEMENT) == 0,
        () -> "the clearing's books sum to %d, not 0".formatted(ledger.sum(SETTLEMENT)));
  }

  public void writeState(StateWriter out) {
    ledger.writeState(out);
    curves.writeState(out);
    out.putLong(market.windowStartNanos());
    out.putLong(market.closedInWindow());
    out.putLong(market.fundSpentInWindow());
  }
}
