import java.util.List;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.certificate.check.CertificateChecker;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Base;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.*;
import trimtab.core.mark.Marks;
import trimtab.core.money.Decimals;
import trimtab.core.plan.*;
import trimtab.core.rulebook.*;

/// A long of 610 ETH at 3,750, margin 118,900 USD: how much of it must go at 3,600, and why not less?
class LeastClose {
  public static void main(String[] arguments) {
    var margin = MarginTiers.flat(12_500); // 1.25 %, in parts per million
    var listing = new Listing(
        8, // values in 1e-8 USD; prices have 2 decimals, quantities 4
        List.of(new Feed("ETHUSDT", 2, 1)),
        List.of(new Asset("USD", Asset.SETTLEMENT, 8, 1_000_000, 1_000_000, 1, 0, 0, 0)),
        List.of(new Contract("ETHUSDT", 0, 4, 1, 0, 0, margin, margin, 500)));
    var account = new Account("a",
        List.of(new Balance(0, Decimals.parse("118900", 8), 0)),
        List.of(new Position(0, Decimals.parse("610", 4), Decimals.parse("2287500", 8))));
    var marks = Marks.of(0, Decimals.parse("3600", 2));
    var penalty = new PenaltyTerms(4_000, 50_000, PenaltyTerms.Cap.IMPROVEMENT, 1_000_000);
    var rules = new OwnRulebook("mine", new CloseRule.TargetHealth(1_000_000), Base.AUTO,
        1_000_000, 1_050_000, penalty, OnHarmfulClose.ESCALATE, 0); // threshold 1, target 1.05
    var plan = (Plan.Close) new Planner(listing, new LegSum(listing)).plan(account, marks, rules,
        CostCurves.FREE, EpisodeState.opened(0), MarketState.fresh(0));
    var closing = plan.closings().getFirst().closing();
    var proof = Certificates.of(listing, account, marks, rules, plan);
    System.out.println("close " + Decimals.format(closing.quantity(), 4) + " ETH: health "
        + plan.before().ratioText(1_000_000) + " -> " + plan.after().ratioText(1_050_000)
        + ", proven: " + CertificateChecker.check(proof).holds());
  }
}
