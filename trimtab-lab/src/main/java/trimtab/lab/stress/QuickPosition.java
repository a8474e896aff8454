package trimtab.lab.stress;

import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;

/// The quick step for an account in breach, not bankrupt, with one position and coins at most
/// beside it.
///
/// With cash and weighted coins E, a cost c(q), a penalty p(q) and the requirement R of what is
/// left, the excess over a level t is `E - c(q) - p(q) - t R(q)`, concave in q.
final class QuickPosition {
  /// Steps of Newton's method: as many as pieces can be crossed.
  private static final int STEPS_MAX = 96;

  /// Lots around the root that are tried.
  private static final int LOTS_TRIED = 4;

  /// Cost, fee and penalty are rounded up by less than a value unit each, and so are the ends of a
  /// curve's pieces.
  private static final double ROUNDING = 4;

  private static final double RATIO_ERROR = 1e-12;

  private static final long NONE = -1;
  private static final long UNCERTAIN = -2;

  private final QuickAccount account;
  private final QuickRule rule;
  private final QuickMarket terms;
  private final QuickCurve curve;
  private final long size;

  QuickPosition(QuickAccount account, QuickRule rule, QuickCurves curves) {
    this.account = account;
    this.rule = rule;
    this.terms = account.markets.contracts().get(account.market[0]);
    this.curve = curves.contracts().get(account.market[0]);
    this.size = account.size[0];
  }

  /// See [QuickStep#decide].
  boolean decide(Outcome outcome) {
    boolean canRepay = account.coins > 0 && account.cash < 0;
    if (size > curve.capacity || account.coins > 1 || canRepay) {
      return false;
    }
    return switch (rule.demand()) {
      case EVERYTHING -> closeWhole(outcome);
      case TARGET -> restore(outcome);
      case SHARE -> closeShare(outcome);
    };
  }

  private boolean restore(Outcome outcome) {
    long least = least();
    if (least == UNCERTAIN) {
      return false;
    }
    return least == NONE ? closeWhole(outcome) : closePart(least, outcome, true);
  }

  private boolean closeShare(Outcome outcome) {
    long wanted = Rounding.mulDivCeil(size, rule.sharePpm(), Ppm.ONE);
    long quantity = terms.leastAdmissible(wanted, size);
    double equity = account.cash + account.weighted;
    if (quantity == size || equity <= account.error) {
      return false;
    }
    // Health rises iff E'/R' > E/R.
    double after = equity - lost(quantity);
    double left = terms.requirement((size - quantity) * (double) terms.unitValue);
    double difference = after * account.requirement - equity * left;
    double certain =
        RATIO_ERROR * (Math.abs(after) * account.requirement + equity * left)
            + account.error * account.requirement;
    if (Math.abs(difference) <= certain) {
      return false;
    }
    if (difference < 0) {
      return restore(outcome);
    }
    double margin = after - rule.threshold() * left;
    if (Math.abs(margin) <= account.error) {
      return false;
    }
    return closePart(quantity, outcome, margin > 0);
  }

  /// Cost and uncapped penalty.
  private double lost(long quantity) {
    return (double) terms.cost(curve, quantity)
        + QuickStep.penalty(quantity * terms.unitValue, rule.positionPpm());
  }

  private boolean closePart(long quantity, Outcome outcome, boolean restored) {
    long notional = quantity * terms.unitValue;
    long cost = terms.cost(curve, quantity);
    // Where health rises the penalty is not capped.
    long penalty = QuickStep.penalty(notional, rule.positionPpm());
    if (account.coins > 0 && account.cash - cost - penalty < 0) {
      return false;
    }
    return closed(notional, cost, penalty, outcome, false, restored);
  }

  private boolean closeWhole(Outcome outcome) {
    long notional = size * terms.unitValue;
    long cost = terms.cost(curve, size);
    long equity = account.cash + (account.coins > 0 ? account.weightedDown(0) : 0);
    long full = QuickStep.penalty(notional, rule.positionPpm());
    long penalty = Math.min(full, Math.max(0, Math.max(0, equity) - cost));
    long cash = account.cash - cost - penalty;
    // Else the coins are sold, too.
    if (account.coins > 0 && cash < 0) {
      return false;
    }
    return closed(notional, cost, penalty, outcome, account.coins == 0, cash >= 0);
  }

  private boolean closed(
      long notional, long cost, long penalty, Outcome outcome, boolean out, boolean restored) {
    outcome.toClose = notional;
    outcome.cost = cost;
    outcome.penalty = penalty;
    outcome.equityAfter = account.equity - cost - penalty;
    outcome.closedOut = out;
    outcome.restored = restored;
    outcome.traded[2 * terms.feed + (account.isLong[0] ? 0 : 1)] = notional;
    return true;
  }

  /// The least admissible part that restores, `NONE` if no part does, or `UNCERTAIN`.
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
      if (lots < 1 || lots * terms.lot > size) {
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
    double left = terms.requirement((size - quantity) * (double) terms.unitValue);
    return account.cash - lost(quantity) + account.weighted - rule.target() * left;
  }

  /// The left root of the unrounded excess; infinite if there is none, not a number if that is not
  /// certain. The excess is concave and below 0 at 0, so Newton's method comes from the left and
  /// never passes the root.
  private double root() {
    double unit = terms.unitValue;
    double rate = (double) (terms.feePpm + rule.positionPpm()) / Ppm.ONE;
    double equity = account.cash + account.weighted;
    double quantity = 0;
    for (int step = 0; step < STEPS_MAX; step++) {
      int piece = curve.pieceFrom(quantity);
      double left = (size - quantity) * unit;
      double excess =
          equity
              - curve.cost(piece, quantity)
              - rate * unit * quantity
              - rule.target() * terms.requirement(left);
      double slope = rule.target() * unit * terms.rate(left) - curve.slope(piece) - rate * unit;
      if (excess >= -account.error) {
        return quantity;
      }
      double next = quantity - excess / slope;
      if (slope <= 0 || next > size) {
        // The peak lies at `quantity` or the root beyond the size: no part restores.
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
