package trimtab.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.app.plan.Decision;
import trimtab.core.plan.LegCurve;
import trimtab.lab.input.PlanFile;

/// The curve that a plan carries is the one that the planner drew from all of its inputs.
class PlannedLegCurveTest {
  @TempDir Path folder;

  private static void assertSame(Path file) {
    PlanFile input = PlanFile.read(file);
    assertThat(Decision.of(input))
        .isInstanceOfSatisfying(
            Decision.Close.class,
            close -> {
              LegCurve curve =
                  PlannedLegCurve.of(
                      input.listing(),
                      input.account(),
                      input.marks(),
                      input.rulebook(),
                      close.plan());
              assertThat(curve).isEqualTo(close.curve());
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "perp-long",
        "perp-short-depth",
        "thin-book",
        "square-root-impact",
        "two-perps-mixed-collateral",
        "loan",
        "pool-loan",
        "toxic-loan",
        "inverse-perp",
        "dated-future-eth-settled",
        "stepped-tiers",
        "token-fine",
      })
  void ofEveryExample(String name) {
    assertSame(Path.of("..", "examples", name + ".yaml"));
  }

  /// Money that buys back a coin: the leg counts money, the depth coins.
  @Test
  void ofMoneyThatBuysACoin() throws IOException {
    assertSame(
        Files.writeString(
            folder.resolve("short.yaml"),
            """
            account: {collateral: {USD: 39000}, debt: {ETH: 10}}
            marks: {ETHUSDT: 3600}
            rulebook: {base: target-health, threshold: 1.1, target: 1.12}
            depth:
              ETH: {asks: [[3601, 3], [3605, 4], [3620, 20]]}
            """));
  }

  /// The leg before the last was sold on depth of its own.
  @Test
  void ofTheLastOfSeveralLegs() throws IOException {
    assertSame(
        Files.writeString(
            folder.resolve("two.yaml"),
            """
            account:
              collateral: {USD: 60000}
              perps:
                ETHUSDT: {quantity: 400, entry: 3700}
                BTCUSDT: {quantity: 10, entry: 118000}
            marks: {ETHUSDT: 3600, BTCUSDT: 117000}
            rulebook: {base: target-health, legOrder: proportional}
            depth:
              ETHUSDT: {bids: [[3599, 50], [3590, 200], [3500, 900]]}
              BTCUSDT: {bids: [[116990, 1], [116900, 20]]}
            """));
  }
}
