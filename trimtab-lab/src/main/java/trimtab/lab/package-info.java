/// Replay and experiments in virtual time.
@NullMarked
package trimtab.lab;

import org.jspecify.annotations.NullMarked;
