package trimtab.lab.input;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A piece of a YAML or JSON document with the place where it stands. Scalars stay text: nothing is
/// read as a binary fraction.
public sealed interface Node {
  /// For an entry of a table: where its key stands.
  Place place();

  /// A table, in the order of the file.
  record Table(Place place, Map<String, Node> entries) implements Node {
    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  record Sequence(Place place, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  record Scalar(Place place, String text) implements Node {}

  /// A key without a value, or null.
  record Empty(Place place) implements Node {}
}
