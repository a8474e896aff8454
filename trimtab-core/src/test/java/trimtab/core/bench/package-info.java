/// Measurements of speed and allocation with JMH: run by `./mvnw -Pbench`, asserted nowhere.
@NullMarked
package trimtab.core.bench;

import org.jspecify.annotations.NullMarked;
