package trimtab.engine;

import java.util.List;
import trimtab.core.health.Base;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;

/// A small venue: dollars with 6 decimals, ETH and BTC as collateral (threshold 0.83) or debt, and
/// two perpetuals with 4 % initial and 2 % maintenance margin. Prices have 2 decimals, quantities
/// 4: one value unit is a millionth of a dollar, and one unit of ETH at 3,000.00 is worth 300,000
/// of them.
public final class Venue {
  public static final int USD = 0;
  public static final int ETH = 1;
  public static final int BTC = 2;
  public static final int ETH_PERP = 0;
  public static final int BTC_PERP = 1;

  private Venue() {}

  public static Listing listing() {
    MarginTiers initial = MarginTiers.flat(40_000);
    MarginTiers maintenance = MarginTiers.flat(20_000);
    return new Listing(
        6,
        List.of(new Feed("ETHUSDT", 2, 1), new Feed("BTCUSDT", 2, 1)),
        List.of(
            new Asset("USD", Asset.SETTLEMENT, 6, 1_000_000, 1_000_000, 1, 0, 0, 0),
            new Asset("ETH", 0, 4, 830_000, 1_000_000, 1, 0, 0, 0),
            new Asset("BTC", 1, 4, 830_000, 1_000_000, 1, 0, 0, 0)),
        List.of(
            new Contract("ETH-PERP", 0, 4, 1, 0, 0, initial, maintenance, 0),
            new Contract("BTC-PERP", 1, 4, 1, 0, 0, initial, maintenance, 0)));
  }

  /// Threshold 1, target 1.05, penalty 1 % and 5 % capped at the improvement, half of it for the
  /// fund.
  public static OwnRulebook rulebook(CloseRule rule) {
    return new OwnRulebook(
        "test",
        rule,
        Base.AUTO,
        1_000_000,
        1_050_000,
        new PenaltyTerms(10_000, 50_000, Cap.IMPROVEMENT, 500_000),
        OnHarmfulClose.ESCALATE,
        0);
  }

  public static OwnRulebook targetHealth() {
    return rulebook(new CloseRule.TargetHealth(1_000_000));
  }

  public static OwnRulebook full() {
    return rulebook(new CloseRule.Full());
  }

  public static OwnRulebook withCooldown(OwnRulebook rule, long cooldownNanos) {
    return new OwnRulebook(
        rule.name(),
        rule.closeRule(),
        rule.base(),
        rule.thresholdPpm(),
        rule.targetPpm(),
        rule.penalty(),
        rule.onHarmfulClose(),
        cooldownNanos);
  }

  /// Dollars in value units.
  public static long usd(double dollars) {
    return Math.round(dollars * 1e6);
  }

  /// ETH or BTC in units of quantity or amount.
  public static long units(double coins) {
    return Math.round(coins * 1e4);
  }

  /// A price in units of its feed.
  public static long price(double dollars) {
    return Math.round(dollars * 1e2);
  }
}
