package trimtab.lab.stress;

import trimtab.core.account.Account;
import trimtab.core.account.Leg;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Wide;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Rulebook;

/// The step as the planner decides it: exact for every account, and the yardstick of whatever is
/// faster.
final class PlannedStep {
  private static final int SETTLEMENT = 0;

  private final Rulebook rulebook;
  private final HealthModel model;
  private final Planner planner;

  PlannedStep(Rulebook rulebook, HealthModel model) {
    this.rulebook = rulebook;
    this.model = model;
    this.planner = new Planner(model.listing(), model.requirements());
  }

  /// The plan of an account in breach, on its own.
  Plan plan(Account account, Marks marks, CostCurves curves) {
    long now = marks.asOfNanos();
    return planner.plan(
        account, marks, rulebook, curves, EpisodeState.opened(now), MarketState.fresh(now));
  }

  /// @param outcome cleared
  void decide(Account account, Marks marks, CostCurves curves, Outcome outcome) {
    switch (plan(account, marks, curves)) {
      case Plan.Nothing(Health before, _) -> end(account, before, marks, outcome);
      case Plan.Close close -> {
        for (PlannedClosing planned : close.closings()) {
          outcome.toClose = Math.addExact(outcome.toClose, planned.closing().notional());
          outcome.cost = Math.addExact(outcome.cost, planned.closing().cost());
          long penalty = planned.closing().penalty();
          outcome.penalty = Math.addExact(outcome.penalty, Math.max(0, penalty));
          outcome.madeUp = Math.addExact(outcome.madeUp, Math.max(0, -penalty));
          int place = place(planned.closing().leg(), planned.side());
          outcome.traded[place] += planned.closing().notional();
        }
        Account left = close.closings().getLast().closing().account();
        end(left, close.after(), marks, outcome);
      }
    }
  }

  private void end(Account left, Health health, Marks marks, Outcome outcome) {
    outcome.equityAfter = health.equity();
    outcome.restored = health.isAtLeast(rulebook.thresholdPpm());
    outcome.closedOut = nothingToClose(left, marks);
  }

  private int place(Leg leg, Side side) {
    Listing listing = model.listing();
    int feed =
        switch (leg) {
          case Leg.PositionLeg(int market) -> listing.contracts().get(market).feed();
          case Leg.PairLeg(int debt, int collateral) ->
              listing.assets().get(collateral == SETTLEMENT ? debt : collateral).feed();
        };
    return 2 * feed + (side == Side.SELL ? 0 : 1);
  }

  /// No position, no asset held net of what is owed of it, and less money than buys back a unit of
  /// anything owed: as the engine has it before it calls on the fund.
  private boolean nothingToClose(Account account, Marks marks) {
    if (account.positionCount() > 0) {
      return false;
    }
    long leastDebtUnit = Long.MAX_VALUE;
    for (int i = 0; i < account.balanceCount(); i++) {
      int index = account.asset(i);
      long net = account.amount(i) - account.debt(i);
      if (index != SETTLEMENT && net > 0) {
        return false;
      }
      if (index != SETTLEMENT && net < 0) {
        Asset asset = model.listing().assets().get(index);
        leastDebtUnit = Math.min(leastDebtUnit, marks.unitValue(model.listing(), asset));
      }
    }
    return model.cash(account, marks, SETTLEMENT).compareTo(Wide.of(leastDebtUnit)) < 0;
  }
}
