package trimtab.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Leg;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.FailingPoint;
import trimtab.core.certificate.Certificate.FailingSegment;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.StageLeg;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Claim;
import trimtab.core.cost.CostCurve;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Rulebook;

/// Writes the certificate of a plan: every number the checker needs, and nothing it must trust.
public final class Certificates {
  private Certificates() {}

  /// @param before the account at the marks of the plan, before anything is closed
  public static Certificate of(
      Listing listing, Account before, Marks marks, Rulebook rulebook, Plan.Close plan) {
    return new Certificate(
        Certificate.VERSION,
        before.id(),
        rulebook.name(),
        marks.asOfNanos(),
        listing.valueDecimals(),
        terms(rulebook),
        balances(listing, before, marks),
        before.positions().stream().map(p -> position(listing, p, marks)).toList(),
        Stream.concat(plan.closings().stream(), plan.unreachable().stream())
            .map(planned -> stage(listing, planned))
            .toList(),
        claim(listing, before, plan));
  }

  private static Terms terms(Rulebook rulebook) {
    PenaltyTerms penalty = rulebook.penalty();
    return new Terms(
        rulebook.base().name().toLowerCase(Locale.ROOT),
        rulebook.thresholdPpm(),
        rulebook.targetPpm(),
        penalty.positionPpm(),
        penalty.pairPpm(),
        penalty.cap() == PenaltyTerms.Cap.IMPROVEMENT);
  }

  private static List<BalanceLine> balances(Listing listing, Account account, Marks marks) {
    List<BalanceLine> lines = new ArrayList<>();
    if (account.balances().isEmpty() || account.balances().getFirst().asset() != 0) {
      lines.add(balance(listing, new Balance(0, 0, 0), marks));
    }
    account.balances().forEach(balance -> lines.add(balance(listing, balance, marks)));
    return lines;
  }

  private static BalanceLine balance(Listing listing, Balance balance, Marks marks) {
    Asset asset = listing.assets().get(balance.asset());
    return new BalanceLine(
        asset.symbol(),
        asset.decimals(),
        balance.amount(),
        balance.debt(),
        marks.unitValue(listing, asset),
        asset.assetWeightPpm(),
        asset.debtWeightPpm());
  }

  private static PositionLine position(Listing listing, Position position, Marks marks) {
    Contract contract = listing.contracts().get(position.market());
    return new PositionLine(
        contract.symbol(),
        contract.quantityDecimals(),
        position.quantity(),
        position.cost(),
        marks.unitValue(listing, contract),
        contract.maintenance().kind() == MarginTiers.Kind.STEPPED,
        contract.maintenance().tiers().stream()
            .map(tier -> new TierLine(tier.fromValue(), tier.ratePpm()))
            .toList());
  }

  private static Stage stage(Listing listing, PlannedClosing planned) {
    LegTerms terms = planned.terms();
    return new Stage(
        leg(listing, planned.closing().leg()),
        terms.size(),
        terms.lot(),
        terms.minimumOrderValue(),
        terms.dustValue(),
        planned.capSharePpm(),
        terms.feePpm(),
        curve(terms.curve()),
        planned.closing().quantity(),
        planned.closing().cost(),
        planned.closing().penalty(),
        planned.closing().repaid(),
        planned.failing().segments().stream().map(Certificates::segment).toList(),
        planned.failing().points().stream().map(Certificates::point).toList());
  }

  static StageLeg leg(Listing listing, Leg leg) {
    return switch (leg) {
      case Leg.PositionLeg(int market) ->
          new StageLeg(listing.contracts().get(market).symbol(), "");
      case Leg.PairLeg(int debt, int collateral) ->
          new StageLeg(
              listing.assets().get(collateral).symbol(), listing.assets().get(debt).symbol());
    };
  }

  static CurveLine curve(CostCurve curve) {
    return new CurveLine(
        LongStream.range(0, curve.pieces()).map(i -> curve.knot((int) i)).boxed().toList(),
        LongStream.range(0, curve.pieces()).map(i -> curve.start((int) i)).boxed().toList(),
        LongStream.range(0, curve.pieces()).map(i -> curve.end((int) i)).boxed().toList());
  }

  private static FailingSegment segment(Failing.Segment segment) {
    return new FailingSegment(
        segment.from(),
        segment.to(),
        segment.settlementPositive(),
        segment.boundFrom().toString(),
        segment.boundTo().toString());
  }

  private static FailingPoint point(Failing.Point point) {
    return new FailingPoint(point.quantity(), point.excess().toString());
  }

  /// The plan's claim, with what proves the choice among legs.
  private static Claim claim(Listing listing, Account before, Plan.Close plan) {
    return plan.claim() instanceof Claim.RestoresMinimal(String excess, _)
        ? new Claim.RestoresMinimal(
            excess, plan.choice().map(choice -> ChoiceLines.of(listing, before, choice)))
        : plan.claim();
  }
}
