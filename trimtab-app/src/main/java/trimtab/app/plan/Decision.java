package trimtab.app.plan;

import java.util.List;
import java.util.Optional;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.health.Exposure;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.plan.Certificates;
import trimtab.core.plan.LegCurve;
import trimtab.core.plan.Plan;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Situation;
import trimtab.core.rulebook.Trigger;
import trimtab.lab.input.PlanFile;

/// What is decided about one account, with everything that is shown of it.
public sealed interface Decision {
  PlanFile input();

  /// Health at the marks.
  Health before();

  /// What a venue's rulebook says of the account in its own units.
  List<Figure> figures();

  /// The account is not in breach.
  ///
  /// @param levels where it would be, each with all other prices held
  record Healthy(PlanFile input, Health before, List<FeedLevels> levels, List<Figure> figures)
      implements Decision {
    public Healthy {
      levels = List.copyOf(levels);
      figures = List.copyOf(figures);
    }
  }

  /// The rulebook cannot judge the account; what the venue itself would say is shown.
  ///
  /// @param reason why not
  record Misfit(PlanFile input, Health before, String reason, List<Figure> figures)
      implements Decision {
    public Misfit {
      figures = List.copyOf(figures);
    }
  }

  /// The account is in breach and nothing is closed.
  record Nothing(PlanFile input, Health before, String reason, List<Figure> figures)
      implements Decision {
    public Nothing {
      figures = List.copyOf(figures);
    }
  }

  /// Legs are closed.
  ///
  /// @param trigger why the account is to be reduced
  /// @param curve the leg that was sized last: what other sizes of it would do
  /// @param exposureBefore what the account has at stake before the plan
  /// @param exposureAfter and after it
  /// @param fullClosure what closing everything would have cost; empty where the plan does that
  /// @param levels at which prices the account would breach again after the plan
  /// @param certificate proof of the plan
  /// @param check what the independent checker says of it
  record Close(
      PlanFile input,
      String trigger,
      Plan.Close plan,
      List<Figure> figures,
      LegCurve curve,
      Exposure exposureBefore,
      Exposure exposureAfter,
      Optional<FullClosure> fullClosure,
      List<FeedLevels> levels,
      Certificate certificate,
      CheckResult check)
      implements Decision {
    public Close {
      figures = List.copyOf(figures);
      levels = List.copyOf(levels);
    }

    @Override
    public Health before() {
      return plan.before();
    }
  }

  /// Judges the account and, if it is in breach, plans.
  static Decision of(PlanFile input) {
    LegSum requirements = new LegSum(input.listing());
    HealthModel model =
        new HealthModel(
            input.listing(), requirements, input.rulebook().base(), input.rulebook().netting());
    Health health = model.assess(input.account(), input.marks());
    long now = input.marks().asOfNanos();
    EpisodeState episode = EpisodeState.opened(now);
    if (input.rulebook().fits(input.account(), input.listing()) instanceof Fit.Misfit(String why)) {
      return new Misfit(input, health, why, figures(input, model, health));
    }
    List<Figure> figures = figures(input, model, health);
    return switch (input.rulebook().trigger(health, episode, now)) {
      case Trigger.Healthy() ->
          new Healthy(input, health, FeedLevels.of(input, model, input.account()), figures);
      case Trigger.Wait(String reason, _) -> new Nothing(input, health, reason, figures);
      case Trigger.Liquidate(String reason) -> planned(input, reason, model, episode, figures);
    };
  }

  /// What the rulebook says of the account in its own units.
  private static List<Figure> figures(PlanFile input, HealthModel model, Health health) {
    long now = input.marks().asOfNanos();
    return input
        .rulebook()
        .figures(
            new Situation(
                input.account(),
                input.marks(),
                model,
                health,
                EpisodeState.opened(now),
                MarketState.fresh(now)));
  }

  private static Decision planned(
      PlanFile input,
      String trigger,
      HealthModel model,
      EpisodeState episode,
      List<Figure> figures) {
    Planner planner = new Planner(input.listing(), model.requirements());
    Plan plan =
        planner.plan(
            input.account(),
            input.marks(),
            input.rulebook(),
            input.curves(),
            episode,
            MarketState.fresh(input.marks().asOfNanos()));
    return switch (plan) {
      case Plan.Nothing(Health before, String reason) ->
          new Nothing(input, before, reason, figures);
      case Plan.Close close -> {
        Certificate certificate =
            Certificates.of(
                input.listing(), input.account(), input.marks(), input.rulebook(), close);
        yield new Close(
            input,
            trigger,
            close,
            figures,
            curve(input, model, close),
            Exposure.of(model, input.account(), input.marks()),
            Exposure.of(model, close.closings().getLast().closing().account(), input.marks()),
            FullClosure.of(input, planner, close),
            FeedLevels.of(input, model, close.closings().getLast().closing().account()),
            certificate,
            CertificateChecker.check(certificate));
      }
    };
  }

  private static LegCurve curve(PlanFile input, HealthModel model, Plan.Close plan) {
    return LegCurve.of(
        model,
        input.account(),
        input.marks(),
        input.rulebook().targetPpm(),
        plan.grounds().penalty(),
        input.curves(),
        plan.closings(),
        plan.closings().size() - 1);
  }
}
