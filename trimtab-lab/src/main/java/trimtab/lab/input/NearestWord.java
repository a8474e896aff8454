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

  /// Letters to insert, drop or replace; case does not count.
  private static int distance(String lower, String candidate) {
    String other = candidate.toLowerCase(Locale.ROOT);
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= lower.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (lower.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
