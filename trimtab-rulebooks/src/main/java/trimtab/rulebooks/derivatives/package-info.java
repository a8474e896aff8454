/// Venues of perpetuals, futures and options, one file each.
@NullMarked
package trimtab.rulebooks.derivatives;

import org.jspecify.annotations.NullMarked;
