package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.Map;
import trimtab.rulebooks.lending.MakerAuction;
import trimtab.rulebooks.lending.MakerLiq2;

/// The kinds of cases of maker-liq2.
final class MakerKinds {
  private MakerKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of("maker-liq2/bark", MakerKinds::bark, "maker-liq2/take", MakerKinds::take);
  }

  private static Value.Table bark(Inputs inputs) {
    MakerLiq2.Vault vault = new MakerLiq2.Vault(inputs.integer("ink"), inputs.integer("art"));
    boolean deployed = inputs.flag("takesLeftoverDust", false);
    MakerLiq2.Parameters parameters =
        new MakerLiq2.Parameters(
            inputs.integer("chopWad"),
            inputs.integer("dust", BigInteger.ZERO),
            deployed ? MakerLiq2.Leftover.TAKEN_WHOLE : MakerLiq2.Leftover.REFUSED);
    BigInteger rate = inputs.integer("rateRay");
    BigInteger room = inputs.integer("room");
    MakerLiq2.Outcome outcome =
        inputs.has("spotRay")
            ? MakerLiq2.bark(vault, rate, inputs.integer("spotRay"), room, parameters)
            : MakerLiq2.size(vault, rate, room, parameters);
    return switch (outcome) {
      case MakerLiq2.Refused(MakerLiq2.Refusal reason) ->
          Value.Table.empty().with("revert", reason.text());
      case MakerLiq2.Barked done ->
          Value.Table.empty()
              .with("dart", done.dart())
              .with("dink", done.dink())
              .with("due", done.due())
              .with("tab", done.tab());
    };
  }

  private static Value.Table take(Inputs inputs) {
    MakerAuction.Outcome outcome =
        MakerAuction.purchase(
            new MakerAuction.Sale(inputs.integer("tab"), inputs.integer("lot")),
            inputs.integer("amt"),
            inputs.integer("priceRay"),
            inputs.integer("dust", BigInteger.ZERO));
    return switch (outcome) {
      case MakerAuction.Refused(MakerAuction.Refusal reason) ->
          Value.Table.empty().with("revert", reason.text());
      case MakerAuction.Bought done ->
          Value.Table.empty()
              .with("owe", done.owe())
              .with("slice", done.slice())
              .with("tabLeft", done.left().tab())
              .with("lotLeft", done.left().lot());
    };
  }
}
