/// How results and errors look: the terminal, its colours, numbers for people, JSON for programs.
@NullMarked
package trimtab.app.output;

import org.jspecify.annotations.NullMarked;
