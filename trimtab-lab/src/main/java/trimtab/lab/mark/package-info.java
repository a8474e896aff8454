/// The prices of a window in a listing's units.
@NullMarked
package trimtab.lab.mark;

import org.jspecify.annotations.NullMarked;
