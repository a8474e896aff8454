package trimtab.market.data;

/// Market data that cannot be used: the one kind of error that reading price history raises.
///
/// The message is a single line for the user. It names the file (and line and column where there is
/// one), shows the bad text and says what to do.
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Longest piece of a file's text that a message repeats, in characters.
  private static final int MAX_QUOTED_CHARACTERS = 60;

  /// An error with its message for the user, which is flattened to one line.
  public DataException(String message) {
    super(oneLine(message));
  }

  /// An error with its message for the user and the failure below it.
  public DataException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /// The text in quotes, shortened to a length that fits into a line.
  static String quote(String text) {
    return text.length() <= MAX_QUOTED_CHARACTERS
        ? "'" + text + "'"
        : "'" + text.substring(0, MAX_QUOTED_CHARACTERS) + "...'";
  }

  /// Control, format and line-separating characters would break the promise of one line, and may
  /// come from a user's file.
  private static String oneLine(String message) {
    return message.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
  }
}
