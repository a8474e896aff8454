package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of Drift v2.
final class DriftKinds {
  private DriftKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
