package trimtab.app.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// A price over time, and under it, on the same axis, what every rulebook had closed by then.
public final class TimeChart {
  private static final int WIDTH = 960;
  private static final int LEFT = 4;
  private static final int RIGHT = 806;
  private static final int PRICE_TOP = 26;
  private static final int PRICE_BOTTOM = 216;
  private static final int CLOSED_TOP = 262;
  private static final int CLOSED_BOTTOM = 422;
  private static final int HEIGHT = 450;
  private static final int BUCKETS = 480;
  private static final int TICKS = 5;
  private static final int LABEL_GAP = 16;
  private static final double HEADROOM = 0.06;

  private final StringBuilder svg = new StringBuilder();
  private final long fromMillis;
  private final long toMillis;

  /// One rulebook.
  ///
  /// @param kind `full`, `main` or `other`: how it is drawn
  /// @param label at its end
  /// @param closed so far, by bar
  @SuppressWarnings("ArrayRecordComponent")
  public record Series(String kind, String label, double[] closed) {}

  private TimeChart(long fromMillis, long toMillis) {
    this.fromMillis = fromMillis;
    this.toMillis = Math.max(toMillis, fromMillis + 1);
  }

  /// What is drawn.
  ///
  /// @param millis close of each bar
  /// @param price at each bar
  /// @param symbol market
  /// @param series by rulebook
  /// @param kept what to say of the area between `full` and `main`; empty: nothing
  /// @param sentence for who cannot see it
  @SuppressWarnings("ArrayRecordComponent")
  public record Data(
      long[] millis,
      double[] price,
      String symbol,
      List<Series> series,
      String kept,
      String sentence) {
    public Data {
      series = List.copyOf(series);
    }
  }

  /// @param figure how amounts are written
  /// @param priceText how prices are written
  public static String html(
      Data data, DoubleFunction<String> figure, DoubleFunction<String> priceText) {
    long[] millis = data.millis();
    TimeChart chart = new TimeChart(millis[0], millis[millis.length - 1]);
    chart.svg.append(
        Html.drawing(WIDTH, HEIGHT, data.sentence(), description(data, figure, priceText)));
    chart.timeAxis();
    chart.price(data, priceText);
    chart.closed(data, figure);
    return "<figure>" + Html.scrolling(data.sentence(), chart.svg + "</svg>") + "</figure>\n";
  }

  /// Where price and sums begin and end.
  private static String description(
      Data data, DoubleFunction<String> figure, DoubleFunction<String> priceText) {
    double[] price = data.price();
    StringBuilder said =
        new StringBuilder(
            "%s goes from %s to %s, at its lowest %s. Closed at the end: "
                .formatted(
                    data.symbol(),
                    priceText.apply(price[0]),
                    priceText.apply(price[price.length - 1]),
                    priceText.apply(Arrays.stream(price).min().orElse(0))));
    for (Series each : data.series()) {
      double[] closed = each.closed();
      said.append("%s %s; ".formatted(each.label(), figure.apply(closed[closed.length - 1])));
    }
    return said.toString().strip();
  }

  private double x(long millis) {
    return LEFT + (RIGHT - LEFT) * (double) (millis - fromMillis) / (toMillis - fromMillis);
  }

  private static double y(double value, double low, double high, int top, int bottom) {
    return bottom - (bottom - top) * (value - low) / (high - low);
  }

  private void timeAxis() {
    svg.append(axis(fromMillis, toMillis, LEFT, RIGHT, CLOSED_BOTTOM, PRICE_TOP));
  }

  /// Ticks at full hours or days, with their labels and faint lines up to `top`.
  static String axis(long from, long to, int left, int right, int bottom, int top) {
    StringBuilder svg = new StringBuilder();
    long step = timeStep(to - from);
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern(step >= 86_400_000L ? "d MMM" : "d MMM HH:mm", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    for (long tick = Math.ceilDiv(from, step) * step; tick <= to; tick += step) {
      double x = left + (right - left) * (double) (tick - from) / (to - from);
      svg.append(path("grid", "M%s %dV%d".formatted(Html.number(x), bottom, top)));
      if (x > left + 24 && x < right - 24) {
        svg.append(text("axis middle", x, bottom + 18, format.format(Instant.ofEpochMilli(tick))));
      }
    }
    svg.append(text("axis", right + 10, bottom + 18, "UTC"));
    return svg.toString();
  }

  private static long timeStep(long span) {
    long minute = 60_000;
    long[] steps = {minute, 5 * minute, 15 * minute, 60 * minute, 180 * minute, 720 * minute};
    for (long step : steps) {
      if (span / step <= 7) {
        return step;
      }
    }
    long day = 1_440 * minute;
    return day * Math.max(1, span / day / 7);
  }

  private void price(Data data, DoubleFunction<String> priceText) {
    double[] price = data.price();
    int lowest = 0;
    double highest = price[0];
    for (int bar = 0; bar < price.length; bar++) {
      lowest = price[bar] < price[lowest] ? bar : lowest;
      highest = Math.max(highest, price[bar]);
    }
    double span = Math.max(highest - price[lowest], highest * 1e-6);
    double low = price[lowest] - span * 2 * HEADROOM;
    double high = highest + span * HEADROOM;
    double step = niceStep(high - low);
    for (double tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
      double y = y(tick, low, high, PRICE_TOP, PRICE_BOTTOM);
      svg.append(path("grid", "M%d %sH%d".formatted(LEFT, Html.number(y), RIGHT)));
      svg.append(text("axis", RIGHT + 10, y + 4, trimmed(priceText.apply(tick))));
    }
    svg.append(path("price", line(data.millis(), price, low, high)));
    double x = x(data.millis()[lowest]);
    double y = y(price[lowest], low, high, PRICE_TOP, PRICE_BOTTOM);
    svg.append(
        "<circle class=\"dot\" cx=\"%s\" cy=\"%s\" r=\"3.5\"/>\n"
            .formatted(Html.number(x), Html.number(y)));
    String when =
        DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC)
            .format(Instant.ofEpochMilli(data.millis()[lowest]));
    String label = "lowest close " + priceText.apply(price[lowest]) + ", " + when;
    boolean leftHalf = x < (LEFT + RIGHT) / 2.0;
    svg.append(
        text("strong " + (leftHalf ? "start" : "end"), x + (leftHalf ? 9 : -9), y + 5, label));
    svg.append(text("strong", LEFT, PRICE_TOP - 10, data.symbol() + ", close of the minute"));
  }

  /// The line through the lowest and the highest close of each stretch, in their order.
  private String line(long[] millis, double[] price, double low, double high) {
    StringBuilder path = new StringBuilder();
    int stretch = Math.max(1, Math.ceilDiv(price.length, BUCKETS));
    for (int from = 0; from < price.length; from += stretch) {
      int least = from;
      int most = from;
      for (int bar = from; bar < Math.min(price.length, from + stretch); bar++) {
        least = price[bar] < price[least] ? bar : least;
        most = price[bar] > price[most] ? bar : most;
      }
      for (int bar : new int[] {Math.min(least, most), Math.max(least, most)}) {
        path.append(path.isEmpty() ? 'M' : 'L').append(Html.number(x(millis[bar]))).append(' ');
        path.append(Html.number(y(price[bar], low, high, PRICE_TOP, PRICE_BOTTOM)));
      }
    }
    return path.toString();
  }

  private void closed(Data data, DoubleFunction<String> figure) {
    double most = 0;
    for (Series series : data.series()) {
      most = Math.max(most, series.closed()[series.closed().length - 1]);
    }
    double high = most == 0 ? 1 : most * (1 + HEADROOM);
    double step = niceStep(high);
    for (double tick = 0; tick <= high; tick += step) {
      double y = y(tick, 0, high, CLOSED_TOP, CLOSED_BOTTOM);
      svg.append(path("grid", "M%d %sH%d".formatted(LEFT, Html.number(y), RIGHT)));
      if (tick > 0) {
        svg.append(text("axis start", LEFT, y - 4, trimmed(figure.apply(tick))));
      }
    }
    svg.append(text("strong", LEFT, CLOSED_TOP - 14, "Closed so far"));
    area(data, high);
    List<Series> order = new ArrayList<>(data.series());
    order.sort(Comparator.comparingInt(series -> series.kind().equals("main") ? 1 : 0));
    for (Series series : order) {
      svg.append(path("series s-" + series.kind(), steps(data.millis(), series.closed(), high)));
    }
    labels(data, high);
  }

  private void area(Data data, double high) {
    List<Series> full = data.series().stream().filter(s -> s.kind().equals("full")).toList();
    List<Series> main = data.series().stream().filter(s -> s.kind().equals("main")).toList();
    if (data.kept().isEmpty() || full.isEmpty() || main.isEmpty()) {
      return;
    }
    double[] upper = full.getFirst().closed();
    double[] lower = main.getFirst().closed();
    svg.append(
        path("kept", steps(data.millis(), upper, high) + back(data.millis(), lower, high) + "Z"));
  }

  private String steps(long[] millis, double[] closed, double high) {
    StringBuilder path = new StringBuilder();
    for (int bar : ends(closed.length)) {
      path.append(path.isEmpty() ? 'M' : 'L').append(point(millis[bar], closed[bar], high));
    }
    return path.toString();
  }

  private String back(long[] millis, double[] closed, double high) {
    StringBuilder path = new StringBuilder();
    for (int bar : ends(closed.length).reversed()) {
      path.append('L').append(point(millis[bar], closed[bar], high));
    }
    return path.toString();
  }

  private String point(long millis, double closed, double high) {
    double y = y(closed, 0, high, CLOSED_TOP, CLOSED_BOTTOM);
    return Html.number(x(millis)) + " " + Html.number(y);
  }

  private static List<Integer> ends(int bars) {
    int stretch = Math.max(1, Math.ceilDiv(bars, BUCKETS));
    List<Integer> ends = new ArrayList<>(List.of(0));
    for (int from = 0; from < bars; from += stretch) {
      ends.add(Math.min(bars, from + stretch) - 1);
    }
    return ends;
  }

  /// Labels at the ends of the lines, pushed apart where they would cover each other.
  private void labels(Data data, double high) {
    List<Series> order = new ArrayList<>(data.series());
    order.sort(Comparator.comparingDouble(s -> -s.closed()[s.closed().length - 1]));
    double[] places = new double[order.size()];
    for (int i = 0; i < places.length; i++) {
      double[] closed = order.get(i).closed();
      double y = y(closed[closed.length - 1], 0, high, CLOSED_TOP, CLOSED_BOTTOM) + 4;
      boolean afterTwoLines = i > 0 && hasSecondLine(data, order.get(i - 1));
      double least = i == 0 ? y : places[i - 1] + LABEL_GAP * (afterTwoLines ? 2 : 1);
      places[i] = Math.max(y, least);
    }
    double end = places[places.length - 1];
    double lines = hasSecondLine(data, order.getLast()) ? LABEL_GAP : 0;
    double over = Math.max(0, end + lines - CLOSED_BOTTOM);
    for (int i = 0; i < places.length; i++) {
      String kind = order.get(i).kind();
      double y = places[i] - over;
      svg.append(text("t-" + kind, RIGHT + 10, y, order.get(i).label()));
      if (hasSecondLine(data, order.get(i))) {
        svg.append(text("axis", RIGHT + 10, y + LABEL_GAP, data.kept()));
      }
    }
  }

  private static boolean hasSecondLine(Data data, Series series) {
    return series.kind().equals("main") && !data.kept().isEmpty();
  }

  /// One, two or five times a power of ten: about [#TICKS] of them in a span.
  static double niceStep(double span) {
    double raw = span / TICKS;
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(raw)));
    double share = raw / power;
    return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
  }

  /// A tick's label without zeros at its end.
  private static String trimmed(String text) {
    return text.replaceFirst("(\\.[0-9]*?)0+([kMB]?)$", "$1$2").replaceFirst("\\.([kMB]?)$", "$1");
  }

  static String path(String kind, String data) {
    return "<path class=\"%s\" d=\"%s\"/>\n".formatted(kind, data);
  }

  static String text(String kind, double x, double y, String words) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n"
        .formatted(kind, Html.number(x), Html.number(y), Html.escaped(words));
  }
}
