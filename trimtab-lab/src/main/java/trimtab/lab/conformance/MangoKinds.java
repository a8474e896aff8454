package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of Mango v4.
final class MangoKinds {
  private MangoKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
