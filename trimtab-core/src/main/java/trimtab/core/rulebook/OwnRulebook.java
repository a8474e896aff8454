package trimtab.core.rulebook;

import trimtab.core.account.AccountView;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.CloseRule.TargetHealth;

/// Trimtab's own rules: a [CloseRule] and its constants. An account breaches strictly below the
/// threshold.
///
/// @param name for people and for result keys
/// @param closeRule how much is closed
/// @param base what levels are measured against
/// @param thresholdPpm breach below this level
/// @param targetPpm level to be restored; not below the threshold, so that a restored account does
///   not breach at the same price (hysteresis)
/// @param penalty rates, cap and split
/// @param onHarmfulClose what happens in the zone where a partial close does not help
/// @param cooldownNanos pause between slices
/// @param legOrder which legs are closed when several could be
/// @param objective what a choice among legs makes small
public record OwnRulebook(
    String name,
    CloseRule closeRule,
    Base base,
    long thresholdPpm,
    long targetPpm,
    PenaltyTerms penalty,
    OnHarmfulClose onHarmfulClose,
    long cooldownNanos,
    LegOrder legOrder,
    Objective objective)
    implements Rulebook {
  public OwnRulebook {
    if (thresholdPpm < Ppm.ONE || targetPpm < thresholdPpm) {
      throw new IllegalArgumentException(
          "target (%s) must be at least threshold (%s), and threshold at least 1"
              .formatted(Ppm.format(targetPpm), Ppm.format(thresholdPpm)));
    }
    if (cooldownNanos < 0) {
      throw new IllegalArgumentException("cooldown must not be negative");
    }
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
        thresholdPpm,
        targetPpm,
        penalty,
        onHarmfulClose,
        cooldownNanos,
        otherOrder,
        otherObjective);
  }

  @Override
  public Fit fits(AccountView account, Listing listing) {
    return new Fit.Fits();
  }

  @Override
  public Trigger trigger(Health health, EpisodeState episode, long nowNanos) {
    if (health.isAtLeast(thresholdPpm)) {
      return new Trigger.Healthy();
    }
    if (nowNanos < episode.cooldownUntilNanos()) {
      return new Trigger.Wait("cooldown after a slice", episode.cooldownUntilNanos());
    }
    String ratio = health.ratioText(thresholdPpm);
    return new Trigger.Liquidate(
        "health %s is below the threshold %s".formatted(ratio, Ppm.format(thresholdPpm)));
  }

  @Override
  public SizeDemand size(Health health, EpisodeState episode, MarketState market) {
    return switch (closeRule) {
      case Full() -> new SizeDemand.CloseEverything("rule");
      case FixedFraction(long sharePpm) -> new SizeDemand.CloseShare(sharePpm);
      case TargetHealth(long maximumSharePpm) ->
          new SizeDemand.RestoreTarget(targetPpm, maximumSharePpm);
    };
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
