package trimtab.engine.breach;

import trimtab.core.mark.Marks;

/// Finds the accounts in breach. All implementations visit exactly the same accounts; they differ
/// in how many they look at.
public interface BreachFinder {
  /// From now on accounts are judged by this rule, over the same listing.
  void rulesChanged(BreachRule rule);

  /// The account is new, or its balances or positions are no longer what they were.
  void accountChanged(int account);

  /// Visits every account that is in breach at these marks, in ascending order of slots.
  void find(Marks marks, BreachVisitor visitor);

  /// Which finder an engine uses.
  enum Kind {
    /// Judges every account at every batch.
    NAIVE_SCAN,
    /// Judges the accounts whose prices left the box in which they are known to be safe.
    BOX_SCAN;

    public BreachFinder over(AccountSource accounts, BreachRule rule) {
      return switch (this) {
        case NAIVE_SCAN -> new NaiveScan(accounts, rule);
        case BOX_SCAN -> new BoxScan(accounts, rule);
      };
    }
  }
}
