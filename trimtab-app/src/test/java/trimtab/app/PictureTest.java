package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.settlement.LegSettlement;
import trimtab.lab.input.PlanFile;
import trimtab.lab.input.RulebookFile;

/// The picture of the README is the plan of `examples/thin-book.yaml`: its words, and its curve.
class PictureTest {
  private static final PlanFile EXAMPLE =
      PlanFile.read(DocumentsTest.ROOT.resolve("examples/thin-book.yaml"));
  private static final Plan.Close LEAST = plan(EXAMPLE.rulebook());
  private static final PlannedClosing ONLY = LEAST.closings().getFirst();
  private static final long ETH = 1_000_000;

  private static Plan.Close plan(OwnRulebook rulebook) {
    Plan plan =
        new Planner(EXAMPLE.listing(), new LegSum(EXAMPLE.listing()))
            .plan(
                EXAMPLE.account(),
                EXAMPLE.marks(),
                rulebook,
                EXAMPLE.curves(),
                EpisodeState.opened(0),
                MarketState.fresh(0));
    return (Plan.Close) plan;
  }

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

  private static String cut(double health, int decimals) {
    return BigDecimal.valueOf(health).setScale(decimals, RoundingMode.FLOOR).toPlainString();
  }

  private static String picture() throws IOException {
    return Files.readString(DocumentsTest.ROOT.resolve("docs/least-close.svg"));
  }

  @Test
  void saysWhatThePlanSays() throws IOException {
    long chosen = ONLY.closing().quantity();
    long lot = ONLY.terms().lot();
    long largest =
        LongStream.iterate(71 * ETH, q -> q + lot)
            .takeWhile(q -> after(q).isAtLeast(EXAMPLE.rulebook().targetPpm()))
            .max()
            .orElseThrow();
    assertThat(LEAST.closings()).hasSize(1);
    assertThat(picture())
        .contains(
            "now " + cut(after(0).ratio(), 3),
            eth(chosen, 4) + "</tspan> " + cut(LEAST.after().ratio(), 7),
            eth(chosen - lot, 4) + "</tspan> " + cut(after(chosen - lot).ratio(), 7) + " fails",
            cut(after(60 * ETH).ratio(), 3) + " at 60 ETH",
            "restore: " + eth(chosen, 4) + " to " + eth(largest, 3) + " ETH",
            "equity −"
                + -plan(RulebookFile.builtIn("full")).after().equity() / 100_000_000
                + " USD");
  }

  @Test
  void standsAboveTheDecisionThatPlanPrints() throws IOException {
    Path expected = Path.of("trimtab-app/src/test/resources/trimtab/app/examples/thin-book.txt");
    assertThat(Files.readString(DocumentsTest.ROOT.resolve("README.md")))
        .contains("```text\n" + Files.readString(DocumentsTest.ROOT.resolve(expected)) + "```");
  }

  static Stream<double[]> points() throws IOException {
    var points = Pattern.compile("points=\"([^\"]+)\"").matcher(picture());
    assertThat(points.find()).isTrue();
    return List.of(points.group(1).split(" ")).stream()
        .map(point -> Stream.of(point.split(",")).mapToDouble(Double::parseDouble).toArray());
  }

  /// x = 64 + 6 q, y = 50 + (1.30 - health) x 666.67; a pixel is 0.0015 of health, and up to 0.17
  /// ETH where the curve falls steeply.
  @ParameterizedTest
  @MethodSource("points")
  void drawsTheCurveOfThePlanner(double[] point) {
    double quantity = (point[0] - 64) / 6;
    double above = after(Math.round((quantity + 0.01) * ETH)).ratio();
    double below = after(Math.max(0, Math.round((quantity - 0.01) * ETH))).ratio();
    double drawn = 1.30 - (point[1] - 50) * 0.45 / 300;
    assertThat(drawn).isBetween(Math.min(above, below) - 0.0005, Math.max(above, below) + 0.0005);
  }

  private static String eth(long quantity, int decimals) {
    return BigDecimal.valueOf(quantity, 6)
        .setScale(decimals, RoundingMode.UNNECESSARY)
        .toPlainString();
  }
}
