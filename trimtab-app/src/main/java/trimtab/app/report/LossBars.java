package trimtab.app.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Who bears which loss: one stacked bar per rulebook, on one scale.
public final class LossBars {
  private static final int WIDTH = 960;
  private static final int NAMES = 130;
  private static final int BARS = 660;
  private static final int ROW = 30;

  private final List<Row> rows = new ArrayList<>();

  /// @param kind class of its colour
  /// @param name in words
  public record Part(String kind, String name, BigDecimal amount) {}

  private record Row(String name, List<Part> parts) {
    BigDecimal sum() {
      return parts.stream().map(Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  /// @param parts the same kinds in the same order in every row
  public LossBars row(String name, List<Part> parts) {
    rows.add(new Row(name, List.copyOf(parts)));
    return this;
  }

  /// @param sentence what the drawing says
  public String html(String sentence, Function<BigDecimal, String> text) {
    BigDecimal longest = rows.stream().map(Row::sum).reduce(BigDecimal.ZERO, BigDecimal::max);
    int height = rows.size() * ROW + 6;
    StringBuilder svg = new StringBuilder(Html.drawing(WIDTH, height, sentence, description(text)));
    for (int row = 0; row < rows.size(); row++) {
      draw(svg, rows.get(row), row * ROW + 6, longest, text);
    }
    return "<figure>" + keys() + Html.scrolling(sentence, svg + "</svg>") + "</figure>\n";
  }

  private String description(Function<BigDecimal, String> text) {
    StringBuilder said = new StringBuilder();
    for (Row row : rows) {
      said.append(row.name()).append(' ').append(text.apply(row.sum())).append(": ");
      for (Part part : row.parts()) {
        said.append(part.name()).append(' ').append(text.apply(part.amount())).append("; ");
      }
    }
    return said.toString().strip();
  }

  private static void draw(
      StringBuilder svg, Row row, int top, BigDecimal longest, Function<BigDecimal, String> text) {
    svg.append("<text class=\"strong\" x=\"0\" y=\"%d\">".formatted(top + 14));
    svg.append(Html.escaped(row.name())).append("</text>\n");
    double from = NAMES;
    for (Part part : row.parts()) {
      double width =
          longest.signum() == 0 ? 0 : BARS * part.amount().doubleValue() / longest.doubleValue();
      if (width > 0) {
        svg.append(
            "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"20\"><title>%s</title></rect>\n"
                .formatted(
                    part.kind(),
                    Html.number(from),
                    top,
                    Html.number(Math.max(width, 0.5)),
                    Html.escaped(part.name() + " " + text.apply(part.amount()))));
      }
      from += width;
    }
    svg.append(
        "<text x=\"%s\" y=\"%d\">%s</text>\n"
            .formatted(Html.number(from + 8), top + 14, Html.escaped(text.apply(row.sum()))));
  }

  /// The parts that any row has.
  private String keys() {
    StringBuilder keys = new StringBuilder("<ul class=\"keys\">");
    for (int part = 0; part < rows.getFirst().parts().size(); part++) {
      int index = part;
      Part first = rows.getFirst().parts().get(part);
      if (rows.stream().anyMatch(row -> row.parts().get(index).amount().signum() > 0)) {
        keys.append(
            "<li><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect class=\"%s\" width=\"12\""
                    .formatted(first.kind())
                + " height=\"12\" rx=\"2\"/></svg>%s</li>".formatted(Html.escaped(first.name())));
      }
    }
    return keys.append("</ul>\n").toString();
  }
}
