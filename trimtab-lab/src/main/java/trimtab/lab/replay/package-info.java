/// Rulebooks on a real crash: the engine in virtual time over minute bars.
@NullMarked
package trimtab.lab.replay;

import org.jspecify.annotations.NullMarked;
