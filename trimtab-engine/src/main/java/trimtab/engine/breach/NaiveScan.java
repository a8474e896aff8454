package trimtab.engine.breach;

import trimtab.core.health.Health;
import trimtab.core.mark.Marks;

/// Judges every account at every batch: the definition that the others are held to.
public final class NaiveScan implements BreachFinder {
  private final AccountSource accounts;
  private BreachRule rule;

  public NaiveScan(AccountSource accounts, BreachRule rule) {
    this.accounts = accounts;
    this.rule = rule;
  }

  @Override
  public void rulesChanged(BreachRule rule) {
    this.rule = rule;
  }

  @Override
  public void accountChanged(int account) {
    // Nothing is remembered about accounts.
  }

  @Override
  public void find(Marks marks, BreachVisitor visitor) {
    for (int account = 0; account < accounts.accountCount(); account++) {
      Health health = rule.assess(accounts.view(account), marks);
      if (rule.inBreach(health)) {
        visitor.inBreach(account, health);
      }
    }
  }
}
