package trimtab.app.plan;

import java.util.ArrayList;
import java.util.List;
import trimtab.core.account.AccountView;
import trimtab.core.health.HealthModel;
import trimtab.core.health.PriceRange;
import trimtab.core.health.PriceRanges;
import trimtab.lab.input.PlanFile;

/// Where one price would take an account, all other prices held.
///
/// @param feed index of the price
/// @param breaches prices below the threshold, nearest to the mark first
/// @param bankruptcies prices at which no equity is left, nearest first
public record FeedLevels(int feed, List<PriceRange> breaches, List<PriceRange> bankruptcies) {
  public FeedLevels {
    breaches = List.copyOf(breaches);
    bankruptcies = List.copyOf(bankruptcies);
  }

  /// One for each price that something of the account depends on.
  static List<FeedLevels> of(PlanFile input, HealthModel model, AccountView account) {
    List<FeedLevels> levels = new ArrayList<>();
    for (int feed : PriceRanges.feeds(input.listing(), account)) {
      levels.add(
          new FeedLevels(
              feed,
              PriceRanges.below(
                  model, account, input.marks(), feed, input.rulebook().thresholdPpm()),
              PriceRanges.bankrupt(model, account, input.marks(), feed)));
    }
    return levels;
  }
}
