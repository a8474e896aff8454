package trimtab.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
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
import trimtab.core.certificate.Certificate.RateSource;
import trimtab.core.certificate.Certificate.RateSource.Computed;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.StageLeg;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Certificate.WeightLine;
import trimtab.core.certificate.Claim;
import trimtab.core.cost.CostCurve;
import trimtab.core.health.Netting;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.CollateralTiers;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.mark.PositionValue;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.Levy;
import trimtab.core.rulebook.PenaltySchedule;
import trimtab.core.rulebook.PenaltySchedule.Course;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Rulebook;

/// Writes the certificate of a plan: every number the checker needs, and nothing it must trust.
public final class Certificates {
  private Certificates() {}

  /// The certificate of a plan, from what it was made of.
  ///
  /// @param before the account at the marks of the plan, before anything is closed
  public static Certificate of(
      Listing listing, Account before, Marks marks, Rulebook rulebook, Plan.Close plan) {
    List<Balance> balances = balances(listing, before);
    List<BalanceLine> balanceLines = new ArrayList<>(balances.size());
    for (Balance balance : balances) {
      balanceLines.add(balance(listing, balance, marks));
    }
    List<PositionLine> positionLines = new ArrayList<>(before.positions().size());
    for (Position position : before.positions()) {
      positionLines.add(position(listing, position, balances, marks));
    }
    List<Stage> stages = new ArrayList<>(plan.closings().size());
    for (PlannedClosing planned : plan.closings()) {
      stages.add(stage(listing, planned));
    }
    for (PlannedClosing planned : plan.unreachable()) {
      stages.add(stage(listing, planned));
    }
    return new Certificate(
        Certificate.VERSION,
        before.id(),
        rulebook.name(),
        marks.asOfNanos(),
        listing.valueDecimals(),
        listing.exactScale(),
        rulebook.netting() == Netting.PER_ASSET,
        terms(rulebook, plan.grounds()),
        balanceLines,
        positionLines,
        stages,
        claim(listing, before, plan));
  }

  private static Terms terms(Rulebook rulebook, Grounds grounds) {
    PenaltyTerms penalty = grounds.penalty();
    boolean stated = !rulebook.levy().equals(Levy.BY_TERMS);
    return new Terms(
        word(rulebook.base()),
        rulebook.thresholdPpm(),
        rulebook.targetPpm(),
        penalty.positionPpm(),
        penalty.pairPpm(),
        !stated && penalty.cap() == PenaltyTerms.Cap.IMPROVEMENT,
        stated ? Terms.STATED : word(penalty.positionBase()),
        stated ? Terms.STATED : word(penalty.pairBase()),
        rateSource(rulebook, grounds));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static RateSource rateSource(Rulebook rulebook, Grounds grounds) {
    PenaltySchedule schedule = rulebook.schedule();
    PenaltyTerms from = rulebook.penalty();
    if (schedule.equals(PenaltySchedule.FIXED) && grounds.ceilingPpm() == Ppm.ONE) {
      return new RateSource.Given();
    }
    PenaltyTerms to =
        switch (schedule.course()) {
          case Course.Fixed() -> from;
          case Course.InSeverity(long position, long pair) -> from.atRates(position, pair);
          case Course.Auction(long position, long pair, long _) -> from.atRates(position, pair);
        };
    return new Computed(
        switch (schedule.course()) {
          case Course.Fixed _ -> Computed.FIXED;
          case Course.InSeverity _ -> Computed.SEVERITY;
          case Course.Auction _ -> Computed.AUCTION;
        },
        from.positionPpm(),
        from.pairPpm(),
        to.positionPpm(),
        to.pairPpm(),
        grounds.openedNanos(),
        schedule.course() instanceof Course.Auction auction ? auction.durationNanos() : 0,
        word(schedule.measure()),
        schedule.bonusPpm(),
        schedule.maximumPpm(),
        schedule.solvencySharePpm(),
        grounds.ceilingPpm());
  }

  /// The settlement currency, the account's balances, and assets its contracts are settled in.
  private static List<Balance> balances(Listing listing, Account account) {
    if (isEnough(listing, account)) {
      return account.balances();
    }
    SortedMap<Integer, Balance> balances = new TreeMap<>();
    balances.put(0, new Balance(0, 0, 0));
    for (Position position : account.positions()) {
      int asset = listing.contracts().get(position.market()).settlement();
      balances.put(asset, new Balance(asset, 0, 0));
    }
    account.balances().forEach(balance -> balances.put(balance.asset(), balance));
    return List.copyOf(balances.values());
  }

  /// Whether the account has a balance of the settlement currency and of all its contracts settle
  /// in.
  private static boolean isEnough(Listing listing, Account account) {
    if (account.balanceCount() == 0 || account.asset(0) != 0) {
      return false;
    }
    for (Position position : account.positions()) {
      if (listing.contracts().get(position.market()).settlement() != 0) {
        return false;
      }
    }
    return true;
  }

  private static BalanceLine balance(Listing listing, Balance balance, Marks marks) {
    Asset asset = listing.assets().get(balance.asset());
    return new BalanceLine(
        asset.symbol(),
        asset.decimals(),
        balance.amount(),
        balance.debt(),
        marks.unitValue(listing, asset),
        weights(asset),
        asset.debtWeightPpm());
  }

  private static List<WeightLine> weights(Asset asset) {
    List<WeightLine> weights = new ArrayList<>();
    for (CollateralTiers.Tier tier : asset.maintenance().holding().tiers()) {
      weights.add(new WeightLine(tier.fromAmount(), tier.weightPpm()));
    }
    return weights;
  }

  private static List<TierLine> tiers(Contract contract) {
    List<TierLine> tiers = new ArrayList<>();
    for (MarginTiers.Tier tier : contract.maintenance().tiers()) {
      tiers.add(new TierLine(tier.fromValue(), tier.ratePpm()));
    }
    return tiers;
  }

  /// Index of the balance of an asset.
  private static int indexOf(List<Balance> balances, int asset) {
    int index = 0;
    while (balances.get(index).asset() != asset) {
      index++;
    }
    return index;
  }

  private static PositionLine position(
      Listing listing, Position position, List<Balance> balances, Marks marks) {
    Contract contract = listing.contracts().get(position.market());
    PositionValue value = PositionValue.of(listing, contract, marks);
    boolean delivered = contract.isExpired(marks.asOfNanos());
    return new PositionLine(
        contract.symbol(),
        contract.quantityDecimals(),
        position.quantity(),
        position.cost(),
        indexOf(balances, contract.settlement()),
        value.inverse(),
        value.perUnit(),
        value.price(),
        value.costUnitValue(),
        value.costPerUnit(),
        contract.pnlWeightPpm(),
        contract.maintenance().kind() == MarginTiers.Kind.STEPPED,
        delivered ? List.of() : tiers(contract));
  }

  private static Stage stage(Listing listing, PlannedClosing planned) {
    LegTerms terms = planned.terms();
    List<FailingSegment> segments = new ArrayList<>(planned.failing().segments().size());
    for (Failing.Segment segment : planned.failing().segments()) {
      segments.add(segment(segment));
    }
    List<FailingPoint> points = new ArrayList<>(planned.failing().points().size());
    for (Failing.Point point : planned.failing().points()) {
      points.add(point(point));
    }
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
        segments,
        points);
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
    List<List<Long>> lists = curve.lists();
    return new CurveLine(lists.get(0), lists.get(1), lists.get(2));
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
