package trimtab.core.health;

import java.util.List;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;

/// The bounds between levels, each with a second, higher one: an account enters a level strictly
/// below its bound and leaves it only at or above where the level ends. Between the two it stays
/// what it was, so no price that swings inside them makes an account change its level twice.
///
/// Bankruptcy has no second bound: it is a fact (equity of zero or less), and an account that has
/// equity again stands where one that was at [Level#FULL] would.
///
/// @param warningPpm [Level#WARNING] begins below this health
/// @param warningEndPpm and ends at this one
/// @param thresholdPpm [Level#PARTIAL], the breach, begins below this health
/// @param targetPpm and ends at this one, which a partial close restores
/// @param fullPpm [Level#FULL] begins below this health
/// @param fullEndPpm and ends at this one
public record Levels(
    long warningPpm,
    long warningEndPpm,
    long thresholdPpm,
    long targetPpm,
    long fullPpm,
    long fullEndPpm) {
  /// Checks the order of the bounds.
  ///
  /// @throws IllegalArgumentException if a level would begin or end on the wrong side of another
  public Levels {
    if (targetPpm < thresholdPpm) {
      throw new IllegalArgumentException(
          "target (%s) must be at least threshold (%s)"
              .formatted(Ppm.format(targetPpm), Ppm.format(thresholdPpm)));
    }
    require(
        0 <= fullPpm && fullPpm <= thresholdPpm && thresholdPpm <= warningPpm,
        "bounds must rise from full to threshold to warning",
        fullPpm,
        thresholdPpm,
        warningPpm);
    require(
        fullEndPpm <= targetPpm && targetPpm <= warningEndPpm,
        "ends must rise from full to target to warning",
        fullEndPpm,
        targetPpm,
        warningEndPpm);
    require(
        fullPpm <= fullEndPpm && thresholdPpm <= targetPpm && warningPpm <= warningEndPpm,
        "a level must not end below where it begins; ends",
        fullEndPpm,
        targetPpm,
        warningEndPpm);
  }

  /// The bounds of a rulebook that names threshold and target alone: a warning below 5/4 of the
  /// threshold, full below 9/10 of it, each ending as far above where it begins as the breach does.
  /// Full then lies where a perpetual has lost a tenth of its maintenance margin, and a loan at
  /// usual weights still has equity.
  ///
  /// @throws IllegalArgumentException if the target is below the threshold
  public static Levels around(long thresholdPpm, long targetPpm) {
    long warningPpm = Math.max(targetPpm, Rounding.mulDivFloor(thresholdPpm, 5, 4));
    long fullPpm = Rounding.mulDivFloor(thresholdPpm, 9, 10);
    long ends = Math.subtractExact(targetPpm, thresholdPpm);
    return new Levels(
        warningPpm,
        Math.addExact(warningPpm, ends),
        thresholdPpm,
        targetPpm,
        fullPpm,
        Math.addExact(fullPpm, ends));
  }

  private static void require(boolean holds, String rule, long full, long partial, long warning) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s, not %s, %s, %s"
              .formatted(rule, Ppm.format(full), Ppm.format(partial), Ppm.format(warning)));
    }
  }

  /// A level and why it is that one.
  public record Judgement(Level level, String reason) {}

  /// The level of an account. One that owes nothing is healthy, however little it holds.
  ///
  /// @param previous the level it had; [Level#HEALTHY] for one that was never judged
  public Judgement judge(Level previous, Health health) {
    if (health.owesNothing()) {
      return new Judgement(Level.HEALTHY, "nothing is owed");
    }
    if (health.isBankrupt()) {
      return new Judgement(Level.BANKRUPT, "equity is zero or less");
    }
    for (Bounds bounds : deepestFirst()) {
      if (!health.isAtLeast(bounds.begins())) {
        return bounds.judgement(health, bounds.begins(), "is below");
      }
      if (previous.compareTo(bounds.level()) >= 0 && !health.isAtLeast(bounds.ends())) {
        return bounds.judgement(health, bounds.ends(), "has not come back to");
      }
    }
    String ratio = health.ratioText(warningPpm);
    return new Judgement(
        Level.HEALTHY,
        "health %s is not below the warning %s".formatted(ratio, Ppm.format(warningPpm)));
  }

  private List<Bounds> deepestFirst() {
    return List.of(
        new Bounds(Level.FULL, fullPpm, fullEndPpm),
        new Bounds(Level.PARTIAL, thresholdPpm, targetPpm),
        new Bounds(Level.WARNING, warningPpm, warningEndPpm));
  }

  private record Bounds(Level level, long begins, long ends) {
    Judgement judgement(Health health, long bound, String relation) {
      String ratio = health.ratioText(bound);
      return new Judgement(level, "health %s %s %s".formatted(ratio, relation, Ppm.format(bound)));
    }
  }
}
