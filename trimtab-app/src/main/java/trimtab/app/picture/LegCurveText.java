package trimtab.app.picture;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trimtab.app.output.Numbers;
import trimtab.app.picture.LegPicture.Mark;

/// The curve of a leg in characters: on or above the line of the target a size restores, below it a
/// size fails, for a point is never rounded up across it. Needs no colour; without Unicode it is
/// drawn in ASCII.
public final class LegCurveText {
  /// Rows of the drawing.
  static final int ROWS = 9;

  private static final int COLUMNS_LEAST = 60;
  private static final int COLUMNS_MOST = 100;
  private static final String INDENT = "  ";

  private final LegPicture picture;
  private final Numbers numbers;
  private final Signs signs;
  private final double step;
  private final int targetRow;
  private final String[] labels = new String[ROWS];
  private final int labelWidth;
  private final char[][] cells;

  /// The characters of a drawing.
  private record Signs(
      char flat,
      char up,
      char upEnd,
      char down,
      char downEnd,
      char rise,
      String chosen,
      String smaller,
      char target,
      char side,
      char sideTick,
      char corner,
      char floor,
      char bend) {
    static final Signs UNICODE =
        new Signs('─', '╯', '╭', '╮', '╰', '│', "●", "○", '┄', '│', '┤', '└', '─', '┴');
    static final Signs ASCII =
        new Signs('-', '\'', '.', '.', '\'', '|', "*", "o", '.', '|', '+', '+', '-', '+');
  }

  private LegCurveText(LegPicture picture, Numbers numbers, int columns) {
    this.picture = picture;
    this.numbers = numbers;
    this.signs = numbers.unicode() ? Signs.UNICODE : Signs.ASCII;
    double below = -picture.lowest();
    double above = picture.highest();
    this.targetRow = targetRow(below, above);
    this.step = step(targetRow, below, above);
    label();
    this.labelWidth = Arrays.stream(labels).mapToInt(String::length).max().orElse(0);
    int wide = Math.clamp(columns, COLUMNS_LEAST, COLUMNS_MOST);
    this.cells = new char[ROWS][wide - INDENT.length() - labelWidth - 3];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
  }

  /// The lines of the drawing.
  ///
  /// @param columns width that there is; the drawing takes 59 to 99 of it, one less than there are
  public static List<String> lines(LegPicture picture, Numbers numbers, int columns) {
    LegCurveText text = new LegCurveText(picture, numbers, columns);
    text.drawCurve();
    return text.lines();
  }

  /// The row of the target, counted from below, that leaves the finest step.
  private static int targetRow(double below, double above) {
    int best = below > 0 ? 1 : 0;
    for (int row = best + 1; row <= (above > 0 ? ROWS - 2 : ROWS - 1); row++) {
      best = step(row, below, above) < step(best, below, above) ? row : best;
    }
    return best;
  }

  /// The excess that one row stands for, large enough for both sides.
  private static double step(int targetRow, double below, double above) {
    double up = above / Math.max(1, ROWS - 1 - targetRow);
    double down = below / Math.max(1, targetRow);
    return Math.max(Math.max(up, down), Double.MIN_NORMAL);
  }

  /// Downwards, so that what fails by little is still seen below the target.
  private int row(double excess) {
    return Math.clamp(targetRow + (long) Math.floor(excess / step), 0, ROWS - 1);
  }

  private void label() {
    Arrays.fill(labels, "");
    if (picture.highest() > 0) {
      labels[ROWS - 1] = figure(step * (ROWS - 1 - targetRow));
    }
    if (picture.lowest() < 0) {
      labels[0] = figure(-step * targetRow);
    }
    labels[targetRow] = "0";
  }

  private String figure(double value) {
    String text = numbers.figure(BigDecimal.valueOf(value));
    return value > 0 ? "+" + text : text;
  }

  private int width() {
    return cells[0].length;
  }

  /// The column of a quantity; a part of a leg is never drawn at its ends.
  private int column(double x) {
    int last = width() - 1;
    long column = Math.round(x / picture.size() * last);
    boolean inside = x > 0 && x < picture.size();
    return Math.clamp(column, inside ? 1 : 0, inside ? last - 1 : last);
  }

  private void drawCurve() {
    Arrays.fill(cells[targetRow], signs.target());
    double[] heights = new double[width()];
    for (int column = 0; column < heights.length; column++) {
      heights[column] = picture.at(picture.size() * column / (heights.length - 1));
    }
    picture.smaller().ifPresent(mark -> heights[column(mark.x())] = mark.y());
    heights[column(picture.chosen().x())] = picture.chosen().y();
    for (int column = 0; column < heights.length; column++) {
      if (!Double.isNaN(heights[column])) {
        boolean last = column + 1 == heights.length || Double.isNaN(heights[column + 1]);
        boolean proof = column + 1 == proofColumn();
        int next = row(last || proof ? heights[column] : heights[column + 1]);
        connect(column, row(heights[column]), next);
      }
    }
    picture.smaller().ifPresent(mark -> put(mark, signs.smaller()));
    put(picture.chosen(), signs.chosen());
  }

  /// The column in which both sizes of the proof stand, one above the other: there the line need
  /// not be drawn. -1 where there is none.
  private int proofColumn() {
    int column = column(picture.chosen().x());
    return picture.smaller().filter(mark -> column(mark.x()) == column).isPresent() ? column : -1;
  }

  private void connect(int column, int from, int to) {
    if (from == to) {
      cells[from][column] = signs.flat();
      return;
    }
    boolean rises = to > from;
    cells[from][column] = rises ? signs.up() : signs.down();
    cells[to][column] = rises ? signs.upEnd() : signs.downEnd();
    for (int row = Math.min(from, to) + 1; row < Math.max(from, to); row++) {
      cells[row][column] = signs.rise();
    }
  }

  private void put(Mark mark, String sign) {
    cells[row(mark.y())][column(mark.x())] = sign.charAt(0);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%sg(q), %s above the target of %s once q of %s is closed:"
            .formatted(INDENT, picture.currency(), picture.target(), picture.leg()));
    for (int row = ROWS - 1; row >= 0; row--) {
      char side = labels[row].isEmpty() ? signs.side() : signs.sideTick();
      String label = " ".repeat(labelWidth - labels[row].length()) + labels[row];
      lines.add((INDENT + label + " " + side + new String(cells[row])).stripTrailing());
    }
    lines.add(floor());
    lines.add(quantities());
    lines.add(legend());
    return lines;
  }

  private String floor() {
    char[] floor = new char[width()];
    Arrays.fill(floor, signs.floor());
    for (double end : picture.breaks()) {
      floor[column(end)] = signs.bend();
    }
    return INDENT + " ".repeat(labelWidth + 1) + signs.corner() + new String(floor);
  }

  /// Zero and the whole leg, and the chosen size where there is room between them.
  private String quantities() {
    char[] text = new char[width()];
    Arrays.fill(text, ' ');
    String chosen = picture.chosen().quantity();
    int wholeFrom = text.length - picture.sizeText().length();
    int from = column(picture.chosen().x()) - chosen.length() / 2;
    from = Math.max(from, "0".length() + 1);
    if (from + chosen.length() < wholeFrom) {
      chosen.getChars(0, chosen.length(), text, from);
    }
    text[0] = '0';
    picture.sizeText().getChars(0, picture.sizeText().length(), text, Math.max(0, wholeFrom));
    return INDENT + " ".repeat(labelWidth + 2) + new String(text).stripTrailing();
  }

  private String legend() {
    StringBuilder legend = new StringBuilder(INDENT);
    legend.append(said(picture.chosen(), signs.chosen()));
    picture.smaller().ifPresent(mark -> legend.append("   ").append(said(mark, signs.smaller())));
    if (!picture.breaks().isEmpty()) {
      legend.append("   ").append(signs.bend()).append(" bends");
    }
    return legend.toString();
  }

  private String said(Mark mark, String sign) {
    return "%s %s: %s %s %s"
        .formatted(sign, mark.quantity(), mark.excess(), picture.currency(), picture.word(mark));
  }
}
