package trimtab.app.plan;

import java.util.List;
import java.util.Optional;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.plan.Certificates;
import trimtab.core.plan.Plan;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.core.rulebook.Trigger;
import trimtab.lab.input.PlanFile;

/// What is decided about one account, with everything that is shown of it.
public sealed interface Decision {
  PlanFile input();

  /// Health at the marks.
  Health before();

  /// The account is not in breach.
  ///
  /// @param breachPrices where it would be, each with all other prices held
  record Healthy(PlanFile input, Health before, List<BreachPrice> breachPrices)
      implements Decision {
    public Healthy {
      breachPrices = List.copyOf(breachPrices);
    }
  }

  /// The account is in breach and nothing is closed.
  record Nothing(PlanFile input, Health before, String reason) implements Decision {}

  /// Legs are closed.
  ///
  /// @param lotLess the next smaller size and why it is not enough; empty unless the claim is that
  ///   of the least size, and where no smaller order is admissible
  /// @param certificate proof of the plan
  /// @param check what the independent checker says of it
  record Close(
      PlanFile input,
      Plan.Close plan,
      Optional<LotLess> lotLess,
      Certificate certificate,
      CheckResult check)
      implements Decision {
    @Override
    public Health before() {
      return plan.before();
    }
  }

  /// Judges the account and, if it is in breach, plans.
  static Decision of(PlanFile input) {
    LegSum requirements = new LegSum(input.listing());
    OwnRulebook rulebook = input.rulebook();
    HealthModel model =
        new HealthModel(input.listing(), requirements, rulebook.base(), rulebook.netting());
    Health health = model.assess(input.account(), input.marks());
    long now = input.marks().asOfNanos();
    EpisodeState episode = EpisodeState.opened(now);
    return switch (rulebook.trigger(health, episode, now)) {
      case Trigger.Healthy() -> new Healthy(input, health, BreachPrice.all(input, model));
      case Trigger.Wait(String reason, _) -> new Nothing(input, health, reason);
      case Trigger.Liquidate(_) -> planned(input, model, episode);
    };
  }

  private static Decision planned(PlanFile input, HealthModel model, EpisodeState episode) {
    Plan plan =
        new Planner(input.listing(), model.requirements())
            .plan(
                input.account(),
                input.marks(),
                input.rulebook(),
                input.curves(),
                episode,
                MarketState.fresh(input.marks().asOfNanos()));
    return switch (plan) {
      case Plan.Nothing(Health before, String reason) -> new Nothing(input, before, reason);
      case Plan.Close close -> {
        Certificate certificate =
            Certificates.of(
                input.listing(), input.account(), input.marks(), input.rulebook(), close);
        yield new Close(
            input,
            close,
            LotLess.of(input, model, close),
            certificate,
            CertificateChecker.check(certificate));
      }
    };
  }
}
