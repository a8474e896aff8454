package trimtab.engine.account;

import trimtab.core.rulebook.EpisodeState;
import trimtab.engine.journal.StateWriter;

/// One breach of one account, from the batch that showed it to its end. It has orders in flight or
/// waits for something with a name; there is no third state.
final class Episode {
  /// What an episode waits for while it has orders in flight.
  static final String ORDERS_IN_FLIGHT = "orders in flight";

  private static final String NOTHING_YET = "";

  private EpisodeState state;
  private String waitsFor;
  private long waitsUntilNanos;
  private int ordersInFlight;
  private long seenAtBatch;
  private boolean clearingAsked;
  private boolean deficitTold;
  private boolean overdueTold;

  Episode(long nowNanos) {
    this.state = EpisodeState.opened(nowNanos);
    this.waitsFor = NOTHING_YET;
    this.waitsUntilNanos = nowNanos;
  }

  EpisodeState state() {
    return state;
  }

  String waitsFor() {
    return waitsFor;
  }

  boolean hasOrdersInFlight() {
    return ordersInFlight > 0;
  }

  long seenAtBatch() {
    return seenAtBatch;
  }

  /// The batch found the account in breach.
  void seeAt(long batch) {
    seenAtBatch = batch;
  }

  /// Names what it waits for.
  ///
  /// @return whether that is news
  boolean waitFor(String reason, long untilNanos, long nowNanos) {
    // Two waits that are both for an event and not for a time are the same wait.
    boolean sameTime =
        untilNanos == waitsUntilNanos || (untilNanos <= nowNanos && waitsUntilNanos <= nowNanos);
    boolean news = !reason.equals(waitsFor) || !sameTime;
    waitsFor = reason;
    waitsUntilNanos = untilNanos;
    return news;
  }

  void ordersPlaced(int orders) {
    ordersInFlight = orders;
    waitsFor = ORDERS_IN_FLIGHT;
  }

  /// Whoever ends the last one judges the account and says what comes next.
  void orderEnded() {
    ordersInFlight--;
    waitsFor = ordersInFlight == 0 ? NOTHING_YET : ORDERS_IN_FLIGHT;
  }

  /// The clearing was asked and has not answered; never so past a command.
  void ask() {
    clearingAsked = true;
  }

  void answer() {
    clearingAsked = false;
  }

  /// The state that must hold between commands.
  boolean isReducedOrWaits() {
    return !clearingAsked && !waitsFor.equals(NOTHING_YET);
  }

  /// A deficit is about to be reported.
  ///
  /// @return true once
  boolean tellsDeficit() {
    boolean first = !deficitTold;
    deficitTold = true;
    return first;
  }

  void sliceExecuted(long nowNanos, long freed, long cooldownNanos) {
    state = state.afterSlice(nowNanos, freed, cooldownNanos);
  }

  /// Looks at the deadline.
  ///
  /// @return whether it has passed and nobody was told
  boolean becomesOverdue(long nowNanos, long deadlineNanos) {
    boolean overdue = !overdueTold && nowNanos - state.openedNanos() > deadlineNanos;
    overdueTold |= overdue;
    return overdue;
  }

  void writeState(StateWriter out) {
    out.putLong(state.openedNanos());
    out.putInt(state.slices());
    out.putLong(state.lastSliceNanos());
    out.putLong(state.freedRequirement());
    out.putLong(state.cooldownUntilNanos());
    out.putText(waitsFor);
    out.putLong(waitsUntilNanos);
    out.putInt(ordersInFlight);
    out.putBoolean(deficitTold);
    out.putBoolean(overdueTold);
  }
}
