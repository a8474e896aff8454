package trimtab.engine.journal;

/// Takes the state in its fixed order: what is hashed, and what a snapshot will hold.
public interface StateWriter {
  void putLong(long value);

  default void putInt(int value) {
    putLong(value);
  }

  default void putBoolean(boolean value) {
    putLong(value ? 1 : 0);
  }

  /// Length and UTF-16 units, so that no two lists of texts look alike.
  default void putText(String text) {
    putLong(text.length());
    for (int i = 0; i < text.length(); i++) {
      putLong(text.charAt(i));
    }
  }
}
