/// The record of a decision that was written to a file, for people.
@NullMarked
package trimtab.app.explain;

import org.jspecify.annotations.NullMarked;
