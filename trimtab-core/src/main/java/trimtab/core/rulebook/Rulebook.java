package trimtab.core.rulebook;

import java.util.List;
import java.util.Optional;
import trimtab.core.account.AccountView;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.Levels;
import trimtab.core.health.Netting;
import trimtab.core.instrument.Listing;

/// A liquidation rule as pure functions: when an account is in breach, how much of it is closed, in
/// which order, at which penalty, and what stands behind it. Functions return a value with its
/// explanation; what a rule must remember comes in as [EpisodeState] and [MarketState], which the
/// engine journals.
public interface Rulebook {
  /// For people, and as the key of results.
  String name();

  /// The constants that a venue sets; empty for a rule whose constants have names of their own
  /// here.
  default List<Parameter> parameters() {
    return List.of();
  }

  /// Whether this rule can judge the account at all.
  Fit fits(AccountView account, Listing listing);

  /// What health levels are measured against.
  Base base();

  /// What of one asset is set off against what.
  default Netting netting() {
    return Netting.PER_ASSET;
  }

  /// Level below which an account is in breach, parts per million.
  default long thresholdPpm() {
    return levels().thresholdPpm();
  }

  /// Level to which a breached account is to be restored, parts per million; also the yardstick of
  /// the over-liquidation ratio for rules that do not aim at it.
  default long targetPpm() {
    return levels().targetPpm();
  }

  /// The bounds of all levels, with this threshold and target among them.
  Levels levels();

  /// Whether and why the account is to be reduced now.
  Trigger trigger(Health health, EpisodeState episode, long nowNanos);

  /// How much is to be closed.
  ///
  /// @param nowNanos instant of the marks that the decision is taken on
  SizeDemand size(Health health, EpisodeState episode, MarketState market, long nowNanos);

  /// Quantities of the rule's own, for a rule that is more than a share or a target. Where there
  /// are some, [#size] is not asked.
  default Optional<Prescription> prescription(Situation situation) {
    return Optional.empty();
  }

  /// What the venue itself would say about the account, number by number.
  default List<Figure> figures(Situation situation) {
    return List.of();
  }

  /// Which legs are closed when several could be.
  LegOrder legOrder();

  /// What a choice among legs makes small.
  Objective objective();

  /// What happens where a partial close would not raise the health factor.
  OnHarmfulClose onHarmfulClose();

  /// Whether a close that does not help at the full penalty may be done at a lower one.
  default boolean penaltyReduction() {
    return false;
  }

  /// The penalty's bases, bound and split, with the rates that its schedule starts from.
  PenaltyTerms penalty();

  /// How the penalty's rates follow from the state of the account.
  default PenaltySchedule schedule() {
    return PenaltySchedule.FIXED;
  }

  /// The penalty as it holds for one decision.
  ///
  /// @param nowNanos instant of the marks that the decision is taken on
  default PenaltyTerms penalty(Health health, EpisodeState episode, long nowNanos) {
    return schedule().resolve(penalty(), thresholdPpm(), health, nowNanos - episode.openedNanos());
  }

  /// What a closing pays where the rule states the amount itself.
  default Levy levy() {
    return Levy.BY_TERMS;
  }

  /// Pause after a slice before the next is planned.
  Cooldown cooldown();

  /// How long that pause is.
  default long cooldownNanos() {
    return cooldown().nanos();
  }

  /// Who takes the other side of what is closed.
  Settle settle();

  /// What comes after a full close that leaves equity below zero.
  Backstop backstop();
}
