/// The differences between a venue and a rulebook, for people and for programs.
@NullMarked
package trimtab.app.shadow;

import org.jspecify.annotations.NullMarked;
