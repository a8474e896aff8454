package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of mars.
final class MarsKinds {
  private MarsKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
