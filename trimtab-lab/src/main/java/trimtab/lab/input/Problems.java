package trimtab.lab.input;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Collects what is wrong in one file, so that the user can repair all of it at once.
public final class Problems {
  /// Problems of a file that are kept; that there are more is said.
  public static final int KEPT_MAX = 10;

  private final List<Problem> found = new ArrayList<>();
  private boolean more;

  public void add(Place place, String message) {
    if (found.size() == KEPT_MAX) {
      more = true;
    } else {
      found.add(new Problem(place, message));
    }
  }

  /// How many were found and kept so far; grows while something is read that has problems.
  public int count() {
    return found.size() + (more ? 1 : 0);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /// Whether more were found than are kept: reading on would tell nothing new.
  public boolean isFull() {
    return more;
  }

  /// The value, or a problem at `place` when the core refuses it.
  public <T> Optional<T> attempt(Place place, Supplier<T> value) {
    try {
      return Optional.of(value.get());
    } catch (IllegalArgumentException refusal) {
      add(place, String.valueOf(refusal.getMessage()));
    } catch (ArithmeticException outOfRange) {
      add(place, "leaves the range of exact numbers here; use a smaller one, or fewer decimals");
    }
    return Optional.empty();
  }

  /// Ends a phase of reading.
  ///
  /// @throws InputException if anything was found, in the order of its lines
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  private InputException exception() {
    List<Problem> byLine = new ArrayList<>(found);
    byLine.sort(Comparator.comparingLong(problem -> problem.place().line()));
    return new InputException(byLine, more);
  }
}
