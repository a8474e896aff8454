package trimtab.engine.message;

import trimtab.engine.command.Command;
import trimtab.engine.event.Event;
import trimtab.engine.event.Refusal;

/// What a state machine can say while it handles a command or a message.
public interface Outbox {
  /// Time of the command that is being applied.
  long nowNanos();

  /// To the other machine, after everything sent before.
  void send(Message message);

  /// To the world.
  void emit(Event event);

  /// The command is not applied; the machine must not have changed anything.
  default void refuse(Command command, Refusal reason, String text) {
    emit(new Event.Refused(nowNanos(), command, reason, text));
  }
}
