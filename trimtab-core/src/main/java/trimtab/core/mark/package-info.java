/// Prices of one instant.
@NullMarked
package trimtab.core.mark;

import org.jspecify.annotations.NullMarked;
