/// What comes out: everything that happened, with what a reader needs to check it.
@NullMarked
package trimtab.engine.event;

import org.jspecify.annotations.NullMarked;
