/// Certificates as files.
@NullMarked
package trimtab.app.certificate;

import org.jspecify.annotations.NullMarked;
