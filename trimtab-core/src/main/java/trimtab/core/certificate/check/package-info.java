/// The independent checker of certificates: it re-derives every number in exact rationals and knows
/// nothing of the code that wrote them.
@NullMarked
package trimtab.core.certificate.check;

import org.jspecify.annotations.NullMarked;
