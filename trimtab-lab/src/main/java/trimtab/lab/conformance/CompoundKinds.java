package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of compound-v2 and compound-v3.
final class CompoundKinds {
  private CompoundKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
