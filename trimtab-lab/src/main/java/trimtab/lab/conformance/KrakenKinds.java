package trimtab.lab.conformance;

import java.util.Map;
import java.util.Optional;
import trimtab.lab.input.InputException;
import trimtab.rulebooks.derivatives.Kraken;
import trimtab.rulebooks.derivatives.Kraken.MaintenanceBasis;
import trimtab.rulebooks.number.Fraction;

/// The kinds of cases of Kraken Derivatives.
final class KrakenKinds {
  private KrakenKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "Kraken Derivatives/inverse_liquidation_and_bankruptcy_price", KrakenKinds::inversePrices);
  }

  private static Value.Table inversePrices(Inputs inputs) {
    Kraken.Position position =
        new Kraken.Position(
            SignedContracts.read(inputs), inputs.number("entry"), inputs.number("margin_btc"));
    Fraction rate =
        inputs.has("maintenance_btc")
            ? position.rateOf(inputs.number("maintenance_btc"))
            : inputs.number("maintenance_rate", Kraken.Parameters.EXAMPLE.maintenanceRate());
    Kraken.Parameters parameters = new Kraken.Parameters(rate, basis(inputs));
    return Value.Table.empty()
        .with("liquidation_price", value(Kraken.liquidationPrice(position, parameters)))
        .with("bankruptcy_price", value(Kraken.bankruptcyPrice(position)));
  }

  private static MaintenanceBasis basis(Inputs inputs) {
    return switch (inputs.text("maintenance_basis", "mark")) {
      case "mark" -> MaintenanceBasis.MARK;
      case "entry" -> MaintenanceBasis.ENTRY;
      default ->
          throw new InputException(
              inputs.node("maintenance_basis").place(), "is neither mark nor entry");
    };
  }

  private static Value value(Optional<Fraction> price) {
    return price.<Value>map(Value.Amount::new).orElseGet(Value.Nothing::new);
  }
}
