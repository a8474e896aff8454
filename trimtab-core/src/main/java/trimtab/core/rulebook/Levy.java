package trimtab.core.rulebook;

import java.util.OptionalLong;
import trimtab.core.account.Account;
import trimtab.core.account.Leg;
import trimtab.core.health.HealthModel;
import trimtab.core.mark.Marks;

/// What a closing pays on top of its cost, where a rule states the amount in its own units rather
/// than as a rate of a base.
@FunctionalInterface
public interface Levy {
  /// The amount follows from the rule's [PenaltyTerms].
  Levy BY_TERMS = (model, account, marks, leg, quantity, cost) -> OptionalLong.empty();

  /// @param account before the closing
  /// @param quantity closed, in the leg's units
  /// @param cost all-in loss against the mark, value units
  /// @return value units; negative where the venue's fund makes a fill up to the account; empty
  ///   where the rule's terms decide
  OptionalLong penalty(
      HealthModel model, Account account, Marks marks, Leg leg, long quantity, long cost);
}
