package trimtab.lab.input;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import trimtab.core.money.Decimals;
import trimtab.core.money.Ppm;

/// The entries of one table, read by name. What is wrong goes to [Problems] and a placeholder comes
/// back, so that reading goes on; nothing read may be used before `Problems.throwIfAny`.
public final class Fields {
  static final Map<String, Boolean> FLAGS = new TreeMap<>(Map.of("false", false, "true", true));

  private final Place place;
  private final Map<String, Node> entries;
  private final Problems problems;
  private final boolean isTable;

  private Fields(Place place, Map<String, Node> entries, Problems problems, boolean isTable) {
    this.place = place;
    this.entries = entries;
    this.problems = problems;
    this.isTable = isTable;
  }

  /// Reads a table whose keys are fixed; other keys are problems.
  ///
  /// @param known keys that the table may have
  public static Fields of(Node node, Problems problems, String... known) {
    Fields fields = anyKeys(node, problems);
    Set<String> words = new LinkedHashSet<>(List.of(known));
    fields.entries.forEach((key, value) -> {
      if (!words.contains(key)) {
        problems.add(value.place(), "unknown key" + NearestWord.hint(key, words));
      }
    });
    return fields;
  }

  /// Reads a table whose keys are names.
  public static Fields anyKeys(Node node, Problems problems) {
    return switch (node) {
      case Node.Table(Place place, Map<String, Node> entries) ->
          new Fields(place, entries, problems, true);
      case Node.Scalar(Place place, String text) ->
          noTable(place, problems, "'" + text + "' stands where a table of keys is expected");
      case Node.Sequence(Place place, _) ->
          noTable(place, problems, "a list stands where a table of keys is expected");
      case Node.Empty(Place place) ->
          noTable(place, problems, "is empty; write its keys, or leave it out");
    };
  }

  /// A table that is not there and of which nothing more is to be said.
  static Fields none(Place place) {
    return new Fields(place, Map.of(), new Problems(), false);
  }

  private static Fields noTable(Place place, Problems problems, String message) {
    problems.add(place, message);
    return new Fields(place, Map.of(), problems, false);
  }

  public Place place() {
    return place;
  }

  /// The entries as they stand.
  public Map<String, Node> entries() {
    return entries;
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /// Where an entry stands, or the table where it is missing.
  public Place place(String key) {
    Node node = entries.get(key);
    return node == null ? place : node.place();
  }

  public Optional<Node> node(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /// A required entry of any shape.
  public Optional<Node> requiredNode(String key) {
    requirePresent(key);
    return node(key);
  }

  /// A required text; empty with a problem.
  public String text(String key) {
    requirePresent(key);
    return optionalText(key).orElse("");
  }

  public Optional<String> optionalText(String key) {
    return node(key).flatMap(node -> scalar(node, problems));
  }

  /// The text of a scalar, or nothing with a problem.
  public static Optional<String> scalar(Node node, Problems problems) {
    return switch (node) {
      case Node.Scalar(_, String text) -> Optional.of(text);
      case Node.Empty(Place place) -> {
        problems.add(place, "is empty; write a value, or leave the key out");
        yield Optional.empty();
      }
      case Node.Table(Place place, _) -> {
        problems.add(place, "a table of keys stands where one value is expected");
        yield Optional.empty();
      }
      case Node.Sequence(Place place, _) -> {
        problems.add(place, "a list stands where one value is expected");
        yield Optional.empty();
      }
    };
  }

  /// The items of a required list.
  public List<Node> items(String key) {
    return requiredNode(key).map(node -> items(node, problems)).orElse(List.of());
  }

  /// The items of a list, or none with a problem.
  public static List<Node> items(Node node, Problems problems) {
    if (node instanceof Node.Sequence(_, List<Node> items)) {
      return items;
    }
    problems.add(node.place(), "a list is expected: write [..., ...]");
    return List.of();
  }

  /// A required decimal number in units of `10^-decimals`; 0 with a problem.
  public long decimal(String key, int decimals) {
    requirePresent(key);
    return decimal(key, decimals, 0);
  }

  /// A decimal number in units of `10^-decimals`.
  public long decimal(String key, int decimals, long otherwise) {
    Optional<Node> node = node(key);
    return node.isEmpty() ? otherwise : decimal(node.get(), decimals, problems);
  }

  /// A scalar as a decimal number in units of `10^-decimals`; 0 with a problem.
  public static long decimal(Node node, int decimals, Problems problems) {
    return scalar(node, problems)
        .flatMap(text -> problems.attempt(node.place(), () -> Decimals.parse(text, decimals)))
        .orElse(0L);
  }

  /// A required rate, weight or level in parts per million; 0 with a problem.
  public long ppm(String key) {
    return decimal(key, Ppm.DECIMALS);
  }

  public long ppm(String key, long otherwise) {
    return decimal(key, Ppm.DECIMALS, otherwise);
  }

  /// A decimal number that is not negative, in units of `10^-decimals`.
  public long notNegative(String key, int decimals, long otherwise) {
    long value = decimal(key, decimals, otherwise);
    if (value < 0) {
      problems.add(place(key), "must not be negative");
    }
    return value;
  }

  /// A required share from 0 to 1, in parts per million.
  public long share(String key) {
    requirePresent(key);
    return share(key, 0);
  }

  /// A share from 0 to 1, in parts per million.
  public long share(String key, long otherwise) {
    long ppm = ppm(key, otherwise);
    if (ppm < 0 || ppm > Ppm.ONE) {
      problems.add(place(key), "must be between 0 and 1");
    }
    return ppm;
  }

  /// A required whole number; 0 with a problem.
  public long whole(String key) {
    return decimal(key, 0);
  }

  /// A required whole number that is not negative and fits an int; 0 with a problem.
  public int count(String key) {
    long value = whole(key);
    if (value < 0 || value > Integer.MAX_VALUE) {
      problems.add(place(key), "must be 0 to " + Integer.MAX_VALUE);
      return 0;
    }
    return (int) value;
  }

  /// A required `true` or `false`; false with a problem.
  public boolean flag(String key) {
    requirePresent(key);
    return choice(key, FLAGS, false);
  }

  /// One of a set of words.
  ///
  /// @param words what may be written, and what it means
  public <T> T choice(String key, Map<String, T> words, T otherwise) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    T meant = words.get(text.get());
    if (meant == null) {
      problems.add(
          place(key),
          "unknown word '" + text.get() + "'" + NearestWord.hint(text.get(), words.keySet()));
      return otherwise;
    }
    return meant;
  }

  private void requirePresent(String key) {
    if (isTable && !has(key)) {
      problems.add(place, "'" + key + "' is missing");
    }
  }
}
