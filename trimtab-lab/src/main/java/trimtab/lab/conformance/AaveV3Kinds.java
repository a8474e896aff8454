package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of aave-v3.0, aave-v3.3, aave-v3.6 and aave-v3.7.
final class AaveV3Kinds {
  private AaveV3Kinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
