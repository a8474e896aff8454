package trimtab.engine;

/// Bounds of the engine as a whole; parts name their own beside what they bound.
public final class Limits {
  /// Messages that one command may cause: a batch in which every account of a full shard breaches
  /// needs a few for each.
  public static final int MESSAGES_PER_COMMAND_MAX = 1 << 27;

  private Limits() {}
}
