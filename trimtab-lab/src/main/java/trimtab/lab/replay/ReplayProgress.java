package trimtab.lab.replay;

/// Who wants to know how far a replay is. Called from the threads that run it.
@FunctionalInterface
public interface ReplayProgress {
  /// A run has played one bar more.
  void barPlayed();

  /// Nobody wants to know.
  static ReplayProgress none() {
    return () -> {};
  }
}
