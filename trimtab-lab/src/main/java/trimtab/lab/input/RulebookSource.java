package trimtab.lab.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import trimtab.core.rulebook.Rulebook;
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.VenueRulebooks;

/// Rulebooks by name or from a file: our own, see [RulebookFile], and those of venues, whose file
/// is `base: NAME` and a table `parameters` with what differs from the documented constants.
public final class RulebookSource {
  private RulebookSource() {}

  /// All names, our own first.
  public static List<String> names() {
    Stream<String> venues = VenueRulebooks.all().stream().map(VenueRulebook::name);
    return Stream.concat(RulebookFile.BUILT_IN.stream(), venues).toList();
  }

  /// @throws InputException if there is none of this name
  public static Rulebook named(String name) {
    Optional<VenueRulebook> venue = VenueRulebooks.find(name);
    if (venue.isPresent()) {
      return venue.get();
    }
    if (!RulebookFile.BUILT_IN.contains(name)) {
      throw new InputException(
          "no built-in rulebook '%s'%s".formatted(name, NearestWord.hint(name, names())));
    }
    return RulebookFile.builtIn(name);
  }

  /// A name, else a file.
  ///
  /// @throws InputException if it is neither, or the file has problems
  public static Rulebook namedOrRead(Path nameOrFile) {
    String name = nameOrFile.toString();
    if (names().contains(name)) {
      return named(name);
    }
    if (!name.contains(".") && !Files.exists(nameOrFile)) {
      throw new InputException(
          "no built-in rulebook and no file '%s'%s"
              .formatted(name, NearestWord.hint(name, names())));
    }
    return read(nameOrFile);
  }

  /// Reads a rulebook file. Its name is its key `name`, else the file's name without its ending.
  ///
  /// @throws InputException with everything that is wrong in it
  public static Rulebook read(Path file) {
    Problems problems = new Problems();
    String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    Optional<Rulebook> rulebook = read(Document.read(file), stem, problems);
    problems.throwIfAny();
    return rulebook.orElseThrow();
  }

  /// Reads a rulebook that stands inside another document.
  ///
  /// @param otherwise its name where it has none; empty: that of its base
  /// @return nothing with a problem
  static Optional<Rulebook> read(Node node, String otherwise, Problems problems) {
    Optional<VenueRulebook> venue = base(node).flatMap(VenueRulebooks::find);
    return venue.isPresent()
        ? venue(node, venue.get(), problems)
        : RulebookFile.read(node, otherwise, problems).map(Rulebook.class::cast);
  }

  private static Optional<String> base(Node node) {
    return node instanceof Node.Table(var _, Map<String, Node> entries)
            && entries.get("base") instanceof Node.Scalar(var _, String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /// A venue keeps its name whatever its constants are: what differs is shown with them.
  private static Optional<Rulebook> venue(Node node, VenueRulebook venue, Problems problems) {
    int before = problems.count();
    Fields fields = Fields.of(node, problems, "base", "parameters");
    Map<String, String> values = new LinkedHashMap<>();
    if (fields.has("parameters")) {
      fields
          .node("parameters")
          .ifPresent(table ->
              Fields.anyKeys(table, problems)
                  .entries()
                  .forEach((name, value) -> put(values, name, value, problems)));
    }
    if (problems.count() > before) {
      return Optional.empty();
    }
    return problems.attempt(fields.place("parameters"), () -> venue.with(values));
  }

  private static void put(Map<String, String> values, String name, Node value, Problems problems) {
    if (value instanceof Node.Scalar(var _, String text)) {
      values.put(name, text);
    } else {
      problems.add(value.place(), "a number or a word is expected");
    }
  }
}
