package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of maker-liq2.
final class MakerKinds {
  private MakerKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
