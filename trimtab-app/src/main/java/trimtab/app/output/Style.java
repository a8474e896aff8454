package trimtab.app.output;

/// Emphasis on a terminal: bold heads, level words, `error:`. The words alone say the same, so
/// without colour nothing is lost.
///
/// @param colour whether escape sequences are written at all
public record Style(boolean colour) {
  /// How a word is meant; the colour only repeats it.
  public enum Level {
    /// A target is met, a proof holds.
    GOOD("32"),
    /// Closed in part.
    PARTIAL("33"),
    /// Closed in full, a proof that fails, an error.
    BAD("1;31"),
    /// Equity is below zero.
    BANKRUPT("35");

    private final String code;

    Level(String code) {
      this.code = code;
    }
  }

  public String bold(String text) {
    return escaped("1", text);
  }

  public String level(Level level, String text) {
    return escaped(level.code, text);
  }

  private String escaped(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
