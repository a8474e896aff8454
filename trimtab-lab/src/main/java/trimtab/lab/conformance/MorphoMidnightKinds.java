package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import trimtab.rulebooks.lending.MorphoMidnight;
import trimtab.rulebooks.lending.MorphoMidnight.Collateral;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.Uint;

/// The kinds of cases of morpho-midnight.
final class MorphoMidnightKinds {
  /// Amounts of whole tokens are read with 18 decimals, prices of whole tokens with 36.
  private static final Fraction TOKEN = Fraction.of(Uint.WAD);

  private static final Fraction PRICE = TOKEN.times(TOKEN);
  private static final Fraction PERCENT = Fraction.of(100);

  private MorphoMidnightKinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    return Map.of(
        "morpho-midnight/maxLif",
        MorphoMidnightKinds::maxLif,
        "morpho-midnight/maxDebt",
        MorphoMidnightKinds::maxDebt,
        "morpho-midnight/recoveryCloseFactor",
        MorphoMidnightKinds::recoveryCloseFactor);
  }

  private static Value.Table maxLif(Inputs inputs) {
    return Value.Table.empty().with("maxLifWad", maxFactor(inputs));
  }

  private static Value.Table maxDebt(Inputs inputs) {
    List<Collateral> collaterals =
        inputs.tables("collaterals").stream().map(MorphoMidnightKinds::ofTokens).toList();
    return Value.Table.empty()
        .with("maxDebt", Fraction.of(MorphoMidnight.maxDebt(collaterals)).over(TOKEN));
  }

  private static Collateral ofTokens(Inputs inputs) {
    return new Collateral(
        inputs.number("amount").times(TOKEN).floor(),
        inputs.number("price").times(PRICE).floor(),
        inputs.number("lltvPct").over(PERCENT).times(TOKEN).floor(),
        Uint.WAD);
  }

  private static Value.Table recoveryCloseFactor(Inputs inputs) {
    Collateral slot =
        new Collateral(
            inputs.integer("collateral"),
            inputs.integer("collateralPrice"),
            inputs.integer("lltvWad"),
            maxFactor(inputs));
    MorphoMidnight.Position position =
        new MorphoMidnight.Position(inputs.integer("debt"), List.of(slot));
    BigInteger maxDebt = MorphoMidnight.maxDebt(position.collaterals());
    BigInteger factor = slot.maxFactorWad();
    Value.Table table = Value.Table.empty().with("maxDebt", maxDebt).with("lifWad", factor);
    if (MorphoMidnight.isHealthy(position)) {
      return table
          .with("revert", MorphoMidnight.Refusal.NOT_LIQUIDATABLE.error())
          .with("maxRepaid", BigInteger.ZERO)
          .with("seizedForMaxRepaid", BigInteger.ZERO);
    }
    BigInteger badDebt = MorphoMidnight.badDebt(position);
    BigInteger debt = position.debt().subtract(badDebt);
    BigInteger cap = MorphoMidnight.recoveryCap(debt, maxDebt, factor, slot.lltvWad());
    return table
        .with("badDebt", badDebt)
        .with("maxRepaid", cap)
        .with("seizedForMaxRepaid", MorphoMidnight.seizedFor(cap.min(debt), slot.price(), factor))
        .with("capWaived", MorphoMidnight.capWaived(slot, factor, cap, parameters(inputs)));
  }

  private static BigInteger maxFactor(Inputs inputs) {
    return MorphoMidnight.maxFactor(
        inputs.integer("lltvWad"),
        inputs.integer("cursorWad", MorphoMidnight.Parameters.DEFAULTS.cursorLowWad()));
  }

  private static MorphoMidnight.Parameters parameters(Inputs inputs) {
    MorphoMidnight.Parameters defaults = MorphoMidnight.Parameters.DEFAULTS;
    return new MorphoMidnight.Parameters(
        defaults.cursorLowWad(),
        defaults.cursorHighWad(),
        defaults.timeToMaxFactorSeconds(),
        inputs.integer("rcfThreshold", defaults.recoveryThreshold()));
  }
}
