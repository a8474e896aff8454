package trimtab.engine.journal;

import trimtab.engine.command.Command;

/// Where commands are kept, so that the state can be rebuilt from them.
@FunctionalInterface
public interface Journal {
  /// Called before the command is applied, thus before any of its events leaves. When it throws,
  /// the command is not applied.
  ///
  /// @param sequence counts commands from 1
  void append(long sequence, Command command);

  /// Keeps nothing: for hosts that can make the same commands again, such as a replay.
  static Journal none() {
    return (sequence, command) -> {};
  }
}
