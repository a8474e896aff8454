/// What a replay prints: tables and sentences for people, JSON for programs.
@NullMarked
package trimtab.app.replay;

import org.jspecify.annotations.NullMarked;
