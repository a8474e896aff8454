package trimtab.lab.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import trimtab.lab.input.Document;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Node;

/// Reads a file of cases, in either of the two formats of `docs/golden-format.md`: a table with a
/// list `cases`, each with `venue` and `kind`, or with `protocol` and `function`.
final class GoldenFile {
  /// Cases that are read from one file.
  static final int CASES_MAX = 100_000;

  private GoldenFile() {}

  /// @throws InputException if it is no such file
  static List<GoldenCase> read(Path file) {
    Node root = Document.readJson(file);
    Inputs top = Inputs.of(root);
    List<Node> nodes = top.items("cases");
    if (nodes.size() > CASES_MAX) {
      throw new InputException(root.place(), "more than " + CASES_MAX + " cases; split the file");
    }
    List<GoldenCase> cases = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Node node : nodes) {
      GoldenCase each = read(node);
      if (!ids.add(each.id())) {
        throw new InputException(node.place(), "a second case has the id '" + each.id() + "'");
      }
      cases.add(each);
    }
    return cases;
  }

  private static GoldenCase read(Node node) {
    Inputs fields = Inputs.of(node);
    boolean lending = fields.has("protocol");
    return new GoldenCase(
        fields.text("id"),
        fields.text(lending ? "protocol" : "venue"),
        fields.text(lending ? "function" : "kind"),
        fields.node("inputs"),
        fields.node("expected"),
        fields.has("tolerance") ? fields.node("tolerance") : new Node.Empty(node.place()),
        fields.text("evidence", ""),
        fields.has("source") ? source(fields.node("source")) : "");
  }

  private static String source(Node node) {
    return node instanceof Node.Table(var _, Map<String, Node> entries)
        ? entries.values().stream().map(Comparison::text).collect(Collectors.joining(" "))
        : Comparison.text(node);
  }
}
