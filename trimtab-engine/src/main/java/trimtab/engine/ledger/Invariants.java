package trimtab.engine.ledger;

import java.util.function.Supplier;

/// Checks that stay on in production.
public final class Invariants {
  private Invariants() {}

  /// Stops the engine when something does not hold.
  ///
  /// @param invariant which one is broken, with its figures; built only when it is
  /// @throws InvariantViolation unless the condition holds
  public static void check(boolean holds, Supplier<String> invariant) {
    if (!holds) {
      throw new InvariantViolation(invariant.get());
    }
  }
}
