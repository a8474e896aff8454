package trimtab.lab.stress;

import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;

/// The quick step for a bankrupt account with positions and at most one coin: all is closed whole,
/// whatever the rule.
///
/// No equity, so closing a position is no improvement from which a penalty could be taken. A sale
/// of the coin pays one only while a requirement is left: then the part of its value that did not
/// count is what it improves. So it matters whether the coin comes after all positions: legs are
/// closed by notional per relief, least first, those without relief last.
final class QuickBankrupt {
  /// Ranks closer than this are left to the planner.
  private static final double RANK_ERROR = 1e-9;

  private final QuickAccount account;
  private final QuickRule rule;
  private final QuickCurves curves;

  QuickBankrupt(QuickAccount account, QuickRule rule, QuickCurves curves) {
    this.account = account;
    this.rule = rule;
    this.curves = curves;
  }

  /// See [QuickStep#decide].
  boolean decide(Outcome outcome) {
    if (account.coins > 1) {
      return false;
    }
    for (int i = 0; i < account.positions; i++) {
      QuickMarket terms = account.markets.contracts().get(account.market[i]);
      QuickCurve curve = curves.contracts().get(account.market[i]);
      if (account.size[i] > curve.capacity) {
        return false;
      }
      long notional = account.size[i] * terms.unitValue;
      outcome.toClose += notional;
      outcome.cost += terms.cost(curve, account.size[i]);
      outcome.traded[2 * terms.feed + (account.isLong[i] ? 0 : 1)] += notional;
    }
    if (account.coins == 1 && !sellCoin(outcome)) {
      return false;
    }
    outcome.equityAfter = account.equity - outcome.cost - outcome.penalty;
    outcome.closedOut = true;
    outcome.restored = outcome.equityAfter >= 0;
    return true;
  }

  private boolean sellCoin(Outcome outcome) {
    QuickMarket terms = account.markets.assets().get(account.coin[0]);
    QuickCurve curve = curves.assets().get(account.coin[0]);
    long held = account.held[0];
    if (held > curve.capacity) {
      return false;
    }
    long value = held * terms.unitValue;
    long cost = terms.cost(curve, held);
    long repaid = QuickStep.repayable(Math.max(0, value - cost), rule.pairPpm());
    long full = QuickStep.penalty(repaid, rule.pairPpm());
    double relief = value - (double) cost - full - terms.weight * value;
    int place = place(value, relief);
    if (place == 0) {
      return false;
    }
    if (place < 0) {
      long allowed = Rounding.mulDivFloor(value, Ppm.ONE - terms.weightPpm, Ppm.ONE);
      outcome.penalty = Math.min(full, Math.max(0, allowed - cost));
    }
    outcome.toClose += value;
    outcome.cost += cost;
    outcome.traded[2 * terms.feed] += value;
    return true;
  }

  /// 1 if the coin comes after all positions, -1 if before any of them, 0 if that is not certain.
  private int place(long value, double coinRelief) {
    int place = 1;
    for (int i = 0; i < account.positions; i++) {
      QuickMarket terms = account.markets.contracts().get(account.market[i]);
      double notional = account.size[i] * (double) terms.unitValue;
      double relief = relief(i, terms, notional);
      double blur = RANK_ERROR * (notional + value);
      if (Math.abs(coinRelief) <= blur || Math.abs(relief) <= blur) {
        return 0;
      }
      if (coinRelief < 0) {
        continue;
      }
      double difference = notional * coinRelief - value * relief;
      if (relief > 0 && Math.abs(difference) <= RANK_ERROR * notional * coinRelief) {
        return 0;
      }
      if (relief < 0 || difference > 0) {
        place = -1;
      }
    }
    return place;
  }

  /// The rise of the excess over the target when a position is closed whole, the penalty uncapped.
  /// With the last requirement gone, the debt itself is what the target multiplies.
  private double relief(int index, QuickMarket terms, double notional) {
    long size = account.size[index];
    double lost =
        (double) terms.cost(curves.contracts().get(account.market[index]), size)
            + QuickStep.penalty(size * terms.unitValue, rule.positionPpm());
    double freed = rule.target() * terms.requirement(notional);
    return account.positions > 1
        ? freed - lost
        : freed - rule.target() * lost + (rule.target() - 1) * account.cash;
  }
}
