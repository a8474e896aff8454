package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.Map;
import trimtab.rulebooks.lending.CrvUsd;

/// The kinds of cases of crvusd.
final class CrvusdKinds {
  private CrvusdKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of("crvusd/fractionOfBandsRemoved", CrvusdKinds::removed);
  }

  private static Value.Table removed(Inputs inputs) {
    BigInteger removed =
        CrvUsd.bandsRemoved(
            inputs.integer("fracWad"), inputs.integer("healthLimitWad", BigInteger.ZERO));
    return Value.Table.empty().with("fRemoveWad", removed);
  }
}
