package trimtab.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.app.output.Numbers;
import trimtab.app.picture.LegPicture.Line;
import trimtab.app.picture.LegPicture.Mark;

/// Both drawings of pictures made by hand.
class LegPictureTest {
  private static final Numbers UNICODE = new Numbers(true);

  private static Mark mark(double x, double y) {
    return new Mark(x, y, Double.toString(x), Double.toString(y), "1.0499998", y >= 0);
  }

  /// A leg of 100 whose excess rises straight from -`short` to `over`, chosen where it crosses.
  private static LegPicture rising(double missing, double over) {
    double crossing = 100 * missing / (missing + over);
    return new LegPicture(
        "ETHUSDT long",
        "USD",
        "1.05",
        List.of(new Line(0, -missing, 100, over)),
        mark(0, -missing),
        mark(crossing, 0),
        Optional.of(mark(crossing - 0.001, -1e-9)),
        Optional.of(mark(100, over)),
        100,
        "100.0");
  }

  private static LegPicture stepped(double before, double after) {
    return new LegPicture(
        "ETHUSDT long",
        "USD",
        "1.05",
        List.of(new Line(0, -10, 50, before), new Line(50.01, after, 100, after)),
        mark(0, -10),
        mark(50.01, after),
        Optional.empty(),
        Optional.of(mark(100, after)),
        100,
        "100.0");
  }

  @ParameterizedTest
  @CsvSource({"80,79", "120,99", "40,59", "400,99"})
  void fillsTheWidthThatThereIs(int columns, int longest) {
    List<String> lines = LegCurveText.lines(rising(10, 90), UNICODE, columns);
    assertThat(lines.subList(1, LegCurveText.ROWS + 3))
        .allMatch(line -> line.length() <= longest)
        .anyMatch(line -> line.length() == longest);
  }

  @Test
  void isAsciiWhereNothingElseCanBeShown() {
    List<String> lines = LegCurveText.lines(rising(10, 90), new Numbers(false), 80);
    assertThat(String.join("", lines).chars()).allMatch(sign -> sign < 128);
  }

  /// However little is missing, the failing size stands below the line and the chosen one on it.
  @ParameterizedTest
  @CsvSource({"10,90", "90,10", "1e-6,1e6", "1e6,1e-6"})
  void theFailingSizeStandsBelowTheLine(double missing, double over) {
    List<String> lines = LegCurveText.lines(rising(missing, over), UNICODE, 80);
    int restores = row(lines, "●");
    int fails = row(lines, "○");
    assertThat(lines.get(restores)).startsWith("  ").contains("0 ┤");
    assertThat(fails).isEqualTo(restores + 1);
  }

  private static int row(List<String> lines, String sign) {
    return IntStream.range(1, LegCurveText.ROWS + 1)
        .filter(row -> lines.get(row).contains(sign))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aStepIsDrawnAsAStep() {
    List<String> lines = LegCurveText.lines(stepped(-5, 20), UNICODE, 80);
    List<Integer> columns = new ArrayList<>();
    for (String line : lines.subList(1, 10)) {
      Pattern.compile("[│╭╯]").matcher(line).results().skip(1).forEach(m -> columns.add(m.start()));
    }
    assertThat(columns.stream().distinct().filter(c -> count(columns, c) > 3)).hasSize(1);
    String svg = LegCurveSvg.file(stepped(-5, 20), UNICODE);
    assertThat(svg).containsPattern("L392\\.0 [0-9.]+L392\\.1 ");
  }

  private static long count(List<Integer> columns, int column) {
    return columns.stream().filter(c -> c == column).count();
  }

  @Test
  void restoringSizesAreRanges() {
    assertThat(rising(25, 75).restoring()).containsExactly(new LegPicture.Range(25, 100));
    assertThat(stepped(-5, 20).restoring()).containsExactly(new LegPicture.Range(50.01, 100));
    assertThat(stepped(10, -5).restoring()).containsExactly(new LegPicture.Range(25, 50));
    assertThat(stepped(-5, -5).restoring()).isEmpty();
    assertThat(LegCurveSvg.file(stepped(-5, -5), UNICODE))
        .contains("no size of this leg restores the target");
  }

  /// The boxes of the labels lie side by side, whatever is chosen.
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 1, 10, 30, 50, 70, 90, 99, 99.99})
  void labelsDoNotOverlap(double chosen) {
    LegPicture drawn = rising(chosen, 100 - chosen);
    String svg = LegCurveSvg.file(drawn, UNICODE);
    double[][] boxes =
        Pattern.compile("<rect class=\"card\" x=\"([0-9.]+)\" y=\"46\" width=\"([0-9.]+)\"")
            .matcher(svg)
            .results()
            .map(box ->
                new double[] {Double.parseDouble(box.group(1)), Double.parseDouble(box.group(2))})
            .toArray(double[][]::new);
    assertThat(boxes).hasDimensions(3, 2);
    for (int i = 1; i < boxes.length; i++) {
      assertThat(boxes[i][0]).isGreaterThanOrEqualTo(boxes[i - 1][0] + boxes[i - 1][1]);
    }
    assertThat(boxes[0][0]).isPositive();
    assertThat(boxes[2][0] + boxes[2][1]).isLessThan(820);
  }

  @Test
  void aFileBringsItsColoursAndAPageItsOwn() {
    String file = LegCurveSvg.file(rising(10, 90), UNICODE);
    String embedded = LegCurveSvg.embedded(rising(10, 90), UNICODE);
    assertThat(file).contains("prefers-color-scheme: dark", "--restored: #35c29a");
    assertThat(embedded).doesNotContain("<style", "style=");
    assertThat(embedded).contains("<title>Closing 10.0 of 100.0 ETHUSDT long");
  }

  @ParameterizedTest
  @CsvSource({"100,20", "23,5", "0.07,0.02", "1,0.2", "8000,2000"})
  void ticksAreRoundNumbers(double span, double step) {
    assertThat(LegCurveSvg.niceStep(span)).isEqualTo(step);
  }
}
