package trimtab.lab.replay;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import trimtab.core.account.Account;

/// What one run did to one account. Money is in value units.
///
/// @param entryBar bar at which it entered
/// @param entered as it entered this run
/// @param ended as it is after the last bar
/// @param kind perp or loan
/// @param entryNotional value of its positions at entry; of a loan, of its collateral
/// @param first its first liquidation; empty if it was never touched
/// @param lastBar bar of its last liquidation; -1 if it was never touched
/// @param totals sums over all its liquidations
/// @param closings sums by instrument, in the order of first closing
/// @param decisions its plans, in order
/// @param minutesInBreach bars after whose liquidations it was below the threshold
/// @param equityAtEnd at the last undisturbed close
/// @param equityUntouched the same had nothing been liquidated
public record AccountOutcome(
    int entryBar,
    Account entered,
    Account ended,
    AccountKind kind,
    long entryNotional,
    Optional<First> first,
    int lastBar,
    Totals totals,
    List<InstrumentClosing> closings,
    List<Decided> decisions,
    long minutesInBreach,
    long equityAtEnd,
    long equityUntouched) {
  /// The first liquidation.
  ///
  /// @param bar of its execution
  /// @param price average execution price of its first leg, settlement currency per unit
  /// @param quantityClosed of its first leg
  /// @param penalty of all its legs
  /// @param notional of all its legs
  public record First(
      int bar, BigDecimal price, BigDecimal quantityClosed, long penalty, long notional) {}

  /// @param liquidations plans of which something was executed
  /// @param notionalClosed value at the mark of what was closed; of pairs, of what was seized
  /// @param slippagePaid against the undisturbed price, exchange fee included
  /// @param exchangeFees part of `slippagePaid`
  /// @param fixedCosts borne by whoever executes
  /// @param badDebt equity missing after everything was closed
  /// @param fundDraw what the insurance fund paid of it
  public record Totals(
      long liquidations,
      long notionalClosed,
      long penaltyPaid,
      long slippagePaid,
      long exchangeFees,
      long fixedCosts,
      long badDebt,
      long fundDraw) {
    /// The figure by which rules are ranked.
    public long friction() {
      return penaltyPaid + slippagePaid + fixedCosts + badDebt;
    }
  }

  /// @param instrument market, or collateral asset
  public record InstrumentClosing(
      String instrument, BigDecimal quantityClosed, long notionalClosed) {}

  public AccountOutcome {
    closings = List.copyOf(closings);
    decisions = List.copyOf(decisions);
  }

  /// Kinds of the claims of its plans, in order.
  public List<String> claims() {
    return decisions.stream().map(Decided::claim).toList();
  }

  public boolean isTouched() {
    return totals.liquidations() > 0;
  }

  /// Equity without any liquidation minus equity with it, minus penalty and slippage.
  public long exposureDifference() {
    return equityUntouched - equityAtEnd - totals.penaltyPaid() - totals.slippagePaid();
  }
}
