package trimtab.lab.input;

import java.util.ArrayList;
import java.util.List;
import trimtab.core.instrument.Asset.Weights;
import trimtab.core.instrument.CollateralTiers;
import trimtab.core.money.Decimals;
import trimtab.core.money.Ppm;

/// What a holding and a debt count for, as written: one weight, or a list of `{from, weight}` with
/// `from` in units of the asset.
///
/// @param tiers at least one
/// @param debtPpm weight of a debt
record WeightFields(List<Part> tiers, long debtPpm) {
  /// One tier.
  ///
  /// @param place where it stands
  /// @param from holding at which it begins, in whole units of the asset
  /// @param weightPpm of the part above
  record Part(Place place, String from, long weightPpm) {}

  /// Reads a weight of holdings and one of debts.
  ///
  /// @param otherwise where neither is written; a missing one is taken from it
  static WeightFields read(
      Fields fields, String holding, String debt, WeightFields otherwise, Problems problems) {
    int before = problems.count();
    long debtPpm = fields.ppm(debt, otherwise.debtPpm);
    if (fields.has(debt) && debtPpm < Ppm.ONE && problems.count() == before) {
      problems.add(fields.place(debt), "must be at least 1");
    }
    List<Part> tiers =
        fields.node(holding).map(node -> tiers(node, problems)).orElse(otherwise.tiers);
    return new WeightFields(tiers, debtPpm);
  }

  /// Weights of nothing: a holding counts for nothing, a debt in full.
  static WeightFields none(Place place) {
    return new WeightFields(List.of(new Part(place, "0", 0)), Ppm.ONE);
  }

  private static List<Part> tiers(Node node, Problems problems) {
    if (!(node instanceof Node.Sequence(_, List<Node> items))) {
      return List.of(new Part(node.place(), "0", weight(node, problems)));
    }
    List<Part> tiers = new ArrayList<>();
    for (Node item : items) {
      Fields fields = Fields.of(item, problems, "from", "weight");
      tiers.add(
          new Part(
              fields.place("from"),
              fields.text("from"),
              fields.requiredNode("weight").map(w -> weight(w, problems)).orElse(0L)));
    }
    return tiers;
  }

  private static long weight(Node node, Problems problems) {
    long ppm = Fields.decimal(node, Ppm.DECIMALS, problems);
    if (ppm < 0 || ppm > Ppm.ONE) {
      problems.add(node.place(), "must be between 0 and 1");
      return 0;
    }
    return ppm;
  }

  /// The weights of an asset whose amounts have so many decimals.
  ///
  /// @throws IllegalArgumentException if the tiers do not rise in size and fall in weight
  Weights weights(int decimals) {
    return new Weights(
        new CollateralTiers(
            tiers.stream()
                .map(tier ->
                    new CollateralTiers.Tier(
                        Decimals.parse(tier.from(), decimals), tier.weightPpm()))
                .toList()),
        debtPpm);
  }
}
