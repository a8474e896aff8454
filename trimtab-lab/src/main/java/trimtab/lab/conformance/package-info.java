/// Golden cases: numbers that venues state in their own tests and documents, held against the
/// rulebooks.
@NullMarked
package trimtab.lab.conformance;

import org.jspecify.annotations.NullMarked;
