/// What is kept: commands in order, and a hash of the state they lead to.
@NullMarked
package trimtab.engine.journal;

import org.jspecify.annotations.NullMarked;
