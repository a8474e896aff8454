/// Which accounts are in breach at these marks, exactly.
@NullMarked
package trimtab.engine.breach;

import org.jspecify.annotations.NullMarked;
