package trimtab.core.certificate.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Collects what is wrong, up to a limit; after that a certificate is hopeless anyway.
final class Findings {
  /// Findings that are kept of one certificate.
  static final int FINDINGS_MAX = 100;

  private final List<String> sentences = new ArrayList<>();

  /// Notes a sentence unless `holds`; formatting happens only then.
  ///
  /// @return `holds`
  boolean require(boolean holds, String sentence, Object... numbers) {
    if (!holds && sentences.size() < FINDINGS_MAX) {
      sentences.add(String.format(Locale.ROOT, sentence, numbers));
    }
    return holds;
  }

  boolean isEmpty() {
    return sentences.isEmpty();
  }

  List<String> sentences() {
    return sentences;
  }
}
