package trimtab.core.plan;

import trimtab.core.settlement.Closing;

/// A leg closed while planning, before limit prices are known.
///
/// @param line the leg at the state it was closed in
/// @param standing that state
/// @param closing what it moved
/// @param failing which quantities of the leg fail
record Stage(LegLine line, Standing standing, Closing closing, Failing failing) {}
