package trimtab.core.rulebook;

/// What happens when a partial close would lower the health factor or leave it equal.
public enum OnHarmfulClose {
  /// Close nothing and say so.
  REFUSE,
  /// Another leg that helps; a full close only if no partial restores.
  ESCALATE,
  /// Close it all the same, as some venues do; the plan says that it harms.
  PROCEED
}
