/// The venue's state machine: insurance fund, windows, deficits, liquidity left.
@NullMarked
package trimtab.engine.clearing;

import org.jspecify.annotations.NullMarked;
