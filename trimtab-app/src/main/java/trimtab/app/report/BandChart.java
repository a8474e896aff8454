package trimtab.app.report;

import java.util.List;

/// Health over time: how many accounts lie in each band of the health factor, a small picture per
/// rulebook on shared scales, blue above the breach and red below it.
public final class BandChart {
  private static final int WIDTH = 960;
  private static final int LEFT = 4;
  private static final int RIGHT = 806;
  private static final int ROW = 17;
  private static final int HEAD = 24;
  private static final int FOOT = 34;
  private static final int SHADES = 5;

  private BandChart() {}

  /// One rulebook.
  ///
  /// @param counts by time, then by band, best first; the last band is breached
  public record Panel(String name, List<List<Integer>> counts) {}

  /// @param millis instants of the counts
  /// @param bands their names, best first
  /// @param sentence what the drawing says
  public static String html(
      List<Panel> panels, long[] millis, List<String> bands, String sentence) {
    int breached = bands.size() - 1;
    int mostSafe = 1;
    int mostBreached = 1;
    for (Panel panel : panels) {
      for (List<Integer> counts : panel.counts()) {
        for (int band = 0; band < breached; band++) {
          mostSafe = Math.max(mostSafe, counts.get(band));
        }
        mostBreached = Math.max(mostBreached, counts.get(breached));
      }
    }
    int height = HEAD + bands.size() * ROW + FOOT;
    StringBuilder html = new StringBuilder("<figure>");
    for (Panel panel : panels) {
      StringBuilder svg =
          new StringBuilder(
              Html.drawing(
                  WIDTH, height, panel.name() + ": " + sentence, description(panel, bands)));
      svg.append(TimeChart.text("strong", LEFT, 15, panel.name()));
      svg.append(TimeChart.text("axis end", RIGHT + 148, 15, "most at once"));
      draw(svg, panel, bands, mostSafe, mostBreached);
      int bottom = HEAD + bands.size() * ROW;
      svg.append(
          TimeChart.axis(
              millis[0],
              Math.max(millis[0] + 1, millis[millis.length - 1]),
              LEFT,
              RIGHT,
              bottom + 3,
              bottom));
      double line = HEAD + breached * ROW;
      svg.append(TimeChart.path("breach", "M%d %sH%d".formatted(LEFT, Html.number(line), RIGHT)));
      html.append(Html.scrolling(panel.name() + ", health over time", svg + "</svg>"));
    }
    return html.append("</figure>\n").toString();
  }

  private static String description(Panel panel, List<String> bands) {
    StringBuilder said = new StringBuilder("Most accounts at once: ");
    for (int band = 0; band < bands.size(); band++) {
      int index = band;
      int peak = panel.counts().stream().mapToInt(counts -> counts.get(index)).max().orElse(0);
      said.append("%s %,d; ".formatted(bands.get(band), peak));
    }
    return said.toString().strip();
  }

  private static void draw(
      StringBuilder svg, Panel panel, List<String> bands, int mostSafe, int mostBreached) {
    int columns = panel.counts().size();
    double width = (double) (RIGHT - LEFT) / columns;
    for (int band = 0; band < bands.size(); band++) {
      boolean last = band == bands.size() - 1;
      int most = last ? mostBreached : mostSafe;
      int peak = 0;
      int y = HEAD + band * ROW;
      for (int column = 0; column < columns; column++) {
        int count = panel.counts().get(column).get(band);
        peak = Math.max(peak, count);
        int shade =
            count == 0
                ? 0
                : Math.clamp((int) Math.ceil(SHADES * Math.sqrt((double) count / most)), 1, SHADES);
        svg.append(
            "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>"
                .formatted(
                    last && shade > 0 ? "b" + shade : "h" + shade,
                    Html.number(LEFT + column * width),
                    y,
                    Html.number(Math.max(0.5, width - 0.8)),
                    ROW - 1));
      }
      svg.append('\n');
      svg.append(TimeChart.text(last ? "t-breach" : "axis", RIGHT + 10, y + 12, bands.get(band)));
      svg.append(TimeChart.text("axis end", RIGHT + 148, y + 12, "%,d".formatted(peak)));
    }
  }
}
