package trimtab.core.instrument;

/// How long a contract lasts.
public sealed interface Term {
  /// Without end.
  record Perpetual() implements Term {}

  /// Until delivery. From then on a position is a claim or a debt at the mark: it requires no
  /// margin and can no longer be closed.
  ///
  /// @param expiryNanos instant of delivery, nanoseconds since the epoch
  record Dated(long expiryNanos) implements Term {}
}
