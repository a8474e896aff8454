package trimtab.lab.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import trimtab.core.account.Account;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.lab.stress.StressSetup.LiquidityMove;
import trimtab.lab.stress.StressSetup.PriceMove;

/// Some accounts at one move of prices: under every rulebook, at every change of liquidity.
///
/// Who is in breach depends on the prices alone, and is found once for all rulebooks that measure
/// levels by the same base.
final class StressStep implements Callable<PointTally[][]> {
  private final StressSetup setup;
  private final PriceMove move;
  private final int from;
  private final int to;
  private final Listing listing;
  private final List<StressCurves> curves = new ArrayList<>();
  // One per base of levels.
  private final List<HealthModel> models = new ArrayList<>();
  private final List<PlannedStep> planners = new ArrayList<>();
  private final PointTally[][] tallies;
  private final Outcome outcome;

  /// @param from first account
  /// @param to after the last account
  StressStep(StressSetup setup, PriceMove move, int from, int to) {
    this.setup = setup;
    this.move = move;
    this.from = from;
    this.to = to;
    this.listing = setup.listing();
    int feeds = listing.feeds().size();
    List<LiquidityMove> changes = setup.liquidityMoves();
    this.outcome = new Outcome(feeds);
    this.tallies = new PointTally[setup.rulebooks().size()][changes.size()];
    for (PointTally[] points : tallies) {
      for (int point = 0; point < points.length; point++) {
        points[point] = new PointTally(feeds);
      }
    }
  }

  /// Sums by rulebook and change of liquidity.
  @Override
  public PointTally[][] call() {
    setup.liquidityMoves().forEach(change -> curves.add(setup.curves(move.marks(), change)));
    LegSum requirements = new LegSum(listing);
    for (OwnRulebook rulebook : setup.rulebooks()) {
      HealthModel model = new HealthModel(listing, requirements, rulebook.base());
      planners.add(new PlannedStep(rulebook, model));
      if (!models.contains(model)) {
        models.add(model);
      }
    }
    for (int account = from; account < to; account++) {
      judge(account, setup.accounts().get(account));
    }
    return tallies;
  }

  private void judge(int index, Account account) {
    boolean isPerp = account.positionCount() > 0;
    long value = -1;
    for (HealthModel model : models) {
      Health health = model.assess(account, move.marks());
      for (int i = 0; i < planners.size(); i++) {
        OwnRulebook rulebook = setup.rulebooks().get(i);
        if (rulebook.base() != model.base() || health.isAtLeast(rulebook.thresholdPpm())) {
          continue;
        }
        value = value < 0 ? value(account) : value;
        for (int point = 0; point < curves.size(); point++) {
          outcome.clear();
          planners.get(i).decide(account, move.marks(), curves.get(point), outcome);
          tallies[i][point].add(index, isPerp, value, outcome);
        }
      }
    }
  }

  /// Value of the positions at the marks; of an account without any, of its collateral.
  private long value(Account account) {
    Marks marks = move.marks();
    long sum = 0;
    for (int i = 0; i < account.positionCount(); i++) {
      long unitValue = marks.unitValue(listing, listing.contracts().get(account.market(i)));
      sum = Math.addExact(sum, Math.multiplyExact(Math.absExact(account.quantity(i)), unitValue));
    }
    for (int i = 0; account.positionCount() == 0 && i < account.balanceCount(); i++) {
      long unitValue = marks.unitValue(listing, listing.assets().get(account.asset(i)));
      sum = Math.addExact(sum, Math.multiplyExact(Math.max(0, account.amount(i)), unitValue));
    }
    return sum;
  }
}
