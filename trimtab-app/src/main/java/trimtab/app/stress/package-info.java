/// What a stress prints: tables and sentences for people, JSON for programs.
@NullMarked
package trimtab.app.stress;

import org.jspecify.annotations.NullMarked;
