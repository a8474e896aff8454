package trimtab.core.plan;

import java.util.OptionalLong;
import trimtab.core.account.Side;
import trimtab.core.settlement.Closing;

/// One leg of a plan.
///
/// @param closing what it moves at the planned cost
/// @param side of the order at the market
/// @param limitPrice worst average price at which it may be executed, in the feed's price units: at
///   or inside it no fill lowers equity over requirement, every fee included. Sales round it up,
///   purchases down. Empty where no market limit applies: full closes, pairs, and no equity left.
///   Where the requirement jumps, the strictest price of the table; with all-or-none that of the
///   whole quantity.
/// @param restoringPrice worst average price at which this quantity still restores the target;
///   empty where the quantity is not a restoring one
/// @param terms the leg's own numbers
/// @param failing which smaller quantities fail, for the certificate
/// @param capSharePpm close factor in force, parts per million
/// @param limits the limit by how much has been filled
public record PlannedClosing(
    Closing closing,
    Side side,
    OptionalLong limitPrice,
    OptionalLong restoringPrice,
    LegTerms terms,
    Failing failing,
    long capSharePpm,
    LimitTable limits) {}
