/// What a closing does to an account: the one copy used to plan and to settle.
@NullMarked
package trimtab.core.settlement;

import org.jspecify.annotations.NullMarked;
