package trimtab.engine.breach;

import trimtab.core.account.AccountView;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.mark.Marks;

/// When an account is in breach: strictly below a level.
///
/// @param model health in exact integers
/// @param levelPpm the rulebook's threshold
public record BreachRule(HealthModel model, long levelPpm) {
  public Health assess(AccountView account, Marks marks) {
    return model.assess(account, marks);
  }

  public boolean inBreach(Health health) {
    return !health.isAtLeast(levelPpm);
  }
}
