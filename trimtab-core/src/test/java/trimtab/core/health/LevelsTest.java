package trimtab.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.health.Levels.Judgement;
import trimtab.core.money.Wide;
import trimtab.core.testkit.Seeded;

/// Levels with hysteresis, and severity.
class LevelsTest {
  private static final Levels LEVELS =
      new Levels(1_100_000, 1_150_000, 1_000_000, 1_050_000, 900_000, 950_000);

  /// A requirement of 1,000,000 value units, so that health in parts per million is the equity.
  private static Health at(long healthPpm) {
    return health(1_000_000, healthPpm);
  }

  /// Cash and positions: equity counts in full, over a requirement.
  private static Health health(long requirement, long equity) {
    Wide required = Wide.product(requirement, 1_000_000);
    return new Health(
        Wide.product(Math.max(0, equity), 1_000_000),
        Wide.product(Math.max(0, -equity), 1_000_000).plus(required),
        required,
        Base.REQUIREMENT,
        equity);
  }

  @ParameterizedTest
  @CsvSource({
    "HEALTHY, 1100000, HEALTHY, health 1.100 is not below the warning 1.1",
    "HEALTHY, 1099999, WARNING, health 1.099999 is below 1.1",
    "WARNING, 1149999, WARNING, health 1.149999 has not come back to 1.15",
    "WARNING, 1150000, HEALTHY, health 1.150 is not below the warning 1.1",
    "HEALTHY, 1000000, WARNING, health 1.000 is below 1.1",
    "HEALTHY,  999999, PARTIAL, health 0.999999 is below 1",
    "PARTIAL, 1049999, PARTIAL, health 1.049999 has not come back to 1.05",
    "PARTIAL, 1050000, WARNING, health 1.050 is below 1.1",
    "PARTIAL, 1120000, WARNING, health 1.120 has not come back to 1.15",
    "PARTIAL,  900000, PARTIAL, health 0.900 is below 1",
    "PARTIAL,  899999, FULL,    health 0.899999 is below 0.9",
    "FULL,     949999, FULL,    health 0.949999 has not come back to 0.95",
    "FULL,     950000, PARTIAL, health 0.950 is below 1",
    "FULL,          0, BANKRUPT, equity is zero or less",
    "BANKRUPT,      1, FULL,    health 0.000 is below 0.9",
    "BANKRUPT, 940000, FULL,    health 0.940 has not come back to 0.95",
    "HEALTHY,      -5, BANKRUPT, equity is zero or less",
  })
  void boundsAreExact(Level previous, long healthPpm, Level expected, String reason) {
    Judgement judgement = LEVELS.judge(previous, at(healthPpm));
    assertThat(judgement.level()).isEqualTo(expected);
    assertThat(judgement.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aHealthThatSwingsInsideOnePairOfBoundsChangesTheLevelOnceAtMost(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int round = 0; round < 200; round++) {
      Levels levels = drawn(seeded);
      for (Swing swing :
          List.of(
              new Swing(Level.WARNING, levels.warningPpm(), levels.warningEndPpm()),
              new Swing(Level.PARTIAL, levels.thresholdPpm(), levels.targetPpm()),
              new Swing(Level.FULL, levels.fullPpm(), levels.fullEndPpm()))) {
        Level level = seeded.oneOf(Level.values());
        List<Boolean> reached = new ArrayList<>();
        for (int step = 0; step < 20; step++) {
          // From one unit below where the level begins to one below where it ends.
          level = levels.judge(level, at(seeded.between(swing.low - 1, swing.high - 1))).level();
          reached.add(level.compareTo(swing.level) >= 0);
        }
        assertThat(reached).isSorted();
      }
    }
  }

  private record Swing(Level level, long low, long high) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void worseHealthAndAWorsePastNeverGiveABetterLevel(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int round = 0; round < 2_000; round++) {
      Levels levels = drawn(seeded);
      long better = seeded.between(-1_000, 1_500_000);
      long worse = better - seeded.between(0, 300_000);
      for (Level previous : Level.values()) {
        Level level = levels.judge(previous, at(better)).level();
        assertThat(levels.judge(previous, at(worse)).level()).isGreaterThanOrEqualTo(level);
        for (Level past : Level.values()) {
          if (past.compareTo(previous) >= 0) {
            assertThat(levels.judge(past, at(better)).level()).isGreaterThanOrEqualTo(level);
          }
        }
        // Judged again at the same health nothing changes.
        assertThat(levels.judge(level, at(better)).level()).isEqualTo(level);
      }
    }
  }

  private static Levels drawn(Seeded seeded) {
    long full = seeded.between(2, 900_000);
    long threshold = full + seeded.between(0, 200_000);
    long warning = threshold + seeded.between(0, 200_000);
    long fullEnd = full + seeded.between(1, 100_000);
    long target = Math.max(fullEnd, threshold + seeded.between(1, 100_000));
    long warningEnd = Math.max(target, warning + seeded.between(1, 100_000));
    return new Levels(warning, warningEnd, threshold, target, full, fullEnd);
  }

  @Test
  void boundsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new Levels(990_000, 1_150_000, 1_000_000, 1_050_000, 900_000, 950_000))
        .hasMessage("bounds must rise from full to threshold to warning, not 0.9, 1, 0.99");
    assertThatThrownBy(() -> new Levels(1_100_000, 1_040_000, 1_000_000, 1_050_000, 0, 0))
        .hasMessage("ends must rise from full to target to warning, not 0, 1.05, 1.04");
    assertThatThrownBy(() -> new Levels(1_100_000, 1_100_000, 1_000_000, 1_000_000, 900_000, 1))
        .hasMessageStartingWith("a level must not end below where it begins");
  }

  @Test
  void aTargetBelowTheThresholdIsRefused() {
    assertThatThrownBy(() -> Levels.around(1_000_000, 999_999))
        .hasMessage("target (0.999999) must be at least threshold (1)");
  }

  @Test
  void theBoundsOfARuleThatNamesThresholdAndTargetAlone() {
    assertThat(Levels.around(1_000_000, 1_050_000))
        .isEqualTo(new Levels(1_250_000, 1_300_000, 1_000_000, 1_050_000, 900_000, 950_000));
    // A target above the warning moves the warning up.
    assertThat(Levels.around(1_000_000, 1_500_000))
        .isEqualTo(new Levels(1_500_000, 2_000_000, 1_000_000, 1_500_000, 900_000, 1_400_000));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void thereAreBoundsAroundEveryThresholdAndTarget(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int round = 0; round < 2_000; round++) {
      long threshold = seeded.between(1_000_000, 3_000_000);
      long target = threshold + seeded.between(0, 1_000_000);
      Levels levels = Levels.around(threshold, target);
      assertThat(levels.thresholdPpm()).isEqualTo(threshold);
      assertThat(levels.targetPpm()).isEqualTo(target);
    }
  }

  @Test
  void whoOwesNothingIsHealthyHoweverLittleIsHeld() {
    Health empty = new Health(Wide.ZERO, Wide.ZERO, Wide.ZERO, Base.OBLIGATION, 0);
    assertThat(LEVELS.judge(Level.BANKRUPT, empty))
        .isEqualTo(new Judgement(Level.HEALTHY, "nothing is owed"));
    assertThat(Severity.ppm(empty, 1_000_000)).isZero();
    Health one = new Health(Wide.ZERO, Wide.of(1), Wide.ZERO, Base.OBLIGATION, -1);
    assertThat(LEVELS.judge(Level.HEALTHY, one).level()).isEqualTo(Level.BANKRUPT);
    assertThat(Severity.ppm(one, 1_000_000)).isEqualTo(1_000_000);
  }

  @Test
  void severityIsTheShareOfTheWayFromThresholdToBankruptcy() {
    // Requirement 1,000, threshold 1: at equity 1,000 nothing of the way is gone, at 0 all of it.
    assertThat(Severity.ppm(health(1_000, 1_000), 1_000_000)).isZero();
    assertThat(Severity.ppm(health(1_000, 750), 1_000_000)).isEqualTo(250_000);
    assertThat(Severity.ppm(health(1_000, 1), 1_000_000)).isEqualTo(999_000);
    assertThat(Severity.ppm(health(1_000, 0), 1_000_000)).isEqualTo(1_000_000);
    assertThat(Severity.ppm(health(1_000, -7), 1_000_000)).isEqualTo(1_000_000);
    // Rounded down: 1 - 2 / 3 and never 1 while there is equity.
    assertThat(Severity.ppm(health(3, 2), 1_000_000)).isEqualTo(333_333);
    assertThat(Severity.ppm(health(4_000_000_000L, 1), 1_000_000)).isEqualTo(999_999);
    // 1 ETH at 1,125 and weight 0.8 against 1,000: shortfall 100, equity 125.
    Health loan =
        new Health(
            Wide.product(1_125, 800_000),
            Wide.product(1_000, 1_000_000),
            Wide.ZERO,
            Base.OBLIGATION,
            125);
    assertThat(Severity.ppm(loan, 1_000_000)).isEqualTo(444_444);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void severityRisesWithEveryLossAndIsOneOnlyInBankruptcy(long seed) {
    Seeded seeded = new Seeded(seed);
    for (int round = 0; round < 2_000; round++) {
      long requirement = seeded.between(1, 1L << 40);
      long threshold = 1_000_000 + seeded.between(0, 200_000);
      long equity = seeded.between(0, requirement + requirement / 4);
      long lost = seeded.between(0, equity);
      long before = Severity.ppm(health(requirement, equity), threshold);
      long after = Severity.ppm(health(requirement, equity - lost), threshold);
      assertThat(after).isBetween(before, 1_000_000L);
      assertThat(after == 1_000_000).isEqualTo(equity == lost);
      boolean breach = !health(requirement, equity).isAtLeast(threshold);
      assertThat(breach || before == 0).isTrue();
    }
  }
}
