package trimtab.lab.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Wide;
import trimtab.core.plan.Plan;
import trimtab.engine.event.Event;

/// What happened in one run, account by account, and the sums that no account has.
final class RunLedger {
  private final Listing listing;
  private final boolean withProofs;
  private final List<AccountRecord> bySlot = new ArrayList<>();
  private final TreeMap<Long, Plan.Close> plans = new TreeMap<>();
  private final Ratio perps = new Ratio();
  private final Ratio loans = new Ratio();
  private long certificatesFailedPerp;
  private long certificatesFailedLoan;
  private long worstDistance;
  private long worstPrice = 1;

  /// Numerator and denominator of the over-liquidation ratio.
  static final class Ratio {
    private Wide closed = Wide.ZERO;
    private Wide least = Wide.ZERO;

    Wide closed() {
      return closed;
    }

    Wide least() {
      return least;
    }
  }

  /// @param withProofs whether decisions keep what they were planned on
  RunLedger(Listing listing, boolean withProofs) {
    this.listing = listing;
    this.withProofs = withProofs;
  }

  /// Accounts enter in the order of their slots.
  void entered(int bar, Account account, Marks marks) {
    bySlot.add(new AccountRecord(listing, bar, account, notional(account, marks)));
  }

  private long notional(Account account, Marks marks) {
    long sum = 0;
    for (Position position : account.positions()) {
      long unitValue = marks.unitValue(listing, listing.contracts().get(position.market()));
      sum += Math.multiplyExact(Math.absExact(position.quantity()), unitValue);
    }
    if (account.positionCount() == 0) {
      for (Balance balance : account.balances()) {
        long unitValue = marks.unitValue(listing, listing.assets().get(balance.asset()));
        sum += Math.multiplyExact(balance.amount(), unitValue);
      }
    }
    return sum;
  }

  void planned(Event.LiquidationPlanned planned, boolean certificateHolds) {
    AccountRecord account = bySlot.get(planned.account());
    account.planned(Decided.of(planned, certificateHolds, withProofs));
    plans.put(planned.planId(), planned.plan());
    if (!certificateHolds && account.kind == AccountKind.PERP) {
      certificatesFailedPerp++;
    } else if (!certificateHolds) {
      certificatesFailedLoan++;
    }
  }

  /// @param fee exchange fee in value units
  void filled(long planId, Event.SliceFilled fill, Execution execution, long fee, int bar) {
    AccountRecord account = bySlot.get(fill.account());
    boolean opens = account.filled(planId, fill, execution, fee, bar);
    Plan.Close plan = plans.get(planId);
    if (opens && plan != null) {
      OptionalLong least = plan.leastNotional();
      if (least.isPresent()) {
        Ratio ratio = ratio(account.kind);
        ratio.closed = ratio.closed.plus(Wide.of(plan.notional()));
        ratio.least = ratio.least.plus(Wide.of(least.getAsLong()));
      }
      plans.remove(planId);
    }
  }

  void deficit(int slot, long amount) {
    bySlot.get(slot).deficit(amount);
  }

  void covered(int slot, long amount) {
    bySlot.get(slot).covered(amount);
  }

  /// An account is below the threshold after the liquidations of a minute.
  void minuteInBreach(int slot) {
    bySlot.get(slot).minuteInBreach();
  }

  /// A mark stands beside its undisturbed price.
  void mark(long mark, long undisturbed) {
    long distance = Math.abs(mark - undisturbed);
    if ((double) distance / undisturbed > (double) worstDistance / worstPrice) {
      worstDistance = distance;
      worstPrice = undisturbed;
    }
  }

  List<AccountRecord> accounts() {
    return bySlot;
  }

  Ratio ratio(AccountKind kind) {
    return switch (kind) {
      case PERP -> perps;
      case LOAN -> loans;
      case ALL -> {
        Ratio both = new Ratio();
        both.closed = perps.closed.plus(loans.closed);
        both.least = perps.least.plus(loans.least);
        yield both;
      }
    };
  }

  long certificatesFailed(AccountKind kind) {
    return switch (kind) {
      case PERP -> certificatesFailedPerp;
      case LOAN -> certificatesFailedLoan;
      case ALL -> certificatesFailedPerp + certificatesFailedLoan;
    };
  }

  long worstDistance() {
    return worstDistance;
  }

  /// The undisturbed price of the worst distance.
  long worstPrice() {
    return worstPrice;
  }
}
