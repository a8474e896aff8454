package trimtab.core.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.core.account.Leg;
import trimtab.core.certificate.Claim;
import trimtab.core.health.Health;

/// What is to be done with an account, with everything that explains it.
public sealed interface Plan {
  /// Health at the marks of the plan.
  Health before();

  /// Nothing is closed.
  ///
  /// @param reason why, in words
  record Nothing(Health before, String reason) implements Plan {}

  /// Legs are closed.
  ///
  /// @param after health after all closings at the planned cost
  /// @param closings in order of execution
  /// @param claim what the certificate of this plan proves
  /// @param leastNotional value of the best restoring close at this state, chosen among the legs by
  ///   the rule's objective, with the same target, costs, lots and minimums; empty when no partial
  ///   close restores
  /// @param rejected legs that were looked at and are not closed
  /// @param exposures net exposure by price, of every price the account is or was exposed to
  /// @param choice how the legs were chosen, where there were several to choose among and the plan
  ///   restores the target
  /// @param unreachable legs that were to be closed but whose depth is below their smallest
  ///   admissible order, each with quantity 0, at the state after the closings; for the certificate
  /// @param grounds what the rule came to at this state
  record Close(
      Health before,
      Health after,
      List<PlannedClosing> closings,
      Claim claim,
      OptionalLong leastNotional,
      List<Rejected> rejected,
      List<Exposure> exposures,
      Optional<Choice> choice,
      List<PlannedClosing> unreachable,
      Grounds grounds)
      implements Plan {
    /// Copies the lists.
    public Close {
      unreachable = List.copyOf(unreachable);
      closings = List.copyOf(closings);
      rejected = List.copyOf(rejected);
      exposures = List.copyOf(exposures);
    }

    /// Value at the mark of everything that is closed.
    public long notional() {
      return closings.stream().mapToLong(planned -> planned.closing().notional()).sum();
    }

    /// Whether the plan closes all that can be closed, without a market limit.
    public boolean closesEverything() {
      return Plan.closesEverything(claim);
    }
  }

  /// Whether what a claim stands for closes all that can be closed: then no market limit applies.
  static boolean closesEverything(Claim claim) {
    return switch (claim) {
      case Claim.ClosesAll ignored -> true;
      case Claim.Escalated ignored -> true;
      case Claim.RestoresMinimal ignored -> false;
      case Claim.RestoresShare ignored -> false;
      case Claim.Relieves ignored -> false;
      case Claim.Capped ignored -> false;
      case Claim.RulePrescribed ignored -> false;
      case Claim.VenuePrescribed ignored -> false;
    };
  }

  /// A leg that was not closed.
  record Rejected(Leg leg, String reason) {}
}
