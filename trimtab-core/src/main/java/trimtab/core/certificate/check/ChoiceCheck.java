package trimtab.core.certificate.check;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Certificate.ExposureLine;
import trimtab.core.certificate.Certificate.LegLine;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.StageLeg;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.check.ChoiceWalk.Open;

/// Whether a choice among several legs is what it is said to be: complete, irreducible, of its
/// order, and no more above the bound than the gap.
///
/// @param start the account before anything is closed
/// @param stages in order
/// @param terms rates of the rule
/// @param target level to be restored
/// @param findings where it says what is wrong
record ChoiceCheck(
    AccountState start, List<CheckedStage> stages, Terms terms, Level target, Findings findings) {
  static final String LEAST_COST = "least-cost";
  static final String PROPORTIONAL = "proportional";
  static final String HEDGE_PRESERVING = "hedge-preserving";
  static final Set<String> ORDERS = Set.of(LEAST_COST, PROPORTIONAL, HEDGE_PRESERVING);
  static final Set<String> OBJECTIVES = Set.of("cost", "notional");

  void check(ChoiceLine choice) {
    if (!addsUp() || !hasEveryLeg(choice) || !areStages(choice)) {
      return;
    }
    requireValue(choice);
    requireBound(choice);
    if (choice.order().equals(PROPORTIONAL)) {
      requireShare(choice);
      return;
    }
    if (choice.order().equals(HEDGE_PRESERVING) && !hasEveryExposure(choice)) {
      return;
    }
    for (int i = 0; i < stages.size(); i++) {
      requireIrreducible(choice, i);
    }
  }

  /// What the bound needs: linear contracts in the settlement currency with gains in full, one
  /// weight per asset, debts set off, penalties on what is closed and repaid.
  private boolean addsUp() {
    boolean plain =
        start.isNetted()
            && start.exactScale().equals(BigInteger.ONE)
            && terms.positionPenaltyBase().equals(Terms.NOTIONAL)
            && terms.pairPenaltyBase().equals(Terms.REPAID)
            && start.balances().stream().allMatch(line -> line.weights().size() == 1)
            && start.positions().stream().allMatch(ChoiceCheck::isPlain);
    return findings.require(plain, "a choice among legs that do not add up cannot be proven");
  }

  private static boolean isPlain(PositionLine line) {
    return line.settlement() == 0
        && !line.inverse()
        && line.costPerUnit() == 1
        && line.pnlWeightPpm() == 1_000_000;
  }

  private boolean hasEveryLeg(ChoiceLine choice) {
    Set<StageLeg> legs = new HashSet<>();
    for (int i = 0; i < start.positions().size(); i++) {
      legs.add(new StageLeg(start.positions().get(i).market(), ""));
    }
    for (int debt = 0; debt < start.balances().size(); debt++) {
      for (int held = 0; held < start.balances().size(); held++) {
        if (ClaimCheck.isPair(start, debt, held)) {
          legs.add(
              new StageLeg(start.balances().get(held).asset(), start.balances().get(debt).asset()));
        }
      }
    }
    List<StageLeg> offered = choice.legs().stream().map(LegLine::leg).toList();
    return findings.require(
        legs.equals(Set.copyOf(offered)) && legs.size() == offered.size(),
        "a choice is among the legs %s, but the account has %s",
        offered,
        legs);
  }

  /// The stages close legs of the choice, in its order, each with the numbers the choice gives it
  /// and the depth that those before it leave.
  private boolean areStages(ChoiceLine choice) {
    ChoiceWalk walk = walk(choice);
    int next = 0;
    for (LegLine line : choice.legs()) {
      if (next == stages.size() || !stages.get(next).line().leg().equals(line.leg())) {
        continue;
      }
      Stage stage = stages.get(next).line();
      Optional<Open> open = walk.open(line);
      boolean same =
          open.isPresent()
              && stage.lot() == line.lot()
              && stage.minimumOrderValue() == line.minimumOrderValue()
              && stage.dustValue() == line.dustValue()
              && stage.feePpm() == line.feePpm()
              && stage.capSharePpm() == choice.capSharePpm()
              && stage.curve().equals(open.get().curve())
              && stage.quantity() > 0;
      if (!findings.require(
          same, "%s: the leg is not the one that the choice offers", stages.get(next))) {
        return false;
      }
      walk.close(line, open.orElseThrow(), stage.quantity(), terms.penaltyCapped());
      next++;
    }
    return findings.require(
        next == stages.size(), "the stages are not legs of the choice in its order");
  }

  private ChoiceWalk walk(ChoiceLine choice) {
    return new ChoiceWalk(start, terms, target, choice.capSharePpm());
  }

  private void requireValue(ChoiceLine choice) {
    BigInteger value = BigInteger.ZERO;
    for (CheckedStage stage : stages) {
      Stage line = stage.line();
      BigInteger counted =
          choice.objective().equals("cost")
              ? BigInteger.valueOf(line.cost()).add(BigInteger.valueOf(line.penalty()))
              : stage.leg().tradingCost().notional(line.quantity());
      value = value.add(counted);
    }
    findings.require(
        value.equals(BigInteger.valueOf(choice.value())),
        "the choice counts %s, not %d",
        value,
        choice.value());
  }

  private void requireBound(ChoiceLine choice) {
    Rational multiplier = fraction(choice.multiplier());
    Rational bound = new ChoiceBound(start, terms, target, choice, multiplier).value();
    boolean holds =
        choice.lowerBound() == 0 || bound.compareTo(BigInteger.valueOf(choice.lowerBound())) >= 0;
    findings.require(
        holds,
        "no choice is said to count less than %d, but the multiplier proves only %s",
        choice.lowerBound(),
        bound.ceiling());
  }

  static Rational fraction(String text) {
    int slash = text.indexOf('/');
    return new Rational(
        new BigInteger(text.substring(0, slash)), new BigInteger(text.substring(slash + 1)));
  }

  /// With the next smaller quantity of one stage the legs do not restore, or the combination is not
  /// admissible, or it lets an exposure grow that must not.
  private void requireIrreducible(ChoiceLine choice, int reduced) {
    ChoiceWalk walk = walk(choice);
    int next = 0;
    for (LegLine line : choice.legs()) {
      if (next == stages.size() || !stages.get(next).line().leg().equals(line.leg())) {
        continue;
      }
      long quantity = stages.get(next).line().quantity();
      Optional<Open> open = walk.open(line);
      if (next == reduced) {
        long smaller =
            open.map(leg -> leg.sizes().largestTo(Math.min(quantity - 1, leg.cap()))).orElse(0L);
        open.filter(_ -> smaller > 0).ifPresent(leg -> walk.close(line, leg, smaller, false));
      } else if (open.isEmpty() || !open.get().allows(quantity)) {
        return;
      } else {
        walk.close(line, open.get(), quantity, false);
      }
      next++;
    }
    BigInteger excess = walk.state().excess(target);
    boolean grows =
        choice.order().equals(HEDGE_PRESERVING) && !areKept(choice.exposures(), walk.state());
    findings.require(
        excess.signum() < 0 || grows,
        "%s: with the next smaller quantity the target is still restored, with an excess of %s",
        stages.get(reduced),
        excess);
  }

  private boolean hasEveryExposure(ChoiceLine choice) {
    long markets = choice.exposures().stream().mapToLong(line -> line.markets().size()).sum();
    long assets = choice.exposures().stream().mapToLong(line -> line.assets().size()).sum();
    Set<String> listed = new HashSet<>();
    choice.exposures().forEach(line -> listed.addAll(line.markets()));
    choice.exposures().forEach(line -> listed.addAll(line.assets()));
    boolean complete =
        markets == start.positions().size()
            && assets == start.balances().size() - 1
            && listed.size() == markets + assets
            && start.positions().stream().allMatch(line -> listed.contains(line.market()))
            && start.balances().stream().skip(1).allMatch(line -> listed.contains(line.asset()));
    if (!findings.require(
        complete, "each position and asset but the settlement currency has one exposure")) {
      return false;
    }
    findings.require(
        areKept(choice.exposures(), stages.getLast().settled().after()),
        "hedges are said to be preserved, but a net exposure grows");
    return true;
  }

  private boolean areKept(List<ExposureLine> exposures, AccountState after) {
    return exposures.stream()
        .allMatch(line -> exposure(line, after).abs().compareTo(exposure(line, start).abs()) <= 0);
  }

  private static BigInteger exposure(ExposureLine line, AccountState state) {
    BigInteger sum = BigInteger.ZERO;
    for (String market : line.markets()) {
      int position = state.position(market);
      BigInteger quantity = BigInteger.valueOf(state.quantity(position));
      sum = sum.add(state.profits(position).worth().times(quantity).ceiling());
    }
    for (String asset : line.assets()) {
      sum = sum.add(state.cash(state.balance(asset)));
    }
    return sum;
  }

  /// The stages are the share of every leg, and the next smaller share does not restore.
  private void requireShare(ChoiceLine choice) {
    Rational share = fraction(choice.share());
    ChoiceWalk walk = walk(choice);
    int next = 0;
    for (LegLine line : choice.legs()) {
      Optional<Open> open = walk.open(line);
      long quantity = open.map(leg -> prescribed(leg, share)).orElse(0L);
      if (quantity > 0) {
        boolean closed =
            next < stages.size()
                && stages.get(next).line().leg().equals(line.leg())
                && stages.get(next).line().quantity() == quantity;
        if (!findings.require(
            closed, "the share %s of %s is %d", choice.share(), line.leg(), quantity)) {
          return;
        }
        walk.close(line, open.orElseThrow(), quantity, terms.penaltyCapped());
        next++;
      }
    }
    findings.require(next == stages.size(), "a leg is closed of which the share is nothing");
    Rational less = new Rational(share.numerator().subtract(BigInteger.ONE), share.denominator());
    ChoiceWalk smaller = walk(choice);
    for (LegLine line : choice.legs()) {
      Optional<Open> open = smaller.open(line);
      long quantity = open.map(leg -> prescribed(leg, less)).orElse(0L);
      if (quantity > 0) {
        smaller.close(line, open.orElseThrow(), quantity, false);
      }
    }
    BigInteger excess = smaller.state().excess(target);
    findings.require(
        excess.signum() < 0,
        "the next smaller share still restores the target, with an excess of %s",
        excess);
  }

  private static long prescribed(Open open, Rational share) {
    if (share.signum() == 0) {
      return 0;
    }
    BigInteger size = BigInteger.valueOf(open.leg().size());
    BigInteger wanted =
        Rational.ceilingDivide(size.multiply(share.numerator()), share.denominator());
    long least = open.sizes().leastFrom(wanted.max(BigInteger.ONE).longValueExact());
    return open.sizes().largestTo(Math.min(least, open.cap()));
  }
}
