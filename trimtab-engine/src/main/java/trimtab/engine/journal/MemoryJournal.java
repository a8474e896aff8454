package trimtab.engine.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import trimtab.engine.command.Command;

/// A journal in memory: for tests, and for hosts that live no longer than their run.
public final class MemoryJournal implements Journal {
  /// Commands one journal may hold.
  public static final int COMMANDS_MAX = 100_000_000;

  private final List<Command> commands = new ArrayList<>();

  @Override
  public void append(long sequence, Command command) {
    if (commands.size() >= COMMANDS_MAX) {
      throw new IllegalStateException("the journal is full: " + COMMANDS_MAX + " commands");
    }
    if (sequence != commands.size() + 1L) {
      throw new IllegalStateException(
          "command %d cannot follow command %d".formatted(sequence, commands.size()));
    }
    commands.add(command);
  }

  /// All commands so far, in order; a view.
  public List<Command> commands() {
    return Collections.unmodifiableList(commands);
  }
}
