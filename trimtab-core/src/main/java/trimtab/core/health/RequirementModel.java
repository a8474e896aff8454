package trimtab.core.health;

import trimtab.core.account.AccountView;
import trimtab.core.mark.Marks;
import trimtab.core.money.Wide;

/// How much margin an account's positions require. Nothing outside [LegSum] may assume that the
/// requirement is a sum over legs: a portfolio model is the worst of several scenarios.
public sealed interface RequirementModel permits LegSum {
  /// The requirement, in exact units x parts per million.
  Wide requirement(AccountView account, Marks marks, MarginKind kind);

  /// The requirement as a function of how much of one position is closed, the rest unchanged.
  ///
  /// @param position index of the position in the account
  RequirementLine along(AccountView account, Marks marks, int position);

  /// Notionals of a market's position at which its maintenance requirement bends or jumps,
  /// ascending: between two of them it is linear in the notional. Up to and including a limit the
  /// piece below it holds.
  long[] notionalLimits(int market);

  /// Whether the requirement is the sum of what each position requires by itself, so that closing
  /// one frees the same whatever is closed of the others.
  boolean isSeparable();

  /// The largest part of a position's notional that can become requirement when its price moves, in
  /// parts per million: a bound on the slope for whoever must not look at every price.
  long maximumRatePpm(int market);
}
