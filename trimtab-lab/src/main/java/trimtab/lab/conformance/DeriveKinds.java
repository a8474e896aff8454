package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of Derive (Lyra v2).
final class DeriveKinds {
  private DeriveKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
