package trimtab.lab.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import trimtab.core.rulebook.Rulebook;

/// The rulebooks that are compared.
public final class RulebookList {
  private RulebookList() {}

  /// Those of [RulebookFile#COMPARED], or instead those that are named.
  ///
  /// @param files each a file, or the name of a built-in rulebook or a venue's
  /// @throws InputException if one cannot be read, or two have the same name
  public static List<Rulebook> of(List<Path> files) {
    if (files.isEmpty()) {
      return RulebookFile.COMPARED.stream().map(RulebookSource::named).toList();
    }
    List<Rulebook> rulebooks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path file : files) {
      Rulebook rulebook = RulebookSource.namedOrRead(file);
      if (!names.add(rulebook.name())) {
        throw new InputException(
            "%s: another rulebook is named '%s', too; give it a 'name'"
                .formatted(file, rulebook.name()));
      }
      rulebooks.add(rulebook);
    }
    return rulebooks;
  }
}
