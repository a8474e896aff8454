/// Lending protocols, one file per version.
@NullMarked
package trimtab.rulebooks.lending;

import org.jspecify.annotations.NullMarked;
