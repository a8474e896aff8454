package trimtab.app.plan;

import java.util.List;
import trimtab.core.account.Account.Balance;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.health.MarginKind;
import trimtab.core.health.Withdrawable;
import trimtab.lab.input.PlanFile;

/// What the account's initial margin, open orders included, leaves free.
///
/// @param health by the initial parameters; breach is judged by the maintenance ones
/// @param free of each asset held, by itself
public record InitialMargin(Health health, List<Free> free) {
  public InitialMargin {
    free = List.copyOf(free);
  }

  /// How much of an asset may leave.
  ///
  /// @param asset index in the listing
  /// @param units of the asset, rounded down
  public record Free(int asset, long units) {}

  static InitialMargin of(PlanFile input) {
    HealthModel model =
        new HealthModel(
            input.listing(),
            new LegSum(input.listing()),
            input.rulebook().base(),
            input.rulebook().netting());
    return new InitialMargin(
        model.assess(input.account(), input.marks(), MarginKind.INITIAL),
        input.account().balances().stream()
            .filter(balance -> balance.amount() > 0)
            .map(Balance::asset)
            .map(asset ->
                new Free(asset, Withdrawable.units(model, input.account(), input.marks(), asset)))
            .toList());
  }
}
