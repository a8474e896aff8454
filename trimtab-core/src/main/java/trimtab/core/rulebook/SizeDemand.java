package trimtab.core.rulebook;

/// How much a rulebook wants closed; the planner turns it into legs, lots and a certificate.
public sealed interface SizeDemand {
  /// Everything that can be closed.
  ///
  /// @param reason what the rule says
  record CloseEverything(String reason) implements SizeDemand {}

  /// A share of every leg (of the debt for a pair), rounded up to lots.
  record CloseShare(long sharePpm) implements SizeDemand {}

  /// The least that lifts the account to the target.
  ///
  /// @param targetPpm health level to be restored
  /// @param maximumSharePpm close factor: no more than this share of a leg
  record RestoreTarget(long targetPpm, long maximumSharePpm) implements SizeDemand {}
}
