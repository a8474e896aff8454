package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of euler-v2.
final class EulerKinds {
  private EulerKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
