/// The rules of venues and protocols by their names; each is one file in `derivatives` or
/// `lending`, and its adapter to the core's interface stands in `adapter`.
@NullMarked
package trimtab.rulebooks;

import org.jspecify.annotations.NullMarked;
