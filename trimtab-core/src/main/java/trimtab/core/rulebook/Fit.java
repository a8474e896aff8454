package trimtab.core.rulebook;

/// Whether a rulebook can judge an account. A misfit is said with its reason, never approximated.
public sealed interface Fit {
  /// It can.
  record Fits() implements Fit {}

  /// It cannot.
  ///
  /// @param reason why, in words
  record Misfit(String reason) implements Fit {}
}
