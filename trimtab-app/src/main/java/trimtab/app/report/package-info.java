/// The report as one HTML file: its frame, its charts and its tables.
@NullMarked
package trimtab.app.report;

import org.jspecify.annotations.NullMarked;
