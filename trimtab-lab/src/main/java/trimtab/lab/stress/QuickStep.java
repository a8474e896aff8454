package trimtab.lab.stress;

import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;

/// The step for the accounts that most books consist of, by formula instead of by search: whoever
/// is bankrupt without a mixture of positions and coins, one position, or one coin against a debt
/// of the settlement currency.
///
/// The least restoring size is found on doubles and settled on exact costs: it restores by more
/// than the error of the arithmetic, and one lot less fails by more than error and rounding
/// together. As the excess is concave in the quantity, every smaller lot then fails, too. Where
/// anything is less than certain the answer is `false`, and the planner decides.
final class QuickStep {
  private final QuickAccount account;

  QuickStep(QuickAccount account) {
    this.account = account;
  }

  /// Decides for an account in breach.
  ///
  /// @param outcome cleared; filled if the answer is true, else undefined
  boolean decide(QuickRule rule, QuickCurves curves, Outcome outcome) {
    if (!account.understood) {
      return false;
    }
    if (account.positions > 0 && account.equity <= 0) {
      return new QuickBankrupt(account, rule, curves).decide(outcome);
    }
    if (account.positions == 1) {
      return new QuickPosition(account, rule, curves).decide(outcome);
    }
    return account.positions == 0
        && account.coins == 1
        && account.cash < 0
        && new QuickLoan(account, rule, curves).decide(outcome);
  }

  /// Value that proceeds repay when a penalty comes on top, rounded down.
  static long repayable(long proceeds, long pairPpm) {
    return Rounding.mulDivFloor(proceeds, Ppm.ONE, Ppm.ONE + pairPpm);
  }

  /// A penalty on a value, rounded up.
  static long penalty(long value, long ppm) {
    return Rounding.mulDivCeil(value, ppm, Ppm.ONE);
  }
}
