/// What an account holds and owes, and the legs along which it can be reduced.
@NullMarked
package trimtab.core.account;

import org.jspecify.annotations.NullMarked;
