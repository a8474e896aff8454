package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of Dango.
final class DangoKinds {
  private DangoKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
