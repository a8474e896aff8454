package trimtab.app.plan;

import java.util.List;
import trimtab.core.rulebook.Figure;

/// A venue's own numbers as lines: names, then values with their units, in two columns.
final class FigureLines {
  private static final int NAME_MAX = 40;

  private FigureLines() {}

  static List<String> of(List<Figure> figures) {
    int width =
        figures.stream()
            .mapToInt(figure -> figure.name().length())
            .filter(length -> length <= NAME_MAX)
            .max()
            .orElse(0);
    return figures.stream().map(figure -> line(figure, width)).toList();
  }

  private static String line(Figure figure, int width) {
    String name = figure.name() + " ".repeat(Math.max(0, width - figure.name().length()));
    return "%s  %s %s".formatted(name, figure.value(), figure.unit()).stripTrailing();
  }
}
