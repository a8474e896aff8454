/// Seeded worlds for property tests: the same seed gives the same account on every machine.
@NullMarked
package trimtab.core.testkit;

import org.jspecify.annotations.NullMarked;
