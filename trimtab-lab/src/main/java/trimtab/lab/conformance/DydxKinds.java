package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of dYdX v4.
final class DydxKinds {
  private DydxKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
