package trimtab.core.rulebook;

/// How much a rulebook wants closed; the planner turns it into legs, lots and a certificate.
public sealed interface SizeDemand {
  /// Everything that can be closed.
  ///
  /// @param reason what the rule says
  record CloseEverything(String reason) implements SizeDemand {}

  /// A share of every leg (of the debt for a pair), rounded up to lots.
  ///
  /// @param rule by which it is this share
  record CloseShare(long sharePpm, CloseRule rule) implements SizeDemand {}

  /// The least that lifts the account to the target.
  ///
  /// @param targetPpm health level to be restored
  /// @param maximumSharePpm close factor: no more than this share of a leg
  record RestoreTarget(long targetPpm, long maximumSharePpm) implements SizeDemand {}

  /// The least that removes a share of the shortfall from the target: the excess afterwards is at
  /// least `(1 - share) x excess before`.
  ///
  /// @param sharePpm below 1,000,000
  record RestoreShare(long sharePpm, CloseRule.TimeSliced rule) implements SizeDemand {}
}
