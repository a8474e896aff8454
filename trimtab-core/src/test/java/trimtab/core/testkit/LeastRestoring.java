package trimtab.core.testkit;

import java.util.List;
import java.util.Optional;
import trimtab.core.account.Leg;
import trimtab.core.plan.Plan;
import trimtab.core.settlement.Closing;

/// The property behind the claim RESTORES_MINIMAL: with the legs before it closed as given, the
/// last size restores the target, and every smaller admissible size of that leg fails. Judged
/// without the planner, by closing every lot and assessing the account again.
///
/// @param truth what the account really holds, pays and is measured by
public record LeastRestoring(World truth) {
  /// One leg and how much of it is closed.
  public record Size(Leg leg, long quantity) {
    public static Size of(Closing closing) {
      return new Size(closing.leg(), closing.quantity());
    }
  }

  /// How sizes can break the property.
  public enum Violation {
    NOT_ADMISSIBLE,
    DOES_NOT_RESTORE,
    A_SMALLER_SIZE_RESTORES
  }

  public Optional<Violation> violation(Plan.Close plan) {
    return violation(plan.closings().stream().map(p -> Size.of(p.closing())).toList());
  }

  /// The first way in which sizes break the property; empty when it holds.
  ///
  /// @param sizes in order of closing
  public Optional<Violation> violation(List<Size> sizes) {
    World world = truth;
    for (Size size : sizes.subList(0, sizes.size() - 1)) {
      world = NaiveLeg.of(world, size.leg()).closed(size.quantity());
    }
    Size last = sizes.getLast();
    NaiveLeg leg = NaiveLeg.of(world, last.leg());
    if (!leg.isAdmissible(last.quantity())) {
      return Optional.of(Violation.NOT_ADMISSIBLE);
    }
    if (!leg.restores(last.quantity())) {
      return Optional.of(Violation.DOES_NOT_RESTORE);
    }
    boolean smaller = leg.admissible().takeWhile(q -> q < last.quantity()).anyMatch(leg::restores);
    return smaller ? Optional.of(Violation.A_SMALLER_SIZE_RESTORES) : Optional.empty();
  }

  /// Whether any leg has an admissible size.
  public boolean anythingIsAdmissible() {
    return NaiveLeg.all(truth).stream().anyMatch(leg -> leg.admissible().findAny().isPresent());
  }

  /// Whether a part of any one leg, the others left as they are, restores the target.
  public boolean partOfOneLegRestores() {
    return NaiveLeg.all(truth).stream()
        .anyMatch(leg -> leg.admissible().filter(q -> q < leg.size()).anyMatch(leg::restores));
  }
}
