/// Drawings of a decision, for terminals and as SVG.
@NullMarked
package trimtab.app.picture;

import org.jspecify.annotations.NullMarked;
