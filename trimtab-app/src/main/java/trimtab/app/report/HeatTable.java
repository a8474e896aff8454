package trimtab.app.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A heat map as a table: each cell is its number on a shade of it. Stronger is more; zero has
/// none.
public final class HeatTable {
  private static final int SHADES = 5;

  private final String name;
  private final String corner;
  private final List<String> columns;
  private final List<String> rowNames = new ArrayList<>();
  private final List<List<BigDecimal>> rows = new ArrayList<>();

  /// @param name for who cannot see it
  /// @param corner what the rows are
  public HeatTable(String name, String corner, List<String> columns) {
    this.name = name;
    this.corner = corner;
    this.columns = List.copyOf(columns);
  }

  public HeatTable row(String rowName, List<BigDecimal> values) {
    rowNames.add(rowName);
    rows.add(List.copyOf(values));
    return this;
  }

  /// The largest value.
  public BigDecimal largest() {
    return rows.stream().flatMap(List::stream).reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  /// The shade of a value, 0 to 5, on a square-root scale: small values stay visible.
  static int shade(BigDecimal value, BigDecimal largest) {
    if (value.signum() <= 0 || largest.signum() == 0) {
      return 0;
    }
    double share = Math.sqrt(value.doubleValue() / largest.doubleValue());
    return Math.clamp((int) Math.ceil(share * SHADES), 1, SHADES);
  }

  /// @param largest value of the strongest shade: shared by maps that are compared
  public String html(BigDecimal largest, Function<BigDecimal, String> text) {
    StringBuilder html = new StringBuilder("<table class=\"heat\">\n<thead><tr>");
    html.append("<th scope=\"col\">").append(Html.escaped(corner)).append("</th>");
    columns.forEach(
        head -> html.append("<th scope=\"col\">").append(Html.escaped(head)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (int row = 0; row < rows.size(); row++) {
      html.append("<tr><th scope=\"row\">").append(Html.escaped(rowNames.get(row))).append("</th>");
      for (BigDecimal value : rows.get(row)) {
        html.append("<td class=\"d%d\">".formatted(shade(value, largest)));
        html.append(Html.escaped(text.apply(value))).append("</td>");
      }
      html.append("</tr>\n");
    }
    return Html.scrolling(name, html.append("</tbody></table>").toString());
  }
}
