/// From a breach to the legs, quantities, limit prices and proof.
@NullMarked
package trimtab.core.plan;

import org.jspecify.annotations.NullMarked;
