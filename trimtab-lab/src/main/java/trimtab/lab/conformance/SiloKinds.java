package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of silo-v2 and silo-v3.
final class SiloKinds {
  private SiloKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
