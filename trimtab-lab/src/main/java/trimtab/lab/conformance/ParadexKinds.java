package trimtab.lab.conformance;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import trimtab.rulebooks.derivatives.Paradex;
import trimtab.rulebooks.derivatives.Paradex.Outcome;
import trimtab.rulebooks.derivatives.Paradex.Parameters;
import trimtab.rulebooks.number.Fraction;

/// The kinds of cases of Paradex.
final class ParadexKinds {
  /// The account of the document's example: a case that states no positions is about it.
  private static final Map<String, Fraction> EXAMPLE_POSITIONS = examplePositions();

  private static final Fraction EXAMPLE_COLLATERAL = Fraction.of(1_000);

  private ParadexKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "Paradex/liquidation_share_ladder", ParadexKinds::ladder,
        "Paradex/smallest_share_under_target", ParadexKinds::choice);
  }

  private static Map<String, Fraction> examplePositions() {
    Map<String, Fraction> positions = new LinkedHashMap<>();
    positions.put("BTC", Fraction.parse("0.1"));
    positions.put("ETH", Fraction.parse("-1"));
    return positions;
  }

  private static Value.Table ladder(Inputs inputs) {
    Outcome after =
        Paradex.afterShare(
            parameters(inputs),
            inputs.number("account_value"),
            inputs.number("mmr"),
            inputs.number("liquidation_share"));
    return outcome(after);
  }

  private static Value.Table outcome(Outcome after) {
    Value.Table table =
        Value.Table.empty()
            .with("new_mmr", after.requirement())
            .with("penalty", after.penalty())
            .with("new_account_value", after.value());
    return after.value().signum() == 0 ? table : table.with("new_margin_ratio", after.ratio());
  }

  private static Value.Table choice(Inputs inputs) {
    Parameters parameters = parameters(inputs);
    Fraction value = inputs.number("account_value");
    Fraction requirement = inputs.number("mmr");
    Fraction share = Paradex.share(parameters, value, requirement);
    Outcome after = Paradex.afterShare(parameters, value, requirement, share);
    Fraction collateral = inputs.number("collateral", EXAMPLE_COLLATERAL);
    Value.Table table =
        outcome(after)
            .with("liquidation_share", share)
            .with(
                "collateral_left",
                Paradex.collateralLeft(
                    collateral, value.minus(collateral), share, after.penalty()));
    Map<String, Fraction> positions =
        inputs.has("positions") ? inputs.numbersByName("positions") : EXAMPLE_POSITIONS;
    for (Map.Entry<String, Fraction> each : positions.entrySet()) {
      table =
          table.with(
              each.getKey().toLowerCase(Locale.ROOT) + "_left",
              Paradex.sizeLeft(each.getValue(), share));
    }
    return table;
  }

  private static Parameters parameters(Inputs inputs) {
    Parameters example = Parameters.EXAMPLE;
    return new Parameters(
        example.triggerRatio(),
        inputs.number("target_margin_ratio", example.targetRatio()),
        inputs.number("step", example.shareStep()),
        inputs.number("doc_penalty_fraction_of_mmr", example.fee()));
  }
}
