package trimtab.lab.stress;

import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;

/// The quick step for one coin against a debt of the settlement currency.
///
/// Of a sale of value v at a cost c, `r = (v - c) / (1 + b)` repays and the rest is the penalty.
/// With the coins C at their weight w and the debt D, the excess over a level t is `w (C - v) - t
/// (D - r)`, concave in the quantity.
final class QuickLoan {
  private static final int STEPS_MAX = 96;
  private static final int LOTS_TRIED = 4;

  /// Cost, fee, repayment and penalty are rounded by less than a value unit each, the ends of a
  /// curve's pieces too; a level counts them at most twice.
  private static final double ROUNDING = 16;

  private static final double RATIO_ERROR = 1e-12;
  private static final double LEVEL_MAX = 2;

  private static final long NONE = -1;
  private static final long UNCERTAIN = -2;

  private final QuickAccount account;
  private final QuickRule rule;
  private final QuickMarket terms;
  private final QuickCurve curve;
  private final long debt;
  private final long held;

  /// The least lots that repay all, or everything.
  private final long size;

  QuickLoan(QuickAccount account, QuickRule rule, QuickCurves curves) {
    this.account = account;
    this.rule = rule;
    this.terms = account.markets.assets().get(account.coin[0]);
    this.curve = curves.assets().get(account.coin[0]);
    this.debt = -account.cash;
    this.held = account.held[0];
    boolean fits = held <= curve.capacity && rule.target() <= LEVEL_MAX;
    this.size = !fits ? UNCERTAIN : account.equity <= 0 ? held : leastRepaying(debt, held);
  }

  /// See [QuickStep#decide].
  boolean decide(Outcome outcome) {
    if (size == UNCERTAIN) {
      return false;
    }
    if (account.equity <= 0) {
      return closeWhole(outcome);
    }
    return switch (rule.demand()) {
      case EVERYTHING -> closeWhole(outcome);
      case TARGET -> restore(outcome);
      case SHARE -> closeShare(outcome);
    };
  }

  /// The least lots that repay a value, `most` if none do, or `UNCERTAIN`. What a quantity repays
  /// rises with it, as no cost rises faster than the value sold.
  private long leastRepaying(long value, long most) {
    long last = most / terms.lot;
    if (last < 1 || curve.slope(curve.pieceFrom((double) most)) > terms.unitValue / 2.0) {
      return UNCERTAIN;
    }
    if (repayable(last * terms.lot) < value) {
      return most;
    }
    double wanted = value * (1 + (double) rule.pairPpm() / Ppm.ONE);
    double quantity = wanted / terms.unitValue;
    for (int step = 0; step < LOTS_TRIED; step++) {
      double at = Math.min(quantity, (double) most);
      double cost = curve.cost(curve.pieceFrom(at), at);
      double net = terms.unitValue * (1 - (double) terms.feePpm / Ppm.ONE);
      quantity = (wanted + cost) / net;
    }
    long lots = Math.clamp((long) Math.ceil(quantity / terms.lot), 1, last);
    for (int tried = 0; tried < LOTS_TRIED; tried++) {
      boolean enough = repayable(lots * terms.lot) >= value;
      if (!enough) {
        lots++;
      } else if (lots > 1 && repayable((lots - 1) * terms.lot) >= value) {
        lots--;
      } else {
        return lots * terms.lot;
      }
      if (lots > last) {
        return UNCERTAIN;
      }
    }
    return UNCERTAIN;
  }

  private long repayable(long quantity) {
    return QuickStep.repayable(proceeds(quantity), rule.pairPpm());
  }

  private long proceeds(long quantity) {
    return Math.max(0, quantity * terms.unitValue - terms.cost(curve, quantity));
  }

  private boolean restore(Outcome outcome) {
    long least = least();
    if (least == UNCERTAIN) {
      return false;
    }
    return least == NONE ? closeWhole(outcome) : closePart(least, outcome, true);
  }

  private boolean closeShare(Outcome outcome) {
    long wanted = leastRepaying(Rounding.mulDivCeil(debt, rule.sharePpm(), Ppm.ONE), size);
    if (wanted == UNCERTAIN) {
      return false;
    }
    long quantity = terms.leastAdmissible(wanted, size);
    if (quantity == size) {
      return false;
    }
    // Health rises iff B'/O' > B/O, with the penalty uncapped.
    long owed = owedAfter(quantity);
    double backing = backingAfter(quantity);
    double difference = backing * debt - account.weighted * owed;
    if (owed <= 0
        || Math.abs(difference) <= RATIO_ERROR * (backing * debt + account.weighted * owed)) {
      return false;
    }
    if (difference < 0) {
      return restore(outcome);
    }
    double margin = backing - rule.threshold() * owed;
    return Math.abs(margin) > account.error && closePart(quantity, outcome, margin > 0);
  }

  private double backingAfter(long quantity) {
    return (double) ((held - quantity) * terms.unitValue) * terms.weight;
  }

  /// What is owed after a sale at the full penalty.
  private long owedAfter(long quantity) {
    long proceeds = proceeds(quantity);
    long repaid = Math.min(debt, QuickStep.repayable(proceeds, rule.pairPpm()));
    return debt - proceeds + QuickStep.penalty(repaid, rule.pairPpm());
  }

  private boolean closePart(long quantity, Outcome outcome, boolean restored) {
    long cost = terms.cost(curve, quantity);
    long repaid = Math.min(debt, repayable(quantity));
    long penalty = QuickStep.penalty(repaid, rule.pairPpm());
    if (penalty > account.equity - cost) {
      // The penalty would be capped.
      return false;
    }
    return closed(quantity, cost, penalty, outcome, restored);
  }

  private boolean closeWhole(Outcome outcome) {
    long cost = terms.cost(curve, size);
    long repaid = Math.min(debt, repayable(size));
    long full = QuickStep.penalty(repaid, rule.pairPpm());
    long allowed = Math.max(0, account.equity);
    long penalty = Math.min(full, Math.max(0, allowed - cost));
    long owed = debt - (size * terms.unitValue - cost - penalty);
    if (owed > 0 && size < held) {
      return false;
    }
    return closed(size, cost, penalty, outcome, owed <= 0);
  }

  private boolean closed(
      long quantity, long cost, long penalty, Outcome outcome, boolean restored) {
    outcome.toClose = quantity * terms.unitValue;
    outcome.cost = cost;
    outcome.penalty = penalty;
    outcome.equityAfter = account.equity - cost - penalty;
    outcome.closedOut = quantity == held;
    outcome.restored = restored;
    outcome.traded[2 * terms.feed] = outcome.toClose;
    return true;
  }

  private long least() {
    double root = root();
    if (Double.isNaN(root)) {
      return UNCERTAIN;
    }
    if (root == Double.POSITIVE_INFINITY) {
      return NONE;
    }
    long lots = (long) Math.ceil(root / terms.lot);
    for (int tried = 0; tried < LOTS_TRIED; tried++) {
      if (lots < 1 || lots * terms.lot >= size) {
        return UNCERTAIN;
      }
      double here = excess(lots);
      double before = lots == 1 ? Double.NEGATIVE_INFINITY : excess(lots - 1);
      if (here > account.error && before < -ROUNDING - account.error) {
        return admissible(lots);
      }
      if (here < -account.error) {
        lots++;
      } else if (before > account.error) {
        lots--;
      } else {
        return UNCERTAIN;
      }
    }
    return UNCERTAIN;
  }

  private long admissible(long lots) {
    long quantity = Math.max(lots * terms.lot, terms.minimum);
    if (quantity > terms.maximumPartial(size)) {
      return NONE;
    }
    boolean restores = excess(quantity / terms.lot) > account.error;
    return restores ? quantity : UNCERTAIN;
  }

  private double excess(long lots) {
    long quantity = lots * terms.lot;
    return backingAfter(quantity) - rule.target() * owedAfter(quantity);
  }

  /// As for a position: the left root of the unrounded excess. A root beyond the size is none.
  private double root() {
    double unit = terms.unitValue;
    double fee = (double) terms.feePpm / Ppm.ONE;
    double repaying = rule.target() / (1 + (double) rule.pairPpm() / Ppm.ONE);
    double quantity = 0;
    for (int step = 0; step < STEPS_MAX; step++) {
      int piece = curve.pieceFrom(quantity);
      double value = quantity * unit;
      double net = value * (1 - fee) - curve.cost(piece, quantity);
      double excess =
          account.weighted - terms.weight * value - rule.target() * debt + repaying * net;
      double slope = repaying * (unit * (1 - fee) - curve.slope(piece)) - terms.weight * unit;
      if (excess >= -account.error) {
        return quantity;
      }
      double next = quantity - excess / slope;
      if (slope <= 0 || next >= size) {
        return excess < -ROUNDING - 2 * account.error ? Double.POSITIVE_INFINITY : Double.NaN;
      }
      if (next - quantity < 1e-3 * terms.lot) {
        return next;
      }
      quantity = next;
    }
    return Double.NaN;
  }
}
