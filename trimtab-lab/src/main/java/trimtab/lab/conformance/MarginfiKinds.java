package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of marginfi.
final class MarginfiKinds {
  private MarginfiKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
