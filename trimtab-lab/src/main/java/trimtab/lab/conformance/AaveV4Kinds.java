package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of aave-v4.
final class AaveV4Kinds {
  private AaveV4Kinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
