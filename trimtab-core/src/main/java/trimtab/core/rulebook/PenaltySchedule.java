package trimtab.core.rulebook;

import trimtab.core.health.Health;
import trimtab.core.health.Severity;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;

/// How the rates of a penalty follow from the state of an account. It is resolved once per
/// decision, to plain rates: whatever is filled of that decision pays them, in however many parts.
///
/// @param course how the rates change
/// @param measure what they are shares of
/// @param bonusPpm with [Measure#BONUS], the bonus
/// @param maximumPpm no resolved rate is above this; 1,000,000 is no bound
/// @param solvencySharePpm the rate for pairs is at most this share of `equity / (O - R)`, so that
///   with 1 a seizure of `1 + rate` never exceeds collateral over debt; 0 is no bound
public record PenaltySchedule(
    Course course, Measure measure, long bonusPpm, long maximumPpm, long solvencySharePpm) {
  /// The rates of the terms, whatever happens.
  public static final PenaltySchedule FIXED =
      new PenaltySchedule(new Course.Fixed(), Measure.BASE, 0, Ppm.ONE, 0);

  /// How rates change, from those of the terms.
  public sealed interface Course {
    /// Not at all.
    record Fixed() implements Course {}

    /// Straight in severity: from the rates of the terms at the threshold to these in bankruptcy.
    record InSeverity(long positionPpm, long pairPpm) implements Course {}

    /// A Dutch auction, straight in time: from the rates of the terms when the episode opens to
    /// these once it has lasted `durationNanos`.
    record Auction(long positionPpm, long pairPpm, long durationNanos) implements Course {
      /// Checks the duration.
      ///
      /// @throws IllegalArgumentException if it is not positive
      public Auction {
        if (durationNanos <= 0) {
          throw new IllegalArgumentException("an auction lasts longer than 0 seconds");
        }
      }
    }
  }

  /// What a rate is a share of.
  public enum Measure {
    /// The base of the terms.
    BASE,
    /// The bonus, a rate of that base: what is taken is `rate x bonus` of it.
    BONUS,
    /// Equity: a close that frees a share of the requirement (a pair: of the obligation) pays that
    /// share of `rate x equity`. The terms' bases are then requirement and obligation.
    PORTFOLIO
  }

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a share is not 0 to 1, or a rate or the bonus not below 1
  public PenaltySchedule {
    boolean shares =
        bonusPpm >= 0 && bonusPpm < Ppm.ONE && maximumPpm >= 0 && maximumPpm <= Ppm.ONE;
    if (!shares || solvencySharePpm < 0 || solvencySharePpm > Ppm.ONE) {
      throw new IllegalArgumentException(
          "bonus, maximum and solvency share of a penalty are 0 to 1, the bonus below 1");
    }
    if (course instanceof Course.InSeverity(long position, long pair)) {
      requireRates(position, pair);
    } else if (course instanceof Course.Auction(long position, long pair, long _)) {
      requireRates(position, pair);
    }
  }

  private static void requireRates(long position, long pair) {
    if (position < 0 || position >= Ppm.ONE || pair < 0 || pair >= Ppm.ONE) {
      throw new IllegalArgumentException("a penalty rate is at least 0 and below 1");
    }
  }

  /// Refuses terms that this schedule cannot be resolved for.
  void requireFitting(PenaltyTerms terms) {
    boolean freed =
        terms.positionBase() == PenaltyTerms.PositionBase.REQUIREMENT
            && terms.pairBase() == PenaltyTerms.PairBase.OBLIGATION;
    if (measure == Measure.PORTFOLIO && !freed) {
      throw new IllegalArgumentException(
          "a penalty on the portfolio is charged on requirement and obligation");
    }
  }

  /// The terms of one decision. Rates are rounded down.
  ///
  /// @param start the terms with the rates that the course starts from
  /// @param thresholdPpm from which severity is measured
  /// @param elapsedNanos since the episode opened
  public PenaltyTerms resolve(
      PenaltyTerms start, long thresholdPpm, Health health, long elapsedNanos) {
    if (this.equals(FIXED)) {
      return start;
    }
    long position = start.positionPpm();
    long pair = start.pairPpm();
    switch (course) {
      case Course.Fixed() -> {}
      case Course.InSeverity(long toPosition, long toPair) -> {
        long severity = Severity.ppm(health, thresholdPpm);
        position = between(position, toPosition, severity, Ppm.ONE);
        pair = between(pair, toPair, severity, Ppm.ONE);
      }
      case Course.Auction(long toPosition, long toPair, long durationNanos) -> {
        long elapsed = Math.clamp(elapsedNanos, 0, durationNanos);
        position = between(position, toPosition, elapsed, durationNanos);
        pair = between(pair, toPair, elapsed, durationNanos);
      }
    }
    return start.atRates(
        Math.min(maximumPpm, measured(position, health, health.requirement())),
        Math.min(
            Math.min(maximumPpm, solvencyPpm(health)),
            measured(pair, health, health.obligation())));
  }

  private static long between(long from, long to, long part, long whole) {
    return from + Rounding.mulDivFloor(to - from, part, whole);
  }

  private long measured(long ratePpm, Health health, Wide freed) {
    return switch (measure) {
      case BASE -> ratePpm;
      case BONUS -> Rounding.mulDivFloor(ratePpm, bonusPpm, Ppm.ONE);
      case PORTFOLIO -> shareOfEquity(ratePpm, health, freed);
    };
  }

  /// `rate x equity / amount`, below 1.
  private static long shareOfEquity(long ratePpm, Health health, Wide amount) {
    if (amount.signum() <= 0 || health.equity() <= 0) {
      return 0;
    }
    Wide equity = Wide.product(health.equity(), health.exactScale());
    Wide share = equity.times(ratePpm).mulDivFloor(Wide.of(Ppm.ONE), amount);
    return share.min(Wide.of(Ppm.ONE - 1)).divFloor(1);
  }

  private long solvencyPpm(Health health) {
    Wide owed = health.obligation().minus(health.requirement());
    return solvencySharePpm == 0 || owed.signum() <= 0
        ? Ppm.ONE
        : shareOfEquity(solvencySharePpm, health, owed);
  }
}
