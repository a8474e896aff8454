/// Liquidation rules as pure functions, and what they remember.
@NullMarked
package trimtab.core.rulebook;

import org.jspecify.annotations.NullMarked;
