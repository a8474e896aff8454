package trimtab.app.rulebooks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimtab.app.output.Paragraph;
import trimtab.core.rulebook.Parameter;
import trimtab.lab.input.RulebookFile;
import trimtab.lab.input.RulebookSource;
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.VenueRulebooks;

/// A rulebook as the YAML file that states it.
public final class RulebookYaml {
  private static final int WIDTH = 96;

  private RulebookYaml() {}

  /// The file of a rulebook: our own as it stands in the program, a venue's written from its
  /// constants.
  ///
  /// @throws trimtab.lab.input.InputException if there is none of this name
  public static String of(String name) {
    Optional<VenueRulebook> venue = VenueRulebooks.find(name);
    if (venue.isPresent()) {
      return of(venue.get());
    }
    // Says which names there are where this is none of them.
    return RulebookFile.text(RulebookSource.named(name).name());
  }

  private static String of(VenueRulebook rulebook) {
    List<String> lines = new ArrayList<>();
    comment(lines, "", rulebook.summary());
    rulebook.rule().forEach(sentence -> comment(lines, "", sentence));
    rulebook.misfit().ifPresent(reason -> comment(lines, "", "Figures only: " + reason));
    rulebook.leftOut().ifPresent(part -> comment(lines, "", "Not played: " + part));
    comment(lines, "", "Source: " + rulebook.source());
    lines.add("base: " + rulebook.name());
    if (!rulebook.parameters().isEmpty()) {
      lines.add("parameters:");
    }
    for (Parameter parameter : rulebook.parameters()) {
      comment(lines, "  ", parameter.unit());
      lines.add("  %s: %s".formatted(parameter.name(), quoted(parameter.value())));
    }
    return String.join("\n", lines) + "\n";
  }

  private static void comment(List<String> lines, String indent, String text) {
    new Paragraph(WIDTH - indent.length() - 2)
        .lines(text)
        .forEach(line -> lines.add(indent + "# " + line));
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9._+-]+") ? value : "\"" + value + "\"";
  }
}
