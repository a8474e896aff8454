package trimtab.engine.event;

import java.util.OptionalLong;
import trimtab.core.account.Account;
import trimtab.core.account.Leg;
import trimtab.core.account.Side;
import trimtab.core.health.Health;
import trimtab.core.mark.Marks;
import trimtab.core.plan.Plan;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.Rulebook;
import trimtab.engine.command.Command;

/// What happened. Accounts are named by slot; amounts are in value units unless said otherwise.
public sealed interface Event {
  /// When, nanoseconds since the epoch: the time of the command that caused it.
  long atNanos();

  /// A command changed nothing.
  ///
  /// @param reason for programs
  /// @param text for people: one line
  record Refused(long atNanos, Command command, Refusal reason, String text) implements Event {}

  record InstrumentsListed(long atNanos, int assets, int contracts) implements Event {}

  record RulebookUsed(long atNanos, String name) implements Event {}

  /// An account was taken over.
  ///
  /// @param account the slot by which it is addressed from now on
  /// @param id the owner's name for it
  record AccountImported(long atNanos, int account, String id) implements Event {}

  /// An account holds more.
  ///
  /// @param amount asset units
  record Deposited(long atNanos, int account, int asset, long amount) implements Event {}

  /// An account holds less.
  ///
  /// @param amount asset units
  record Withdrawn(long atNanos, int account, int asset, long amount) implements Event {}

  /// A position was opened, changed or closed by its owner.
  ///
  /// @param quantity signed, quantity units
  /// @param price feed price units
  /// @param realised profit or loss that went into the cash
  record Traded(long atNanos, int account, int market, long quantity, long price, long realised)
      implements Event {}

  /// An account was found in breach; from now on it is reduced or waits for something named.
  ///
  /// @param before health at the marks that show the breach
  /// @param reason what the rulebook says
  record EpisodeOpened(long atNanos, int account, Health before, String reason) implements Event {}

  /// An account in breach is not reduced now. Told once per reason, not at every mark.
  ///
  /// @param reason what it waits for
  /// @param untilNanos not before this instant; the event's own time when it waits for an event
  record EpisodeWaiting(long atNanos, int account, String reason, long untilNanos)
      implements Event {}

  /// A liquidation was planned; its orders follow. Everything its certificate needs is here.
  ///
  /// @param planId counts plans from 1
  /// @param before the account as it was planned on
  /// @param marks the prices it was planned on
  /// @param rulebook the rule that decided
  record LiquidationPlanned(
      long atNanos,
      long planId,
      int account,
      Account before,
      Marks marks,
      Rulebook rulebook,
      Plan.Close plan)
      implements Event {}

  /// An order to be executed: one per planned closing.
  ///
  /// @param sliceId counts slices from 1; fills refer to it
  /// @param legIndex place in the plan's order of closings
  /// @param side of the order: a pair sells its collateral
  /// @param quantity in the leg's units
  /// @param limitPrice worst average price allowed, feed price units; empty: no limit
  /// @param closesAccount whether the plan closes everything the account has
  record OrderPlaced(
      long atNanos,
      long sliceId,
      long planId,
      int account,
      int legIndex,
      Leg leg,
      Side side,
      long quantity,
      OptionalLong limitPrice,
      boolean closesAccount)
      implements Event {}

  /// A fill was settled: the account's equity fell by `cost + penalty`.
  ///
  /// @param quantity filled now, in the leg's units
  /// @param left of the order, in the leg's units
  /// @param notional value at the mark of what was closed
  /// @param cost loss against the mark
  /// @param penalty what the rule took on top
  /// @param repaid value by which a debt fell
  /// @param freed by how much the maintenance requirement fell, rounded down
  record SliceFilled(
      long atNanos,
      long sliceId,
      long fillId,
      int account,
      Leg leg,
      long quantity,
      long left,
      long notional,
      long cost,
      long penalty,
      long repaid,
      long freed)
      implements Event {}

  /// Where a penalty went.
  ///
  /// @param toFund rounded up
  /// @param toExecutor the rest
  /// @param toProtocol rounded up
  record PenaltySplit(
      long atNanos, int account, long sliceId, long toFund, long toExecutor, long toProtocol)
      implements Event {}

  /// An order is over.
  ///
  /// @param filled in the leg's units
  /// @param unfilled in the leg's units: given up
  /// @param end `FILLED`, or how it ended before
  record OrderDone(
      long atNanos, long sliceId, int account, long filled, long unfilled, OrderOutcome end)
      implements Event {}

  /// How an order ended.
  enum OrderOutcome {
    FILLED,
    CANCELLED,
    REJECTED,
    EXPIRED
  }

  /// Nothing is left to close and equity is below zero: bad debt.
  ///
  /// @param amount missing, positive
  record DeficitReported(long atNanos, int account, long amount) implements Event {}

  /// The insurance fund paid a deficit; the account has nothing and owes nothing.
  ///
  /// @param fundAfter what the fund holds now; negative: it is owed
  record DeficitCovered(long atNanos, int account, long amount, long fundAfter) implements Event {}

  /// An episode is over.
  ///
  /// @param after health at the engine's current marks
  /// @param state what the episode did
  record EpisodeClosed(
      long atNanos, int account, EpisodeOutcome outcome, Health after, EpisodeState state)
      implements Event {}

  /// How an episode ended.
  enum EpisodeOutcome {
    /// The account is at or above the threshold, by slices, by a deposit or by the prices.
    RESTORED,
    /// Nothing that could be closed is left.
    CLOSED_OUT
  }

  /// An alarm: an episode has been open for longer than its deadline. Told once per episode.
  ///
  /// @param waitsFor what it waits for
  record EpisodeOverdue(long atNanos, int account, long openedNanos, String waitsFor)
      implements Event {}
}
