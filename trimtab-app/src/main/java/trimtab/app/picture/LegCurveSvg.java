package trimtab.app.picture;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trimtab.app.output.Numbers;
import trimtab.app.picture.LegPicture.Line;
import trimtab.app.picture.LegPicture.Mark;
import trimtab.app.picture.LegPicture.Range;

/// The curve of a leg as SVG: straight pieces drawn straight, jumps as steps, the line of the
/// target, the chosen size beside the next smaller one, and a bar under the sizes that restore.
///
/// Colours are the custom properties of the interface (`--surface`, `--ink`, `--restored`, ...). A
/// file of its own brings their values for light and dark; inside a page the page's own apply, and
/// [#RULES] belongs into its style sheet. No label covers another: those of points stand in a band
/// above the curve, in the order of their points.
public final class LegCurveSvg {
  /// Style rules of the drawing, without the values of the custom properties.
  public static final String RULES =
      """
      .leg-curve { font: 13px Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
        font-variant-numeric: tabular-nums lining-nums; }
      .leg-curve text { fill: var(--ink2); }
      .leg-curve .head { fill: var(--ink); font-weight: 600; }
      .leg-curve .ink { fill: var(--ink); }
      .leg-curve .quiet { fill: var(--ink3); font-size: 11px; }
      .leg-curve .end { text-anchor: end; }
      .leg-curve .middle { text-anchor: middle; }
      .leg-curve path { fill: none; }
      .leg-curve .grid { stroke: var(--line); }
      .leg-curve .axis { stroke: var(--control); }
      .leg-curve .lead { stroke: var(--control); stroke-dasharray: 2 3; }
      .leg-curve .line { stroke: var(--ink); stroke-width: 1.8; stroke-linejoin: round; }
      .leg-curve .target { stroke: var(--restored); stroke-width: 1.5; }
      .leg-curve .bar { stroke: var(--restored); stroke-width: 6; }
      .leg-curve .good { fill: var(--restored-text); }
      .leg-curve .dot { fill: var(--ink); stroke: var(--surface); stroke-width: 1.5; }
      .leg-curve .hollow { fill: var(--surface); stroke: var(--ink); stroke-width: 1.8; }
      .leg-curve .card { fill: var(--surface); stroke: var(--line); }
      """;

  private static final String VALUES =
      """
      .leg-curve { --surface: #ffffff; --line: #dfe3e8; --control: #7d8896; --ink: #11161d;
        --ink2: #47515f; --ink3: #626d7c; --restored: #0a8566; --restored-text: #00705a; }
      @media (prefers-color-scheme: dark) {
        .leg-curve { --surface: #13171d; --line: #262c35; --control: #6c7887; --ink: #e9edf2;
          --ink2: #aeb8c5; --ink3: #8b97a7; --restored: #35c29a; --restored-text: #45cfa7; }
      }
      """;

  private static final int WIDTH = 820;
  private static final int HEIGHT = 400;
  private static final int LEFT = 76;
  private static final int RIGHT = 708;
  private static final int TOP = 118;
  private static final int BOTTOM = 316;
  private static final int BAND_TOP = 46;
  private static final int BAND_HEIGHT = 46;
  private static final int GAP = 8;
  private static final int TICKS_WANTED = 5;

  /// Width of a character that is never exceeded on average, for texts whose font is not known.
  private static final double CHARACTER = 7.4;

  private final LegPicture picture;
  private final Numbers numbers;
  private final double low;
  private final double high;
  private final StringBuilder svg = new StringBuilder();

  private LegCurveSvg(LegPicture picture, Numbers numbers) {
    this.picture = picture;
    this.numbers = numbers;
    double span = picture.highest() - picture.lowest();
    double margin = span > 0 ? span * 0.06 : 1;
    this.low = picture.lowest() - margin;
    this.high = picture.highest() + margin;
  }

  /// A file of its own.
  public static String file(LegPicture picture, Numbers numbers) {
    return new LegCurveSvg(picture, numbers).draw("<style>\n" + VALUES + RULES + "</style>\n");
  }

  /// The same for the inside of an HTML page that has [#RULES] and the custom properties.
  public static String embedded(LegPicture picture, Numbers numbers) {
    return new LegCurveSvg(picture, numbers).draw("");
  }

  /// What the drawing says, in one sentence: for who cannot see it.
  public static String sentence(LegPicture picture) {
    Mark chosen = picture.chosen();
    String sentence =
        "Closing %s of %s %s leaves the account %s %s from the target of %s: it %s."
            .formatted(
                chosen.quantity(),
                picture.sizeText(),
                picture.leg(),
                chosen.excess(),
                picture.currency(),
                picture.target(),
                picture.verb(chosen));
    return picture.smaller().isEmpty()
        ? sentence
        : sentence
            + " The next smaller size, %s, comes to %s %s: it %s."
                .formatted(
                    picture.smaller().get().quantity(),
                    picture.smaller().get().excess(),
                    picture.currency(),
                    picture.verb(picture.smaller().get()));
  }

  /// The points of the drawing.
  private String description() {
    StringBuilder said = new StringBuilder("Nothing closed: health " + picture.now().health());
    picture.smaller().ifPresent(mark -> said.append(point(mark)));
    said.append(point(picture.chosen()));
    picture.whole().ifPresent(mark -> said.append(point(mark)));
    return said.append(". The curve bends at %d sizes.".formatted(picture.breaks().size()))
        .toString();
  }

  private String point(Mark mark) {
    return "; %s closed: health %s, %s %s"
        .formatted(mark.quantity(), mark.health(), mark.excess(), picture.currency());
  }

  private String draw(String style) {
    svg.append("<svg class=\"leg-curve\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append("%d %d\" role=\"img\">\n".formatted(WIDTH, HEIGHT))
        .append("<title>")
        .append(escaped(sentence(picture)))
        .append("</title>\n<desc>")
        .append(escaped(description()))
        .append("</desc>\n")
        .append(style)
        .append(
            "<rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n"
                .formatted(WIDTH - 1, HEIGHT - 1));
    text(
        "head",
        LEFT,
        26,
        "g(q): %s above the target of %s once q of %s is closed"
            .formatted(picture.currency(), picture.target(), picture.leg()));
    axes();
    targetLine();
    path("line", curve());
    band();
    restoringBar();
    return svg.append("</svg>\n").toString();
  }

  private double x(double quantity) {
    return LEFT + (RIGHT - LEFT) * quantity / picture.size();
  }

  private double y(double excess) {
    return TOP + (BOTTOM - TOP) * (high - excess) / (high - low);
  }

  private void axes() {
    double step = niceStep(high - low);
    for (double tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
      double value = Math.abs(tick) < step / 2 ? 0 : tick;
      path("grid", "M%s %sH%d".formatted(number(LEFT), number(y(value)), RIGHT));
      text("quiet end", LEFT - GAP, y(value) + 4, figure(value));
    }
    path("axis", "M%d %dV%dH%d".formatted(LEFT, TOP, BOTTOM, RIGHT));
    double right = RIGHT - picture.sizeText().length() * CHARACTER / 2 - GAP;
    double wide = niceStep(picture.size());
    for (double tick = 0; x(tick) < RIGHT - GAP; tick += wide) {
      String label = figure(tick);
      boolean fits = x(tick) + label.length() * CHARACTER / 2 < right;
      path("axis", "M%s %dv5".formatted(number(x(tick)), BOTTOM));
      if (fits) {
        text("quiet middle", x(tick), BOTTOM + 20, label);
      }
    }
    path("axis", "M%d %dv5".formatted(RIGHT, BOTTOM));
    text("quiet middle", RIGHT, BOTTOM + 20, picture.sizeText());
    for (double end : picture.breaks()) {
      path("axis", "M%s %dv-6".formatted(number(x(end)), BOTTOM));
    }
  }

  private void targetLine() {
    path("target", "M%d %sH%d".formatted(LEFT, number(y(0)), RIGHT));
    text("good", RIGHT + GAP, y(0) + 4, "target " + picture.target());
  }

  private String curve() {
    StringBuilder path = new StringBuilder("M" + point(0, picture.now().y()));
    for (Line line : picture.lines()) {
      path.append('L').append(point(line.fromX(), line.fromY()));
      path.append('L').append(point(line.toX(), line.toY()));
    }
    picture.whole().ifPresent(mark -> path.append('L').append(point(mark.x(), mark.y())));
    return path.toString();
  }

  private String point(double quantity, double excess) {
    return number(x(quantity)) + " " + number(y(excess));
  }

  /// The label of a point.
  private record Label(Mark mark, List<String> lines) {
    double width() {
      int longest = lines.stream().mapToInt(String::length).max().orElse(0);
      return longest * CHARACTER + 20;
    }
  }

  private void band() {
    List<Label> labels = new ArrayList<>();
    if (picture.chosen().x() > 0) {
      labels.add(new Label(picture.now(), List.of("now", health(picture.now()))));
    }
    labels.add(chosen());
    picture
        .whole()
        .filter(mark -> mark.x() > picture.chosen().x())
        .ifPresent(mark ->
            labels.add(
                new Label(mark, List.of("all of it", mark.excess() + " " + picture.currency()))));
    double[] starts = starts(labels);
    for (int i = 0; i < labels.size(); i++) {
      draw(labels.get(i), starts[i]);
    }
  }

  private Label chosen() {
    List<String> lines = new ArrayList<>();
    lines.add(line(picture.chosen()));
    picture.smaller().ifPresent(mark -> lines.add(line(mark)));
    return new Label(picture.chosen(), lines);
  }

  private String line(Mark mark) {
    return "%s: %s, %s".formatted(mark.quantity(), health(mark), picture.word(mark));
  }

  /// With its noun where it is a number.
  private static String health(Mark mark) {
    return Character.isDigit(mark.health().charAt(0)) ? "health " + mark.health() : mark.health();
  }

  /// Left edges: each label centred on its point as far as its neighbours leave room.
  private double[] starts(List<Label> labels) {
    double[] starts = new double[labels.size()];
    double from = LEFT;
    for (int i = 0; i < starts.length; i++) {
      Label label = labels.get(i);
      starts[i] = Math.max(from, x(label.mark().x()) - label.width() / 2);
      from = starts[i] + label.width() + GAP;
    }
    double to = WIDTH - GAP;
    for (int i = starts.length - 1; i >= 0; i--) {
      starts[i] = Math.min(starts[i], to - labels.get(i).width());
      to = starts[i] - GAP;
    }
    return starts;
  }

  private void draw(Label label, double start) {
    Mark mark = label.mark();
    double foot = BAND_TOP + BAND_HEIGHT;
    double anchor = Math.clamp(x(mark.x()), start, start + label.width());
    path("lead", "M%s %sL%s".formatted(number(anchor), number(foot), point(mark.x(), mark.y())));
    svg.append(
        "<rect class=\"card\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"4\"/>\n"
            .formatted(number(start), BAND_TOP, number(label.width()), BAND_HEIGHT));
    for (int i = 0; i < label.lines().size(); i++) {
      text(i == 0 ? "ink" : "", start + 10, BAND_TOP + 19 + 18 * i, label.lines().get(i));
    }
    boolean isChosen = mark.equals(picture.chosen());
    svg.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
            .formatted(
                isChosen ? "dot" : "hollow",
                number(x(mark.x())),
                number(y(mark.y())),
                isChosen ? "5" : "3.5"));
  }

  private void restoringBar() {
    List<Range> ranges = picture.restoring();
    double middle = BOTTOM + 44;
    if (ranges.isEmpty()) {
      text("", LEFT, middle + 20, "no size of this leg restores the target");
      return;
    }
    for (Range range : ranges) {
      double to = Math.max(x(range.to()), x(range.from()) + 2);
      path("bar", "M%s %sH%s".formatted(number(x(range.from())), number(middle), number(to)));
    }
    String words = "these sizes restore";
    double from = Math.min(x(ranges.getFirst().from()), WIDTH - GAP - words.length() * CHARACTER);
    text("good", from, middle + 20, words);
  }

  private void path(String kind, String data) {
    svg.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(kind, data));
  }

  private void text(String kind, double x, double y, String words) {
    svg.append(
        "<text%s x=\"%s\" y=\"%s\">%s</text>\n"
            .formatted(
                kind.isEmpty() ? "" : " class=\"" + kind + "\"",
                number(x),
                number(y),
                escaped(words)));
  }

  /// A tick's value in three digits, without zeros at its end.
  private String figure(double value) {
    String text = numbers.figure(BigDecimal.valueOf(value));
    return text.replaceFirst("(\\.[0-9]*?)0+([kMB]?)$", "$1$2").replaceFirst("\\.([kMB]?)$", "$1");
  }

  /// One, two or five times a power of ten: about `TICKS_WANTED` of them in a span.
  static double niceStep(double span) {
    double raw = span / TICKS_WANTED;
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(raw)));
    double share = raw / power;
    return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
