package trimtab.lab.conformance;

import java.util.List;
import java.util.stream.Collectors;
import trimtab.lab.conformance.Conformance.Status;
import trimtab.lab.conformance.Conformance.Verdict;

/// How the cases of one venue went.
///
/// @param venue as the files name it
public record VenueTally(String venue, long passed, long failed, long unsupported) {
  /// One per venue, by name.
  public static List<VenueTally> of(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(Verdict::venue)
        .distinct()
        .sorted(String.CASE_INSENSITIVE_ORDER.thenComparing(name -> name))
        .map(venue -> of(venue, verdicts))
        .toList();
  }

  private static VenueTally of(String venue, List<Verdict> verdicts) {
    var byStatus =
        verdicts.stream()
            .filter(verdict -> verdict.venue().equals(venue))
            .collect(Collectors.groupingBy(Verdict::status, Collectors.counting()));
    return new VenueTally(
        venue,
        byStatus.getOrDefault(Status.PASSED, 0L),
        byStatus.getOrDefault(Status.FAILED, 0L),
        byStatus.getOrDefault(Status.UNSUPPORTED, 0L));
  }
}
