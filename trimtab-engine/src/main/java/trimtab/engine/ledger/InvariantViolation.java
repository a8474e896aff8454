package trimtab.engine.ledger;

/// The engine's state contradicts itself. The engine stops at the command that showed it; the
/// journal keeps that command.
public final class InvariantViolation extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param invariant which one, and the figures that break it
  public InvariantViolation(String invariant) {
    super(invariant);
  }
}
