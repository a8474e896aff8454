package trimtab.core.health;

import java.util.ArrayList;
import java.util.List;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;

/// How much of an asset may leave an account: what is left must meet the initial parameters, which
/// count open orders at their worst, and nothing is borrowed by leaving.
public final class Withdrawable {
  private Withdrawable() {}

  /// The most of one asset that may leave, nothing else changed.
  ///
  /// @param asset index in the listing
  /// @return in units of the asset, rounded down; 0 where the account does not meet its initial
  ///   requirement as it is
  public static long units(HealthModel model, Account account, Marks marks, int asset) {
    long held = 0;
    for (Balance balance : account.balances()) {
      if (balance.asset() == asset) {
        held = Math.max(0, balance.amount());
      }
    }
    if (!meets(model, account, marks)) {
      return 0;
    }
    // Less backing never helps, so the verdict changes once.
    long allowed = 0;
    long refused = held + 1;
    while (refused - allowed > 1) {
      long middle = allowed + (refused - allowed) / 2;
      if (meets(model, without(account, asset, middle), marks)) {
        allowed = middle;
      } else {
        refused = middle;
      }
    }
    return allowed;
  }

  private static boolean meets(HealthModel model, Account account, Marks marks) {
    return model.assess(account, marks, MarginKind.INITIAL).isAtLeast(Ppm.ONE);
  }

  private static Account without(Account account, int asset, long units) {
    List<Balance> balances = new ArrayList<>();
    for (Balance balance : account.balances()) {
      balances.add(
          balance.asset() == asset
              ? new Balance(asset, balance.amount() - units, balance.debt())
              : balance);
    }
    return account.with(balances, account.positions());
  }
}
