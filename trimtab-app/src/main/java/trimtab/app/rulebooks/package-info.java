/// Rulebooks as people read and edit them.
@NullMarked
package trimtab.app.rulebooks;

import org.jspecify.annotations.NullMarked;
