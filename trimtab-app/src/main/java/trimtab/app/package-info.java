/// The command line and its wiring; the only place that ends the process.
@NullMarked
package trimtab.app;

import org.jspecify.annotations.NullMarked;
