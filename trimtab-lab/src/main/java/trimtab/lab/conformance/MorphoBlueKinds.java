package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of morpho-blue.
final class MorphoBlueKinds {
  private MorphoBlueKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
