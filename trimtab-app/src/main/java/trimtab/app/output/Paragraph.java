package trimtab.app.output;

import java.util.ArrayList;
import java.util.List;

/// Breaks a text between words, at a width that is pleasant to read.
public final class Paragraph {
  private static final int WIDTH_MIN = 40;
  private static final int WIDTH_MAX = 100;

  private final int width;

  /// @param columns of the terminal
  public Paragraph(int columns) {
    this.width = Math.clamp(columns, WIDTH_MIN, WIDTH_MAX);
  }

  public List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
