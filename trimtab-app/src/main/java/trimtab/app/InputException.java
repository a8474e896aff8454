package trimtab.app;

import java.util.List;

/// The user's input or usage is wrong. Every line names where, what is wrong and what to do; all
/// errors of a file are reported at once.
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> lines;

  /// @param lines one complete message each, without the word `error:`
  InputException(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  InputException(String line) {
    this(List.of(line));
  }

  List<String> lines() {
    return lines;
  }
}
