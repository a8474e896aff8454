package trimtab.engine.event;

/// Where events go. Called on the engine's thread, in order, after the command that caused them is
/// in the journal. A sink must not call the engine.
@FunctionalInterface
public interface EventSink {
  void accept(Event event);

  /// Nobody listens.
  static EventSink none() {
    return event -> {};
  }
}
