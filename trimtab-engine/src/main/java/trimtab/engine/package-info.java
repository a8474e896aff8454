/// The deterministic state machine: commands in, events out.
@NullMarked
package trimtab.engine;

import org.jspecify.annotations.NullMarked;
