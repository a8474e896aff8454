/// What the two state machines say to each other; neither sees the other's state.
@NullMarked
package trimtab.engine.message;

import org.jspecify.annotations.NullMarked;
