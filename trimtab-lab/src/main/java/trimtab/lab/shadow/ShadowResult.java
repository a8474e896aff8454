package trimtab.lab.shadow;

import java.util.List;
import java.util.Map;
import trimtab.lab.shadow.Difference.Kind;

/// What a comparison found.
///
/// @param differences in the order in which they were found, the first [Shadow#DIFFERENCES_MAX] of
///   them
/// @param counts by kind, all of them
/// @param accounts accounts that the stream tells of
/// @param batches instants at which prices were judged
/// @param decisions of the venue, rows of one account at one instant together
/// @param agreed decisions in which both did the same
/// @param theirsNotional value at the mark of all that the venue closed, value units
/// @param oursNotional of all that the rulebook would have closed at the same decisions
public record ShadowResult(
    List<Difference> differences,
    Map<Kind, Long> counts,
    long accounts,
    long batches,
    long decisions,
    long agreed,
    long theirsNotional,
    long oursNotional) {
  public ShadowResult {
    differences = List.copyOf(differences);
    counts = Map.copyOf(counts);
  }

  /// How many differences there are.
  public long differing() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
