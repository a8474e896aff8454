package trimtab.lab.conformance;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import trimtab.rulebooks.number.Fraction;

/// What a rulebook's functions returned, to be held against what a case expects.
sealed interface Value {
  /// A number, exactly.
  record Amount(Fraction number) implements Value {
    @Override
    public String toString() {
      return number.toString();
    }
  }

  /// True or false.
  record Flag(boolean is) implements Value {
    @Override
    public String toString() {
      return Boolean.toString(is);
    }
  }

  /// A word.
  record Text(String text) implements Value {
    @Override
    public String toString() {
      return text;
    }
  }

  /// Several, in order.
  record Items(List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return items.stream().map(Value::toString).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /// Several, by name.
  record Table(Map<String, Value> entries) implements Value {
    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /// Nothing yet.
    static Table empty() {
      return new Table(Map.of());
    }

    Table with(String name, Value value) {
      Map<String, Value> more = new LinkedHashMap<>(entries);
      more.put(name, value);
      return new Table(more);
    }

    Table with(String name, Fraction number) {
      return with(name, new Amount(number));
    }

    Table with(String name, BigInteger number) {
      return with(name, Fraction.of(number));
    }

    Table with(String name, boolean flag) {
      return with(name, new Flag(flag));
    }

    Table with(String name, String text) {
      return with(name, new Text(text));
    }

    @Override
    public String toString() {
      return entries.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + entry.getValue())
          .collect(Collectors.joining(", ", "{", "}"));
    }
  }

  /// The case expects null: that nothing comes back.
  record Nothing() implements Value {
    @Override
    public String toString() {
      return "null";
    }
  }
}
