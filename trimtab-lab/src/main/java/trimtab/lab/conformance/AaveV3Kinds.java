package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import trimtab.rulebooks.lending.AaveV3;
import trimtab.rulebooks.lending.AaveV3.Account;
import trimtab.rulebooks.lending.AaveV3.Allowed;
import trimtab.rulebooks.lending.AaveV3.Answer;
import trimtab.rulebooks.lending.AaveV3.Asset;
import trimtab.rulebooks.lending.AaveV3.Pair;
import trimtab.rulebooks.lending.AaveV3.Parameters;
import trimtab.rulebooks.lending.AaveV3.Seizure;
import trimtab.rulebooks.lending.AaveV30;
import trimtab.rulebooks.lending.AaveV33;
import trimtab.rulebooks.lending.AaveV36;
import trimtab.rulebooks.lending.AaveV37;
import trimtab.rulebooks.number.Uint;

/// The kinds of cases of aave-v3.0, aave-v3.3, aave-v3.6 and aave-v3.7.
final class AaveV3Kinds {
  private static final String TOTAL_COLLATERAL = "totalCollateralBase";

  private AaveV3Kinds() {}

  /// By `venue/kind`, as the files name them.
  static Map<String, CaseKind> kinds() {
    Map<String, CaseKind> kinds = new TreeMap<>();
    kinds.put("aave-v3.0/liquidationCall", AaveV3Kinds::call30);
    kinds.put("aave-v3.3/liquidationCall", AaveV3Kinds::call33);
    kinds.put("aave-v3.6/liquidationCall", AaveV3Kinds::call36);
    kinds.put("aave-v3.7/liquidationCall", AaveV3Kinds::call37);
    kinds.put("aave-v3.0/closeFactorBps", AaveV3Kinds::closeFactor30);
    kinds.put("aave-v3.3/closeFactorBps", closeFactor(AaveV33::closeFactorBps));
    kinds.put("aave-v3.6/closeFactorBps", closeFactor(AaveV36::closeFactorBps));
    kinds.put("aave-v3.7/closeFactorBps", closeFactor(AaveV37::closeFactorBps));
    kinds.put(
        "aave-v3.3/allowedPartialAmounts",
        allowed(AaveV33::allowedDebt, AaveV33::allowedCollateral));
    kinds.put(
        "aave-v3.6/allowedPartialAmounts",
        allowed(AaveV36::allowedDebt, AaveV36::allowedCollateral));
    kinds.put(
        "aave-v3.7/allowedPartialAmounts",
        allowed(AaveV37::allowedDebt, AaveV37::allowedCollateral));
    return kinds;
  }

  private static Value.Table call30(Inputs inputs) {
    Answer answer =
        AaveV30.liquidationCall(
            pair(inputs),
            inputs.integer("healthFactorWad"),
            inputs.integer("debtToCover"),
            AaveV30.Parameters.DEFAULTS);
    return table(answer);
  }

  private static Value.Table call33(Inputs inputs) {
    Pair pair = pair(inputs);
    Answer answer =
        AaveV33.liquidationCall(
            pair, account(inputs), inputs.integer("debtToCover"), parameters(inputs));
    return withBadDebt(
        inputs, pair, answer, (seizure, all) -> AaveV33.noCollateralLeft(pair, seizure, all));
  }

  private static Value.Table call36(Inputs inputs) {
    Pair pair = pair(inputs);
    Answer answer =
        AaveV36.liquidationCall(
            pair, account(inputs), inputs.integer("debtToCover"), parameters(inputs));
    return withBadDebt(
        inputs, pair, answer, (seizure, all) -> AaveV36.noCollateralLeft(pair, seizure, all));
  }

  private static Value.Table call37(Inputs inputs) {
    Pair pair = pair(inputs);
    Answer answer =
        AaveV37.liquidationCall(
            pair, account(inputs), inputs.integer("debtToCover"), parameters(inputs));
    return withBadDebt(
        inputs,
        pair,
        answer,
        (seizure, all) ->
            AaveV37.noCollateralLeft(
                pair.collateral(),
                seizure,
                inputs.integer("scaledCollateralBalance", pair.collateralBalance()),
                inputs.integer("liquidityIndexRay", Uint.RAY),
                all));
  }

  private static Pair pair(Inputs inputs) {
    return new Pair(
        asset(inputs, "debt"),
        inputs.integer("reserveDebt"),
        asset(inputs, "collateral"),
        inputs.integer("collateralBalance"),
        inputs.integer("liquidationBonusBps"),
        inputs.integer("protocolFeeBps", BigInteger.ZERO));
  }

  private static Asset asset(Inputs inputs, String side) {
    return new Asset(
        inputs.integer(side + "Decimals").intValueExact(), inputs.integer(side + "Price"));
  }

  private static Account account(Inputs inputs) {
    return new Account(inputs.integer("healthFactorWad"), inputs.integer("totalDebtBase"));
  }

  /// The contracts' constants, or what the case has instead.
  private static Parameters parameters(Inputs inputs) {
    Parameters defaults = Parameters.DEFAULTS;
    return new Parameters(
        defaults.liquidationHealthWad(),
        inputs.integer("defaultCloseFactorBps", defaults.closeFactorBps()),
        inputs.integer("closeFactorHealthFactorWad", defaults.closeFactorHealthWad()),
        inputs.integer("minBaseMaxCloseFactorThreshold", defaults.minBaseMaxCloseFactor()),
        inputs.integer("minLeftoverBase", defaults.minLeftoverBase()));
  }

  private static Value.Table table(Answer answer) {
    return switch (answer) {
      case Answer.Liquidated(BigInteger most, Seizure seizure) ->
          Value.Table.empty()
              .with("maxLiquidatableDebt", most)
              .with("debtRepaid", seizure.debtRepaid())
              .with("collateralSeizedTotal", seizure.seizedTotal())
              .with("collateralToLiquidator", seizure.toLiquidator())
              .with("protocolFee", seizure.protocolFee());
      case Answer.Refused(AaveV3.Refusal refusal) ->
          Value.Table.empty().with("revert", refusal.error());
    };
  }

  /// Adds whether debt is bad and how much of the repaid reserve's, where the case tells the value
  /// of all collateral.
  private static Value.Table withBadDebt(
      Inputs inputs, Pair pair, Answer answer, BiPredicate<Seizure, BigInteger> noCollateralLeft) {
    if (!inputs.has(TOTAL_COLLATERAL)
        || !(answer instanceof Answer.Liquidated(BigInteger _, Seizure seizure))) {
      return table(answer);
    }
    boolean none = noCollateralLeft.test(seizure, inputs.integer(TOTAL_COLLATERAL));
    List<BigInteger> deficits = AaveV3.deficits(pair, seizure, List.of(), none);
    return table(answer)
        .with("hasNoCollateralLeft", none)
        .with("deficit", deficits.isEmpty() ? BigInteger.ZERO : deficits.getFirst());
  }

  private static Value.Table closeFactor30(Inputs inputs) {
    return Value.Table.empty()
        .with(
            "closeFactorBps",
            AaveV30.closeFactorBps(inputs.integer("healthFactorWad"), AaveV30.Parameters.DEFAULTS));
  }

  /// The rule of a version.
  private interface CloseFactor {
    BigInteger bps(
        BigInteger healthFactorWad,
        BigInteger collateralBase,
        BigInteger debtBase,
        Parameters parameters);
  }

  private static CaseKind closeFactor(CloseFactor rule) {
    return inputs ->
        Value.Table.empty()
            .with(
                "closeFactorBps",
                rule.bps(
                    inputs.integer("healthFactorWad"),
                    inputs.integer("collateralReserveBase"),
                    inputs.integer("debtReserveBase"),
                    parameters(inputs)));
  }

  /// The rule of a version for a debt.
  private interface AllowedDebt {
    Allowed of(
        BigInteger debtBase,
        List<BigInteger> collateralBases,
        Account account,
        Parameters parameters);
  }

  /// The rule of a version for a collateral.
  private interface AllowedCollateral {
    Allowed of(BigInteger collateralBase, Parameters parameters);
  }

  private static CaseKind allowed(AllowedDebt ofDebt, AllowedCollateral ofCollateral) {
    return inputs -> {
      BigInteger threshold = inputs.integer("threshold");
      Parameters defaults = Parameters.DEFAULTS;
      Parameters parameters =
          new Parameters(
              defaults.liquidationHealthWad(),
              defaults.closeFactorBps(),
              defaults.closeFactorHealthWad(),
              threshold,
              inputs.integer("minLeftover", threshold.shiftRight(1)));
      Map<String, BigInteger> debts = byName(inputs, "debtBase");
      Map<String, BigInteger> collaterals = byName(inputs, "collateralBase");
      BigInteger total = debts.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
      Account account =
          new Account(inputs.integer("healthFactorWad"), inputs.integer("totalDebtBase", total));
      List<BigInteger> bases = List.copyOf(collaterals.values());
      Value.Table table = Value.Table.empty();
      for (Map.Entry<String, BigInteger> debt : debts.entrySet()) {
        Allowed allowed = ofDebt.of(debt.getValue(), bases, account, parameters);
        table = with(table, "debt" + debt.getKey(), allowed);
      }
      for (Map.Entry<String, BigInteger> collateral : collaterals.entrySet()) {
        Allowed allowed = ofCollateral.of(collateral.getValue(), parameters);
        table = with(table, "collateral" + collateral.getKey(), allowed);
      }
      return table;
    };
  }

  /// `debtBaseA`, `debtBaseB`, ... by `A`, `B`, ...
  private static Map<String, BigInteger> byName(Inputs inputs, String prefix) {
    Map<String, BigInteger> named = new TreeMap<>();
    for (String key : inputs.keys()) {
      if (key.startsWith(prefix)) {
        named.put(key.substring(prefix.length()), inputs.integer(key));
      }
    }
    return named;
  }

  private static Value.Table with(Value.Table table, String name, Allowed allowed) {
    Value.Table more = table.with(name + "PartialMax", allowed.partialMax());
    if (allowed.full().isEmpty()) {
      return more.with(name + "Full", new Value.Nothing());
    }
    BigInteger full = allowed.full().get();
    more = more.with(name + "Full", full);
    return allowed.partialMax().signum() == 0 ? more.with(name + "Only", full) : more;
  }
}
