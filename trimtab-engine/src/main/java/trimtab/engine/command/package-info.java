/// What goes in: everything a decision reads arrives as a command.
@NullMarked
package trimtab.engine.command;

import org.jspecify.annotations.NullMarked;
