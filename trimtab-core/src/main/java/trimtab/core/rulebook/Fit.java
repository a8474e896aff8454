package trimtab.core.rulebook;

/// Whether a rulebook can judge an account. A misfit is said with its reason, never approximated.
public sealed interface Fit {
  record Fits() implements Fit {}

  record Misfit(String reason) implements Fit {}
}
