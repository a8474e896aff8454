package trimtab.lab.conformance;

import java.util.Map;
import java.util.Optional;
import trimtab.rulebooks.derivatives.Bybit;
import trimtab.rulebooks.number.Fraction;

/// The kinds of cases of Bybit.
final class BybitKinds {
  private BybitKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of("Bybit/inverse_bankruptcy_price", BybitKinds::inverseBankruptcyPrice);
  }

  private static Value.Table inverseBankruptcyPrice(Inputs inputs) {
    boolean isIsolated = inputs.has("leverage") && !inputs.has("balance_btc");
    Bybit.Position position = position(inputs, isIsolated);
    Bybit.Parameters defaults = Bybit.Parameters.DOCUMENTED;
    Bybit.Parameters parameters =
        new Bybit.Parameters(
            inputs.number("mmr", defaults.maintenanceRate()),
            inputs.number("taker_fee", isIsolated ? Fraction.ZERO : defaults.takerFee()));
    Optional<Fraction> liquidation =
        Bybit.liquidationPrice(position, parameters)
            .map(price ->
                inputs.has("tick_size")
                    ? Bybit.toTick(position.contracts(), price, inputs.number("tick_size"))
                    : price);
    return Value.Table.empty()
        .with("bankruptcy_price", value(Bybit.bankruptcyPrice(position, parameters.takerFee())))
        .with("liquidation_price", value(liquidation));
  }

  private static Bybit.Position position(Inputs inputs, boolean isIsolated) {
    Fraction contracts = SignedContracts.read(inputs);
    Fraction entry = inputs.number("entry");
    return isIsolated
        ? Bybit.Position.isolated(contracts, entry, inputs.number("leverage"))
        : new Bybit.Position(
            contracts,
            entry,
            inputs.number("balance_btc"),
            inputs.number("order_margin", Fraction.ZERO));
  }

  private static Value value(Optional<Fraction> price) {
    return price.<Value>map(Value.Amount::new).orElseGet(Value.Nothing::new);
  }
}
