package trimtab.core.rulebook;

/// What a rulebook must remember of one liquidation episode; the engine journals it.
///
/// @param openedNanos when the breach was found
/// @param slices slices that were executed so far
/// @param lastSliceNanos when the last one was, or `openedNanos`
/// @param freedRequirement requirement that the slices freed so far, value units, rounded down
/// @param cooldownUntilNanos before this instant no further slice is planned
public record EpisodeState(
    long openedNanos,
    int slices,
    long lastSliceNanos,
    long freedRequirement,
    long cooldownUntilNanos) {
  /// An episode that begins now.
  public static EpisodeState opened(long nowNanos) {
    return new EpisodeState(nowNanos, 0, nowNanos, 0, nowNanos);
  }

  /// The episode after a slice.
  public EpisodeState afterSlice(long nowNanos, long freed, long cooldownNanos) {
    return new EpisodeState(
        openedNanos, slices + 1, nowNanos, freedRequirement + freed, nowNanos + cooldownNanos);
  }
}
