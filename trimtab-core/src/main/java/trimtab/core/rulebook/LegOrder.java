package trimtab.core.rulebook;

/// In which order the legs of an account are closed.
public enum LegOrder {
  /// Helping legs by notional per relief, least first, stable ties; whole legs until one suffices.
  NOTIONAL_PER_RELIEF
}
