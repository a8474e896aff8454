package trimtab.lab.conformance;

import java.util.Map;
import trimtab.rulebooks.lending.Marginfi;
import trimtab.rulebooks.number.Fraction;

/// The kinds of cases of marginfi.
final class MarginfiKinds {
  private MarginfiKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of("marginfi/liquidate", MarginfiKinds::liquidate);
  }

  private static Value.Table liquidate(Inputs inputs) {
    Marginfi.Parameters defaults = Marginfi.Parameters.DEFAULTS;
    Marginfi.Exchange exchange =
        Marginfi.exchange(
            inputs.number("assetQty"),
            bank(inputs, "asset"),
            bank(inputs, "liab"),
            defaults.withFees(
                inputs.number("liquidatorFee", defaults.liquidatorFee()),
                inputs.number("insuranceFee", defaults.insuranceFee())));
    return Value.Table.empty()
        .with("liquidatorPays", exchange.liquidatorPays())
        .with("liquidateeCredited", exchange.liquidateeCredited())
        .with("insuranceFund", exchange.insuranceFund());
  }

  private static Marginfi.Bank bank(Inputs inputs, String side) {
    Fraction decimals = inputs.number(side + "Decimals", Fraction.ZERO);
    return new Marginfi.Bank(
        inputs.number(side + "Price"), decimals.truncate().intValueExact(), Fraction.ONE);
  }
}
