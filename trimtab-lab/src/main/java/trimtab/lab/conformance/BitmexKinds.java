package trimtab.lab.conformance;

import java.util.Map;
import trimtab.lab.input.InputException;
import trimtab.rulebooks.derivatives.Bitmex;
import trimtab.rulebooks.derivatives.Bitmex.Payoff;
import trimtab.rulebooks.number.Fraction;

/// The kinds of cases of BitMEX.
final class BitmexKinds {
  private BitmexKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of("BitMEX/takeover_profit_to_fund", BitmexKinds::takeover);
  }

  private static Value.Table takeover(Inputs inputs) {
    Fraction bankruptcy = inputs.number("bankruptcy_price");
    Value.Table table =
        Value.Table.empty().with("limit_order_price", Bitmex.limitOrderPrice(bankruptcy));
    if (!inputs.has("fill_price")) {
      return table;
    }
    return table.with(
        "profit_to_fund",
        Bitmex.fundGain(
            payoff(inputs), contracts(inputs), bankruptcy, inputs.number("fill_price")));
  }

  /// A position that is bankrupt above its entry price is a short, where the case does not say.
  private static Fraction contracts(Inputs inputs) {
    Fraction contracts = SignedContracts.read(inputs);
    boolean isShort =
        !inputs.has("side")
            && inputs.has("entry")
            && inputs.number("bankruptcy_price").compareTo(inputs.number("entry")) > 0;
    return isShort ? contracts.abs().negate() : contracts;
  }

  private static Payoff payoff(Inputs inputs) {
    return switch (inputs.text("payoff", "linear")) {
      case "linear" -> Payoff.LINEAR;
      case "inverse" -> Payoff.INVERSE;
      default ->
          throw new InputException(inputs.node("payoff").place(), "is neither linear nor inverse");
    };
  }
}
