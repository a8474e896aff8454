package trimtab.core.rulebook;

import trimtab.core.account.AccountView;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.instrument.Listing;

/// A liquidation rule as pure functions: when an account is in breach, how much of it is closed, in
/// which order, at which penalty, and what stands behind it. Functions return a value with its
/// explanation; what a rule must remember comes in as [EpisodeState] and [MarketState], which the
/// engine journals.
public interface Rulebook {
  String name();

  /// Whether this rule can judge the account at all.
  Fit fits(AccountView account, Listing listing);

  /// What health levels are measured against.
  Base base();

  /// Level below which an account is in breach, parts per million.
  long thresholdPpm();

  /// Level to which a breached account is to be restored, parts per million; also the yardstick of
  /// the over-liquidation ratio for rules that do not aim at it.
  long targetPpm();

  /// Whether and why the account is to be reduced now.
  Trigger trigger(Health health, EpisodeState episode, long nowNanos);

  /// How much is to be closed.
  SizeDemand size(Health health, EpisodeState episode, MarketState market);

  /// Which legs are closed when several could be.
  LegOrder legOrder();

  /// What a choice among legs makes small.
  Objective objective();

  OnHarmfulClose onHarmfulClose();

  PenaltyTerms penalty();

  /// Pause after a slice before the next is planned.
  long cooldownNanos();

  Settle settle();

  Backstop backstop();
}
