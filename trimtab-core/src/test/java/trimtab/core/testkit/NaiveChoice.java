package trimtab.core.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import trimtab.core.account.Leg;
import trimtab.core.money.Rounding;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.PenaltyTerms.Cap;

/// The best combination of the legs of an account, found by trying them all: every admissible
/// quantity of each leg, in the order of the listing, each settled and the account judged again.
/// Penalties are not capped, as sizes are judged without the cap.
public final class NaiveChoice {
  private final World start;
  private final List<Leg> legs;
  private final long capSharePpm;
  private final Objective objective;
  private final Predicate<World> allowed;
  private Optional<Best> best = Optional.empty();

  /// What a combination counts.
  ///
  /// @param quantities by leg, 0 for a leg that is left
  public record Best(long cost, long notional, List<Long> quantities) {
    private boolean isBetterThan(Best other, Objective objective) {
      long byFirst =
          objective == Objective.COST
              ? Long.compare(cost, other.cost)
              : Long.compare(notional, other.notional);
      long bySecond =
          objective == Objective.COST
              ? Long.compare(notional, other.notional)
              : Long.compare(cost, other.cost);
      return byFirst != 0 ? byFirst < 0 : bySecond != 0 ? bySecond < 0 : isEarlier(other);
    }

    private boolean isEarlier(Best other) {
      for (int i = 0; i < quantities.size(); i++) {
        if (!quantities.get(i).equals(other.quantities.get(i))) {
          return quantities.get(i) > other.quantities.get(i);
        }
      }
      return false;
    }
  }

  private NaiveChoice(
      World world, long capSharePpm, Objective objective, Predicate<World> allowed) {
    this.start = world.with(Cap.NONE);
    this.legs = NaiveLeg.all(start).stream().map(NaiveLeg::leg).toList();
    this.capSharePpm = capSharePpm;
    this.objective = objective;
    this.allowed = allowed;
  }

  public static Optional<Best> of(World world, long capSharePpm, Objective objective) {
    return of(world, capSharePpm, objective, end -> true);
  }

  /// @param allowed of the account afterwards
  public static Optional<Best> of(
      World world, long capSharePpm, Objective objective, Predicate<World> allowed) {
    NaiveChoice choice = new NaiveChoice(world, capSharePpm, objective, allowed);
    choice.descend(choice.start, new ArrayList<>(), 0, 0);
    return choice.best;
  }

  /// The world after one leg was closed.
  public static World closed(World world, Leg leg, long quantity) {
    return NaiveLeg.of(world, leg).closed(quantity);
  }

  /// Legs an account has.
  public static int legs(World world) {
    return NaiveLeg.all(world).size();
  }

  private void descend(World world, List<Long> quantities, long cost, long notional) {
    if (best.isPresent() && objective == Objective.COST && cost > best.get().cost()) {
      return;
    }
    if (quantities.size() == legs.size()) {
      Best found = new Best(cost, notional, List.copyOf(quantities));
      boolean better = best.isEmpty() || found.isBetterThan(best.get(), objective);
      if (better && isRestored(world) && !NaiveLeg.all(world).isEmpty() && allowed.test(world)) {
        best = Optional.of(found);
      }
      return;
    }
    Leg leg = legs.get(quantities.size());
    quantities.add(0L);
    descend(world, quantities, cost, notional);
    quantities.removeLast();
    Optional<NaiveLeg> there =
        NaiveLeg.all(world).stream().filter(open -> open.leg().equals(leg)).findFirst();
    if (there.isEmpty()) {
      return;
    }
    NaiveLeg open = there.get();
    long cap = Rounding.mulDivFloor(open.size(), capSharePpm, 1_000_000);
    LongStream sizes = open.admissible().filter(quantity -> quantity <= cap);
    for (long quantity : sizes.toArray()) {
      quantities.add(quantity);
      descend(
          open.closed(quantity),
          quantities,
          cost + open.loss(quantity),
          notional + quantity * open.unitValue());
      quantities.removeLast();
    }
  }

  private static boolean isRestored(World world) {
    return world.health().isAtLeast(world.rulebook().targetPpm());
  }
}
