package trimtab.app.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import trimtab.app.output.Numbers;
import trimtab.app.output.Style;
import trimtab.lab.replay.AccountKind;
import trimtab.lab.replay.Figures;
import trimtab.lab.replay.RunResult;

/// The figures of one kind of accounts as a table: impacts one below the other, in each the
/// rulebooks. Bold is the best of a column at its impact, whosever it is; in every column less is
/// better.
final class ReplayTable {
  private static final String GAP = "  ";
  private static final int TWO = 2;

  private final ReplayReport report;
  private final Numbers numbers;
  private final Style style;

  ReplayTable(ReplayReport report, Numbers numbers, Style style) {
    this.report = report;
    this.numbers = numbers;
    this.style = style;
  }

  /// A column before its unit is chosen.
  ///
  /// @param head first and, where it has no unit, second line of the head
  /// @param isMoney whether it is scaled to thousands or millions
  /// @param decimals of a figure that is no money
  private record Column(
      String head,
      String below,
      boolean isMoney,
      int decimals,
      Function<Figures, Optional<BigDecimal>> value) {
    static Column money(String head, Function<Figures, BigDecimal> value) {
      return new Column(head, "", true, 0, value.andThen(Optional::of));
    }

    static Column count(String head, String below, Function<Figures, Long> value) {
      return new Column(
          head, below, false, 0, figures -> Optional.of(BigDecimal.valueOf(value.apply(figures))));
    }
  }

  private List<Column> columns(AccountKind kind) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.money("friction", Figures::friction));
    columns.add(new Column("friction", "bp/acct", false, 1, Figures::frictionPerAccountBps));
    columns.add(Column.money("closed", Figures::notionalClosed));
    columns.add(new Column("over-", "liquidation", false, 2, Figures::overLiquidationRatio));
    columns.add(Column.money("bad debt", Figures::badDebt));
    columns.add(Column.money("penalty", Figures::penaltyPaid));
    columns.add(Column.money("slippage", Figures::slippagePaid));
    if (report.gas().signum() > 0) {
      columns.add(Column.money("fixed cost", Figures::fixedCosts));
    }
    columns.add(Column.count("liqui-", "dations", Figures::liquidations));
    columns.add(Column.count("accounts", "touched", Figures::accountsTouched));
    columns.add(Column.count("touched", "again", Figures::accountsTouchedAgain));
    columns.add(Column.count("minutes", "in breach", Figures::minutesInBreach));
    columns.add(Column.money("fund", Figures::fundDraw));
    if (kind == AccountKind.ALL) {
      columns.add(
          new Column(
              "worst", "mark bp", false, 1, figures -> Optional.of(figures.worstImpactBps())));
    }
    return columns;
  }

  /// @param width in characters; where not all columns fit side by side they continue below
  List<String> lines(AccountKind kind, int width) {
    List<List<Figures>> groups = new ArrayList<>();
    for (BigDecimal impact : report.impacts()) {
      groups.add(
          report.at(impact).stream().map((RunResult result) -> result.figures(kind)).toList());
    }
    List<String> lines = new ArrayList<>();
    Block block = new Block(groups);
    for (Column column : columns(kind)) {
      Scaled scaled = scaled(column, groups);
      if (!block.hasRoom(scaled, width)) {
        lines.addAll(block.lines());
        lines.add("");
        block = new Block(groups);
      }
      block.append(scaled);
    }
    lines.addAll(block.lines());
    return lines;
  }

  /// Columns side by side behind the names of the rows.
  private final class Block {
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder below = new StringBuilder();
    private final List<StringBuilder> rows = new ArrayList<>();
    private final int nameWidth;
    private int used;

    Block(List<List<Figures>> groups) {
      int impactWidth =
          report.impacts().stream().mapToInt(m -> m.toPlainString().length()).max().orElse(0);
      int ruleWidth = report.rulebooks().stream().mapToInt(String::length).max().orElse(0);
      String name =
          "%-" + impactWidth + "s" + GAP + "%-" + Math.max(ruleWidth, "rulebook".length()) + "s";
      head.append(name.formatted("", ""));
      below.append(name.formatted("M", "rulebook"));
      for (int group = 0; group < groups.size(); group++) {
        String impact = report.impacts().get(group).toPlainString();
        String shown = impact;
        for (Figures figures : groups.get(group)) {
          rows.add(new StringBuilder(name.formatted(shown, figures.name())));
          shown = "";
        }
      }
      nameWidth = head.length();
      used = nameWidth;
    }

    /// The first column always has.
    boolean hasRoom(Scaled column, int width) {
      return used == nameWidth || used + GAP.length() + column.width() <= width;
    }

    void append(Scaled column) {
      int width = column.width();
      used += GAP.length() + width;
      head.append(GAP).append(padded(column.head(), width));
      below.append(GAP).append(padded(column.below(), width));
      for (int row = 0; row < rows.size(); row++) {
        String cell = padded(column.cells().get(row), width);
        rows.get(row).append(GAP).append(column.best().get(row) ? style.bold(cell) : cell);
      }
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add(style.bold(head.toString()));
      lines.add(style.bold(below.toString()));
      rows.forEach(row -> lines.add(row.toString()));
      return lines;
    }
  }

  /// A column's cells in its unit.
  private record Scaled(String head, String below, List<String> cells, List<Boolean> best) {
    int width() {
      int widest = Math.max(head.length(), below.length());
      return Math.max(widest, cells.stream().mapToInt(String::length).max().orElse(0));
    }
  }

  private Scaled scaled(Column column, List<List<Figures>> groups) {
    List<String> cells = new ArrayList<>();
    List<Boolean> best = new ArrayList<>();
    int power = column.isMoney() ? power(column, groups) : 0;
    for (List<Figures> group : groups) {
      List<Optional<BigDecimal>> values = group.stream().map(column.value()).toList();
      Optional<BigDecimal> least =
          values.stream().flatMap(Optional::stream).min(BigDecimal::compareTo);
      boolean differ =
          values.stream().flatMap(Optional::stream).anyMatch(v -> v.compareTo(least.get()) != 0);
      for (Optional<BigDecimal> value : values) {
        cells.add(value.map(v -> text(column, v, power)).orElse(numbers.nothing()));
        best.add(differ && value.isPresent() && value.get().compareTo(least.get()) == 0);
      }
    }
    String unit = (power == 6 ? "M " : power == 3 ? "k " : "") + report.currency();
    return new Scaled(column.head(), column.isMoney() ? unit : column.below(), cells, best);
  }

  private String text(Column column, BigDecimal value, int power) {
    if (value.signum() == 0) {
      return "0";
    }
    int decimals = column.isMoney() ? power == 0 ? TWO : power == 3 ? 1 : TWO : column.decimals();
    return numbers.text(value.movePointLeft(power).setScale(decimals, RoundingMode.HALF_EVEN));
  }

  /// Thousands from 10,000 on, millions from 10 million on, by the largest of the column.
  private static int power(Column column, List<List<Figures>> groups) {
    BigDecimal largest =
        groups.stream()
            .flatMap(List::stream)
            .map(column.value())
            .flatMap(Optional::stream)
            .map(BigDecimal::abs)
            .max(BigDecimal::compareTo)
            .orElse(BigDecimal.ZERO);
    return largest.compareTo(BigDecimal.valueOf(10_000_000)) >= 0
        ? 6
        : largest.compareTo(BigDecimal.valueOf(10_000)) >= 0 ? 3 : 0;
  }

  private static String padded(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
