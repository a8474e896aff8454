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
import trimtab.core.plan.Walk.Path;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.Rulebook;
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
    HealthModel model = new HealthModel(listing, requirements, rulebook.base());
    Health before = model.assess(account, marks);
    if (before.isAtLeast(rulebook.thresholdPpm())) {
      return new Plan.Nothing(before, "the account is not in breach");
    }
    Standing start =
        new Standing(account, marks, model, rulebook.penalty(), curves, rulebook.targetPpm());
    LegSequence order = LegSequence.of(start);
    if (order.lines().isEmpty()) {
      return new Plan.Nothing(before, "nothing is left that could be closed");
    }
    if (before.isBankrupt()) {
      Path path = whole(start, order);
      return write(start, rulebook, path, new Claim.Escalated(Claim.Escalated.BANKRUPT), path);
    }
    Path least = least(start, order, Ppm.ONE, LegOrder.LEAST_COST, rulebook.objective());
    LegOrder legOrder = rulebook.legOrder();
    Path wanted =
        legOrder == LegOrder.LEAST_COST
            ? least
            : least(start, order, Ppm.ONE, legOrder, rulebook.objective());
    return switch (rulebook.size(before, episode, market)) {
      case SizeDemand.CloseEverything(String reason) ->
          partialRestores(least)
              ? write(start, rulebook, whole(start, order), new Claim.ClosesAll(reason), least)
              : restore(start, rulebook, wanted, least);
      case SizeDemand.CloseShare(long sharePpm) ->
          unlessHarmful(
              start, rulebook, shares(start, order, sharePpm), prescribed(sharePpm), wanted, least);
      case SizeDemand.RestoreTarget(long ignored, long maximumSharePpm)
          when maximumSharePpm == Ppm.ONE ->
          !partialRestores(least) && rulebook.onHarmfulClose() == OnHarmfulClose.REFUSE
              ? new Plan.Nothing(before, "refused: no partial close restores the target")
              : restore(start, rulebook, wanted, least);
      case SizeDemand.RestoreTarget(long ignored, long maximumSharePpm) ->
          capped(
              start,
              rulebook,
              least(start, order, maximumSharePpm, legOrder, rulebook.objective()),
              wanted,
              least);
    };
  }

  private static Claim prescribed(long sharePpm) {
    String formula = "%s of every leg, rounded up to lots".formatted(Ppm.format(sharePpm));
    return new Claim.RulePrescribed(formula, sharePpm);
  }

  /// The restoring close that the rule wants, or everything if no partial close restores.
  private Plan restore(Standing start, Rulebook rulebook, Path wanted, Path least) {
    Claim claim =
        partialRestores(wanted)
            ? restoresMinimal(wanted)
            : new Claim.Escalated(Claim.Escalated.NO_PARTIAL_RESTORES);
    return write(start, rulebook, wanted, claim, least);
  }

  private Plan capped(Standing start, Rulebook rulebook, Path path, Path wanted, Path least) {
    Claim claim = new Claim.Capped(Claim.Capped.CLOSE_FACTOR);
    return path.restored()
        ? write(start, rulebook, path, restoresMinimal(path), least)
        : unlessHarmful(start, rulebook, path, claim, wanted, least);
  }

  private Plan unlessHarmful(
      Standing start, Rulebook rulebook, Path path, Claim claim, Path wanted, Path least) {
    if (path.stages().isEmpty()) {
      return new Plan.Nothing(start.health(), "no admissible quantity is within the close factor");
    }
    if (!path.lowersOrKeepsHealth(start)) {
      return write(start, rulebook, path, claim, least);
    }
    return switch (rulebook.onHarmfulClose()) {
      case REFUSE ->
          new Plan.Nothing(start.health(), "refused: this close would not raise the health factor");
      case ESCALATE -> restore(start, rulebook, wanted, least);
      case PROCEED -> write(start, rulebook, path, claim, least);
    };
  }

  private static Claim restoresMinimal(Path path) {
    Standing end = path.end();
    return new Claim.RestoresMinimal(end.health().excess(end.targetPpm()).toString());
  }

  /// Whether the least restoring close leaves something open.
  private static boolean partialRestores(Path least) {
    return least.restored() && !least.closesEverything();
  }

  /// The restoring close by a leg order. Where the account has one leg, where the requirement is no
  /// sum over legs, and where no combination of the legs that are there restores: legs in sequence.
  private static Path least(
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
  private static Path restoring(Standing start, LegSequence order, long capSharePpm) {
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

  private static Path whole(Standing start, LegSequence order) {
    Walk walk = new Walk(start, order);
    for (Optional<LegLine> next = walk.next(); next.isPresent(); next = walk.next()) {
      LegLine line = next.orElseThrow();
      walk.closeUpTo(line, line.size(), Failing.NONE);
    }
    return walk.path(false);
  }

  /// The same share of every leg that was there at the start.
  private static Path shares(Standing start, LegSequence order, long sharePpm) {
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

  private static Plan write(Standing start, Rulebook rulebook, Path path, Claim claim, Path least) {
    if (path.stages().isEmpty()) {
      return new Plan.Nothing(
          start.health(), "the depth is smaller than the smallest admissible order");
    }
    Claim proven =
        switch (claim) {
          case Claim.RestoresMinimal _, Claim.RulePrescribed _ -> claim;
          case Claim.Capped _, Claim.ClosesAll _, Claim.Escalated _ ->
              path.cutByDepth() ? new Claim.Capped(Claim.Capped.DEPTH) : claim;
        };
    OptionalLong leastNotional =
        partialRestores(least) ? OptionalLong.of(least.notional()) : OptionalLong.empty();
    return new PlanWriter(start, rulebook, path, proven).write(leastNotional);
  }
}
