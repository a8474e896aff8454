package trimtab.engine;

import trimtab.engine.breach.BreachFinder;
import trimtab.engine.clearing.FundTerms;

/// What is fixed for the life of an engine.
///
/// @param finder how breaches are found; all find the same
/// @param fund what the insurance fund has and may spend
/// @param episodeDeadlineNanos how long an episode may be open before an alarm is raised
public record EngineSettings(BreachFinder.Kind finder, FundTerms fund, long episodeDeadlineNanos) {
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  public EngineSettings {
    if (episodeDeadlineNanos < 0) {
      throw new IllegalArgumentException("an episode's deadline is not negative");
    }
  }

  /// Naive scan, a fund that pays whatever is needed, an hour.
  public static EngineSettings standard() {
    return new EngineSettings(BreachFinder.Kind.NAIVE_SCAN, FundTerms.unlimited(), HOUR_NANOS);
  }

  public EngineSettings with(BreachFinder.Kind otherFinder) {
    return new EngineSettings(otherFinder, fund, episodeDeadlineNanos);
  }

  public EngineSettings with(FundTerms otherFund) {
    return new EngineSettings(finder, otherFund, episodeDeadlineNanos);
  }
}
