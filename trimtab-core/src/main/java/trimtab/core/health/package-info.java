/// Backing, obligation, requirement: how safe an account is, exactly.
@NullMarked
package trimtab.core.health;

import org.jspecify.annotations.NullMarked;
