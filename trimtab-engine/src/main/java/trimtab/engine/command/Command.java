package trimtab.engine.command;

import trimtab.core.account.Account;
import trimtab.core.cost.CostCurve;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.Rulebook;

/// What the engine is told. Commands are applied one by one in the order of the journal; a command
/// that cannot be applied is refused with an event and changes nothing but the time.
///
/// Accounts are addressed by their *slot*: 0 for the first that was imported, and so on.
public sealed interface Command {
  /// When it happens, nanoseconds since the epoch; not before the command before it.
  long atNanos();

  /// Opens the venue; the first command.
  record ListInstruments(long atNanos, Listing listing) implements Command {}

  /// From now on this rule decides. Orders in flight are settled by the rule that placed them.
  record UseRulebook(long atNanos, Rulebook rulebook) implements Command {}

  /// Takes over an account as it stands; it gets the next slot.
  ///
  /// @param account its id must be new
  record ImportAccount(long atNanos, Account account) implements Command {}

  /// Adds to what an account holds.
  ///
  /// @param account slot
  /// @param asset index in the listing
  /// @param amount asset units, positive
  record Deposit(long atNanos, int account, int asset, long amount) implements Command {}

  /// Refused unless the account afterwards has its initial requirement.
  ///
  /// @param account slot
  /// @param asset index in the listing
  /// @param amount asset units, positive, at most what is held
  record Withdraw(long atNanos, int account, int asset, long amount) implements Command {}

  /// A trade of a perpetual with the market. Refused if it raises the initial requirement and the
  /// account afterwards does not have it.
  ///
  /// @param account slot
  /// @param market index of the perpetual in the listing
  /// @param quantity signed, quantity units: bought positive
  /// @param price per unit, in the feed's price units, all in
  record Trade(long atNanos, int account, int market, long quantity, long price)
      implements Command {}

  /// New prices of all feeds at once: every account is judged once, on all of them.
  record MarkBatch(long atNanos, Marks marks) implements Command {}

  /// What trading costs from now on, whatever was used of the curve before.
  record CurveUpdate(long atNanos, MarketSide market, CostCurve curve) implements Command {}

  /// An order of a slice was filled, in part or whole.
  ///
  /// @param sliceId from [trimtab.engine.event.Event.OrderPlaced]
  /// @param fillId the execution's own number: the same fill told twice is applied once
  /// @param quantity in the leg's units, positive
  /// @param cost all-in loss against the engine's current mark, value units; negative for a gain
  record Fill(long atNanos, long sliceId, long fillId, long quantity, long cost)
      implements Command {}

  /// The order of a slice has ended; what is not filled will not be.
  record OrderClosed(long atNanos, long sliceId, OrderEnd end) implements Command {}

  /// Time passes and nothing else happens: windows roll, deadlines pass.
  record Timer(long atNanos) implements Command {}
}
