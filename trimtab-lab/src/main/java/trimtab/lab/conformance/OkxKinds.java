package trimtab.lab.conformance;

import java.util.List;
import java.util.Map;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Node;
import trimtab.rulebooks.derivatives.Okx;
import trimtab.rulebooks.number.Fraction;

/// The kinds of cases of OKX.
final class OkxKinds {
  private OkxKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "OKX/tier_drop_contracts", OkxKinds::tierDrop,
        "OKX/portfolio_margin_liquidation_cost_scaling", OkxKinds::costScaling);
  }

  private static Value.Table tierDrop(Inputs inputs) {
    return Value.Table.empty().with("contracts_to_close", contractsToClose(inputs));
  }

  private static Fraction contractsToClose(Inputs inputs) {
    Fraction contracts = inputs.number("contracts").abs();
    if (inputs.has("tiers")) {
      List<Okx.Tier> tiers =
          inputs.items("tiers").stream()
              .map(OkxKinds::pair)
              .map(pair -> new Okx.Tier(pair.getFirst(), pair.getLast()))
              .toList();
      return Okx.contractsToClose(tiers, contracts, Okx.Parameters.DOCUMENTED);
    }
    if (inputs.has("margin_ratio")
        && !Okx.isTriggeredLegacy(inputs.number("margin_ratio"), inputs.number("mmr_tier3"))) {
      return Fraction.ZERO;
    }
    return Okx.contractsToFirstTier(
        contracts, inputs.number("tier3_min"), inputs.number("tier1_max"));
  }

  private static Value.Table costScaling(Inputs inputs) {
    List<Okx.CostTier> tiers =
        inputs.has("tiers")
            ? inputs.items("tiers").stream()
                .map(OkxKinds::pair)
                .map(pair -> new Okx.CostTier(pair.getFirst(), pair.getLast()))
                .toList()
            : Okx.BTC_COST_TIERS;
    Fraction risk = inputs.has("mr_max_usd") ? inputs.number("mr_max_usd") : risk(inputs);
    Fraction raw = inputs.number("mr7_raw");
    Fraction adjusted = Okx.scaledCost(tiers, raw);
    return Value.Table.empty()
        .with("mr7_adjusted", adjusted)
        .with("mmr_before", Okx.portfolioMaintenance(risk, raw))
        .with("mmr_after", Okx.portfolioMaintenance(risk, adjusted));
  }

  private static Fraction risk(Inputs inputs) {
    return Okx.portfolioRisk(
        inputs.number("mr1", Fraction.ZERO),
        inputs.number("mr2", Fraction.ZERO),
        inputs.number("mr3", Fraction.ZERO),
        inputs.number("mr4", Fraction.ZERO),
        inputs.number("mr5", Fraction.ZERO),
        inputs.number("mr6", Fraction.ZERO));
  }

  private static List<Fraction> pair(Node node) {
    List<Node> items = Inputs.items(node);
    if (items.size() != 2) {
      throw new InputException(node.place(), "a tier is its upper end and its rate or multiplier");
    }
    return items.stream().map(Inputs::number).toList();
  }
}
