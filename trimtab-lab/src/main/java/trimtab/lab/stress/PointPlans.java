package trimtab.lab.stress;

import trimtab.core.account.Account;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.mark.Marks;
import trimtab.core.plan.Plan;
import trimtab.core.rulebook.Rulebook;
import trimtab.lab.stress.StressSetup.LiquidityMove;
import trimtab.lab.stress.StressSetup.PriceMove;

/// The plans of single accounts at one point of a grid, made again for who wants to see them.
public final class PointPlans {
  private final StressSetup setup;
  private final Rulebook rulebook;
  private final Marks marks;
  private final StressCurves curves;

  /// @param rulebook place in the setup
  /// @param point place in the results
  public PointPlans(StressSetup setup, int rulebook, int point) {
    this.setup = setup;
    this.rulebook = setup.rulebooks().get(rulebook);
    int changes = setup.liquidityMoves().size();
    PriceMove move = setup.moves().get(point / changes);
    LiquidityMove change = setup.liquidityMoves().get(point % changes);
    this.marks = move.marks();
    this.curves = setup.curves(marks, change);
  }

  public Rulebook rulebook() {
    return rulebook;
  }

  public Marks marks() {
    return marks;
  }

  /// @param account place in the book
  public Account account(int account) {
    return setup.accounts().get(account);
  }

  /// What the rulebook does with an account that is in breach.
  ///
  /// @param account place in the book
  public Plan plan(int account) {
    HealthModel model =
        new HealthModel(
            setup.listing(), new LegSum(setup.listing()), rulebook.base(), rulebook.netting());
    return new PlannedStep(rulebook, model).plan(account(account), marks, curves);
  }
}
