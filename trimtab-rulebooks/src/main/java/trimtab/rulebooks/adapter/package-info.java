/// Adapters: an account of the core in the units of a venue, the venue's own functions, and what
/// they return in the units of the core. They hold no rule of their own.
@NullMarked
package trimtab.rulebooks.adapter;

import org.jspecify.annotations.NullMarked;
