package trimtab.lab.input;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Files for tests, and the lines that reading a wrong one gives.
final class InputProblems {
  private InputProblems() {}

  static Path write(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The lines without the folder in which the file lies.
  static List<String> of(Path folder, ThrowingCallable reading) {
    InputException refused = catchThrowableOfType(InputException.class, reading);
    return refused.problems().stream()
        .map(problem -> problem.text().replace(folder + "/", ""))
        .toList();
  }

  /// The entry of a table that stands in `node`.
  static Node entry(Node node, String key) {
    return Objects.requireNonNull(((Node.Table) node).entries().get(key), key);
  }
}
