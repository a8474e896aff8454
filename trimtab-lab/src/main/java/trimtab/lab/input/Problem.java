package trimtab.lab.input;

/// One thing that is wrong in the user's input. What it repeats of a file cannot break its one
/// line.
///
/// @param place where
/// @param message what is wrong and what to do, without the word `error:`
public record Problem(Place place, String message) {
  /// Characters of a message that are kept.
  public static final int MESSAGE_MAX = 400;

  public Problem {
    message = oneLine(message);
    message = message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX) + "...";
  }

  /// The whole line for people.
  public String text() {
    return oneLine(place.prefix()) + message;
  }

  /// Control, format and line-separating characters may come from the file.
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
  }
}
