/// One decision in numbers for people and for programs.
@NullMarked
package trimtab.app.plan;

import org.jspecify.annotations.NullMarked;
