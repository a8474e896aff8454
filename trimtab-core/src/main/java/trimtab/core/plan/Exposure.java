package trimtab.core.plan;

/// The net exposure of an account to one price before and after a plan: the value at the mark of
/// everything that moves with it (positions, assets held, assets owed), each with its sign.
///
/// @param feed index of the price in the listing
/// @param before value units, long positive
/// @param after value units
public record Exposure(int feed, long before, long after) {}
