package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of kamino.
final class KaminoKinds {
  private KaminoKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
