package trimtab.core.settlement;

import trimtab.core.account.Account;
import trimtab.core.account.Leg;

/// What one closing moved, every amount in value units. Together with `account` the sums are exact:
/// the account's equity falls by `cost + penalty`, not a unit more or less.
///
/// @param leg what was closed
/// @param quantity how much, in the leg's units
/// @param notional its value at the mark
/// @param cost all-in loss against the mark (slippage and exchange fee); negative for a gain
/// @param penalty what the rule takes on top
/// @param repaid value by which a debt fell; 0 for a perpetual
/// @param account the account afterwards
public record Closing(
    Leg leg, long quantity, long notional, long cost, long penalty, long repaid, Account account) {}
