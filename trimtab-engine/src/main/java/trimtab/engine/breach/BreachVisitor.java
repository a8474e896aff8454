package trimtab.engine.breach;

import trimtab.core.health.Health;

/// Takes the accounts in breach. Must not change accounts while it is called.
@FunctionalInterface
public interface BreachVisitor {
  void inBreach(int account, Health health);
}
