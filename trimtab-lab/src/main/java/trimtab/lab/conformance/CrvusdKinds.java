package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of crvusd.
final class CrvusdKinds {
  private CrvusdKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
