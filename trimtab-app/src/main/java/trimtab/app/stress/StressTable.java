package trimtab.app.stress;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import trimtab.app.output.Numbers;
import trimtab.app.output.Style;
import trimtab.lab.stress.ShockGrid;
import trimtab.lab.stress.StressPoint;
import trimtab.lab.stress.StressResult;

/// The points of one rulebook as a table: what was changed, then what it does. Columns that do not
/// fit are left out from the right, which is said.
final class StressTable {
  private static final String GAP = "  ";
  private static final BigDecimal MILLIONS = BigDecimal.valueOf(10_000_000);
  private static final BigDecimal THOUSANDS = BigDecimal.valueOf(10_000);

  private final StressReport report;
  private final Numbers numbers;
  private final Style style;

  StressTable(StressReport report, Numbers numbers, Style style) {
    this.report = report;
    this.numbers = numbers;
    this.style = style;
  }

  /// @param head two lines
  /// @param cells by point
  private record Column(String head, String below, List<String> cells) {
    int width() {
      int widest = Math.max(head.length(), below.length());
      return Math.max(widest, cells.stream().mapToInt(String::length).max().orElse(0));
    }
  }

  List<String> lines(StressResult result, int width) {
    List<StringBuilder> rows = new ArrayList<>();
    for (int row = 0; row < result.points().size() + 2; row++) {
      rows.add(new StringBuilder());
    }
    List<String> left = new ArrayList<>();
    for (Column column : columns(result.points())) {
      int wide = column.width() + (rows.getFirst().isEmpty() ? 0 : GAP.length());
      if (!left.isEmpty() || rows.getFirst().length() + wide > width) {
        left.add((column.head() + " " + column.below()).strip());
        continue;
      }
      append(rows.get(0), column.head(), column.width());
      append(rows.get(1), column.below(), column.width());
      for (int row = 0; row < column.cells().size(); row++) {
        append(rows.get(row + 2), column.cells().get(row), column.width());
      }
    }
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      lines.add(row < 2 ? style.bold(rows.get(row).toString()) : rows.get(row).toString());
    }
    if (!left.isEmpty()) {
      lines.add("(too narrow for: %s; all are in --json)".formatted(String.join(", ", left)));
    }
    return lines;
  }

  private static void append(StringBuilder row, String cell, int width) {
    row.append(row.isEmpty() ? "" : GAP).append(" ".repeat(width - cell.length())).append(cell);
  }

  private List<Column> columns(List<StressPoint> points) {
    List<Column> columns = new ArrayList<>();
    changes(columns, points);
    columns.add(
        new Column(
            "liquidatable",
            "accounts",
            each(points, point -> numbers.exact(point.all().liquidatableAccounts(), 0))));
    columns.add(money("liquidatable", points, point -> point.all().liquidatableNotional()));
    columns.add(money("to close", points, point -> point.all().toClose()));
    columns.add(money("bad debt", points, point -> point.all().badDebt()));
    columns.add(money("fund", points, StressPoint::fundDraw));
    columns.add(money("penalty", points, point -> point.all().penalty()));
    columns.add(money("cost", points, point -> point.all().cost()));
    columns.add(
        new Column(
            "not", "restored", each(points, point -> numbers.exact(point.all().notRestored(), 0))));
    columns.add(
        new Column(
            "top ten", "share", each(points, point -> share(point.concentration().topTen()))));
    columns.add(
        new Column(
            "depth", "used", each(points, point -> share(point.concentration().depthUse()))));
    return columns;
  }

  private void changes(List<Column> columns, List<StressPoint> points) {
    if (report.movesAlike()) {
      columns.add(
          new Column(
              "price",
              "%",
              each(points, point -> change(report.commonPricePpm(point).orElse(0L)))));
    } else {
      for (int feed = 0; feed < report.setup().symbols().size(); feed++) {
        int market = feed;
        columns.add(
            new Column(
                report.setup().symbols().get(feed),
                "%",
                each(points, point -> change(point.pricePpm().get(market)))));
      }
    }
    columns.add(new Column("vol", "%", each(points, point -> change(point.volatilityPpm()))));
    columns.add(new Column("depth", "%", each(points, point -> change(point.depthPpm()))));
  }

  private String change(long ppm) {
    return numbers.signed(ShockGrid.percentage(ppm));
  }

  private static List<String> each(List<StressPoint> points, Function<StressPoint, String> cell) {
    return points.stream().map(cell).toList();
  }

  private String share(BigDecimal share) {
    return numbers.percent(share, BigDecimal.ONE);
  }

  /// In thousands from 10,000 on, in millions from 10 million on, by the largest of the column.
  private Column money(
      String head, List<StressPoint> points, Function<StressPoint, BigDecimal> value) {
    BigDecimal largest =
        points.stream().map(value).map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::max);
    int power = largest.compareTo(MILLIONS) >= 0 ? 6 : largest.compareTo(THOUSANDS) >= 0 ? 3 : 0;
    String unit = (power == 6 ? "M " : power == 3 ? "k " : "") + report.currency();
    int decimals = power == 3 ? 1 : 2;
    return new Column(
        head,
        unit,
        each(
            points,
            point -> {
              BigDecimal amount = value.apply(point);
              return amount.signum() == 0
                  ? "0"
                  : numbers.text(
                      amount.movePointLeft(power).setScale(decimals, RoundingMode.HALF_EVEN));
            }));
  }
}
