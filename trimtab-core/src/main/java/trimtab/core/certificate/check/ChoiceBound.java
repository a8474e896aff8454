package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.List;
import java.util.TreeSet;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.LegLine;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.TierLine;

/// What no combination of legs can count less than, recomputed: the multiplier times what is needed
/// plus, of each leg, the least of value minus multiplier times relief, decided at the ends of
/// pieces.
///
/// @param start the account before anything is closed
/// @param terms rates of the rule
/// @param target level to be restored
/// @param choice what is claimed
/// @param multiplier of the choice
record ChoiceBound(
    AccountState start, Terms terms, Level target, ChoiceLine choice, Rational multiplier) {
  private static final String COST = "cost";

  Rational value() {
    Rational sum = multiplier.times(need());
    for (LegLine line : choice.legs()) {
      sum = sum.plus(least(line));
    }
    return sum;
  }

  /// Minus an upper bound of the excess before: the settlement net at one weight.
  private BigInteger need() {
    BigInteger requirement = start.requirement();
    BigInteger debtFactor = target.debtFactor(requirement.signum() > 0);
    BigInteger settlement =
        start.cash(0).multiply(start.weight(0, choice.settlementPositive(), debtFactor));
    return requirement
        .multiply(target.ppm())
        .subtract(start.excessOfBalances(debtFactor, 0))
        .subtract(settlement);
  }

  private Rational least(LegLine line) {
    if (line.curve().knots().isEmpty()) {
      return Rational.ZERO;
    }
    boolean hulled = line.leg().isPair() && isSharedDepth(line);
    CurveLine curve = hulled ? UsedCurve.hull(line.curve()) : line.curve();
    ClosingLeg leg = ClosingLeg.of(start, ChoiceWalk.stage(line, curve), terms, target);
    Rational least = Rational.ZERO;
    for (long quantity : quantities(line, curve, leg)) {
      Rational value =
          choice.objective().equals(COST)
              ? leg.leastLoss(quantity)
              : Rational.of(leg.tradingCost().notional(quantity));
      Rational relief = leg.mostRelief(quantity, choice.settlementPositive());
      Rational reduced = value.minus(multiplier.times(relief));
      least = reduced.compareTo(least) < 0 ? reduced : least;
    }
    return least;
  }

  private boolean isSharedDepth(LegLine line) {
    return start.balance(line.leg().instrument()) != 0
        && choice.legs().stream()
                .filter(other ->
                    other.leg().isPair()
                        && other.leg().instrument().equals(line.leg().instrument()))
                .count()
            > 1;
  }

  /// The ends of all pieces.
  private Iterable<Long> quantities(LegLine line, CurveLine curve, ClosingLeg leg) {
    return switch (leg) {
      case PositionClosing position -> ofPosition(line, curve, position);
      case PairClosing pair -> ofPair(curve, pair);
    };
  }

  private Iterable<Long> ofPosition(LegLine line, CurveLine curve, PositionClosing leg) {
    AdmissibleSizes sizes =
        AdmissibleSizes.of(ChoiceWalk.stage(line, curve), leg.size(), leg.tradingCost().worth());
    long cap =
        Math.min(
            CheckedStage.closeFactorCap(leg.size(), choice.capSharePpm()), curve.knots().getLast());
    TreeSet<Long> ends = new TreeSet<>();
    long first = sizes.minimum();
    long last = Math.min(cap, sizes.maximumPartial());
    last -= last % sizes.lot();
    if (first <= last) {
      ends.add(first);
      ends.add(last);
      for (long breakPoint : breakPoints(line, curve, leg)) {
        long below = breakPoint - breakPoint % sizes.lot();
        addWithin(ends, first, last, below);
        addWithin(ends, first, last, below + sizes.lot());
      }
    }
    if (cap >= leg.size()) {
      ends.add(leg.size());
    }
    return ends;
  }

  private static void addWithin(TreeSet<Long> ends, long first, long last, long quantity) {
    if (quantity >= first && quantity <= last) {
      ends.add(quantity);
    }
  }

  /// The last quantities of pieces: knots of the curve, and where what stays open falls to the
  /// start of a tier.
  private List<Long> breakPoints(LegLine line, CurveLine curve, PositionClosing leg) {
    TreeSet<Long> ends = new TreeSet<>();
    curve.knots().stream().filter(knot -> knot < leg.size()).forEach(ends::add);
    PositionLine position = start.positions().get(start.position(line.leg().instrument()));
    for (TierLine tier : position.tiers()) {
      long open = tier.fromValue() / leg.tradingCost().notional(1).longValueExact();
      if (open < leg.size()) {
        ends.add(leg.size() - open - 1);
        ends.add(leg.size() - open);
      }
    }
    return List.copyOf(ends);
  }

  private Iterable<Long> ofPair(CurveLine curve, PairClosing leg) {
    long most =
        Math.min(
            CheckedStage.closeFactorCap(leg.held(), choice.capSharePpm()), curve.knots().getLast());
    TreeSet<Long> ends = new TreeSet<>();
    long begin = 0;
    for (long knot : curve.knots()) {
      if (begin < most) {
        ends.add(begin + 1);
        ends.add(Math.min(knot, most));
      }
      begin = knot;
    }
    return ends;
  }
}
