/// What trading costs, as the planner sees it.
@NullMarked
package trimtab.core.cost;

import org.jspecify.annotations.NullMarked;
