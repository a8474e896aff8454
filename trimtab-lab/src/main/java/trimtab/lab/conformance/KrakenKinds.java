package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of Kraken Derivatives.
final class KrakenKinds {
  private KrakenKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
