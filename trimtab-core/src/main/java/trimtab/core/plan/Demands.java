package trimtab.core.plan;

import java.util.List;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.Claim.Share;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.plan.Walk.Path;
import trimtab.core.rulebook.CloseRule;
import trimtab.core.rulebook.CloseRule.FixedFraction;
import trimtab.core.rulebook.CloseRule.Full;
import trimtab.core.rulebook.CloseRule.Ramp;
import trimtab.core.rulebook.CloseRule.Stepped;
import trimtab.core.rulebook.CloseRule.TargetHealth;
import trimtab.core.rulebook.CloseRule.TimeSliced;
import trimtab.core.rulebook.SizeDemand;

/// What is claimed about the sizes that a rule demands.
final class Demands {
  private Demands() {}

  /// A share of every leg, with how it came about.
  static Claim claim(SizeDemand.CloseShare demand) {
    String share = Ppm.format(demand.sharePpm());
    return new Claim.RulePrescribed(
        "%s of every leg, rounded up to lots%s".formatted(share, inWords(demand.rule())),
        demand.sharePpm(),
        source(demand.rule()));
  }

  private static Share source(CloseRule rule) {
    return switch (rule) {
      case Stepped(List<Stepped.Row> rows) ->
          new Share.ByHealth(
              rows.stream().map(row -> new Share.Row(row.belowPpm(), row.sharePpm())).toList());
      case Ramp(long first, long last) -> new Share.BySeverity(first, last);
      case FixedFraction _, Full _, TargetHealth _, TimeSliced _ -> new Share.Constant();
    };
  }

  private static String inWords(CloseRule rule) {
    return switch (rule) {
      case Stepped _ -> ", by health";
      case Ramp _ -> ", by severity";
      case FixedFraction _, Full _, TargetHealth _, TimeSliced _ -> "";
    };
  }

  /// The excess over the target from which on a share of the shortfall is removed: the least
  /// integer that is at least `(1 - share) x excess before`.
  static Wide bar(Standing start, long sharePpm) {
    Wide before = start.health().excess(start.targetPpm());
    Wide left = Wide.of(Ppm.ONE - sharePpm);
    return before.negate().mulDivFloor(left, Wide.of(Ppm.ONE)).negate();
  }

  /// @param path restores the bar
  static Claim claim(SizeDemand.RestoreShare demand, Path path, Wide bar, Grounds grounds) {
    Stage last = path.stages().getLast();
    Wide excess = last.line().excess(last.closing().quantity()).plus(bar);
    return new Claim.RestoresShare(
        demand.sharePpm(),
        demand.rule().initialSharePpm(),
        demand.rule().growthPpm(),
        grounds.openedNanos(),
        excess.toString());
  }
}
