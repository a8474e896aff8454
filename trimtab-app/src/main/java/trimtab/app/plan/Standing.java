package trimtab.app.plan;

import java.util.Locale;
import trimtab.app.output.Style;
import trimtab.core.health.Health;
import trimtab.core.health.Level;
import trimtab.core.health.Levels;
import trimtab.core.health.Levels.Judgement;
import trimtab.core.health.Severity;

/// How an account stands: its level and how far it lies between threshold and bankruptcy.
///
/// @param level by the bounds of the rulebook
/// @param reason why it is that one
/// @param severityPpm 0 to 1,000,000, rounded down
public record Standing(Level level, String reason, long severityPpm) {
  /// An account that was never judged before.
  public static Standing of(Levels levels, Health health) {
    return of(levels, health, Level.HEALTHY);
  }

  /// The account after a plan: it keeps its level until the health at which that ends.
  public Standing after(Levels levels, Health health) {
    return of(levels, health, level);
  }

  private static Standing of(Levels levels, Health health, Level previous) {
    Judgement judgement = levels.judge(previous, health);
    return new Standing(
        judgement.level(), judgement.reason(), Severity.ppm(health, levels.thresholdPpm()));
  }

  boolean isHealthy() {
    return level == Level.HEALTHY;
  }

  /// The level as a word in lower case.
  public String word() {
    return level.name().toLowerCase(Locale.ROOT);
  }

  /// The word in the colour of its level; health has none.
  String word(Style style) {
    return switch (level) {
      case HEALTHY -> word();
      case WARNING, PARTIAL -> style.level(Style.Level.PARTIAL, word());
      case FULL -> style.level(Style.Level.BAD, word());
      case BANKRUPT -> style.level(Style.Level.BANKRUPT, word());
    };
  }
}
