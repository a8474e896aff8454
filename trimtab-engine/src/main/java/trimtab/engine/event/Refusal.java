package trimtab.engine.event;

/// Why a command changed nothing.
public enum Refusal {
  /// It happened before the command before it.
  TIME_WENT_BACK,
  /// Instruments must be listed first.
  NOTHING_LISTED,
  /// Instruments are listed once.
  ALREADY_LISTED,
  /// An instrument is listed that the engine cannot settle.
  UNSUPPORTED_INSTRUMENT,
  /// No rulebook is in use.
  NO_RULEBOOK,
  /// No marks have arrived.
  NO_MARKS,
  /// Marks must cover every feed and be neither from the future nor older than those in force.
  BAD_MARKS,
  UNKNOWN_ACCOUNT,
  DUPLICATE_ACCOUNT,
  /// No such asset, market or feed is listed.
  UNKNOWN_INSTRUMENT,
  /// An amount, quantity or price has the wrong sign.
  BAD_AMOUNT,
  /// A value does not fit the engine's integers.
  OUT_OF_RANGE,
  /// The rulebook cannot judge the account.
  MISFIT,
  /// More than is held.
  INSUFFICIENT_BALANCE,
  /// The initial requirement would not be met.
  BELOW_INITIAL_REQUIREMENT,
  /// A liquidation of the account has orders in flight.
  ORDERS_IN_FLIGHT,
  /// No slice with this number was ever planned.
  UNKNOWN_SLICE,
  /// The order of the slice has ended.
  SLICE_CLOSED,
  /// This fill was told before.
  DUPLICATE_FILL,
  /// More than the order has left, or than the account has.
  OVERFILL
}
