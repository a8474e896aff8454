package trimtab.lab.conformance;

import java.util.Map;

/// The kinds of cases of morpho-pre-liquidation.
final class MorphoPreLiquidationKinds {
  private MorphoPreLiquidationKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of();
  }
}
