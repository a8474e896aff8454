/// Exact numbers: integers as contracts have them, and fractions.
@NullMarked
package trimtab.rulebooks.number;

import org.jspecify.annotations.NullMarked;
