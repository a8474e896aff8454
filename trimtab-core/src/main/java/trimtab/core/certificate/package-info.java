/// The proof of a decision as plain values, and nothing else.
@NullMarked
package trimtab.core.certificate;

import org.jspecify.annotations.NullMarked;
