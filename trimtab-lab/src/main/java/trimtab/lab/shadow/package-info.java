/// A venue's own stream beside its decisions: where a rulebook would have decided otherwise.
@NullMarked
package trimtab.lab.shadow;

import org.jspecify.annotations.NullMarked;
