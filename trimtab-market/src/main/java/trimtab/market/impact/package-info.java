/// Price impact of forced orders: how far a market's own liquidations move its mark.
///
/// Everything here is an estimate (`double`) and feeds what-if replays.
@NullMarked
package trimtab.market.impact;

import org.jspecify.annotations.NullMarked;
