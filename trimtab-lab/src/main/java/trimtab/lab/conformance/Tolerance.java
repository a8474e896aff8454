package trimtab.lab.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Node;
import trimtab.lab.input.Place;
import trimtab.rulebooks.number.Fraction;

/// How far a number may lie from what a case expects; `docs/golden-format.md` lists the forms.
sealed interface Tolerance {
  /// What a case without a tolerance has.
  static Tolerance exact() {
    return new Within(Fraction.ZERO);
  }

  /// No further away than this.
  record Within(Fraction distance) implements Tolerance {}

  /// Equal after the decimals beyond so many were cut off.
  record Truncated(int decimals) implements Tolerance {}

  /// Equal after the decimals beyond those that the case prints were cut off.
  record TruncatedAsPrinted() implements Tolerance {}

  /// By field; others are exact.
  record ByField(Map<String, Tolerance> fields) implements Tolerance {}

  Pattern TRUNCATED = Pattern.compile("truncated? ?(?::|to )([0-9]{1,2})(?: digits)?");

  /// `1 (bankruptcy) / 5 (liquidation)`: fields by a word in their names.
  Pattern BY_WORD = Pattern.compile("([0-9.e-]+) \\(([a-z]+)\\)");

  /// @throws InputException if it is none of the forms
  static Tolerance read(Node node) {
    return switch (node) {
      case Node.Empty _ -> exact();
      case Node.Scalar(Place place, String text) -> read(place, text);
      case Node.Table(Place _, Map<String, Node> entries) -> {
        Map<String, Tolerance> fields = new LinkedHashMap<>();
        entries.forEach((name, each) -> fields.put(name, read(each)));
        yield new ByField(fields);
      }
      case Node.Sequence(Place place, var _) ->
          throw new InputException(place, "a tolerance is no list");
    };
  }

  private static Tolerance read(Place place, String text) {
    if (text.equals("exact")) {
      return exact();
    }
    if (text.equals("truncated")) {
      return new TruncatedAsPrinted();
    }
    Matcher truncated = TRUNCATED.matcher(text);
    if (truncated.matches()) {
      return new Truncated(Integer.parseInt(truncated.group(1)));
    }
    Matcher words = BY_WORD.matcher(text);
    Map<String, Tolerance> fields = new LinkedHashMap<>();
    while (words.find()) {
      fields.put(words.group(2), new Within(Fraction.parse(words.group(1))));
    }
    if (!fields.isEmpty()) {
      return new ByField(fields);
    }
    try {
      return new Within(Fraction.parse(text).abs());
    } catch (NumberFormatException _) {
      throw new InputException(
          place,
          "'" + text + "' is no tolerance: exact, a decimal, truncate:N or a table of these");
    }
  }

  /// The tolerance of one field: by its whole name, else by a word in it.
  default Tolerance of(String field) {
    if (!(this instanceof ByField(Map<String, Tolerance> fields))) {
      return this;
    }
    if (fields.containsKey(field)) {
      return fields.get(field);
    }
    return fields.entrySet().stream()
        .filter(entry -> field.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(exact());
  }

  /// Whether a number is as expected.
  ///
  /// @param expected as the case prints it
  default boolean accepts(String expected, Fraction actual) {
    Fraction number = Fraction.parse(expected);
    return switch (this) {
      case Within(Fraction distance) -> actual.minus(number).abs().compareTo(distance) <= 0;
      case Truncated(int decimals) -> actual.truncate(decimals).equals(number);
      case TruncatedAsPrinted() -> actual.truncate(decimals(expected)).equals(number);
      case ByField _ -> actual.equals(number);
    };
  }

  private static int decimals(String printed) {
    int point = printed.indexOf('.');
    return point < 0 ? 0 : printed.length() - point - 1;
  }
}
