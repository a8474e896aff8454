package trimtab.lab.stress;

import trimtab.core.account.AccountView;
import trimtab.core.money.Rounding;

/// An account at one move of prices, as plain numbers: filled anew for each. Amounts are value
/// units; the weighted sums are doubles, with a bound of their error.
final class QuickAccount {
  /// Positions or coins that are looked at.
  static final int LEGS_MAX = 8;

  /// More than what a sum of some twenty products of doubles is off by, as a share of its largest
  /// terms.
  private static final double ERROR = 1e-14;

  final QuickMarkets markets;

  /// False for an account that the quick step has no formula for.
  boolean understood;

  int positions;
  final int[] market = new int[LEGS_MAX];
  final long[] size = new long[LEGS_MAX];
  final boolean[] isLong = new boolean[LEGS_MAX];

  int coins;
  final int[] coin = new int[LEGS_MAX];
  final long[] held = new long[LEGS_MAX];

  /// Net settlement currency with all unrealised profit and loss.
  long cash;

  long equity;

  /// Value of the coins at their weights.
  double weighted;

  double requirement;

  /// Bound of the error of [#excess(double)] and of every excess near it.
  double error;

  QuickAccount(QuickMarkets markets) {
    this.markets = markets;
  }

  void load(AccountView account) {
    positions = account.positionCount();
    coins = 0;
    cash = 0;
    weighted = 0;
    requirement = 0;
    understood = positions <= LEGS_MAX && account.balanceCount() <= LEGS_MAX;
    if (!understood) {
      return;
    }
    double largest = 0;
    long coinValue = 0;
    for (int i = 0; i < account.balanceCount(); i++) {
      long amount = Math.subtractExact(account.amount(i), account.debt(i));
      int asset = account.asset(i);
      if (asset == 0) {
        cash = Math.addExact(cash, amount);
      } else if (amount < 0) {
        understood = false;
        return;
      } else if (amount > 0) {
        coin[coins] = asset;
        held[coins] = amount;
        coins++;
        QuickMarket terms = markets.assets().get(asset);
        long value = Math.multiplyExact(amount, terms.unitValue);
        coinValue = Math.addExact(coinValue, value);
        weighted += value * terms.weight;
      }
    }
    for (int i = 0; i < positions; i++) {
      QuickMarket terms = markets.contracts().get(account.market(i));
      long quantity = account.quantity(i);
      long value = Math.multiplyExact(quantity, terms.unitValue);
      cash = Math.addExact(cash, Math.subtractExact(value, account.cost(i)));
      market[i] = account.market(i);
      size[i] = Math.abs(quantity);
      isLong[i] = quantity > 0;
      requirement += terms.requirement(Math.abs((double) value));
      largest += Math.abs((double) value);
    }
    equity = Math.addExact(cash, coinValue);
    error = ERROR * (Math.abs((double) cash) + coinValue + largest);
  }

  /// By how much the account lies above a level, value units; certain only beyond [#error].
  double excess(double level) {
    if (positions > 0) {
      return cash + weighted - level * requirement;
    }
    return cash >= 0 ? weighted : weighted + level * cash;
  }

  /// Value of the first coin at its weight, rounded down.
  long weightedDown(int index) {
    QuickMarket terms = markets.assets().get(coin[index]);
    return Rounding.mulDivFloor(
        held[index] * terms.unitValue, terms.weightPpm, trimtab.core.money.Ppm.ONE);
  }
}
