/// Double entry: every amount that moves has two sides, and the sums stay zero.
@NullMarked
package trimtab.engine.ledger;

import org.jspecify.annotations.NullMarked;
