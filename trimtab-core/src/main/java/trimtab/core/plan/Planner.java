package trimtab.core.plan;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import trimtab.core.account.Account;
import trimtab.core.certificate.Claim;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.RequirementModel;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Rounding;
import trimtab.core.money.Wide;
import trimtab.core.plan.Walk.Path;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Prescription;
import trimtab.core.rulebook.Rulebook;
import trimtab.core.rulebook.Settle;
import trimtab.core.rulebook.Situation;
import trimtab.core.rulebook.SizeDemand;

/// From a breach to a plan: which legs, how much of each, at which limit, and what is proven about
/// it.
///
/// Whatever the rule demands, the planner first looks for the least restoring close: legs whole, in
/// order, until one suffices, and that one sized minimally. It decides whether a partial close
/// restores at all, is the yardstick of over-liquidation, and is the plan itself for a rule that
/// restores a target.
///
/// @param listing scales, lots, weights
/// @param requirements margin model
public record Planner(Listing listing, RequirementModel requirements) {

  /// Decides for an account that is in breach.
  ///
  /// @param curves what trading costs at this instant
  /// @param episode what the rule remembers of this breach
  /// @param market what the rule remembers of the venue
  public Plan plan(
      Account account,
      Marks marks,
      Rulebook rulebook,
      CostCurves curves,
      EpisodeState episode,
      MarketState market) {
    boolean atTheMark = rulebook.settle() == Settle.LIQUIDATOR_PAYS;
    Listing traded = atTheMark ? listing.untraded() : listing;
    HealthModel model = new HealthModel(traded, requirements, rulebook.base(), rulebook.netting());
    Health before = model.assess(account, marks);
    if (before.isAtLeast(rulebook.thresholdPpm())) {
      return new Plan.Nothing(before, "the account is not in breach");
    }
    long now = marks.asOfNanos();
    PenaltyTerms penalty = rulebook.penalty(before, episode, now);
    Standing start =
        new Standing(
                account,
                marks,
                model,
                penalty,
                atTheMark ? CostCurves.FREE : curves,
                rulebook.targetPpm())
            .knowing(before);
    LegSequence order = LegSequence.of(start);
    if (order.lines().isEmpty()) {
      return new Plan.Nothing(before, "nothing is left that could be closed");
    }
    Asked asked = new Asked(rulebook, order, Grounds.asDemanded(penalty, episode.openedNanos()));
    Situation situation = new Situation(account, marks, model, before, episode, market);
    Optional<Prescription> prescription = rulebook.prescription(situation);
    if (prescription.isPresent()) {
      return new PrescribedPlan(start, asked, prescription.get()).plan();
    }
    if (before.isBankrupt()) {
      Path path = whole(start, order);
      return write(start, asked, path, new Claim.Escalated(Claim.Escalated.BANKRUPT), path);
    }
    Path least = least(start, order, Ppm.ONE, LegOrder.LEAST_COST, rulebook.objective());
    return switch (rulebook.size(before, episode, market, now)) {
      case SizeDemand.CloseEverything(String reason) ->
          partialRestores(least)
              ? write(start, asked, whole(start, order), new Claim.ClosesAll(reason), least)
              : new Escalation(start, asked, least).everything();
      case SizeDemand.CloseShare demand ->
          unlessHarmful(
              start, asked, shares(start, order, demand.sharePpm()), Demands.claim(demand), least);
      case SizeDemand.RestoreTarget(long ignored, long maximumSharePpm)
          when maximumSharePpm == Ppm.ONE ->
          !partialRestores(least) && rulebook.onHarmfulClose() == OnHarmfulClose.REFUSE
              ? new Plan.Nothing(before, "refused: no partial close restores the target")
              : restore(start, asked, least);
      case SizeDemand.RestoreTarget(long ignored, long maximumSharePpm) ->
          capped(start, asked, wanted(start, asked, maximumSharePpm), least);
      case SizeDemand.RestoreShare demand -> share(start, asked, demand, least);
    };
  }

  /// What is asked of the planner.
  ///
  /// @param order of the legs
  /// @param grounds what the rule came to so far
  record Asked(Rulebook rulebook, LegSequence order, Grounds grounds) {
    Asked because(String step) {
      return new Asked(rulebook, order, grounds.because(step));
    }
  }

  /// The least close that removes a share of the shortfall, where a partial close could remove all.
  private Plan share(Standing start, Asked asked, SizeDemand.RestoreShare demand, Path least) {
    if (!partialRestores(least)) {
      return asked.rulebook().onHarmfulClose() == OnHarmfulClose.REFUSE
          ? new Plan.Nothing(start.health(), "refused: no partial close restores the target")
          : restore(start, asked, least);
    }
    Wide bar = Demands.bar(start, demand.sharePpm());
    Path path = restoring(start.withBar(bar), asked.order(), Ppm.ONE);
    if (!path.restored() || path.lowersOrKeepsHealth(start) || path.lastPenaltyIsCut()) {
      return restore(start, asked.because(Escalation.ANOTHER), least);
    }
    Claim claim = Demands.claim(demand, path, bar, asked.grounds());
    return write(start, asked, path, claim, least);
  }

  /// The least restoring close; if no partial close restores, what comes instead.
  private Plan restore(Standing start, Asked asked, Path least) {
    if (!partialRestores(least)) {
      return new Escalation(start, asked, least).plan();
    }
    Path wanted =
        asked.rulebook().legOrder() == LegOrder.LEAST_COST ? least : wanted(start, asked, Ppm.ONE);
    return write(start, asked, wanted, restoresMinimal(wanted), least);
  }

  /// The restoring close by the rule's own order of legs.
  private static Path wanted(Standing start, Asked asked, long capSharePpm) {
    Rulebook rulebook = asked.rulebook();
    return least(start, asked.order(), capSharePpm, rulebook.legOrder(), rulebook.objective());
  }

  private Plan capped(Standing start, Asked asked, Path path, Path least) {
    return path.restored()
        ? write(start, asked, path, restoresMinimal(path), least)
        : unlessHarmful(start, asked, path, new Claim.Capped(Claim.Capped.CLOSE_FACTOR), least);
  }

  private Plan unlessHarmful(Standing start, Asked asked, Path path, Claim claim, Path least) {
    if (path.stages().isEmpty()) {
      return new Plan.Nothing(start.health(), "no admissible quantity is within the close factor");
    }
    if (!path.lowersOrKeepsHealth(start)) {
      return write(start, asked, path, claim, least);
    }
    return switch (asked.rulebook().onHarmfulClose()) {
      case REFUSE ->
          new Plan.Nothing(start.health(), "refused: this close would not raise the health factor");
      case ESCALATE ->
          partialRestores(least)
              ? restore(start, asked.because(Escalation.ANOTHER), least)
              : new Escalation(start, asked, least).insteadOf(claim);
      case PROCEED -> write(start, asked.because(Escalation.PROCEEDS), path, claim, least);
    };
  }

  static Claim restoresMinimal(Path path) {
    Standing end = path.end();
    return new Claim.RestoresMinimal(end.health().excess(end.targetPpm()).toString());
  }

  /// Whether the least restoring close leaves something open.
  static boolean partialRestores(Path least) {
    return least.restored() && !least.closesEverything();
  }

  /// The restoring close by a leg order. Where the account has one leg, where the requirement is no
  /// sum over legs, and where no combination of the legs that are there restores: legs in sequence.
  static Path least(
      Standing start, LegSequence order, long capSharePpm, LegOrder legOrder, Objective objective) {
    LegChooser chooser = new LegChooser(start, order.lines(), capSharePpm, objective);
    if (!chooser.hasChoice()) {
      return restoring(start, order, capSharePpm);
    }
    Supplier<Path> sequence = () -> restoring(start, order, capSharePpm);
    Optional<Path> chosen =
        switch (legOrder) {
          case LEAST_COST -> Optional.<Path>empty();
          case PROPORTIONAL -> chooser.proportional();
          case HEDGE_PRESERVING -> chooser.least(legOrder, sequence);
        };
    return chosen.or(() -> chooser.least(LegOrder.LEAST_COST, sequence)).orElseGet(sequence);
  }

  /// Legs to their cap, in order, until one suffices. Those that do not help as a whole are spared
  /// at first, as a part of another may restore without them.
  static Path restoring(Standing start, LegSequence order, long capSharePpm) {
    Path sparing = restoring(start, order, capSharePpm, true);
    return sparing.restored() ? sparing : restoring(start, order, capSharePpm, false);
  }

  private static Path restoring(
      Standing start, LegSequence order, long capSharePpm, boolean sparing) {
    Walk walk = new Walk(start, order);
    for (Optional<LegLine> next = walk.next(); next.isPresent(); next = walk.next()) {
      LegLine line = next.orElseThrow();
      long cap =
          capSharePpm == Ppm.ONE
              ? line.size()
              : Rounding.mulDivFloor(line.size(), capSharePpm, Ppm.ONE);
      LegSearch search = LegSearch.least(line, cap);
      if (search.quantity().isPresent()) {
        walk.close(line, search.quantity().getAsLong(), search.failing());
        return walk.path(true, capSharePpm);
      }
      if (sparing && !LegSequence.helps(line)) {
        walk.spare(line);
      } else {
        walk.closeUpTo(line, cap, search.failing());
      }
    }
    return walk.path(false, capSharePpm);
  }

  static Path whole(Standing start, LegSequence order) {
    Walk walk = new Walk(start, order);
    for (Optional<LegLine> next = walk.next(); next.isPresent(); next = walk.next()) {
      LegLine line = next.orElseThrow();
      walk.closeUpTo(line, line.size(), Failing.NONE);
    }
    return walk.path(false);
  }

  /// The legs that were there at the start and raise health, each whole.
  static Path helping(Standing start, LegSequence order) {
    Walk walk = new Walk(start, order);
    for (Optional<LegLine> next = walk.nextKnown(); next.isPresent(); next = walk.nextKnown()) {
      LegLine line = next.orElseThrow();
      if (walk.wouldRaiseHealth(line)) {
        walk.closeUpTo(line, line.size(), Failing.NONE);
      } else {
        walk.spare(line);
      }
    }
    return walk.path(false);
  }

  /// The same share of every leg that was there at the start.
  static Path shares(Standing start, LegSequence order, long sharePpm) {
    Walk walk = new Walk(start, order);
    for (Optional<LegLine> next = walk.nextKnown(); next.isPresent(); next = walk.nextKnown()) {
      LegLine line = next.orElseThrow();
      long wanted =
          switch (line) {
            case PositionLine contract -> Rounding.mulDivCeil(contract.size(), sharePpm, Ppm.ONE);
            case PairLine pair ->
                pair.quantityRepaying(Rounding.mulDivCeil(pair.owed(), sharePpm, Ppm.ONE));
          };
      walk.closeUpTo(line, line.terms().leastAdmissible(wanted), Failing.NONE);
    }
    return walk.path(false);
  }

  static Plan write(Standing start, Asked asked, Path path, Claim claim, Path least) {
    if (path.stages().isEmpty()) {
      return new Plan.Nothing(
          start.health(), "the depth is smaller than the smallest admissible order");
    }
    Claim proven =
        switch (claim) {
          case Claim.RestoresMinimal _, Claim.RestoresShare _, Claim.RulePrescribed _ -> claim;
          case Claim.Relieves _, Claim.VenuePrescribed _ -> claim;
          case Claim.Capped _, Claim.ClosesAll _, Claim.Escalated _ ->
              path.cutByDepth() ? new Claim.Capped(Claim.Capped.DEPTH) : claim;
        };
    OptionalLong leastNotional =
        partialRestores(least) ? OptionalLong.of(least.notional()) : OptionalLong.empty();
    return new PlanWriter(start, asked.grounds(), path, proven).write(leastNotional);
  }
}
