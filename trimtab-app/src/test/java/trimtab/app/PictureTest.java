package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.app.plan.Decision;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.settlement.LegSettlement;
import trimtab.lab.input.PlanFile;

/// The picture of the README is what `plan --svg` draws of `examples/thin-book.yaml`, and its curve
/// is what settling gives.
class PictureTest {
  private static final Path FILE = DocumentsTest.ROOT.resolve("examples/thin-book.yaml");
  private static final PlanFile EXAMPLE = PlanFile.read(FILE);
  private static final Decision.Close LEAST = (Decision.Close) Decision.of(EXAMPLE);
  private static final PlannedClosing ONLY = LEAST.plan().closings().getFirst();
  private static final double ETH = 1e6;
  private static final double DOLLAR = 1e20;

  @TempDir Path folder;

  /// Health after closing a quantity with the uncapped penalty, as sizes are judged.
  private static Health after(long quantity) {
    var model =
        new HealthModel(
            EXAMPLE.listing(), new LegSum(EXAMPLE.listing()), EXAMPLE.rulebook().base());
    if (quantity == 0) {
      return model.assess(EXAMPLE.account(), EXAMPLE.marks());
    }
    PenaltyTerms penalty = EXAMPLE.rulebook().penalty();
    var uncapped =
        new PenaltyTerms(
            penalty.positionPpm(),
            penalty.pairPpm(),
            PenaltyTerms.Cap.NONE,
            penalty.fundSharePpm());
    var closing =
        new LegSettlement(model, uncapped)
            .close(
                EXAMPLE.account(),
                EXAMPLE.marks(),
                ONLY.closing().leg(),
                quantity,
                ONLY.terms().cost(quantity));
    return model.assess(closing.account(), EXAMPLE.marks());
  }

  private static String picture() throws IOException {
    return Files.readString(DocumentsTest.ROOT.resolve("docs/least-close.svg"));
  }

  @Test
  void isWhatTheCommandDraws() throws IOException {
    Path drawn = folder.resolve("picture.svg");
    CommandLineRun run = CommandLineRun.of("plan", FILE.toString(), "--svg", drawn.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(drawn)).isEqualTo(picture());
  }

  @Test
  void standsAboveTheDecisionThatPlanPrints() throws IOException {
    Path expected = Path.of("trimtab-app/src/test/resources/trimtab/app/examples/thin-book.txt");
    assertThat(Files.readString(DocumentsTest.ROOT.resolve("README.md")))
        .contains("```text\n" + Files.readString(DocumentsTest.ROOT.resolve(expected)) + "```");
  }

  static Stream<double[]> points() throws IOException {
    MatchResult path =
        Pattern.compile("class=\"line\" d=\"M([^\"]+)\"")
            .matcher(picture())
            .results()
            .findFirst()
            .orElseThrow();
    return List.of(path.group(1).split("L")).stream()
        .map(point -> Stream.of(point.split(" ")).mapToDouble(Double::parseDouble).toArray());
  }

  /// The x axis runs from 0 at 76 to 100 ETH at 708; of the y axis the target line is 0, and the
  /// tick of minus 1,000 USD stands where its grid line says.
  @ParameterizedTest
  @MethodSource("points")
  void drawsTheCurveOfThePlanner(double[] point) throws IOException {
    double[] levels =
        Pattern.compile("class=\"(?:grid|target)\" d=\"M76.0? ([0-9.]+)H708\"")
            .matcher(picture())
            .results()
            .mapToDouble(match -> Double.parseDouble(match.group(1)))
            .sorted()
            .distinct()
            .toArray();
    assertThat(picture()).contains(">\u22121k</text>", ">100.0000</text>");
    double quantity = 100 * (point[0] - 76) / (708 - 76);
    double drawn = -1000 * (point[1] - levels[0]) / (levels[1] - levels[0]);
    double above = excess(quantity + 0.01);
    double below = excess(quantity - 0.01);
    assertThat(drawn).isBetween(Math.min(above, below) - 2, Math.max(above, below) + 2);
  }

  private static double excess(double quantity) {
    long units = Math.round(Math.clamp(quantity, 0, 100) * ETH);
    return after(units).excess(EXAMPLE.rulebook().targetPpm()).toDouble() / DOLLAR;
  }
}
