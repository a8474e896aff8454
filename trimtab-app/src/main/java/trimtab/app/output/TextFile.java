package trimtab.app.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Place;

/// Files that a command writes; one that cannot be written is the user's to repair.
public final class TextFile {
  private TextFile() {}

  /// Writes a text as the content of a file, in UTF-8.
  ///
  /// @throws InputException if the file cannot be written
  public static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new InputException(
          Place.file(file.toString()), "cannot be written: " + reason(file, failure));
    }
  }

  /// Refuses, before long work, a file that could not be written after it.
  ///
  /// @throws InputException if it is a folder, in no folder, or not writable
  public static void requireWritable(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    String reason = "";
    if (Files.isDirectory(file)) {
      reason = "is a folder; name a file";
    } else if (parent != null && !Files.isDirectory(parent)) {
      reason = "cannot be written: there is no folder " + parent;
    } else if (!Files.isWritable(Files.exists(file) || parent == null ? file : parent)) {
      reason = "cannot be written: permission is missing";
    }
    if (!reason.isEmpty()) {
      throw new InputException(Place.file(file.toString()), reason);
    }
  }

  private static String reason(Path file, IOException failure) {
    return failure instanceof NoSuchFileException
        ? "there is no folder " + file.toAbsolutePath().getParent()
        : String.valueOf(failure.getMessage());
  }
}
