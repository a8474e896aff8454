package trimtab.lab.conformance;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Node;
import trimtab.lab.input.Place;
import trimtab.rulebooks.number.Fraction;

/// The inputs of a case, read by name, every number from its text. A missing or malformed entry is
/// an [InputException] with its place.
final class Inputs {
  private final Place place;
  private final Map<String, Node> entries;

  private Inputs(Place place, Map<String, Node> entries) {
    this.place = place;
    this.entries = entries;
  }

  static Inputs of(Node node) {
    if (node instanceof Node.Table(Place place, Map<String, Node> entries)) {
      return new Inputs(place, entries);
    }
    throw new InputException(node.place(), "a table of keys is expected");
  }

  /// Whether an entry is there and not null.
  boolean has(String key) {
    return entries.containsKey(key) && !(entries.get(key) instanceof Node.Empty);
  }

  List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  /// A number: `12`, `-0.5`, `1e-6` or `3/4`.
  Fraction number(String key) {
    return number(required(key));
  }

  Fraction number(String key, Fraction otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  /// A whole number.
  BigInteger integer(String key) {
    return integer(required(key));
  }

  BigInteger integer(String key, BigInteger otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  /// A decimal.
  BigDecimal decimal(String key) {
    Node node = required(key);
    return read(node, BigDecimal::new, "is no decimal");
  }

  String text(String key) {
    return read(required(key), text -> text, "is no text");
  }

  String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  boolean flag(String key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InputException(required(key).place(), "is neither true nor false");
    };
  }

  boolean flag(String key, boolean otherwise) {
    return has(key) ? flag(key) : otherwise;
  }

  Inputs table(String key) {
    return of(required(key));
  }

  List<Inputs> tables(String key) {
    return items(key).stream().map(Inputs::of).toList();
  }

  List<Fraction> numbers(String key) {
    return items(key).stream().map(Inputs::number).toList();
  }

  List<BigInteger> integers(String key) {
    return items(key).stream().map(Inputs::integer).toList();
  }

  /// A table from names to numbers, in the order of the file.
  Map<String, Fraction> numbersByName(String key) {
    Map<String, Fraction> numbers = new LinkedHashMap<>();
    Inputs table = table(key);
    table.entries.forEach((name, node) -> numbers.put(name, number(node)));
    return numbers;
  }

  /// An entry as it stands.
  Node node(String key) {
    return required(key);
  }

  /// A list.
  List<Node> items(String key) {
    return items(required(key));
  }

  static List<Node> items(Node node) {
    if (node instanceof Node.Sequence(Place _, List<Node> items)) {
      return items;
    }
    throw new InputException(node.place(), "a list is expected");
  }

  static Fraction number(Node node) {
    return read(node, Fraction::parse, "is no number");
  }

  static BigInteger integer(Node node) {
    return read(node, text -> new BigDecimal(text).toBigIntegerExact(), "is no whole number");
  }

  private static <T> T read(Node node, Function<String, T> reader, String otherwise) {
    if (!(node instanceof Node.Scalar(Place place, String text))) {
      throw new InputException(node.place(), otherwise);
    }
    try {
      return reader.apply(text);
    } catch (ArithmeticException | NumberFormatException _) {
      throw new InputException(place, "'" + text + "' " + otherwise);
    }
  }

  private Node required(String key) {
    if (!entries.containsKey(key)) {
      throw new InputException(place, "the input '" + key + "' is missing");
    }
    return entries.get(key);
  }
}
