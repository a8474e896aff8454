package trimtab.rulebooks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.Levels;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.Backstop;
import trimtab.core.rulebook.Cooldown;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.Parameter;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Rulebook;
import trimtab.core.rulebook.Settle;
import trimtab.core.rulebook.Situation;
import trimtab.core.rulebook.SizeDemand;
import trimtab.core.rulebook.Trigger;

/// The rule of a venue or protocol version on accounts of the core. Where the core or the engine
/// lacks something that the rule needs, [#fits] says so; the figures can be asked for all the same.
///
/// What it closes is harmful or not as at the venue, so nothing is refused or escalated for it.
public interface VenueRulebook extends Rulebook {
  /// The name of the venue and version, and the rule in one line.
  String summary();

  /// The rule in a few sentences: when, how much, in which order, at which price and penalty, dust,
  /// bad debt.
  List<String> rule();

  /// Where it is written down.
  String source();

  /// Why no account of the core can be liquidated by it, as far as that does not depend on the
  /// account: its style of settlement is not hosted. Its figures can be asked for all the same.
  default Optional<String> misfit() {
    return Optional.empty();
  }

  /// What of the rule is not hosted where the rest is: backstops, other accounts' part. Where it
  /// comes to that, nothing is closed under the venue's name.
  default Optional<String> leftOut() {
    return Optional.empty();
  }

  /// The constants, in the venue's own units.
  Parameters constants();

  /// The same rule with other constants.
  ///
  /// @throws IllegalArgumentException if a name is unknown or a value does not fit
  VenueRulebook with(Map<String, String> values);

  @Override
  Optional<Prescription> prescription(Situation situation);

  @Override
  default List<Parameter> parameters() {
    return constants().list();
  }

  @Override
  default Base base() {
    return Base.AUTO;
  }

  /// Breach below one; the other levels are for people.
  @Override
  default Levels levels() {
    return Levels.around(Ppm.ONE, Ppm.ONE);
  }

  /// Strictly below the threshold, after the pause that follows a slice.
  @Override
  default Trigger trigger(Health health, EpisodeState episode, long nowNanos) {
    if (health.isAtLeast(thresholdPpm())) {
      return new Trigger.Healthy();
    }
    if (nowNanos < episode.cooldownUntilNanos()) {
      return new Trigger.Wait("cooldown after a slice", episode.cooldownUntilNanos());
    }
    return new Trigger.Liquidate(
        "health %s is below the threshold %s"
            .formatted(health.ratioText(thresholdPpm()), Ppm.format(thresholdPpm())));
  }

  /// Not asked, as the rule states quantities.
  @Override
  default SizeDemand size(Health health, EpisodeState episode, MarketState market, long nowNanos) {
    return new SizeDemand.CloseEverything("rule");
  }

  /// For the yardstick of over-liquidation alone.
  @Override
  default LegOrder legOrder() {
    return LegOrder.LEAST_COST;
  }

  /// For the yardstick of over-liquidation alone.
  @Override
  default Objective objective() {
    return Objective.COST;
  }

  @Override
  default OnHarmfulClose onHarmfulClose() {
    return OnHarmfulClose.PROCEED;
  }

  @Override
  default Cooldown cooldown() {
    return new Cooldown(0);
  }

  @Override
  default Settle settle() {
    return Settle.MARKET;
  }

  @Override
  default Backstop backstop() {
    return Backstop.FUND_PAYS_DEFICIT;
  }
}
