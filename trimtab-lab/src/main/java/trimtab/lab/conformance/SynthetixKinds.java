package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of Synthetix perps v3.
final class SynthetixKinds {
  private SynthetixKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
