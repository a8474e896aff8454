package trimtab.lab.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.lab.input.InputException;

/// Runs files of golden cases against the rulebooks.
public final class Conformance {
  private Conformance() {}

  /// What became of a case.
  public enum Status {
    /// Every field that it states came back within its tolerance.
    PASSED,
    /// One did not, or the inputs cannot be read.
    FAILED,
    /// No rulebook has this rule.
    UNSUPPORTED
  }

  /// The verdict on one case.
  ///
  /// @param venue as the file names it
  /// @param expected what the case states, in one line
  /// @param actual what came back, in one line; for what is unsupported or cannot be read: why
  public record Verdict(
      String id,
      String venue,
      String kind,
      Status status,
      String expected,
      String actual,
      String evidence,
      String source) {}

  /// Runs all cases of files, in their order.
  ///
  /// @throws InputException if a file cannot be read or is in neither format
  public static List<Verdict> run(List<Path> files) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Path file : files) {
      GoldenFile.read(file).forEach(each -> verdicts.add(judge(each)));
    }
    return verdicts;
  }

  private static Verdict judge(GoldenCase each) {
    Optional<CaseKind> kind = Kinds.find(each.venue(), each.kind());
    if (kind.isEmpty()) {
      return verdict(each, Status.UNSUPPORTED, Kinds.whyNot(each.venue(), each.kind()));
    }
    try {
      Tolerance tolerance = Tolerance.read(each.tolerance());
      Value.Table actual = kind.get().answer(Inputs.of(each.inputs()));
      boolean agrees = Comparison.agrees(each.expected(), actual, tolerance);
      return verdict(each, agrees ? Status.PASSED : Status.FAILED, actual.toString());
    } catch (InputException | ArithmeticException | IllegalArgumentException failure) {
      return verdict(each, Status.FAILED, String.valueOf(failure.getMessage()));
    }
  }

  private static Verdict verdict(GoldenCase each, Status status, String actual) {
    return new Verdict(
        each.id(),
        each.venue(),
        each.kind(),
        status,
        Comparison.text(each.expected()),
        actual,
        each.evidence(),
        each.source());
  }
}
