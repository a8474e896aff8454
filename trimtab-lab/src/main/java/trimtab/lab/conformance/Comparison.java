package trimtab.lab.conformance;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import trimtab.lab.input.Node;
import trimtab.rulebooks.number.Fraction;

/// Holds what a case expects against what came back: every field that the case states.
final class Comparison {
  private Comparison() {}

  /// Whether every field that is expected came back as expected.
  static boolean agrees(Node expected, Value actual, Tolerance tolerance) {
    return switch (actual) {
      case Value.Table(Map<String, Value> values) ->
          expected instanceof Node.Table(var _, Map<String, Node> fields)
              && fields.entrySet().stream()
                  .allMatch(field ->
                      values.containsKey(field.getKey())
                          && agrees(
                              field.getValue(),
                              values.get(field.getKey()),
                              tolerance.of(field.getKey())));
      case Value.Items(List<Value> items) ->
          expected instanceof Node.Sequence(var _, List<Node> nodes)
              && nodes.size() == items.size()
              && agreeInOrder(nodes, items, tolerance);
      case Value.Amount(Fraction number) ->
          expected instanceof Node.Scalar(var _, String text) && near(text, number, tolerance);
      case Value.Flag(boolean is) ->
          expected instanceof Node.Scalar(var _, String text) && text.equals(Boolean.toString(is));
      case Value.Text(String word) ->
          expected instanceof Node.Scalar(var _, String text) && text.equals(word);
      case Value.Nothing() -> expected instanceof Node.Empty;
    };
  }

  private static boolean agreeInOrder(List<Node> nodes, List<Value> items, Tolerance tolerance) {
    for (int i = 0; i < nodes.size(); i++) {
      if (!agrees(nodes.get(i), items.get(i), tolerance)) {
        return false;
      }
    }
    return true;
  }

  private static boolean near(String expected, Fraction actual, Tolerance tolerance) {
    try {
      return tolerance.accepts(expected, actual);
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// What is expected, as one line of text.
  static String text(Node node) {
    return switch (node) {
      case Node.Table(var _, Map<String, Node> entries) ->
          entries.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Node.Sequence(var _, List<Node> items) ->
          items.stream().map(Comparison::text).collect(Collectors.joining(", ", "[", "]"));
      case Node.Scalar(var _, String text) -> text;
      case Node.Empty _ -> "null";
    };
  }
}
