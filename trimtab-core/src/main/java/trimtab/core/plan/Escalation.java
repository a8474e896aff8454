package trimtab.core.plan;

import java.util.Optional;
import java.util.function.LongPredicate;
import trimtab.core.certificate.Claim;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;
import trimtab.core.plan.Planner.Asked;
import trimtab.core.plan.Walk.Path;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.PenaltyTerms;

/// What is done when no partial close restores at the penalty of the rule, in this order:
///
/// 1. where the rule allows it, the highest lower penalty at which a partial close restores, else
///    at which the close that was demanded raises health; never above what leaves collateral worth
///    the debt, so that the penalty itself makes no bad debt;
/// 2. everything, if that leaves the account with equity of zero or more;
/// 3. the legs that raise health, if there are any: the rest is left for a better market;
/// 4. everything, and what stands behind it.
///
/// That another leg helps where the demanded ones do not comes before all this: it is the least
/// restoring close.
///
/// @param start state of the breach
/// @param asked the rule and its order
/// @param least everything closed, as nothing less restores
record Escalation(Standing start, Asked asked, Path least) {
  static final String ANOTHER =
      "the demanded close would not raise health; the least restoring close does";
  static final String PROCEEDS = "this close does not raise health; the rule proceeds";

  private static final String EVERYTHING = "no partial close restores; everything is closed";

  /// Bisections over rates: more than there are parts per million.
  private static final int HALVINGS_MAX = 20;

  /// Everything, as the rule would in any case.
  Plan everything() {
    return everything(EVERYTHING);
  }

  Plan plan() {
    if (asked.rulebook().onHarmfulClose() != OnHarmfulClose.ESCALATE) {
      return everything();
    }
    Optional<Plan> cheaper = reduced(this::partialRestores).map(this::restoringAt);
    return cheaper.orElseGet(this::everythingOrHelping);
  }

  /// The demanded close would not raise health.
  ///
  /// @param claim what was demanded
  Plan insteadOf(Claim claim) {
    Optional<Plan> cheaper = reduced(this::partialRestores).map(this::restoringAt);
    if (cheaper.isEmpty() && claim instanceof Claim.RulePrescribed prescribed) {
      cheaper =
          reduced(ceiling -> raisesHealth(shares(ceiling, prescribed), at(ceiling)))
              .map(ceiling -> prescribedAt(ceiling, prescribed));
    }
    return cheaper.orElseGet(this::everythingOrHelping);
  }

  /// The highest ceiling below the rates in force with which something holds that holds for every
  /// lower one, too.
  private Optional<Long> reduced(LongPredicate holds) {
    PenaltyTerms terms = start.terms();
    long highest = Math.max(terms.positionPpm(), terms.pairPpm()) - 1;
    long high = Math.min(highest, solvencyPpm());
    if (!asked.rulebook().penaltyReduction() || high < 0 || !holds.test(0)) {
      return Optional.empty();
    }
    long low = 0;
    for (int i = 0; i < HALVINGS_MAX && low < high; i++) {
      long middle = low + (high - low + 1) / 2;
      if (holds.test(middle)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return Optional.of(low);
  }

  /// `C / D - 1`, with C all that is held and D all that is owed, for the base of pairs; 1 where
  /// nothing is owed.
  private long solvencyPpm() {
    Wide exact = Wide.ZERO;
    long weight = Ppm.ONE;
    for (int asset : start.assets()) {
      if (start.owed(asset).signum() > 0) {
        exact = exact.plus(start.owed(asset));
        weight = Math.max(weight, start.listing().assets().get(asset).debtWeightPpm());
      }
    }
    if (exact.signum() == 0) {
      return Ppm.ONE;
    }
    long owed = exact.divCeil(start.listing().exactScale());
    long equity = start.health().equity();
    long rate =
        switch (start.terms().pairBase()) {
          case REPAID -> Rounding.mulDivFloor(equity, Ppm.ONE, owed);
          case OBLIGATION ->
              Rounding.mulDivFloor(Rounding.mulDivFloor(equity, Ppm.ONE, owed), Ppm.ONE, weight);
          case SEIZED -> Rounding.mulDivFloor(equity, Ppm.ONE, Math.addExact(equity, owed));
        };
    return Math.min(rate, Ppm.ONE);
  }

  private Standing at(long ceilingPpm) {
    PenaltyTerms terms = start.terms();
    return start.withTerms(
        terms.atRates(
            Math.min(terms.positionPpm(), ceilingPpm), Math.min(terms.pairPpm(), ceilingPpm)));
  }

  private boolean partialRestores(long ceilingPpm) {
    return Planner.partialRestores(Planner.restoring(at(ceilingPpm), asked.order(), Ppm.ONE));
  }

  private Plan restoringAt(long ceilingPpm) {
    Standing standing = at(ceilingPpm);
    Path path = Planner.restoring(standing, asked.order(), Ppm.ONE);
    Asked cut = cut(standing, ceilingPpm, "a partial close restores");
    return Planner.write(standing, cut, path, Planner.restoresMinimal(path), path);
  }

  private Path shares(long ceilingPpm, Claim.RulePrescribed claim) {
    return Planner.shares(at(ceilingPpm), asked.order(), claim.sharePpm());
  }

  private static boolean raisesHealth(Path path, Standing standing) {
    return !path.stages().isEmpty() && !path.lowersOrKeepsHealth(standing);
  }

  private Plan prescribedAt(long ceilingPpm, Claim.RulePrescribed claim) {
    Asked cut = cut(at(ceilingPpm), ceilingPpm, "the demanded close raises health");
    return Planner.write(at(ceilingPpm), cut, shares(ceilingPpm, claim), claim, least);
  }

  private Asked cut(Standing standing, long ceilingPpm, String effect) {
    String step =
        "the penalty is cut to %s at most, so that %s".formatted(Ppm.format(ceilingPpm), effect);
    Grounds grounds =
        new Grounds(standing.terms(), asked.grounds().openedNanos(), ceilingPpm, step);
    return new Asked(asked.rulebook(), asked.order(), grounds);
  }

  private Plan everythingOrHelping() {
    if (least.end().health().equity() >= 0) {
      return everything();
    }
    Path helping = Planner.helping(start, asked.order());
    boolean helps = !helping.closesEverything() && raisesHealth(helping, start);
    return helps
        ? Planner.write(
            start,
            asked.because("closing everything would cost more than there is; what helps is closed"),
            helping,
            new Claim.Relieves(),
            least)
        : everything(
            "no partial close restores and no leg helps; everything is closed at a loss that the"
                + " backstop bears");
  }

  private Plan everything(String step) {
    return Planner.write(
        start,
        asked.because(step),
        least,
        new Claim.Escalated(Claim.Escalated.NO_PARTIAL_RESTORES),
        least);
  }
}
