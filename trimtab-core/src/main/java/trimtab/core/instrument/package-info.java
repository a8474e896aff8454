/// What can be held, owed or traded: assets, perpetuals, margin tiers, and the listing.
@NullMarked
package trimtab.core.instrument;

import org.jspecify.annotations.NullMarked;
