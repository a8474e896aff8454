package trimtab.engine.account;

import trimtab.core.account.AccountView;
import trimtab.core.health.HealthModel;
import trimtab.core.instrument.Asset;
import trimtab.core.mark.Marks;
import trimtab.core.money.Wide;

/// Whether an account has anything left that closing could turn into repaid debt.
final class Remains {
  private static final int SETTLEMENT = 0;

  private Remains() {}

  /// No position, no asset held net of what is owed of it; settlement currency at most less than
  /// one unit of every asset owed, so that it can repay none.
  static boolean nothingToClose(AccountView account, HealthModel model, Marks marks) {
    if (account.positionCount() > 0) {
      return false;
    }
    long leastDebtUnit = Long.MAX_VALUE;
    for (int i = 0; i < account.balanceCount(); i++) {
      int index = account.asset(i);
      long net = Math.subtractExact(account.amount(i), account.debt(i));
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
