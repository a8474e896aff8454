package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of liquity-v2.
final class LiquityKinds {
  private LiquityKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
