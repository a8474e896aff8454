package trimtab.core.rulebook;

import trimtab.core.account.Account;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;

/// Everything a rule may look at when it states quantities of its own.
///
/// @param account in breach
/// @param marks prices of the decision
/// @param model how health is measured
/// @param health of the account at these marks
/// @param episode what is remembered of this breach
/// @param market what is remembered of the venue
public record Situation(
    Account account,
    Marks marks,
    HealthModel model,
    Health health,
    EpisodeState episode,
    MarketState market) {
  public Listing listing() {
    return model.listing();
  }

  /// Instant of the marks.
  public long nowNanos() {
    return marks.asOfNanos();
  }
}
