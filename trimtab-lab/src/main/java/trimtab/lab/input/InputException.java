package trimtab.lab.input;

import java.util.List;
import java.util.stream.Collectors;

/// The user's input or usage is wrong; all that was found in a file, in its order.
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;
  private final boolean more;

  /// @param problems at least one
  /// @param more whether further problems were found and left out
  public InputException(List<Problem> problems, boolean more) {
    super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
    this.more = more;
  }

  public InputException(Place place, String message) {
    this(List.of(new Problem(place, message)), false);
  }

  /// A fault of the command line itself: `unknown crash '2025-11'; known: ...`.
  public InputException(String message) {
    this(Place.file(""), message);
  }

  public List<Problem> problems() {
    return problems;
  }

  public boolean more() {
    return more;
  }
}
