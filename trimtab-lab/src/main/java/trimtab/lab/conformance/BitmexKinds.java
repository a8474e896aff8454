package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of BitMEX.
final class BitmexKinds {
  private BitmexKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
