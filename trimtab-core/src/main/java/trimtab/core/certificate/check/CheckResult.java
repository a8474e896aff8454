package trimtab.core.certificate.check;

import java.util.List;

/// What the checker says of a certificate.
public sealed interface CheckResult {
  /// Everything the certificate states was recomputed and its claim is proven.
  ///
  /// @param verified what was verified, in words
  record Holds(List<String> verified) implements CheckResult {
    /// Copies the list.
    public Holds {
      verified = List.copyOf(verified);
    }
  }

  /// The certificate is not a proof.
  ///
  /// @param findings what is wrong, at least one, each a sentence with its numbers
  record Fails(List<String> findings) implements CheckResult {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException without a finding
    public Fails {
      findings = List.copyOf(findings);
      if (findings.isEmpty()) {
        throw new IllegalArgumentException("a failed check has at least one finding");
      }
    }
  }

  /// Whether the certificate is a proof.
  default boolean holds() {
    return this instanceof Holds;
  }
}
