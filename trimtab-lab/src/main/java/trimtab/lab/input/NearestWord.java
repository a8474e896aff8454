package trimtab.lab.input;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// What a mistyped word was probably meant to be.
public final class NearestWord {
  /// One edit may be in so many letters: more would take BTCUSDT for ETHUSDT.
  private static final int LETTERS_PER_EDIT = 4;

  private NearestWord() {}

  /// `; did you mean 'ETHUSDT'?` for a near word, else the list of the known ones.
  public static String hint(String word, Collection<String> known) {
    return of(word, known)
        .map(near -> "; did you mean '" + near + "'?")
        .orElseGet(() -> "; known: " + String.join(" ", known));
  }

  /// The known word with the fewest edits, if these are few for its length; the first of several.
  public static Optional<String> of(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(candidate ->
            distance(lower, candidate) <= Math.max(1, candidate.length() / LETTERS_PER_EDIT))
        .min(Comparator.comparingInt(candidate -> distance(lower, candidate)));
  }

  /// Letters to insert, drop, replace or swap with their neighbour; case does not count.
  private static int distance(String lower, String candidate) {
    String other = candidate.toLowerCase(Locale.ROOT);
    int[][] edits = new int[lower.length() + 1][other.length() + 1];
    for (int i = 0; i <= lower.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : least(edits, lower, other, i, j);
      }
    }
    return edits[lower.length()][other.length()];
  }

  private static int least(int[][] edits, String left, String right, int i, int j) {
    boolean same = left.charAt(i - 1) == right.charAt(j - 1);
    int inserted = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
    int best = Math.min(inserted, edits[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
