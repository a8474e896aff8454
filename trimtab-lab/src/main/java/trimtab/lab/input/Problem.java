package trimtab.lab.input;

/// One thing that is wrong in the user's input.
///
/// @param place where
/// @param message what is wrong and what to do, without the word `error:`
public record Problem(Place place, String message) {
  /// The whole line for people.
  public String text() {
    return place.prefix() + message;
  }
}
