package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of morpho-midnight.
final class MorphoMidnightKinds {
  private MorphoMidnightKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
