package trimtab.core.rulebook;

import java.util.List;
import trimtab.core.account.AccountView;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.Levels;
import trimtab.core.health.Netting;
import trimtab.core.health.Severity;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.CloseRule.Ramp;
import trimtab.core.rulebook.CloseRule.Stepped;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.CloseRule.TimeSliced;

/// Trimtab's own rules: a [CloseRule] and its constants. An account breaches strictly below the
/// threshold.
///
/// @param name for people and for result keys
/// @param closeRule how much is closed
/// @param base what levels are measured against
/// @param levels bounds of all levels: breach below the threshold, the target to be restored; a
///   target above the threshold keeps a restored account from breaching at the same price
/// @param penalty bases, cap and split, and the rates that the schedule starts from
/// @param schedule how the rates change
/// @param onHarmfulClose what happens in the zone where a partial close does not help
/// @param penaltyReduction whether a lower penalty is tried there
/// @param cooldown pause between slices
/// @param legOrder which legs are closed when several could be
/// @param objective what a choice among legs makes small
/// @param netting what of one asset is set off against what
public record OwnRulebook(
    String name,
    CloseRule closeRule,
    Base base,
    Levels levels,
    PenaltyTerms penalty,
    PenaltySchedule schedule,
    OnHarmfulClose onHarmfulClose,
    boolean penaltyReduction,
    Cooldown cooldown,
    LegOrder legOrder,
    Objective objective,
    Netting netting)
    implements Rulebook {
  /// Checks that the parts fit each other.
  ///
  /// @throws IllegalArgumentException if the threshold is below 1, steps do not end at it, or the
  ///   schedule does not fit the penalty
  public OwnRulebook {
    if (levels.thresholdPpm() < Ppm.ONE) {
      throw new IllegalArgumentException(
          "threshold (%s) must be at least 1".formatted(Ppm.format(levels.thresholdPpm())));
    }
    if (closeRule instanceof Stepped(List<Stepped.Row> rows)
        && rows.getLast().belowPpm() != levels.thresholdPpm()) {
      throw new IllegalArgumentException(
          "the last step must be below the threshold (%s), not %s"
              .formatted(Ppm.format(levels.thresholdPpm()), Ppm.format(rows.getLast().belowPpm())));
    }
    schedule.requireFitting(penalty);
  }

  /// A rule with the levels that [Levels#around(long, long)] gives.
  public OwnRulebook(
      String name,
      CloseRule closeRule,
      Base base,
      long thresholdPpm,
      long targetPpm,
      PenaltyTerms penalty,
      PenaltySchedule schedule,
      OnHarmfulClose onHarmfulClose,
      boolean penaltyReduction,
      Cooldown cooldown,
      LegOrder legOrder,
      Objective objective,
      Netting netting) {
    this(
        name,
        closeRule,
        base,
        Levels.around(thresholdPpm, targetPpm),
        penalty,
        schedule,
        onHarmfulClose,
        penaltyReduction,
        cooldown,
        legOrder,
        objective,
        netting);
  }

  /// A rule whose penalty rates never change.
  public OwnRulebook(
      String name,
      CloseRule closeRule,
      Base base,
      long thresholdPpm,
      long targetPpm,
      PenaltyTerms penalty,
      OnHarmfulClose onHarmfulClose,
      long cooldownNanos,
      LegOrder legOrder,
      Objective objective) {
    this(
        name,
        closeRule,
        base,
        thresholdPpm,
        targetPpm,
        penalty,
        PenaltySchedule.FIXED,
        onHarmfulClose,
        false,
        new Cooldown(cooldownNanos),
        legOrder,
        objective,
        Netting.PER_ASSET);
  }

  /// The legs that cost least.
  public OwnRulebook(
      String name,
      CloseRule closeRule,
      Base base,
      long thresholdPpm,
      long targetPpm,
      PenaltyTerms penalty,
      OnHarmfulClose onHarmfulClose,
      long cooldownNanos) {
    this(
        name,
        closeRule,
        base,
        thresholdPpm,
        targetPpm,
        penalty,
        onHarmfulClose,
        cooldownNanos,
        LegOrder.LEAST_COST,
        Objective.COST);
  }

  /// The same rule with another choice among legs.
  public OwnRulebook with(LegOrder otherOrder, Objective otherObjective) {
    return new OwnRulebook(
        name,
        closeRule,
        base,
        levels,
        penalty,
        schedule,
        onHarmfulClose,
        penaltyReduction,
        cooldown,
        otherOrder,
        otherObjective,
        netting);
  }

  /// The same rule with another amount to close.
  public OwnRulebook with(CloseRule otherRule, OnHarmfulClose otherwise) {
    return new OwnRulebook(
        name,
        otherRule,
        base,
        levels,
        penalty,
        schedule,
        otherwise,
        penaltyReduction,
        cooldown,
        legOrder,
        objective,
        netting);
  }

  /// The same rule with another penalty.
  public OwnRulebook with(
      PenaltyTerms otherPenalty, PenaltySchedule otherSchedule, boolean reduction) {
    return new OwnRulebook(
        name,
        closeRule,
        base,
        levels,
        otherPenalty,
        otherSchedule,
        onHarmfulClose,
        reduction,
        cooldown,
        legOrder,
        objective,
        netting);
  }

  /// The same rule with another pause between slices.
  public OwnRulebook with(Cooldown otherCooldown) {
    return new OwnRulebook(
        name,
        closeRule,
        base,
        levels,
        penalty,
        schedule,
        onHarmfulClose,
        penaltyReduction,
        otherCooldown,
        legOrder,
        objective,
        netting);
  }

  /// The same rule with another netting.
  public OwnRulebook with(Netting otherNetting) {
    return new OwnRulebook(
        name,
        closeRule,
        base,
        levels,
        penalty,
        schedule,
        onHarmfulClose,
        penaltyReduction,
        cooldown,
        legOrder,
        objective,
        otherNetting);
  }

  /// The same rule with other levels.
  ///
  /// @throws IllegalArgumentException if the rule's steps do not end at the threshold
  public OwnRulebook with(Levels otherLevels) {
    return new OwnRulebook(
        name,
        closeRule,
        base,
        otherLevels,
        penalty,
        schedule,
        onHarmfulClose,
        penaltyReduction,
        cooldown,
        legOrder,
        objective,
        netting);
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    return new Fit.Fits();
  }

  @Override
  public Trigger trigger(Health health, EpisodeState episode, long nowNanos) {
    if (health.isAtLeast(thresholdPpm())) {
      return new Trigger.Healthy();
    }
    boolean urgent = Severity.ppm(health, thresholdPpm()) >= cooldown.severityPpm();
    if (nowNanos < episode.cooldownUntilNanos() && !urgent) {
      return new Trigger.Wait("cooldown after a slice", episode.cooldownUntilNanos());
    }
    String ratio = health.ratioText(thresholdPpm());
    return new Trigger.Liquidate(
        "health %s is below the threshold %s".formatted(ratio, Ppm.format(thresholdPpm())));
  }

  @Override
  public SizeDemand size(Health health, EpisodeState episode, MarketState market, long nowNanos) {
    return switch (closeRule) {
      case Full() -> new SizeDemand.CloseEverything("rule");
      case FixedFraction(long sharePpm) -> new SizeDemand.CloseShare(sharePpm, closeRule);
      case Stepped(List<Stepped.Row> rows) ->
          new SizeDemand.CloseShare(shareOf(rows, health), closeRule);
      case Ramp(long first, long last) -> {
        long severity = Severity.ppm(health, thresholdPpm());
        long share = first + Rounding.mulDivFloor(last - first, severity, Ppm.ONE);
        yield new SizeDemand.CloseShare(share, closeRule);
      }
      case TargetHealth(long maximumSharePpm) ->
          new SizeDemand.RestoreTarget(targetPpm(), maximumSharePpm);
      case TimeSliced sliced -> {
        long share = sliced.sharePpm(nowNanos - episode.openedNanos());
        yield share == Ppm.ONE
            ? new SizeDemand.RestoreTarget(targetPpm(), Ppm.ONE)
            : new SizeDemand.RestoreShare(share, sliced);
      }
    };
  }

  /// That of the first row that health lies below; everything for an account above all of them,
  /// which is not in breach and not asked for.
  private static long shareOf(List<Stepped.Row> rows, Health health) {
    return rows.stream()
        .filter(row -> !health.isAtLeast(row.belowPpm()))
        .findFirst()
        .map(Stepped.Row::sharePpm)
        .orElse(Ppm.ONE);
  }

  @Override
  public Settle settle() {
    return Settle.MARKET;
  }

  @Override
  public Backstop backstop() {
    return Backstop.FUND_PAYS_DEFICIT;
  }
}
